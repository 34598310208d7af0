"""Types, names and what would surprise: errors and warnings of ``check``."""

import pytest

from yutang.language import Invalid, Known, check, parse, type_of


def warnings_of(text, known=None, **kwargs):
    return [each.code for each in check(parse(text), known, **kwargs)]


def errors_of(text, **kwargs):
    with pytest.raises(Invalid) as refused:
        check(parse(text), **kwargs)
    return [each.code for each in refused.value.problems if each.severity == "error"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1", "number"),
        ("'a'", "text"),
        ("now", "time"),
        ("event.at", "time"),
        ("event.kind", "text"),
        ("event.amount", "any"),
        ("person.at", "any"),
        ("person.kind", "any"),
        ("first('a')", "time"),
        ("first('a', 'b')", "any"),
        ("avg('a', 'b')", "number"),
        ("coalesce(1, 2)", "number"),
        ("coalesce(first('a'), now)", "time"),
        ("coalesce(person.a, 2)", "any"),
        ("date(now)", "text"),
        ("1 < 2", "boolean"),
        ("contains('a', 'b')", "boolean"),
        ("hash_bucket('a', 2)", "number"),
    ],
)
def test_the_type_that_the_text_alone_shows(text, expected):
    assert type_of(parse(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "person.vip",
        "True and person.vip",
        "not person.vip",
        "did('a', where=it.vip)",
        "coalesce(person.vip, True)",
    ],
)
def test_what_need_not_be_boolean_is_no_condition(text):
    assert errors_of(text) == ["language.not_boolean"]


@pytest.mark.parametrize(
    "text", ["1", "'a'", "now", "count('a')", "True or count('a')", "did('a', where=it.x + 1)"]
)
def test_other_types_are_no_condition(text):
    assert errors_of(text) == ["language.not_condition"]


@pytest.mark.parametrize(
    "text",
    [
        "True",
        "True == False",
        "exists(now)",
        "person.vip == True",
        "tagged('vip') == person.vip",
        "now >= '2026-01-01'",
    ],
)
def test_these_are_conditions_without_a_warning(text):
    assert warnings_of(text) == []


@pytest.mark.parametrize(
    "text", ["tagged('a') + 1 > 1", "-tagged('a') > 1", "now + 1 > 1", "'a' * 2 > 1", "now - first('a') > 1"]
)
def test_arithmetic_takes_numbers(text):
    assert errors_of(text) == ["language.not_number"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("count('a') == '1'", "language.always_false"),
        ("count('a') < True", "language.always_false"),
        ("count('a') != '1'", "language.always_true"),
        ("now == person.birthday", "language.always_false"),
        ("now < first('a', 'b')", "language.always_false"),
        ("count('a') in ['1']", "language.never_in"),
        ("tagged('a') < True", "language.boolean_order"),
        ("person.a in []", "language.empty_list"),
        ("exists(abs('a'))", "language.wrong_argument"),
        ("exists(days_since(3))", "language.wrong_argument"),
        ("exists(days_since('x'))", "language.never_time"),
        ("did('a', within='0s')", "language.empty_window"),
        ("date(now) in ['2026-1-1']", "language.not_date"),
        ("did('a.*.b')", "language.kind_star"),
    ],
)
def test_what_would_surprise_is_warned_of(text, code):
    assert warnings_of(text) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "now > '2026'",
        "now in ['2026-13-01']",
        "'2026-02-30' < now",
        "did('a', since='x')",
        "did('a', until='2026-01-01T25:00')",
    ],
)
def test_a_text_beside_a_time_must_be_iso(text):
    assert errors_of(text) == ["language.not_iso"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("did('a', since=1)", "language.not_time"),
        ("did('a', until=count('b'))", "language.not_time"),
    ],
)
def test_the_bounds_of_a_window_are_times(text, code):
    assert errors_of(text) == [code]


def test_a_trigger_is_needed_for_event_and_a_journey_for_entry():
    assert errors_of("event.amount > 1 and entry.amount > 1") == ["language.no_event", "language.no_entry"]
    assert warnings_of("event.amount > entry.amount", has_event=True, has_entry=True) == []


def test_only_what_is_asked_of_triggers_is_told_of_the_slow_lane():
    assert warnings_of("did('a')") == []
    assert warnings_of("did('a')", has_event=True) == ["language.reads_history"]
    assert warnings_of("did('a', within='90d')", has_event=True) == []
    assert warnings_of("did('a', within='30d')", Known(hot_days=29), has_event=True) == [
        "language.reads_history"
    ]


def test_names_that_the_data_lacks_are_warned_of_with_the_nearest():
    known = Known(
        kinds=frozenset({"order.paid"}), tags=frozenset({"vip"}), properties=frozenset({"address.city"})
    )
    found = check(
        parse("did('order.payed', where=it.address.city == 'a') and tagged('VIP1') and did('order.*')"), known
    )
    assert [(each.code, each.params["instead"]) for each in found] == [
        ("language.unknown_kind", "order.paid"),
        ("language.unknown_tag", "vip"),
    ]


def test_every_step_of_a_sequence_is_looked_up():
    found = warnings_of("sequence('x', 'y', within='1d')", Known(kinds=frozenset({"order.paid"})))
    assert found == ["language.unknown_kind", "language.unknown_kind"]


def test_kind_and_timezone_are_always_known_traits():
    assert (
        warnings_of("person.kind == 'staff' and person.timezone == 'Asia/Tokyo'", Known(traits=frozenset()))
        == []
    )
