"""``yutang verify`` and the files."""

from pathlib import Path
from typing import Any

import pytest
from tests.events.history.record import enter

from yutang.events.compaction import compact_now
from yutang.events.history import path_of
from yutang.events.models import HistoryFile
from yutang.events.room import ROOM
from yutang.kernel.clock import FixedClock


@pytest.mark.django_db(transaction=True)
def test_a_listed_file_that_is_gone_or_cut_short_is_named(
    home: Path, workspace: Any, clock: FixedClock
) -> None:
    enter(workspace.id)
    compact_now(workspace.id, clock, everything=True)
    assert ROOM.verify() == []
    events, attributes = HistoryFile.objects.filter(workspace_id=workspace.id, dropped_at=None).order_by(
        "-table"
    )
    path_of(events).unlink()
    path_of(attributes).write_bytes(path_of(attributes).read_bytes()[:-1])
    assert [problem.params["path"] for problem in ROOM.verify()] == sorted([events.path, attributes.path])
