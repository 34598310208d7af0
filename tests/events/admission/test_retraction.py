"""A retraction finds its fact, whichever of them comes first."""

from typing import Any

import pytest
from tests.events.admission.worlds import admitted, event, retract

from yutang.events.models import Retraction

pytestmark = pytest.mark.usefixtures("home")


def target(workspace: Any) -> list[int | None]:
    return list(Retraction.objects.filter(workspace_id=workspace.pk).values_list("target_seq", flat=True))


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("retraction_first", [True, False])
def test_it_learns_where_its_fact_is(workspace: Any, at_once: bool, retraction_first: bool) -> None:
    calls = [[event("other"), event("e")], [retract("r", "e")]]
    admitted(workspace.pk, *(reversed(calls) if retraction_first else calls), at_once=at_once)
    assert target(workspace) == [2]


def test_it_waits_for_a_fact_that_is_unknown(workspace: Any) -> None:
    admitted(workspace.pk, [event("e"), retract("r", "elsewhere")])
    assert target(workspace) == [None]


def test_two_retractions_of_one_fact_are_two(workspace: Any) -> None:
    admitted(workspace.pk, [retract("r1", "e")], [event("e")], [retract("r2", "e")])
    assert target(workspace) == [1, 1]
