"""What each way of writing means."""

from decimal import Decimal

import pytest

from yutang.language import Invalid, Span, parse
from yutang.language.durations import Duration
from yutang.language.nodes import (
    Aggregate,
    And,
    Arithmetic,
    Call,
    Compare,
    Count,
    Did,
    Edge,
    Member,
    Name,
    Negative,
    Not,
    Now,
    Or,
    Sequence,
    Step,
    Streak,
    Value,
    Values,
    Window,
)

ONE, TWO, THREE = (Value(Decimal(n)) for n in (1, 2, 3))
LEVEL = Name("person", "level")


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("True", Value(True)),
        ("now", Now()),
        ("-5", Value(Decimal(-5))),
        ("--5", Value(Decimal(5))),
        ("-0", Value(Decimal(0))),
        ("-person.level", Negative(LEVEL)),
        (".5", Value(Decimal("0.5"))),
        ("5.", Value(Decimal(5))),
        ("1_000", Value(Decimal(1000))),
        ("123456789012.123456", Value(Decimal("123456789012.123456"))),
        ("'上\\u6d77'", Value("上海")),
        ('"a\\"b\\n"', Value('a"b\n')),
        ("person.address.city", Name("person", "address.city")),
        ("event.at", Name("event", "at")),
        ("1 < person.level < 3", And((Compare("<", ONE, LEVEL), Compare("<", LEVEL, THREE)))),
        ("person.level not in [1, -2]", Member(LEVEL, Values((ONE, Value(Decimal(-2)))), negated=True)),
        ("person.level in []", Member(LEVEL, Values(()))),
        ("1 + 2 * 3", Arithmetic("+", ONE, Arithmetic("*", TWO, THREE))),
        ("(1 + 2) * 3", Arithmetic("*", Arithmetic("+", ONE, TWO), THREE)),
        ("True or True and not False", Or((Value(True), And((Value(True), Not(Value(False))))))),
        ("did('a')", Did("a")),
        ("count('a.*', within='today')", Count("a.*", Window("today"))),
        ("sum('a', 'b', within='30d')", Aggregate("sum", "a", "b", Window(Duration(30, "d")))),
        ("first('a')", Edge("first", "a")),
        ("last('a', 'b', since=now)", Edge("last", "a", "b", Window(since=Now()))),
        ("streak('a', 'week')", Streak("a", "week")),
        (
            "sequence('a', step('b', where=it.c == 1), within='7d')",
            Sequence((Step("a"), Step("b", Compare("==", Name("it", "c"), ONE))), Duration(7, "d")),
        ),
        ("sequence(step('a'), 'b', within='7d')", Sequence((Step("a"), Step("b")), Duration(7, "d"))),
        ("round(person.level, 2)", Call("round", (LEVEL, TWO))),
        ("hash_bucket('s', 100)", Call("hash_bucket", (Value("s"), Value(Decimal(100))))),
        ("tagged('vip')", Call("tagged", (Value("vip"),))),
    ],
)
def test_a_text_is_read_as(text, node):
    assert parse(text) == node


def test_one_true_and_the_text_one_are_three_things():
    assert len({parse("1"), parse("True"), parse('"1"')}) == 3


def test_places_are_counted_in_characters():
    node = parse('person.城市 == "😀上海" and\n  person.level > 3')
    assert isinstance(node, And)
    first, second = node.items
    assert first.span == Span(0, 18)
    assert second.span == Span(25, 41)
    assert second.right.span == Span(40, 41)


def test_blanks_lines_and_comments_mean_nothing():
    assert parse("  person.level\n\t> 1  # why\n # more\nand\u3000True") == parse("person.level > 1 and True")


def test_all_problems_are_told_in_text_order():
    with pytest.raises(Invalid) as refused:
        parse('persn.city == "上海" and cuont("a") > 1 and sum("b") > 2')
    assert [each.code for each in refused.value.problems] == [
        "language.unknown_scope",
        "language.unknown_function",
        "language.arguments",
    ]
    assert [each.span.start for each in refused.value.problems] == [0, 23, 42]


@pytest.mark.parametrize("number", ["1000000000000", "-1000000000000", "0.0000001", "1.0000000"])
def test_numbers_that_data_cannot_have_are_refused(number):
    with pytest.raises(Invalid):
        parse(f"person.level > {number}")
