"""Metamorphic: shuffled lines, repeated lines and a second reading never change an answer."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.language.differential.histories import WORDS, History, histories, moments
from tests.language.differential.profile import tried
from tests.language.differential.questions import questions
from tests.language.strategies import conditions

from yutang.audiences.files import ask_lines_many
from yutang.language.nodes import Node
from yutang.language.show import show

some = st.lists(st.one_of(questions(), conditions(WORDS, 2)), min_size=3, max_size=6)


@tried(8)
@given(histories(), some, moments, st.randoms(use_true_random=False))
def test_the_order_of_lines_plays_no_part(history: History, nodes: list[Node], at: str, random) -> None:
    asked = [(show(node), at, history.zone) for node in nodes]
    shuffled = random.sample(history.lines, len(history.lines))
    assert ask_lines_many(shuffled, asked) == ask_lines_many(history.lines, asked)


@tried(8)
@given(histories(), some, moments, st.data())
def test_lines_that_come_again_change_nothing(
    history: History, nodes: list[Node], at: str, data: st.DataObject
) -> None:
    asked = [(show(node), at, history.zone) for node in nodes]
    known = [each for each in history.lines if "id" in each]
    again = data.draw(st.lists(st.sampled_from(known), max_size=6)) if known else []
    assert ask_lines_many([*again, *history.lines], asked) == ask_lines_many(history.lines, asked)
