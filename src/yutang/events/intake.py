"""The queue before admission: what was accepted and is durable, but not yet in the log."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Sum

from yutang.events.models import IntakeBatch
from yutang.events.rules import Fact, pack, rows
from yutang.kernel.crash import declare, passing
from yutang.kernel.write import write_transaction

ROW_FACTS = 500
"""An intake row is admitted whole, in a transaction that shall stay under 50 ms."""
BEFORE_COMMIT = declare("events.ingest.before_commit")
AFTER_COMMIT = declare("events.ingest.after_commit")


def enqueue(workspace_id: int, facts: Sequence[Fact], *, received_at: int) -> None:
    """Hands facts to admission, durably when the (surrounding) transaction commits. ``received_at``: microseconds UTC."""
    with write_transaction():
        for part in rows(facts, ROW_FACTS):
            IntakeBatch.objects.create(
                workspace_id=workspace_id, received_at=received_at, count=len(part), items=pack(part)
            )
        passing(BEFORE_COMMIT)
    passing(AFTER_COMMIT)


def waiting(workspace_id: int) -> int:
    """How many facts wait for admission."""
    found = IntakeBatch.objects.filter(workspace_id=workspace_id).aggregate(n=Sum("count"))
    return found["n"] or 0


def waiting_everywhere() -> int:
    # every workspace: pending work of the whole installation
    return IntakeBatch.objects.aggregate(n=Sum("count"))["n"] or 0
