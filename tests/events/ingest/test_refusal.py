"""Why an item is refused, and where in it the reason is."""

from typing import Any

import pytest
from tests.events.ingest.calls import fact, item, problem

DEEP: Any = 1
for _ in range(21):
    DEEP = [DEEP]


@pytest.mark.parametrize(
    ("said", "code", "where"),
    [
        (item(type="delete"), "ingest.unknown_type", "type"),
        (item(type=...), "ingest.unknown_type", "type"),
        (item(type=7), "ingest.wrong_type", "type"),
        (item(event=...), "ingest.no_event", "event"),
        (item(event=""), "ingest.no_event", "event"),
        (item(event=5), "ingest.wrong_type", "event"),
        (item(event="x" * 201), "ingest.too_long", "event"),
        (item(event="a\0b"), "event.nul", "event"),
        (item(userId="a\0b"), "people.key_nul", "userId"),
        (item(userId="u" * 256), "people.key_too_long", "userId"),
        (item(userId=["u1"]), "ingest.wrong_type", "userId"),
        (item(userId=True), "ingest.wrong_type", "userId"),
        (item(userId=...), "ingest.nobody", ""),
        (item(userId="null", anonymousId="0"), "ingest.nobody", ""),
        (item(messageId="m" * 241), "ingest.too_long", "messageId"),
        (item(messageId="m\0"), "event.nul", "messageId"),
        (item(properties=[1]), "event.props_not_an_object", "properties"),
        (item(properties="x"), "event.props_not_an_object", "properties"),
        (item(properties={"a": 1e12}), "event.number_too_large", "properties"),
        (item(properties={"a": -(10**12)}), "event.number_too_large", "properties"),
        (item(properties={"a": "x\0"}), "event.nul", "properties"),
        (item(properties={"a\0": 1}), "event.nul", "properties"),
        (item(properties={"k" * 201: 1}), "event.key_too_long", "properties"),
        (item(properties={"a": DEEP}), "event.too_deep", "properties"),
        (item("identify", traits=3), "event.props_not_an_object", "traits"),
        (item("group"), "ingest.no_group", "groupId"),
        (item("group", groupId="null"), "ingest.no_group", "groupId"),
        (item("alias"), "ingest.no_previous", "previousId"),
        (item("alias", previousId="u1"), "ingest.same_previous", "previousId"),
        (item(context="phone"), "ingest.wrong_type", "context"),
        (item(properties={"a": "x" * 33_000}), "ingest.item_too_large", ""),
        ("[]", "ingest.wrong_type", ""),
        ("null", "ingest.wrong_type", ""),
        ('{"type": "track",}', "event.not_json", ""),
        (r'{"type":"track","event":"\ud800","userId":"u"}', "event.not_json", ""),
        (r'{"type":"track","event":"e","userId":"u","properties":{"a":"\ud800"}}', "event.not_json", ""),
    ],
)
def test_a_bad_item_says_what_is_wrong_and_where(said: Any, code: str, where: str) -> None:
    found = problem(said)
    assert (found.code, found.where) == (code, where)


def test_an_emoji_is_a_letter_like_any_other() -> None:
    found = fact(item(event="🎉 paid", userId="🙂", properties={"💰": "🧧"}))
    assert (found.kind, found.who, found.props) == ("🎉 paid", (("user_id", "🙂"),), '{"💰":"🧧"}')


def test_nesting_beyond_all_measure_does_not_hurt() -> None:
    deep = '{"type":"track","event":"e","userId":"u","properties":{"a":' + "[" * 9000 + "]" * 9000 + "}}"
    assert problem(deep).code == "event.too_deep"
