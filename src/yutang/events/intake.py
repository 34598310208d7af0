"""The queue before admission: what was accepted and is durable, but not yet in the log."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock

from django.db import connection
from django.db.models import Sum

from yutang.events.models import IntakeBatch
from yutang.events.rules import Fact, pack, rows
from yutang.kernel.crash import declare, passing
from yutang.kernel.write import write_transaction

ROW_FACTS = 500
"""An intake row is admitted whole, in a transaction that shall stay under 50 ms."""
GAUGE_AGE = 250_000
"""Microseconds."""
BEFORE_COMMIT = declare("events.ingest.before_commit")
AFTER_COMMIT = declare("events.ingest.after_commit")


@dataclass(slots=True, eq=False)
class Offer:
    """The facts of one call. ``is_kept`` only once they are committed."""

    workspace_id: int
    received_at: int
    facts: Sequence[Fact]
    is_kept: bool = False


def enqueue(workspace_id: int, facts: Sequence[Fact], *, received_at: int) -> None:
    """Hands facts to admission, durably when the (surrounding) transaction commits. ``received_at``: microseconds UTC."""
    offer = Offer(workspace_id, received_at, facts)
    # PostgreSQL commits in groups by itself; inside a transaction of the caller's nothing is ours to commit.
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        _together.keep(offer)
    else:
        _write([offer])


def _write(offers: Sequence[Offer]) -> None:
    with write_transaction(), connection.cursor() as cursor:
        for offer in offers:
            for part in rows(offer.facts, ROW_FACTS):
                cursor.execute(_INSERT, [offer.workspace_id, offer.received_at, len(part), pack(part)])
        passing(BEFORE_COMMIT)
    passing(AFTER_COMMIT)


_INSERT = "INSERT INTO events_intakebatch (workspace_id, received_at, count, items) VALUES (%s, %s, %s, %s)"


class Together:
    """Calls of one process that wait for the disk at the same time share a transaction, and its fsync.

    Whoever's turn it is writes all that is offered by then, its own included; the others find theirs kept when their turn
    comes. Nobody is refused for another's sake: after a failure everyone tries alone.
    """

    def __init__(self) -> None:
        self._turn = Lock()
        self._offers: deque[Offer] = deque()

    def keep(self, offer: Offer) -> None:
        """Returns when the offer is committed; raises when it is not."""
        self._offers.append(offer)
        with self._turn:
            if offer.is_kept:
                return
            group = [offer, *(each for each in self._taken() if each is not offer)]
            try:
                _write(group)
            except Exception:
                if len(group) == 1:
                    raise
                group = [offer]
                _write(group)
            for each in group:
                each.is_kept = True

    def _taken(self) -> list[Offer]:
        return [self._offers.popleft() for _ in range(len(self._offers))]


_together = Together()


def waiting(workspace_id: int) -> int:
    """How many facts wait for admission."""
    found = IntakeBatch.objects.filter(workspace_id=workspace_id).aggregate(n=Sum("count"))
    return found["n"] or 0


def waiting_everywhere() -> int:
    # every workspace: pending work of the whole installation
    return IntakeBatch.objects.aggregate(n=Sum("count"))["n"] or 0


@dataclass(slots=True)
class Gauge:
    """How full the queue is, without counting it at every call: counted anew after a while, and before anybody is refused.

    Other processes fill it too; their part is known a moment late, which may let a little more in than the limit says.
    """

    read: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Workspace → facts waiting, and when they were counted."""

    def is_over(self, workspace_id: int, limit: int, *, now: int) -> bool:
        facts, at = self.read.get(workspace_id, (0, 0))
        if facts >= limit or not 0 <= now - at < GAUGE_AGE:
            facts = waiting(workspace_id)
            self.read[workspace_id] = (facts, now)
        return facts >= limit

    def add(self, workspace_id: int, facts: int) -> None:
        before, at = self.read.get(workspace_id, (0, 0))
        self.read[workspace_id] = (before + facts, at)
