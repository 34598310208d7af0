"""Whatever is written, the answer is a condition or problems, at once."""

import warnings

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.language.strategies import conditions

from yutang.language import Invalid, check, from_json, parse, render, show, to_json
from yutang.language.nodes import And, Compare, Name, Not, Value
from yutang.language.show import GROWTH


def problems_of(text):
    with pytest.raises(Invalid) as refused:
        parse(text)
    return refused.value.problems


def codes_of(text):
    return [each.code for each in problems_of(text)]


def test_more_than_ten_kilobytes_are_refused():
    assert parse('person.a == "' + "x" * 9_980 + '"')
    assert codes_of('person.a == "' + "x" * 10_000 + '"') == ["language.too_long"]
    assert codes_of('person.a == "' + "好" * 3_400 + '"') == ["language.too_long"]


@pytest.mark.parametrize(
    "text",
    [
        "(" * 5_000 + "True" + ")" * 4_990,
        "(" * 4_000,
        "[" * 4_000,
        "not " * 2_400 + "True",
        "-" * 9_000 + "1 > 0",
        "- - " * 2_000 + "1 > 0",
        "+".join(["1"] * 4_900) + " > 1",
        "*".join(["1"] * 4_900) + " > 1",
        "abs(" * 1_600 + "1" + ")" * 1_600 + " > 1",
        "person" + ".a" * 4_900 + " == 1",
        "abs" + "(1)" * 3_000,
        "person.a" + "[0]" * 3_000,
        "not (" * 1_400 + "True" + ")" * 1_400,
        "exists(" + "coalesce(1, " * 600 + "1" + ")" * 601,
    ],
    ids=lambda text: text[:12],
)
def test_deep_nesting_is_refused_without_harm(text):
    assert codes_of(text)[0] in ("language.too_deep", "language.too_long")


def test_fifty_levels_are_read_and_fifty_one_are_not():
    assert parse("(" * 50 + "True" + ")" * 50) == Value(True)
    assert codes_of("(" * 51 + "True" + ")" * 51) == ["language.too_deep"]
    assert parse("not " * 49 + "True")
    assert codes_of("not " * 50 + "True") == ["language.too_deep"]


def test_a_thousand_conditions_side_by_side_are_read():
    node = parse(" and ".join(["True"] * 1_000))
    assert isinstance(node, And)
    assert len(node.items) == 1_000


def test_conditions_made_by_hand_keep_the_limits_too():
    node = Value(True)
    for _ in range(60):
        node = Not(node)
    with pytest.raises(Invalid, match="too_deep"):
        check(node)


@pytest.mark.parametrize(
    "text", ["<".join(["1"] * 5_000), "person.a in[" + ",".join(["1"] * 4_000) + "]"], ids=["chain", "list"]
)
def test_whatever_is_read_can_be_stored(text):
    node = parse(text)
    assert len(show(node)) <= GROWTH * len(text)
    assert parse(show(node), limit=GROWTH * len(text)) == node
    assert from_json(to_json(node)) == node


@pytest.mark.parametrize("word", ["? ", "a ", "a[:", "“", "xyz == 1 and "], ids=repr)
def test_of_very_many_problems_the_first_are_told(word):
    found = problems_of((word * 5_000)[:9_000].removesuffix(" and "))
    assert 1 <= len(found) <= 20


def test_chains_cannot_grow_without_bound():
    text = "person.a"
    for _ in range(40):
        text = f"0 < ({text}) < 1"
    assert set(codes_of(text)) == {"language.chain_in_chain"}


@pytest.mark.parametrize(
    "text",
    [
        "\0",
        '"\0" == person.a',
        "person.a == '\ud800'",
        "\ud800",
        "person.a == 1\r\nand person.b == 2\r",
        "\ufeffTrue",
        "person.a == 1 # \0",
        "#",
        "\\",
        "True;import os",
        "__import__('os').system('x') == 1",
        "person.__class__ == 1",
        "(yield)",
        "await x",
        "True if True else",
        "*person.a == 1",
        "count(*person.a)",
        "count(**person.a)",
        "count('a', where=)",
        "a:b",
        "{1:2}",
        "...",
        "1_000 < 1__0",
        "0x10 == 1",
        "1j == 1",
        "1." + "0" * 5_000 + " == 1",
        "9" * 5_000 + " == 1",
        "person. == 1",
        "person..a == 1",
        ".a == 1",
        "person.a in",
        "person.a not in",
        "not in [1]",
        "is == 1",
        "a b c d",
        "()",
        "(,)",
        "[]",
        "[,]",
        "count(,)",
        "count('a',,)",
        "person.1 == 1",
        "person.a. == 1",
        "5 .real == 1",
    ],
)
def test_odd_texts_are_answered(text):
    answered(text)


PIECES = st.sampled_from(
    [
        *[
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            ",",
            ".",
            "=",
            "==",
            "!=",
            "<",
            "<=",
            ">",
            ">=",
            "+",
            "-",
            "*",
            "/",
            "%",
            "**",
            "//",
            "and",
            "or",
            "not",
            "in",
            "is",
            "None",
            "True",
            "False",
            "now",
            "person",
            "it",
            "event",
            "entry",
        ],
        *[
            "city",
            "count",
            "did",
            "sum",
            "sequence",
            "step",
            "within=",
            "where=",
            "since=",
            "'order.paid'",
            '"30d"',
            "“上海”",
            "（",
            "）",
            "，",
            "30d",
            "1",
            "2.5",
            "0.1234567",
        ],
        *[
            "if",
            "else",
            "for",
            "lambda",
            ":",
            ";",
            "#",
            "\n",
            "\\",
            "$",
            "@",
            "!",
            "&&",
            "||",
            "且",
            "round(",
            "coalesce(",
            "exists(",
            ":=",
        ],
    ]
)


@given(st.lists(PIECES, max_size=25).map(" ".join))
@settings(max_examples=400)
@example("person.a == 1 and")
def test_any_order_of_words_is_answered(text):
    answered(text)


@given(st.text(max_size=60))
@settings(max_examples=300)
def test_any_text_is_answered(text):
    answered(text)


@given(conditions(depth=2), st.data())
@settings(max_examples=200)
def test_a_condition_with_one_character_wrong_is_answered(node, data):
    text = show(node)
    at = data.draw(st.integers(0, len(text) - 1))
    wrong = data.draw(
        st.sampled_from(["", "(", ")", '"', "'", "，", "“", "=", ".", "\\", "\0", "\n", "1", "é"])
    )
    answered(text[:at] + wrong + text[at + 1 :])


def answered(text):
    """A condition that is read the same again, or problems inside the text that can be shown. Nothing is warned by Python."""
    node, problems = read(text)
    if node is not None:
        assert parse(show(node)) == node
        return
    assert problems
    for each in problems:
        assert 0 <= each.span.start <= each.span.end <= len(text), each
        assert render(each, text, "zh")
        assert render(each, text, "en")


def read(text):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return parse(text), ()
        except Invalid as invalid:
            return None, invalid.problems


def test_words_of_python_may_be_names_of_properties():
    assert parse("person.class == 1") == Compare("==", Name("person", "class"), parse("1"))
    assert parse("count('a', where=it.from.in == True) > 1")
