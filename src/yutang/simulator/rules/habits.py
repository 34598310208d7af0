"""What one person is like: drawn once, kept for life."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from yutang.simulator.rules.chance import Weighted
from yutang.simulator.rules.words import CITIES, GIVEN, STAFF, SURNAMES, WAYS_IN


@dataclass(frozen=True, slots=True)
class Type:
    """An archetype; each person varies around it."""

    name: str
    visits_per_week: float
    buys: float
    """Chance that a visit ends with a purchase."""
    basket: float
    """Factor on prices."""
    chats: float
    """Chance that a visit comes with a conversation."""
    live: float
    """Chance to enter any one live evening."""
    stays: float
    """Mean days until they stop, for good."""


TYPES: tuple[tuple[Type, float], ...] = (
    (Type("browser", 0.7, 0.015, 0.8, 0.06, 0.01, 90), 0.42),
    (Type("occasional", 0.9, 0.10, 1.0, 0.12, 0.03, 200), 0.30),
    (Type("live_fan", 0.8, 0.09, 0.9, 0.10, 0.30, 240), 0.13),
    (Type("regular", 1.9, 0.17, 1.1, 0.22, 0.10, 500), 0.12),
    (Type("devoted", 3.4, 0.24, 1.8, 0.35, 0.22, 900), 0.03),
)
_TYPES = Weighted(TYPES)
_CITIES = Weighted(CITIES)
_WAYS_IN = Weighted(WAYS_IN)
_HOURS = Weighted((("office", 0.55), ("home", 0.27), ("owl", 0.18)))
VISITED_BEFORE = 0.15
"""Share of people known as an anonymous visitor before they became friends."""


@dataclass(frozen=True, slots=True)
class Habits:
    """One person. Rates are per person; ``stays`` is in days, ``removes`` says that the friendship is cancelled then."""

    type: Type
    name: str
    city: str
    birthday: str
    gender: str
    hours: str
    way_in: str
    staff: str
    visits_per_week: float
    basket: float
    live: float
    stays: float
    removes: bool
    visited_before: bool
    mentored: bool


def draw(chance: Random) -> Habits:
    """A new person out of the population."""
    kind = _TYPES.pick(chance)
    place = int(len(SURNAMES) * chance.random() ** 1.7)
    return Habits(
        type=kind,
        name=SURNAMES[place] + GIVEN[int(chance.random() * len(GIVEN))],
        city=_CITIES.pick(chance),
        birthday=f"{1965 + int(chance.betavariate(3, 2.4) * 42)}-{1 + int(chance.random() * 12):02d}-"
        f"{1 + int(chance.random() * 28):02d}",
        gender="女" if chance.random() < 0.83 else "男",
        hours=_HOURS.pick(chance),
        way_in=_WAYS_IN.pick(chance),
        staff=STAFF[int(chance.random() * len(STAFF))][0],
        visits_per_week=kind.visits_per_week * chance.gammavariate(2.0, 0.5),
        basket=kind.basket * chance.lognormvariate(0.0, 0.25),
        live=kind.live * chance.gammavariate(2.0, 0.5),
        stays=chance.expovariate(1.0 / kind.stays),
        removes=chance.random() < 0.35,
        visited_before=chance.random() < VISITED_BEFORE,
        mentored=chance.random() < 0.04,
    )
