"""The queue before admission: what was accepted and is durable, but not yet in the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

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


def enqueue(workspace_id: int, facts: Sequence[Fact], *, received_at: int) -> None:
    """Hands facts to admission, durably when the (surrounding) transaction commits. ``received_at``: microseconds UTC."""
    with write_transaction():
        for part in rows(facts, ROW_FACTS):
            _insert(workspace_id, received_at, part)
        passing(BEFORE_COMMIT)
    passing(AFTER_COMMIT)


def _insert(workspace_id: int, received_at: int, facts: Sequence[Fact]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO events_intakebatch (workspace_id, received_at, count, items) VALUES (%s, %s, %s, %s)",
            [workspace_id, received_at, len(facts), pack(facts)],
        )


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
