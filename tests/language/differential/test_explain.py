"""Explain: its root is the answer, and every part has the value that the oracle gives it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from tests.language.differential.histories import WORDS, History, histories, moments
from tests.language.differential.profile import tried
from tests.language.differential.questions import questions
from tests.language.strategies import conditions
from tests.oracle import answers
from tests.oracle.values import Value, type_of

from yutang.audiences import answering
from yutang.audiences.files import moment_of, open_files, staged_lines
from yutang.audiences.questions import Why, all_needs, read_question
from yutang.language.nodes import Node
from yutang.language.show import show

Part = tuple[str, str, object]


@tried(12)
@given(histories(), st.lists(st.one_of(questions(), conditions(WORDS, 2)), min_size=2, max_size=4), moments)
def test_every_part_has_the_value_that_the_oracle_gives_it(
    history: History, nodes: list[Node], at: str
) -> None:
    with staged_lines(history.lines, zone=history.zone) as staged:
        for node in nodes:
            question, now = read_question(show(node)), moment_of(at, staged)
            with open_files(staged, all_needs(question)) as dataset:
                for moment in answers.everyone_at(
                    answers.history_of(history.lines, history.zone), at, history.zone
                ):
                    number = answering.number_of(dataset, moment.name)
                    assert number is not None
                    why = answering.explain(dataset, question, now, number)
                    assert list(parts(why)) == list(values(node, moment)), (moment.name, show(node))


def parts(why: Why) -> Iterator[Part]:
    yield why.text, why.type, comparable(why.type, why.value)
    for each in why.children:
        yield from parts(each)


def values(node: Node, moment: answers.Moment) -> Iterator[Part]:
    value = answers.evaluate(node, moment)
    type_ = "missing" if value is None else type_of(value)
    yield show(node), type_, comparable(type_, value)
    for each in answering.inner(node):
        yield from values(each, moment)


def comparable(type_: str, value: Value) -> object:
    """Numbers as numbers and times as times, however they are printed. Lists are only known to be lists."""
    match type_, value:
        case "list", _:
            return None
        case "number", float():
            return Decimal(repr(value))
        case "number", _:
            return Decimal(value)
        case "time", str():
            return datetime.fromisoformat(value)
        case _:
            return value
