"""Horizon: strictly between the moment and a person's horizon the answer for that person is the same."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st
from tests.language.differential.histories import WORDS, History, Line, histories, moments
from tests.language.differential.profile import tried
from tests.language.differential.questions import questions
from tests.language.strategies import conditions
from tests.oracle import answers
from tests.oracle.times import micros

from yutang.audiences.files import horizon_lines
from yutang.language.nodes import Node
from yutang.language.show import show

DAY = 86_400_000_000
STEPS = (1, 89_999_999, 3_600_000_000, DAY, 7 * DAY, 30 * DAY, 366 * DAY)


@tried(15)
@given(
    histories(),
    st.lists(st.one_of(questions(), conditions(WORDS, 2)), min_size=2, max_size=4),
    moments,
    st.lists(st.integers(1, 400 * DAY), min_size=2, max_size=4),
)
def test_nothing_changes_before_the_horizon(
    history: History, nodes: list[Node], at: str, steps: list[int]
) -> None:
    now = micros(datetime.fromisoformat(at))
    known = lines_until(now, history)
    if not known:
        return
    for node in nodes:
        answer = set(answers.answer(node, known, now, history.zone))
        for key, horizon in horizon_lines(known, show(node), now, history.zone).items():
            for probe in probes(now, horizon, steps):
                still = key in answers.answer(node, known, probe, history.zone)
                assert still == (key in answer), f"{show(node)} of {key} at {probe}, before {horizon}"


def lines_until(now: int, history: History) -> list[Line]:
    """What is known at the moment: the answer may only change by itself, not by a fact that was dated ahead."""
    return [line for line in history.lines if "at" not in line or latest(line["at"]) <= now]


def latest(at: str) -> int:
    """The time of a line, at the latest: without a zone it is not known in which of the zones it is meant."""
    written = datetime.fromisoformat(at)
    return micros(written if written.tzinfo else written.replace(tzinfo=timezone(timedelta(hours=-12))))


def probes(now: int, horizon: int | None, steps: list[int]) -> list[int]:
    """Moments after now and before the horizon: near now, near the horizon, and anywhere."""
    found = [now + step for step in (*STEPS, *steps)]
    if horizon is None:
        return found
    return [each for each in {*found, horizon - 1} if now < each < horizon]
