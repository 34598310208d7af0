"""An erased person leaves the log, and what comes later stays out."""

from typing import Any

import pytest
from tests.events.admission.worlds import admitted, erase, event, logged, merge

from yutang.people.models import Identity
from yutang.people.queries import erased_origins

pytestmark = pytest.mark.usefixtures("home")


@pytest.mark.parametrize("at_once", [True, False])
def test_what_was_known_goes_and_what_comes_later_is_counted_only(workspace: Any, at_once: bool) -> None:
    done = admitted(
        workspace.pk,
        [event("1", "u1"), event("2", "u2")],
        [erase("x", "u1")],
        [event("3", "u1"), event("4", "u2")],
        at_once=at_once,
    )
    assert logged(workspace.pk, "id") == ["2", "4"]
    assert done.kept_out == 1


@pytest.mark.parametrize("at_once", [True, False])
def test_it_takes_everybody_who_was_the_same_person_then(workspace: Any, at_once: bool) -> None:
    admitted(
        workspace.pk,
        [event("1", "u1"), event("2", "u2"), event("3", "u3")],
        [merge("m2", "u1", "u2", 1), merge("m3", "u1", "u3", 9)],
        [erase("x", "u1", 5)],
        at_once=at_once,
    )
    assert logged(workspace.pk, "id") == ["3"]
    assert erased_origins(workspace.pk) == {1, 2}


@pytest.mark.parametrize("at_once", [True, False])
def test_a_merge_that_comes_later_but_was_earlier_takes_more(workspace: Any, at_once: bool) -> None:
    admitted(
        workspace.pk,
        [event("1", "u1"), event("2", "u2")],
        [erase("x", "u1", 5)],
        [merge("m", "u2", "u1", 1)],
        [event("3", "u2")],
        at_once=at_once,
    )
    assert logged(workspace.pk, "id") == []


@pytest.mark.parametrize("at_once", [True, False])
def test_an_erased_person_learns_no_new_names(workspace: Any, at_once: bool) -> None:
    admitted(
        workspace.pk,
        [event("1", "u1")],
        [erase("x", "u1")],
        [event("2", "u1+a1")],
        [event("3", "+a1")],
        at_once=at_once,
    )
    assert logged(workspace.pk, "id") == ["3"]
    assert not Identity.objects.filter(workspace_id=workspace.pk, value="a1", origin__number=1).exists()


def test_an_erasure_of_somebody_unknown_keeps_them_out(workspace: Any) -> None:
    admitted(workspace.pk, [erase("x", "u1")], [event("1", "u1")])
    assert logged(workspace.pk, "id") == []


def test_an_erasure_in_another_workspace_is_nothing_here(workspace: Any, world: Any) -> None:
    admitted(world.elsewhere.pk, [erase("x", "u1")])
    admitted(workspace.pk, [event("1", "u1")])
    assert logged(workspace.pk, "id") == ["1"]
