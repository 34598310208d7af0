"""Every case of the corpus, asked of the engine and of the oracle."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from tests.conformance.corpus import Case, all_cases
from tests.oracle import answers
from tests.oracle.times import micros, read_time

from yutang.audiences.files import Staged, ask_moments, ask_staged, moment_of, staged_lines
from yutang.audiences.moments import Moment
from yutang.audiences.questions import read_question
from yutang.language.parse import parse

EVERYONE = [case for case in all_cases() if not case.moments]
TRIGGERS = [case for case in all_cases() if case.moments]
each = pytest.mark.parametrize("case", EVERYONE, ids=lambda case: case.name)
each_trigger = pytest.mark.parametrize("case", TRIGGERS, ids=lambda case: case.name)


class Shelf:
    """Histories read once, each kept open until the last test."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._staged: dict[tuple[str, str], Staged] = {}

    def staged(self, case: Case) -> Staged:
        key = (case.history.name, case.zone)
        if key not in self._staged:
            self._staged[key] = self._stack.enter_context(staged_lines(case.history.lines, zone=case.zone))
        return self._staged[key]


@pytest.fixture(scope="module")
def shelf() -> Iterator[Shelf]:
    with ExitStack() as stack:
        yield Shelf(stack)


@each
def test_the_engine_answers_as_written(case: Case, shelf: Shelf) -> None:
    staged = shelf.staged(case)
    assert ask_staged(staged, read_question(case.expression), moment_of(case.at, staged)) == list(case.who)


@each
def test_the_oracle_answers_as_written(case: Case) -> None:
    assert answers.answer(parse(case.expression), case.history.lines, case.at, case.zone) == list(case.who)


@each_trigger
def test_the_engine_holds_at_the_moments_written(case: Case) -> None:
    moments = [Moment(each.person, at_of(each.at, case.zone), each.event) for each in case.moments]
    holds = ask_moments(case.history.lines, case.expression, moments, case.zone)
    assert [each.event for each, yes in zip(case.moments, holds, strict=True) if yes] == list(case.holds)


@each_trigger
def test_the_oracle_holds_at_the_moments_written(case: Case) -> None:
    moments = [(each.person, each.at, each.event) for each in case.moments]
    holds = answers.holds(parse(case.expression), case.history.lines, moments, case.zone)
    assert [each.event for each, yes in zip(case.moments, holds, strict=True) if yes] == list(case.holds)


def at_of(text: str, zone: str) -> int:
    instant = read_time(text, zone)
    assert instant is not None
    return micros(instant)
