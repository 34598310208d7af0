"""Intake becomes the log in order, every fact once."""

from typing import Any

import pytest
from tests.events.admission.worlds import T0, admitted, event, logged, merge, retract, settle, traits

from yutang.events.intake import enqueue, waiting
from yutang.events.models import Cursor, IntakeBatch, Property
from yutang.people.models import Origin

pytestmark = pytest.mark.usefixtures("home")


def test_facts_get_their_numbers_in_the_order_they_came(workspace: Any) -> None:
    admitted(workspace.pk, [event("b"), event("a")], [event("c")])
    assert logged(workspace.pk, "seq", "id") == [(1, "b"), (2, "a"), (3, "c")]
    assert Cursor.objects.get(workspace_id=workspace.pk).next_seq == 4


def test_intake_is_empty_afterwards(workspace: Any) -> None:
    enqueue(workspace.pk, [event("a"), event("b")], received_at=T0)
    assert waiting(workspace.pk) == 2
    settle(workspace.pk)
    assert waiting(workspace.pk) == 0
    assert not IntakeBatch.objects.filter(workspace_id=workspace.pk).exists()


def test_the_same_id_counts_once_within_a_call_across_calls_and_later(workspace: Any) -> None:
    once = admitted(workspace.pk, [event("a"), event("a"), event("b")], [event("a")], at_once=True)
    again = admitted(workspace.pk, [event("b"), event("c")])
    assert (once.logged, once.known) == (2, 2)
    assert (again.logged, again.known) == (1, 1)
    assert logged(workspace.pk, "id") == ["a", "b", "c"]


def test_a_fact_of_any_kind_that_is_known_is_not_taken_twice(workspace: Any) -> None:
    facts = [
        event("e", "u2"),
        merge("m", "u1", "u2"),
        retract("r", "e"),
        traits("t", "u1", '{"city":"上海"}'),
    ]
    admitted(workspace.pk, facts)
    assert admitted(workspace.pk, facts).known == 4


def test_nothing_is_learnt_from_a_duplicate(workspace: Any) -> None:
    admitted(workspace.pk, [event("a", "u1")], [event("a", "stranger")])
    assert list(Origin.objects.filter(workspace_id=workspace.pk).values_list("key", flat=True)) == ["u1"]


def test_workspaces_share_nothing(workspace: Any, world: Any) -> None:
    admitted(workspace.pk, [event("a")])
    admitted(world.elsewhere.pk, [event("a")])
    assert logged(workspace.pk, "seq") == logged(world.elsewhere.pk, "seq") == [1]


def test_one_step_takes_about_so_many_and_never_half_a_row(workspace: Any) -> None:
    enqueue(workspace.pk, [event(f"e{n}") for n in range(1200)], received_at=T0)
    enqueue(workspace.pk, [event(f"f{n}") for n in range(30)], received_at=T0)
    from yutang.events.admission import admit
    from yutang.kernel.clock import FixedClock

    assert [admit(workspace.pk, FixedClock(T0), limit=1000).facts for _ in range(3)] == [1000, 230, 0]


def test_the_catalogue_counts_properties_by_kind_and_type(workspace: Any) -> None:
    admitted(
        workspace.pk,
        [
            event("1", props='{"amount":1,"sku":"a","to":{"city":"x"},"gift":null}'),
            event("2", props='{"amount":"2","tags":["a"],"big":{"$number":"12345678901.123456"}}'),
            traits("3", "u1", '{"vip":true}'),
        ],
        [event("4", props='{"amount":3}')],
    )
    seen = Property.objects.filter(workspace_id=workspace.pk).values_list("kind", "name", "type", "count")
    assert set(seen) == {
        ("order.paid", "amount", "number", 2),
        ("order.paid", "amount", "text", 1),
        ("order.paid", "sku", "text", 1),
        ("order.paid", "to.city", "text", 1),
        ("order.paid", "tags", "list", 1),
        ("order.paid", "big", "number", 1),
        ("", "vip", "boolean", 1),
    }


def test_the_earliest_own_fact_is_noted_whenever_it_comes(workspace: Any) -> None:
    def first() -> tuple[int | None, str]:
        origin = Origin.objects.get(workspace_id=workspace.pk)
        return origin.first_at, origin.first_id

    minute = 60_000_000
    admitted(workspace.pk, [event("later", minute=5), event("b", minute=3)])
    assert first() == (T0 + 3 * minute, "b")
    admitted(workspace.pk, [event("a", minute=3), event("cc", minute=3)])
    assert first() == (T0 + 3 * minute, "a")
    admitted(workspace.pk, [traits("always", "u1", "{}", minute=None)])
    assert first() == (None, "always")
    admitted(workspace.pk, [event("early", minute=-9)])
    assert first() == (None, "always")
