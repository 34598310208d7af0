"""Random histories, random conditions: the engine answers what the oracle answers, for everyone and at triggers."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.language.differential.histories import WORDS, History, Line, histories, moments
from tests.language.differential.profile import tried
from tests.language.strategies import conditions
from tests.oracle import answers
from tests.oracle.facts import read
from tests.oracle.times import micros

from yutang.audiences.files import ask_lines_many, ask_moments
from yutang.audiences.moments import Moment
from yutang.language.nodes import Node
from yutang.language.show import show


@tried(30)
@given(histories(), st.lists(conditions(WORDS, 2), min_size=4, max_size=8), st.lists(moments, min_size=1, max_size=2))
def test_everyone_is_answered_as_the_oracle_answers(history: History, nodes: list[Node], at: list[str]) -> None:
    asked = [(node, each) for node in nodes for each in at]
    found = ask_lines_many(history.lines, [(show(node), each, history.zone) for node, each in asked])
    wanted = [answers.answer(node, history.lines, each, history.zone) for node, each in asked]
    assert told(asked, found) == told(asked, wanted)


def told(asked: list[tuple[Node, str]], answered: list[list[str]]) -> dict[tuple[str, str], list[str]]:
    return {(show(node), at): keys for (node, at), keys in zip(asked, answered, strict=True)}


@tried(20)
@given(histories(), st.lists(conditions(replace(WORDS, has_event=True), 2), min_size=2, max_size=4))
def test_triggers_are_answered_as_the_oracle_answers(history: History, nodes: list[Node]) -> None:
    triggers = triggers_of(history.lines, history.zone)
    for node in nodes:
        found = ask_moments(history.lines, show(node), [Moment(*each) for each in triggers], history.zone)
        assert (show(node), found) == (show(node), answers.holds(node, history.lines, triggers, history.zone))


def triggers_of(lines: list[Line], zone: str) -> list[tuple[str, int, str]]:
    """Every event with its own person and time."""
    return [(each.person, micros(each.at), each.id) for each in read(lines, zone) if each.type == "event" and len(each.id) < 10]
