"""Facts for the pages' tests, admitted the way every fact is."""

from __future__ import annotations

import json
from typing import Any

from yutang.events import admission
from yutang.events.rules import Fact
from yutang.kernel.clock import Clock
from yutang.people.rules import named

HOUR = 3_600_000_000
DAY = 24 * HOUR


def event(person: str, kind: str, at: int, id: str = "", **props: Any) -> Fact:
    return Fact("event", id or f"{person}-{kind}-{at}", at, named(person), kind, json.dumps(props))


def traits(person: str, at: int | None, **values: Any) -> Fact:
    return Fact(
        "traits", f"{person}-traits-{at}", at, named(person), "", json.dumps(values, ensure_ascii=False)
    )


def tag(person: str, name: str, at: int) -> Fact:
    return Fact("tag", f"{person}-{name}-{at}", at, named(person), name)


def merge(one: str, other: str, at: int) -> Fact:
    return Fact("merge", f"{one}+{other}-{at}", at, named(one), other=named(other))


def retract(target: str, at: int) -> Fact:
    return Fact("retract", f"retract-{target}", at, target=target)


def erase(person: str, at: int) -> Fact:
    return Fact("erase", f"erase-{person}", at, named(person))


def admit(workspace_id: int, facts: list[Fact], clock: Clock) -> None:
    admission.enqueue(workspace_id, facts, received_at=clock.now())
    while admission.step(clock):
        pass
