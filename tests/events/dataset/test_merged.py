"""Who belongs to whom is worked out once, and again as soon as anything that decides it changes."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from tests.pages.facts import DAY, admit, erase, event, merge

from yutang.events import merged
from yutang.events.merged import read_merged
from yutang.events.rules import Fact
from yutang.events.snapshot import snapshot
from yutang.kernel.clock import FixedClock
from yutang.people.rules import named

pytestmark = pytest.mark.django_db(transaction=True)  # a snapshot reads what is committed


def roots(workspace_id: int) -> list[tuple[int, int, int, int | None]]:
    with snapshot() as state:
        found = read_merged(state, workspace_id).intervals
    return sorted(tuple(row.values()) for row in found.to_pylist())


@pytest.fixture
def worked_out(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One entry for each time it was."""
    merged._kept.clear()
    times, real = [], merged._work_out

    def counted(*tables: Any) -> Any:
        times.append(1)
        return real(*tables)

    monkeypatch.setattr(merged, "_work_out", counted)
    return times


def test_asking_twice_works_it_out_once(workspace: Any, clock: FixedClock, worked_out: list[int]) -> None:
    now = clock.now()
    admit(
        workspace.pk,
        [event("a", "x", now - 2 * DAY), event("b", "x", now - DAY), merge("a", "b", now)],
        clock,
    )
    assert roots(workspace.pk) == roots(workspace.pk) != []
    assert len(worked_out) == 1


def test_whatever_decides_it_makes_it_anew(workspace: Any, clock: FixedClock, worked_out: list[int]) -> None:
    now = clock.now()
    steps = [
        [event("a", "x", now - 2 * DAY), event("b", "x", now - DAY), merge("a", "b", now - 50)],
        [event("b", "x", now - 3 * DAY)],  # now b is the older one
        [Fact("unmerge", "apart", now - 20, named("a"), other=named("b"))],
        [merge("b", "c", now - 10)],
        [erase("c", now - 5)],
    ]
    seen = []
    for facts in steps:
        admit(workspace.pk, facts, clock)
        seen.append(roots(workspace.pk))
        merged._kept.clear()
        assert roots(workspace.pk) == seen[-1]
    assert all(before != after for before, after in pairwise(seen))


def test_workspaces_do_not_see_each_others(world: Any, clock: FixedClock, worked_out: list[int]) -> None:
    now = clock.now()
    admit(world.workspace.pk, [event("a", "x", now - DAY), merge("a", "b", now)], clock)
    assert roots(world.workspace.pk)
    assert roots(world.elsewhere.pk) == []
