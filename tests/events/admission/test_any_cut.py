"""However a stream is cut and however often parts of it come again, the outcome is the same."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.events.admission.worlds import admitted, erase, event, logged, merge, retract, traits

from yutang.events import state
from yutang.events.rules import Fact
from yutang.people import queries as people

pytestmark = pytest.mark.usefixtures("home")

WHO = st.sampled_from(["u1", "u2", "u3", "+a1", "+a2", "u1+a1", "u1+a2", "u2+a1", "u3+a2"])
KEYS = st.sampled_from(["u1", "u2", "u3", "u4"])
MINUTES = st.integers(0, 20)


@st.composite
def streams(draw: st.DrawFn) -> list[Fact]:
    """Facts in the order in which they come first, each with an id of its own."""
    facts: list[Fact] = []
    for n in range(draw(st.integers(1, 18))):
        id, minute = f"f{n}", draw(MINUTES)
        match draw(st.sampled_from(["event"] * 5 + ["traits", "merge", "unmerge", "retract", "erase"])):
            case "event":
                facts.append(event(id, draw(WHO), minute))
            case "traits":
                facts.append(traits(id, draw(WHO), '{"city":"上海"}', minute))
            case "retract":
                facts.append(retract(id, f"f{draw(st.integers(0, 18))}", minute))
            case "erase":
                facts.append(erase(id, draw(KEYS), minute))
            case said:
                one, other = draw(KEYS), draw(KEYS)
                facts.append(merge(id, one, other, minute, joins=said == "merge"))
    return facts


@st.composite
def cuts(draw: st.DrawFn, facts: list[Fact]) -> list[list[Fact]]:
    """The stream in calls, with some facts sent again later than they came first."""
    calls: list[list[Fact]] = [[]]
    for position, fact in enumerate(facts):
        calls[-1].append(fact)
        if draw(st.booleans()):
            calls.append([])
        if draw(st.integers(0, 3)) == 0:
            calls[-1].append(facts[draw(st.integers(0, position))])
    return calls


def outcome(workspace_id: int, calls: list[list[Fact]], *, at_once: bool = False) -> dict[str, Any]:
    """Undone afterwards, so that every example starts from nothing."""
    with transaction.atomic():
        admitted(workspace_id, *calls, at_once=at_once)
        found = {
            "events": state.digest(workspace_id),
            "people": people.digest(workspace_id),
            "log": logged(workspace_id, "id", "origin"),
        }
        transaction.set_rollback(True)
    return found


@settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_any_cut_and_any_repetition_gives_the_same_state(workspace: Any, data: st.DataObject) -> None:
    facts = data.draw(streams())
    one_by_one = outcome(workspace.pk, [[fact] for fact in facts])
    calls = data.draw(cuts(facts))
    assert outcome(workspace.pk, calls) == one_by_one
    assert outcome(workspace.pk, calls, at_once=True) == one_by_one


def test_the_digest_tells_different_states_apart(workspace: Any) -> None:
    first = outcome(workspace.pk, [[event("1")]])
    others = [
        [event("2")],
        [event("1", "u2")],
        [event("1", minute=1)],
        [event("1", kind="order.made")],
        [event("1", props='{"a":1}')],
        [event("1"), event("2")],
    ]
    assert all(outcome(workspace.pk, [other])["events"] != first["events"] for other in others)
