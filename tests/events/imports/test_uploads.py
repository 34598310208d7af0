"""An uploaded file waits for the worker, which imports it once and keeps the row up to date."""

from __future__ import annotations

import pytest

from yutang.events.importing import queue_import, run_waiting_import, waiting_imports
from yutang.events.models import Import, LogEntry
from yutang.kernel.door import SYSTEM
from yutang.language.problem import Invalid

pytestmark = pytest.mark.django_db(transaction=True)

MAPPING = {"person": "user", "kind": "order.paid", "at": "time"}


def _queue(home, workspace, clock, content, mapping):
    (home / "uploads" / "some.csv").write_text(content)
    return queue_import(
        workspace_id=workspace.pk,
        path="some.csv",
        name="orders.csv",
        mapping=mapping,
        actor=SYSTEM,
        clock=clock,
    )


def test_a_worker_imports_what_waits(home, workspace, clock):
    pk = _queue(home, workspace, clock, "user,time\nu1,2025-01-01\nu2,soon\n", MAPPING)
    assert waiting_imports() == 1
    assert run_waiting_import(clock)
    assert not run_waiting_import(clock)
    row = Import.objects.get(pk=pk, workspace_id=workspace.pk)
    assert (row.state, row.rows_read, row.added, row.refused) == ("done", 2, 1, 1)
    assert row.bytes_done == row.bytes_total > 0
    assert "orders.csv" in (home / "rejects" / f"import-{pk}.csv").read_text("utf-8-sig")
    assert LogEntry.objects.filter(workspace_id=workspace.pk).count() == 1


def test_what_a_dead_worker_left_running_is_taken_up(home, workspace, clock):
    pk = _queue(home, workspace, clock, "user,time\nu1,2025-01-01\n", MAPPING)
    Import.objects.filter(pk=pk, workspace_id=workspace.pk).update(state="running")
    assert run_waiting_import(clock)
    assert Import.objects.get(pk=pk, workspace_id=workspace.pk).state == "done"


def test_a_file_that_cannot_be_read_fails_with_words(home, workspace, clock):
    pk = _queue(home, workspace, clock, "", MAPPING)
    assert run_waiting_import(clock)
    row = Import.objects.get(pk=pk, workspace_id=workspace.pk)
    assert row.state == "failed"
    assert row.problem
    assert waiting_imports() == 0


def test_a_wrong_mapping_is_refused_at_once(home, workspace, clock):
    with pytest.raises(Invalid):
        _queue(home, workspace, clock, "user,time\n", {"persn": "user"})
