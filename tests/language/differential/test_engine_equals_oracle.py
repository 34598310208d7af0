"""Random histories, random conditions: the engine answers what the oracle answers, for everyone and at triggers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.language.differential.histories import WORDS, History, Line, histories, moments
from tests.language.differential.profile import tried
from tests.language.differential.questions import questions
from tests.language.differential.smallest import smallest, told
from tests.language.strategies import conditions
from tests.oracle import answers
from tests.oracle.facts import read
from tests.oracle.times import micros

from yutang.audiences.files import ask_lines, ask_lines_many, ask_moments
from yutang.audiences.moments import Moment
from yutang.language.nodes import Node
from yutang.language.show import show


@tried(25)
@given(
    histories(),
    st.lists(st.one_of(questions(), questions(), conditions(WORDS, 2)), min_size=5, max_size=10),
    st.lists(moments, min_size=1, max_size=2),
)
def test_everyone_is_answered_as_the_oracle_answers(
    history: History, nodes: list[Node], at: list[str]
) -> None:
    asked = [(node, each) for node in nodes for each in at]
    found = ask_lines_many(history.lines, [(show(node), each, history.zone) for node, each in asked])
    for (node, each), keys in zip(asked, found, strict=True):
        if keys != answers.answer(node, history.lines, each, history.zone):
            fail_small(node, history, each)


def fail_small(node: Node, history: History, at: str) -> None:
    def engine(lines: list[Line]) -> list[str]:
        return ask_lines(lines, show(node), at, history.zone)

    def oracle(lines: list[Line]) -> list[str]:
        return answers.answer(node, lines, at, history.zone)

    lines = smallest(history.lines, lambda fewer: engine(fewer) != oracle(fewer))
    pytest.fail(
        f"{show(node)}\nat {at}, zone {history.zone}\nengine {engine(lines)}, oracle {oracle(lines)}\n{told(lines)}"
    )


@tried(15)
@given(
    histories(),
    st.lists(st.one_of(questions(), conditions(replace(WORDS, has_event=True), 2)), min_size=2, max_size=5),
)
def test_triggers_are_answered_as_the_oracle_answers(history: History, nodes: list[Node]) -> None:
    triggers = triggers_of(history)
    for node in nodes:
        found = ask_moments(history.lines, show(node), [Moment(*each) for each in triggers], history.zone)
        wanted = answers.holds(node, history.lines, triggers, history.zone)
        assert dict(zip(triggers, found, strict=True)) == dict(zip(triggers, wanted, strict=True)), show(node)


def triggers_of(history: History) -> list[tuple[str, int, str]]:
    """Every event that was given an id, with its own person and time."""
    given_ids = {line.get("id") for line in history.lines}
    events = [
        each for each in read(history.lines, history.zone) if each.type == "event" and each.id in given_ids
    ]
    return [(each.person, micros(each.at), each.id) for each in events]
