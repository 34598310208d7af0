"""The relations that a staged file turns into."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from tests.events.dataset.staging import fact, paid, staged, traits

from yutang.events.dataset import Dataset, open_staged
from yutang.language.relations import Needs, column

ALL = Needs(
    kinds=frozenset({"order.paid", "live.*"}),
    properties=frozenset({"amount", "address.city", 'it\'s "odd"'}),
    traits=frozenset({"city", "address.city", "timezone"}),
    tags=frozenset({"vip"}),
    relations=frozenset({"mentor"}),
    reach_seconds=None,
)


def opened(*facts: dict[str, Any], needs: Needs = ALL) -> Dataset:
    return open_staged(staged(*facts), needs, "Asia/Shanghai")


def rows(data: Dataset, query: str) -> list[tuple[Any, ...]]:
    return data.connection.execute(query).fetchall()


def test_a_property_is_one_of_four_types_in_columns_of_their_own() -> None:
    values = [1, 12.5, {"$number": "123456789012.123456"}, "1", True, [1, "a"], {"b": 1}, None]
    data = opened(*(paid("u1", n, amount=value) for n, value in enumerate(values)), paid("u1", 99))
    found = rows(
        data,
        'SELECT "number:amount", "text:amount", "boolean:amount", "list:amount" FROM events ORDER BY seq',
    )
    assert found == [
        (Decimal("1"), None, None, None),
        (Decimal("12.5"), None, None, None),
        (Decimal("123456789012.123456"), None, None, None),
        (None, "1", None, None),
        (None, None, True, None),
        (None, None, None, '[1,"a"]'),
        *[(None, None, None, None)] * 3,
    ]
    assert data.relations.event_types["amount"] == {"number", "text", "boolean", "list"}
    assert data.relations.event_types["address.city"] == frozenset()
    assert data.watermark == 9


def test_a_name_with_a_dot_wins_over_the_path_even_when_it_is_null() -> None:
    data = opened(
        paid("u1", 1, address={"city": "a"}),
        paid("u1", 2, **{"address": {"city": "a"}, "address.city": "b"}),
        paid("u1", 3, **{"address": {"city": "a"}, "address.city": None}),
        paid("u1", 4, **{'it\'s "odd"': "c"}),
    )
    found = rows(data, 'SELECT "text:address.city", "text:it\'s ""odd""" FROM events ORDER BY seq')
    assert found == [("a", None), ("b", None), (None, None), (None, "c")]


def test_only_needed_kinds_are_there_and_a_prefix_is_not_the_kind_itself() -> None:
    kinds = ["order.paid", "order.paid.late", "live", "live.", "live.entered", "lively"]
    data = opened(*(fact("event", "u1", n, kind=kind) for n, kind in enumerate(kinds)))
    assert rows(data, "SELECT kind FROM events ORDER BY seq") == [
        ("order.paid",),
        ("live.",),
        ("live.entered",),
    ]


def test_traits_are_long_with_explicit_nulls_and_paths_end_with_their_first_key() -> None:
    data = opened(
        traits("u1", None, city="x", address={"city": "a"}),
        traits("u1", 2, city=None, address=None),
        traits("u1", 3, address={"street": 1}),
        traits("u1", 4, **{"address": {"city": "a"}, "address.city": "b"}),
        traits("u1", 5, other=1),
    )
    found = rows(
        data, "SELECT name, isinf(\"at\"), seq, text FROM attributes WHERE area = 'trait' ORDER BY name, seq"
    )
    assert found == [
        ("address.city", True, 1, "a"),
        ("address.city", False, 2, None),
        ("address.city", False, 3, None),
        ("address.city", False, 4, "b"),
        ("city", True, 1, "x"),
        ("city", False, 2, None),
    ]
    assert data.relations.trait_types == {"city": {"text"}, "address.city": {"text"}, "timezone": frozenset()}


def test_tags_and_relations_are_attributes_too() -> None:
    data = opened(
        fact("tag", "u1", 1, kind="vip"),
        fact("untag", "u1", 2, kind="vip"),
        fact("tag", "u1", 3, kind="other"),
        fact("relate", "u1", 4, props={"mentor": "u2", "friend": "u3"}),
        fact("relate", "u1", 5, props={"mentor": None}),
    )
    found = rows(data, "SELECT area, name, seq, boolean, text FROM attributes ORDER BY seq")
    assert found == [
        ("tag", "vip", 1, True, None),
        ("tag", "vip", 2, None, None),
        ("relation", "mentor", 4, None, "u2"),
        ("relation", "mentor", 5, None, None),
    ]
    assert {key for (key,) in rows(data, "SELECT key FROM people")} == {"u1", "u2", "u3"}


def test_everyone_named_is_in_the_population() -> None:
    data = opened(
        paid("u1", 5),
        fact("merge", "u3", 9, other="u4"),
        fact("unmerge", "u5", 9, other="u6"),
        fact("relate", "u1", 5, props={"mentor": "u7", "friend": None}),
        fact("retract", None, 9, other="c"),
    )
    assert rows(data, "SELECT key FROM people ORDER BY key") == [(f"u{n}",) for n in (1, 3, 4, 5, 6, 7)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (paid("u2", 5, id="z"), paid("u1", 6, id="a")),
        (paid("u2", 5, id="z"), paid("u1", 5, id="aa")),
        (paid("u2", 5, id="a"), paid("u1", 5, id="b")),
        (traits("u2", None, id="zz"), paid("u1", 1, id="a")),
        (paid("u2", 5, id="z"), fact("untag", "u1", 6, kind="vip", id="a")),
        (paid("u2", 19, id="z"), paid("u1", 31, id="a")),
    ],
)
def test_a_person_is_named_after_the_origin_with_the_earliest_own_fact(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    data = opened(other, one, fact("merge", "u1", 20, other="u2", id="m"))
    names = "SELECT a.key, b.key FROM members JOIN people a USING (person) JOIN people b ON b.person = root"
    assert rows(data, names) == [("u1", "u2")]


def test_merged_people_have_intervals_with_a_root() -> None:
    data = opened(
        paid("u1", 5),
        paid("u2", 3),
        fact("merge", "u1", 10, other="u2"),
        fact("unmerge", "u2", 20, other="u1"),
        fact("merge", "u1", 30, other="u2"),
    )
    query = """SELECT a.key, b.key, since, isinf("until") FROM members
               JOIN people a USING (person) JOIN people b ON b.person = root ORDER BY since"""
    assert rows(data, query) == [("u1", "u2", at(10), False), ("u1", "u2", at(30), True)]
    assert data.relations.has_merges


def test_an_erased_person_is_nowhere_and_relations_to_it_lead_to_nobody() -> None:
    data = opened(
        paid("u1", 5, amount=1),
        paid("u2", 5, amount="x"),
        paid("u3", 5, amount=True),
        fact("merge", "u1", 6, other="u2"),
        fact("erase", "u2", 7),
        fact("merge", "u2", 8, other="u3"),
        fact("relate", "u3", 8, props={"mentor": "u1"}),
    )
    assert rows(data, "SELECT key FROM people") == [("u3",)]
    assert rows(data, 'SELECT "boolean:amount" FROM events') == [(True,)]
    assert rows(data, "SELECT name, text FROM attributes") == [("mentor", None)]
    assert rows(data, "SELECT * FROM members") == []
    assert data.relations.event_types["amount"] == {"boolean"}


def test_a_retraction_hides_any_own_fact_from_its_earliest_time_on() -> None:
    data = opened(
        paid("u1", 5, id="e"),
        traits("u1", 5, id="t", city="x"),
        fact("retract", None, 9, other="e"),
        fact("retract", None, 8, other="e"),
        fact("retract", None, 8, other="t"),
        fact("retract", None, 8, other="nothing"),
    )
    assert rows(data, "SELECT * FROM retracted ORDER BY seq") == [(1, at(8)), (2, at(8))]


@pytest.mark.parametrize("flag", ["has_merges", "has_retractions", "has_zones"])
def test_costs_that_the_data_does_not_have_are_said_to_be_absent(flag: str) -> None:
    assert not getattr(opened(paid("u1", 5), traits("u1", 5, city="x", timezone=5)).relations, flag)
    full = opened(
        paid("u1", 5, id="e"),
        traits("u1", 5, timezone="Europe/Paris"),
        fact("merge", "u1", 6, other="u2"),
        fact("retract", None, 9, other="e"),
    )
    assert getattr(full.relations, flag)


def test_a_question_that_needs_nothing_still_finds_every_relation() -> None:
    data = opened(paid("u1", 5), needs=Needs())
    for relation in ("events", "attributes", "members", "retracted"):
        assert rows(data, f"SELECT * FROM {relation}") == []
    assert rows(data, "SELECT key FROM people") == [("u1",)]


def at(micros: int) -> datetime:
    return datetime.fromtimestamp(0, UTC).replace(microsecond=micros, tzinfo=None)


@pytest.mark.parametrize(
    "name", ["*", "a*b", "0", "a/b~", "quote'\"", "back\\slash", "tab\t", "{}", "中文", "Sku", "^sku", ""]
)
def test_a_property_may_have_any_name(name: str) -> None:
    other = {"sku": 1, "SKU": 2, "x": [3], "quote": 4}
    data = opened(
        paid("u1", 1, **{**other, name: "found"}),
        needs=Needs(kinds=frozenset({"order.paid"}), properties=frozenset({name, "sku", "SKU"})),
    )
    columns = ", ".join(
        '"' + column(type, of).replace('"', '""') + '"' for type, of in [("text", name), ("number", "sku")]
    )
    assert rows(data, f"SELECT {columns} FROM events") == [("found", Decimal(1))]


def test_a_path_reaches_into_objects_and_never_into_lists() -> None:
    data = opened(
        paid("u1", 1, a={"0": "x", "b": {"c": "y"}}),
        paid("u1", 2, a=["x", {"c": "y"}]),
        needs=Needs(kinds=frozenset({"order.paid"}), properties=frozenset({"a.0", "a.b.c"})),
    )
    assert rows(data, 'SELECT "text:a.0", "text:a.b.c" FROM events ORDER BY seq') == [
        ("x", "y"),
        (None, None),
    ]
