"""Admission learns who is who from the facts themselves."""

from typing import Any

import pytest
from tests.events.admission.worlds import MINUTE, T0, admitted, event, logged, merge, traits

from yutang.people.actions import resolve
from yutang.people.models import Identity, MergeFact, Origin
from yutang.people.rules import named

pytestmark = pytest.mark.usefixtures("home")


def origins(workspace: Any) -> dict[int, str]:
    return dict(Origin.objects.filter(workspace_id=workspace.pk).values_list("number", "key"))


def merges(workspace: Any) -> list[tuple[str, str, bool, int]]:
    found = MergeFact.objects.filter(workspace_id=workspace.pk).order_by("at", "fact_id")
    return list(found.values_list("one__key", "other__key", "joins", "at"))


def test_origins_are_numbered_from_one_without_gaps_in_each_workspace(workspace: Any, world: Any) -> None:
    admitted(workspace.pk, [event("1", "u1"), event("2", "u2")], [event("3", "u1"), event("4", "u3")])
    admitted(world.elsewhere.pk, [event("1", "u9")])
    assert origins(workspace) == {1: "u1", 2: "u2", 3: "u3"}
    assert origins(world.elsewhere) == {1: "u9"}
    assert logged(workspace.pk, "origin") == [1, 2, 1, 3]


@pytest.mark.parametrize("at_once", [True, False])
def test_a_device_seen_with_its_user_is_the_users(workspace: Any, at_once: bool) -> None:
    admitted(workspace.pk, [event("1", "u1+a1")], [event("2", "+a1")], at_once=at_once)
    assert logged(workspace.pk, "origin") == [1, 1]
    assert merges(workspace) == []


@pytest.mark.parametrize("at_once", [True, False])
def test_what_a_device_did_before_is_connected_when_its_user_signs_in(workspace: Any, at_once: bool) -> None:
    admitted(
        workspace.pk,
        [event("1", "+a1", minute=1)],
        [event("2", "u1+a1", minute=5)],
        [event("3", "+a1", minute=6)],
        [event("4", "u1+a1", minute=7)],
        at_once=at_once,
    )
    assert logged(workspace.pk, "origin") == [1, 2, 1, 2]
    assert merges(workspace) == [("a1", "u1", True, T0 + 5 * MINUTE)]


@pytest.mark.parametrize("at_once", [True, False])
def test_a_shared_device_stays_with_its_first_user(workspace: Any, at_once: bool) -> None:
    admitted(
        workspace.pk,
        [event("1", "+a1")],
        [event("2", "u1+a1")],
        [event("3", "u2+a1")],
        [event("4", "+a1")],
        at_once=at_once,
    )
    assert logged(workspace.pk, "origin") == [1, 2, 3, 1]
    assert [each[:2] for each in merges(workspace)] == [("a1", "u1")]


def test_a_user_and_a_device_of_one_name_are_two(workspace: Any) -> None:
    admitted(workspace.pk, [event("1", "x"), event("2", "+x")])
    assert logged(workspace.pk, "origin") == [1, 2]


def test_a_merge_makes_both_sides_known(workspace: Any) -> None:
    admitted(workspace.pk, [merge("m", "u1", "u2", 3)], [merge("n", "u2", "u1", 9, joins=False)])
    assert merges(workspace) == [("u1", "u2", True, T0 + 3 * MINUTE), ("u1", "u2", False, T0 + 9 * MINUTE)]
    first = Origin.objects.filter(workspace_id=workspace.pk).values_list("first_at", "first_id")
    assert list(first) == [(None, ""), (None, "")]


def test_a_connection_through_an_explicit_merge_is_seen_at_once_and_later(workspace: Any, world: Any) -> None:
    calls = [
        [event("1", "+a1")],
        [merge("m", "u1", "u0")],
        [event("2", "u1+a1", minute=1)],
        [event("3", "u2+a1", minute=2)],
    ]
    admitted(workspace.pk, *calls)
    admitted(world.elsewhere.pk, *calls, at_once=True)
    assert len(merges(workspace)) == 2
    assert merges(workspace) == merges(world.elsewhere)


def test_a_relations_target_is_somebody_too(workspace: Any) -> None:
    from yutang.events.rules import Fact

    relation = Fact("relate", "r", T0, named("u1"), "", '{"mentor":"u2"}', other=(("user_id", "u2"),))
    admitted(workspace.pk, [relation])
    assert origins(workspace) == {1: "u1", 2: "u2"}


def test_resolve_makes_the_missing_and_finds_the_known(workspace: Any) -> None:
    admitted(workspace.pk, [traits("t", "u1+a1", "{}")])
    wanted = [named("u2"), named("u1"), named("u2"), (("anonymous_id", "a1"),)]
    assert resolve(workspace.pk, wanted) == [2, 1, 2, 1]
    assert Identity.objects.filter(workspace_id=workspace.pk).count() == 3
