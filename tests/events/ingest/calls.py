"""Segment's calls as the tests write them."""

from __future__ import annotations

import json
from typing import Any

from yutang.events.rules import Fact
from yutang.events.segment import Receipt, read
from yutang.language.problem import Invalid, Problem

NOON = 1_767_240_000_000_000
SECOND = 1_000_000
HOUR = 3600 * SECOND


def receipt(**over: Any) -> Receipt:
    made: dict[str, Any] = {
        "received_at": NOON,
        "sent_at": None,
        "source": "shop",
        "zone": "Asia/Shanghai",
        "new_id": lambda: "made",
    }
    return Receipt(**{**made, **over})


def item(type: str = "track", **fields: Any) -> dict[str, Any]:
    base: dict[str, Any] = {"type": type, "messageId": "m1", "userId": "u1"}
    if type == "track":
        base["event"] = "order.paid"
    return {name: value for name, value in {**base, **fields}.items() if value is not ...}


def facts(said: dict[str, Any] | str, **over: Any) -> list[Fact]:
    text = said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)
    return read(text.encode(), receipt(**over))


def fact(said: dict[str, Any] | str, **over: Any) -> Fact:
    [found] = facts(said, **over)
    return found


def problem(said: dict[str, Any] | str, **over: Any) -> Problem:
    """The one problem this item is refused with."""
    try:
        found = facts(said, **over)
    except Invalid as error:
        [only] = error.problems
        return only
    raise AssertionError(f"not refused: {found}")
