"""Moving, merging, erasing and unlinking change no answer."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.events.history.record import EVERYTHING, FACTS, enter, erase, merge, relations, retract

from yutang.events import compaction, history
from yutang.events.compaction import HOUR, compact, compact_now
from yutang.events.history import known_ids
from yutang.events.models import HistoryFile, LogEntry
from yutang.events.workspace import open_workspace, over_workspace
from yutang.kernel.clock import DAY, FixedClock
from yutang.language.relations import Needs

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compaction, "MOVE_ROWS", 4)
    compaction._clean.clear()
    compaction._swept.clear()


def in_force(workspace_id: int) -> list[HistoryFile]:
    return list(HistoryFile.objects.filter(workspace_id=workspace_id, dropped_at=None))


def files_on_disk(home: Path, workspace_id: int) -> set[str]:
    return {path.name for path in (home / "history" / str(workspace_id)).glob("*.parquet")}


@pytest.mark.parametrize("limit", [0, 1, 3, 200])
def test_answers_are_equal_in_the_log_in_many_files_and_in_one(
    home: Path, workspace: Any, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    write = history.write_history
    monkeypatch.setattr(
        compaction, "write_history", lambda *args, **more: write(*args, **more, column_limit=limit)
    )
    enter(workspace.id)
    merge(workspace.id, 3, 4, at=5)
    retract(workspace.id, 1, at=50)
    before = relations(workspace.id)
    for _ in range(2):
        compaction._move(workspace.id, clock.now(), 8)
        assert relations(workspace.id) == before
    compact_now(workspace.id, clock, everything=True)
    assert relations(workspace.id) == before
    assert not LogEntry.objects.exists()
    assert len(in_force(workspace.id)) == 2
    assert known_ids(workspace.id, [f"f{n}" for n in range(99)]) == {
        f"f{n}" for n in range(1, len(FACTS) + 1)
    }
    enter(workspace.id)
    both = relations(workspace.id)
    assert len(both["events"]) == 2 * len(before["events"])


def test_types_are_those_of_the_data_wherever_it_lies(home: Path, workspace: Any, clock: FixedClock) -> None:
    enter(workspace.id)
    with open_workspace(workspace.id, EVERYTHING) as data:
        before = data.relations
    compact_now(workspace.id, clock, everything=True)
    with open_workspace(workspace.id, EVERYTHING) as data:
        after = data.relations
    for old, new in ((before.event_types, after.event_types), (before.trait_types, after.trait_types)):
        assert {name: types for name, types in new.items() if "." not in name} == {
            name: types for name, types in old.items() if "." not in name
        }
        assert all(old[name] <= new[name] for name in old)
    assert (after.zones, after.has_zones) == (before.zones, before.has_zones)


def test_rows_move_when_they_are_older_than_hot_days(home: Path, workspace: Any, clock: FixedClock) -> None:
    hot = workspace.hot_days * DAY
    enter(workspace.id, FACTS[:5], received_at=clock.now() - hot - 1)
    enter(workspace.id, FACTS[:5], received_at=clock.now())
    before = relations(workspace.id)
    assert compact(workspace.id, clock)
    assert LogEntry.objects.count() == 6
    assert not compact(workspace.id, clock), "one old row is not worth a file yet"
    clock.advance(86_400)
    assert compact(workspace.id, clock)
    assert LogEntry.objects.count() == 5
    assert relations(workspace.id) == before


def test_eight_files_of_a_size_become_one_and_the_old_ones_go_an_hour_later(
    home: Path, workspace: Any, clock: FixedClock
) -> None:
    enter(workspace.id, [("event", 1, "a", n, {f"p{n}": n}) for n in range(32)])
    while compaction._move(workspace.id, clock.now(), 99):
        pass
    before = relations(workspace.id)
    assert len(in_force(workspace.id)) == 8
    assert compact(workspace.id, clock)
    assert [file.rows for file in in_force(workspace.id)] == [32]
    assert relations(workspace.id) == before
    assert len(files_on_disk(home, workspace.id)) == 9
    clock.advance(3599)
    assert not compact(workspace.id, clock)
    clock.advance(1)
    assert compact(workspace.id, clock)
    assert files_on_disk(home, workspace.id) == {Path(in_force(workspace.id)[0].path).name}
    assert relations(workspace.id) == before


def test_erased_people_leave_the_files_at_once(home: Path, workspace: Any, clock: FixedClock) -> None:
    enter(workspace.id)
    compact_now(workspace.id, clock, everything=True)
    old = files_on_disk(home, workspace.id)
    erase(workspace.id, 2, at=60)
    before = relations(workspace.id)
    compact_now(workspace.id, clock, everything=False)
    assert not old & files_on_disk(home, workspace.id)
    assert relations(workspace.id) == before
    assert known_ids(workspace.id, ["f2", "f3"]) == {"f3"}
    erase(workspace.id, 1, at=60)
    erase(workspace.id, 3, at=60)
    compact_now(workspace.id, clock, everything=False)
    assert files_on_disk(home, workspace.id) == set()
    assert relations(workspace.id)["events"] == []


def test_files_that_nobody_lists_are_removed_an_hour_later(
    home: Path, workspace: Any, clock: FixedClock
) -> None:
    enter(workspace.id)
    compact_now(workspace.id, clock, everything=True)
    listed = {Path(file.path).name for file in in_force(workspace.id)}
    place = home / "history" / str(workspace.id)
    for path in [place / "old.parquet", place / "young.parquet", *place.iterdir()]:
        path.touch()
        os.utime(path, (0, 0) if path.stem != "young" else None)
    young_clock = FixedClock((place / "young.parquet").stat().st_mtime_ns // 1000 + HOUR // 2)
    compact_now(workspace.id, young_clock, everything=False)
    assert files_on_disk(home, workspace.id) == listed | {"young.parquet"}


def during(monkeypatch: pytest.MonkeyPatch, name: str, rival: Callable[[], object]) -> None:
    """Run ``rival`` once, just before the workspace module's function ``name``."""
    from yutang.events import workspace as module

    whole = getattr(module, name)

    def patched(*args: Any) -> Any:
        monkeypatch.setattr(module, name, whole)
        rival()
        return whole(*args)

    monkeypatch.setattr(module, name, patched)


@pytest.mark.parametrize("place", ["_tail", "read_merged", "_open", "_make_events", "finish"])
def test_a_reader_sees_each_fact_once_whenever_compaction_comes(
    home: Path, workspace: Any, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    enter(workspace.id)
    merge(workspace.id, 3, 4, at=5)
    compaction._move(workspace.id, clock.now(), 8)
    before = relations(workspace.id)
    during(monkeypatch, place, lambda: compact_now(workspace.id, clock, everything=True))
    assert relations(workspace.id) == before
    assert not LogEntry.objects.exists()


def test_a_reader_would_miss_files_if_they_were_unlinked_at_once(
    home: Path, workspace: Any, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: with no hour of grace the same interleaving fails, and starting over once mends it."""
    import duckdb

    enter(workspace.id)
    compaction._move(workspace.id, clock.now(), 8)
    before = relations(workspace.id, NO_BOUNDS)
    monkeypatch.setattr(compaction, "HOUR", 0)
    during(monkeypatch, "_open", lambda: compact_twice(workspace.id, clock))
    with pytest.raises(duckdb.IOException):
        relations(workspace.id, NO_BOUNDS)
    enter(workspace.id, [])
    assert relations(workspace.id, NO_BOUNDS) == before


def test_a_question_that_misses_a_file_starts_over_once(
    home: Path, workspace: Any, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(workspace.id)
    compaction._move(workspace.id, clock.now(), 8)
    monkeypatch.setattr(compaction, "HOUR", 0)
    asked = []

    def ask(data: Any) -> int:
        if not asked:
            asked.append(1)
            compact_twice(workspace.id, clock)
        return int(data.connection.execute("SELECT count(*) FROM events").fetchall()[0][0])

    assert over_workspace(workspace.id, NO_BOUNDS, ask) == 6


def compact_twice(workspace_id: int, clock: FixedClock) -> None:
    """The second time unlinks what the first one dropped."""
    compact_now(workspace_id, clock, everything=True)
    compact_now(workspace_id, clock, everything=False)


NO_BOUNDS = Needs(kinds=EVERYTHING.kinds, reach_seconds=None)


def test_two_workspaces_are_compacted_apart(home: Path, world: Any, clock: FixedClock) -> None:
    enter(world.workspace.id)
    enter(world.elsewhere.id, FACTS[:3])
    before = relations(world.workspace.id), relations(world.elsewhere.id)
    compact_now(world.workspace.id, clock, everything=True)
    assert LogEntry.objects.filter(workspace_id=world.elsewhere.id).count() == 3
    assert not (home / "history" / str(world.elsewhere.id)).exists()
    assert known_ids(world.elsewhere.id, ["f1"]) == set()
    erase(world.elsewhere.id, 1, at=90)
    compact_now(world.elsewhere.id, clock, everything=True)
    assert relations(world.workspace.id) == before[0]
    assert len(relations(world.elsewhere.id)["events"]) == 1
