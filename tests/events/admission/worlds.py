"""Facts as the tests of admission write them, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from yutang.events.admission import Admitted, admit
from yutang.events.intake import enqueue
from yutang.events.models import LogEntry
from yutang.events.rules import Fact
from yutang.kernel.clock import FixedClock
from yutang.people.rules import Names, named

T0 = 1_767_240_000_000_000
MINUTE = 60_000_000


def names(who: str) -> Names:
    """``u1``; ``u1+a1``: with a device; ``+a1``: only the device."""
    user, plus, device = who.partition("+")
    found = named(user) if user else ()
    return (*found, ("anonymous_id", device)) if plus else found


def event(id: str, who: str = "u1", minute: int = 0, kind: str = "order.paid", props: str = "{}") -> Fact:
    return Fact("event", id, T0 + minute * MINUTE, names(who), kind, props)


def traits(id: str, who: str, props: str, minute: int | None = 0) -> Fact:
    return Fact("traits", id, None if minute is None else T0 + minute * MINUTE, names(who), "", props)


def merge(id: str, who: str, other: str, minute: int = 0, *, joins: bool = True) -> Fact:
    return Fact("merge" if joins else "unmerge", id, T0 + minute * MINUTE, names(who), other=names(other))


def retract(id: str, target: str, minute: int = 0) -> Fact:
    return Fact("retract", id, T0 + minute * MINUTE, target=target)


def erase(id: str, who: str, minute: int = 0) -> Fact:
    return Fact("erase", id, T0 + minute * MINUTE, names(who))


def admitted(workspace_id: int, *calls: Iterable[Fact], at_once: bool = False) -> Admitted:
    """Each of ``calls`` is one intake row, admitted one by one or all at once."""
    total = Admitted()
    for facts in calls:
        enqueue(workspace_id, list(facts), received_at=T0)
        if not at_once:
            total += settle(workspace_id)
    return total + settle(workspace_id)


def settle(workspace_id: int) -> Admitted:
    total = Admitted()
    while (step := admit(workspace_id, FixedClock(T0))).facts:
        total += step
    return total


def logged(workspace_id: int, *columns: str) -> list[Any]:
    rows = LogEntry.objects.filter(workspace_id=workspace_id).order_by("seq")
    return list(rows.values_list(*columns, flat=len(columns) == 1))
