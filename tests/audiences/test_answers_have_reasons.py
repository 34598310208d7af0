"""Explaining is asking the same question for one person, every part a column."""

from __future__ import annotations

from yutang.audiences import answering
from yutang.audiences.files import moment_of, open_files, staged_lines
from yutang.audiences.questions import Why, all_needs, read_question

LINES = [
    {"person": "u1", "kind": "order.paid", "at": "2026-01-01T10:00:00Z", "props": {"amount": 12.5}},
    {"person": "u1", "kind": "order.paid", "at": "2026-01-02T10:00:00Z", "props": {"amount": 7.5}},
    {"person": "u2", "kind": "live.entered", "at": "2026-01-02T10:00:00Z"},
    {"person": "u1", "traits": {"city": "上海"}},
]


def why(expression: str, person: str) -> Why:
    question = read_question(expression)
    with staged_lines(LINES) as staged, open_files(staged, all_needs(question)) as dataset:
        chosen = answering.choose_person(dataset, question, moment_of(None, staged), person)
        return answering.explain(dataset, question, moment_of(None, staged), chosen)


def flat(tree: Why) -> dict[str, object]:
    found = {tree.text: tree.value}
    for each in tree.children:
        found |= flat(each)
    return found


def test_every_part_is_shown_with_its_value() -> None:
    found = flat(why('person.city == "上海" and sum("order.paid", "amount") >= 20', "u1"))
    assert found == {
        'person.city == "上海" and sum("order.paid", "amount") >= 20': True,
        'person.city == "上海"': True,
        "person.city": "上海",
        'sum("order.paid", "amount") >= 20': True,
        'sum("order.paid", "amount")': "20",
    }


def test_a_missing_value_is_shown_as_missing() -> None:
    tree = why('person.city == "上海" or avg("order.paid", "amount") > 1', "u2")
    found = flat(tree)
    assert tree.value is False
    assert found["person.city"] is None
    assert found['avg("order.paid", "amount")'] is None


def test_times_and_fractions_print_plainly() -> None:
    found = flat(why('days_since(first("order.paid")) > 0.5', "u1"))
    assert found['first("order.paid")'] == "2026-01-01T10:00:00Z"
    assert found['days_since(first("order.paid"))'] == "1"


def test_without_a_name_the_first_who_matches_is_explained() -> None:
    assert why('did("live.entered")', "").value is True
