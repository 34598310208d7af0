"""A whole simulated pond as a stream of event lines: the same plan always gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from random import Random

from yutang.simulator.rules.life import life_text, staff_text
from yutang.simulator.rules.rhythm import rhythm


@dataclass(frozen=True, slots=True)
class Plan:
    """What to simulate. ``end`` is the last instant, in seconds since 1970 UTC; nothing happens later."""

    people: int
    days: int
    end: int
    seed: int

    @property
    def mark(self) -> str:
        """Begins every id of this plan's events."""
        return "s" + sha256(repr(self).encode()).hexdigest()[:6] + "-"


def stories(plan: Plan) -> Iterator[str]:
    """The staff's lines, then each person's, one text at a time: memory does not grow with the number of people.

    One person's lines are in time order, the people in the order in which they joined. Each person has a source of
    chance of its own, so that what one does never changes what another does.
    """
    calendar = rhythm(days=plan.days, end=plan.end)
    yield staff_text(calendar, plan.mark)
    for number in range(1, plan.people + 1):
        yield life_text(
            Random(f"{plan.seed}:{number}"),  # noqa: S311 - a simulation, not a secret
            number=number,
            people=plan.people,
            rhythm=calendar,
            mark=plan.mark,
        )
