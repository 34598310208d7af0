"""Conditions as JSON: only what text can say, with a pointer to what is wrong."""

import json

import pytest

from yutang.language import Invalid, from_json, parse, show, to_json

TEXTS = [
    'person.city in ["上海", 1, True] and not did("a")',
    'sum("a", "b", within="30d", since="2026-01-01", until=now, where=it.x == 0.5) > -1',
    'sequence("a", step("b", where=it.x == 1), within="7d") or streak("a", "day") > 3',
    'round(-person.x / 3, 2) >= coalesce(last("a", "b"), 1)',
]


@pytest.mark.parametrize("text", TEXTS)
def test_json_says_what_the_text_says(text):
    assert show(from_json(json.loads(json.dumps(to_json(parse(text)))))) == text


def test_numbers_are_exact_texts():
    assert to_json(parse("person.a == 0.1"))["right"] == {"node": "value", "number": "0.1"}


def test_what_is_read_has_places_in_the_canonical_text():
    node = from_json(to_json(parse("person.a   ==   1")))
    assert node.span == (0, 13)


NOW = {"node": "now"}


@pytest.mark.parametrize(
    ("value", "code", "where"),
    [
        (None, "object", "/"),
        ([], "object", "/"),
        ({}, "node", "/"),
        ({"node": "eval"}, "node", "/"),
        ({"node": "now", "x": 1}, "key", "/x"),
        ({"node": "not"}, "missing", "/"),
        ({"node": "not", "item": 3}, "object", "/item"),
        ({"node": "and", "items": [NOW]}, "list", "/items"),
        ({"node": "compare", "operator": "=", "left": NOW, "right": NOW}, "choice", "/operator"),
        (
            {"node": "compare", "operator": "==", "left": NOW, "right": {"node": "value", "number": 1}},
            "value",
            "/right",
        ),
        ({"node": "value", "number": "1e5"}, "value", "/"),
        ({"node": "value", "number": "1.0000001"}, "value", "/"),
        ({"node": "value", "text": "a\0"}, "value", "/"),
        ({"node": "value", "text": "a\ud800"}, "value", "/"),
        ({"node": "value", "text": "a", "boolean": True}, "value", "/"),
        ({"node": "name", "scope": "os", "path": "x"}, "choice", "/scope"),
        ({"node": "name", "scope": "person", "path": "a == 1 or person.b"}, "path", "/path"),
        ({"node": "member", "item": NOW, "choices": [NOW]}, "choices", "/choices"),
        ({"node": "member", "item": NOW, "choices": [], "negated": 1}, "boolean", "/negated"),
        ({"node": "did", "kind": ""}, "text", "/kind"),
        ({"node": "did", "kind": "a", "within": "30 days"}, "duration", "/within"),
        ({"node": "did", "kind": "a", "where": {"node": "x"}}, "node", "/where"),
        (
            {"node": "sequence", "steps": [{"kind": "a"}, {"kind": 3}], "within": "7d"},
            "text",
            "/steps/1/kind",
        ),
        (
            {"node": "sequence", "steps": [{"kind": "a"}, {"kind": "b"}], "within": "today"},
            "duration",
            "/within",
        ),
        ({"node": "call", "function": "open", "arguments": [NOW]}, "choice", "/function"),
        ({"node": "edge", "function": "first", "kind": "a", "property": None}, "text", "/property"),
    ],
)
def test_a_wrong_shape_is_told_with_its_pointer(value, code, where):
    with pytest.raises(Invalid) as refused:
        from_json(value)
    assert (refused.value.problems[0].code, refused.value.problems[0].where) == (
        f"language.json_{code}",
        where,
    )


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({"node": "call", "function": "abs", "arguments": [NOW, NOW]}, "language.arguments"),
        ({"node": "call", "function": "tagged", "arguments": [NOW]}, "language.quoted"),
        ({"node": "name", "scope": "it", "path": "x"}, "language.it_outside"),
        ({"node": "did", "kind": "a", "where": {"node": "did", "kind": "b"}}, "language.question_inside"),
        ({"node": "did", "kind": "x" * 300}, "language.long_text"),
    ],
)
def test_what_text_cannot_say_json_cannot_either(value, code):
    with pytest.raises(Invalid) as refused:
        from_json(value)
    assert refused.value.problems[0].code == code
    assert refused.value.source


def test_depth_and_size_are_bounded():
    deep = NOW
    for _ in range(5_000):
        deep = {"node": "not", "item": deep}
    wide = {"node": "and", "items": [NOW] * 30_000}
    for value in (deep, wide):
        with pytest.raises(Invalid) as refused:
            from_json(value)
        assert refused.value.problems[0].code == "language.json_too_big"
        assert len(refused.value.problems) == 1


def test_a_negative_number_has_one_form_only():
    minus_five = {"node": "negative", "item": {"node": "value", "number": "5"}}
    assert from_json(minus_five) == parse("-5")
