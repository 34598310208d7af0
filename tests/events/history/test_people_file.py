"""The cache of people's keys changes no answer and forgets the erased."""

from pathlib import Path
from typing import Any

import pytest
from tests.events.history.record import enter, erase, relations

from yutang.events import compaction, people_file
from yutang.events.compaction import compact, compact_now
from yutang.events.history import people_folder
from yutang.kernel.clock import FixedClock
from yutang.people.models import Origin

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people_file, "WORTH", 4)
    compaction._clean.clear()


def files(workspace_id: int) -> list[int]:
    return [file.upto for file in people_file.list_people_files(people_folder(workspace_id))]


def test_people_are_the_same_from_the_file_and_from_the_database(
    home: Path, workspace: Any, clock: FixedClock
) -> None:
    enter(workspace.id, [], people=5)
    before = relations(workspace.id)["people"]
    assert compact(workspace.id, clock)
    assert files(workspace.id) == [5]
    assert relations(workspace.id)["people"] == before
    enter(workspace.id, [], people=8)
    assert not compact(workspace.id, clock), "three more are not worth a file"
    assert [key for _, key in relations(workspace.id)["people"]] == [f"u{n}" for n in range(1, 9)]
    enter(workspace.id, [], people=20)
    compact_now(workspace.id, clock, everything=False)
    enter(workspace.id, [], people=40)
    compact_now(workspace.id, clock, everything=False)
    assert files(workspace.id) == [40, 20]
    assert len(relations(workspace.id)["people"]) == 40


def test_a_file_of_another_database_is_not_believed(home: Path, workspace: Any, clock: FixedClock) -> None:
    enter(workspace.id, [], people=5)
    compact(workspace.id, clock)
    Origin.objects.filter(workspace_id=workspace.id, number=5).update(key="somebody else")
    assert (5, "somebody else") in relations(workspace.id)["people"]


def test_erased_people_leave_the_file_at_once(home: Path, workspace: Any, clock: FixedClock) -> None:
    enter(workspace.id, people=6)
    compact_now(workspace.id, clock, everything=False)
    (old,) = people_file.list_people_files(people_folder(workspace.id))
    erase(workspace.id, 2, at=60)
    before = relations(workspace.id)["people"]
    compact_now(workspace.id, clock, everything=False)
    assert not old.path.exists()
    assert files(workspace.id) == [6]
    assert relations(workspace.id)["people"] == before
    assert b"u2" not in people_file.list_people_files(people_folder(workspace.id))[0].path.read_bytes()
