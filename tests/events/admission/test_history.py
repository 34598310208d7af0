"""Admission knows what has moved from the log into history files."""

from typing import Any

import pytest
from tests.events.admission.worlds import admitted, event, logged, merge, retract, traits

from yutang.events import state
from yutang.events.compaction import compact_now
from yutang.events.models import HistoryFile, Retraction
from yutang.kernel.clock import FixedClock

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home")]


@pytest.fixture
def moved(workspace: Any, clock: FixedClock) -> Any:
    """The workspace, its facts in files and its log empty."""
    admitted(
        workspace.pk,
        [
            event(
                "1", "u1", props='{"amount":12.5,"big":{"$number":"12345678901.123456"},"to":{"city":"上海"}}'
            ),
            event("2", "u2+a1", 5, props='{"list":[1,"a",null],"nothing":null}'),
            traits("3", "u1", '{"city":"上海","vip":true}', None),
            traits("4", "u2", "{}"),
            merge("5", "u1", "u2", 9),
        ],
    )
    before = state.digest(workspace.pk)
    compact_now(workspace.pk, clock, everything=True)
    assert HistoryFile.objects.filter(workspace_id=workspace.pk, dropped_at=None).exists()
    assert logged(workspace.pk, "id") == []
    workspace.before = before
    return workspace


def test_the_digest_is_the_same_wherever_facts_lie(moved: Any) -> None:
    assert state.digest(moved.pk) == moved.before


def test_what_is_in_history_is_not_admitted_again(moved: Any) -> None:
    again = admitted(moved.pk, [event("1"), traits("3", "u1", "{}"), event("new")])
    assert (again.known, again.logged) == (2, 1)
    assert logged(moved.pk, "seq", "id") == [(5, "new")]


def test_a_retraction_finds_its_fact_in_history(moved: Any) -> None:
    admitted(moved.pk, [retract("r", "2")])
    assert list(Retraction.objects.filter(workspace_id=moved.pk).values_list("target_seq", flat=True)) == [2]
