"""When things happen: weekends, paydays, sales and holidays over days; day and night over hours.

Days are counted from 1970-01-01 in China (UTC+8, which has had no summer time since 1991); a time is China's seconds since then.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from yutang.simulator.rules.chance import Weighted

DAY = 86_400
CHINA = 8 * 3600
_EPOCH = date(1970, 1, 1)

WEEKDAYS = (0.92, 0.95, 0.95, 1.0, 1.08, 1.25, 1.2)
"""Monday first."""
PAYDAYS = {10: 1.3, 11: 1.2, 15: 1.25}
SALES = {
    (3, 7): 1.7, (3, 8): 2.2, (5, 20): 1.6, (6, 1): 1.5, (6, 16): 1.7, (6, 17): 2.0, (6, 18): 2.8,
    (9, 9): 1.3, (10, 1): 1.4, (10, 2): 1.3, (10, 3): 1.3, (11, 1): 1.6, (11, 10): 2.0, (11, 11): 3.2,
    (11, 12): 1.4, (12, 12): 1.9, (12, 31): 1.3,
}  # fmt: skip
SPRING_FESTIVALS = (
    date(2023, 1, 22), date(2024, 2, 10), date(2025, 1, 29), date(2026, 2, 17), date(2027, 2, 6), date(2028, 1, 26),
)  # fmt: skip
"""New Year's days: shopping peaks two weeks before, and nearly stops for the week after."""
LIVE_WEEKDAYS = (1, 3, 5)
"""Tuesday, Thursday, Saturday at eight in the evening."""

_OFFICE = (1, .3, .1, .1, .1, .2, 1, 3, 5, 4, 4, 4, 8, 7, 4, 4, 4, 4, 5, 6, 9, 11, 9, 4)  # fmt: skip
_HOME = (1, .3, .1, .1, .1, .4, 1, 2, 4, 8, 9, 7, 4, 5, 7, 7, 5, 3, 3, 4, 7, 9, 6, 3)  # fmt: skip
_OWL = (9, 7, 5, 2, 1, .4, .3, .5, 1, 2, 3, 3, 4, 4, 3, 3, 3, 3, 4, 5, 6, 8, 10, 11)  # fmt: skip
HOURS = {name: Weighted(tuple(enumerate(weights))) for name, weights in
         (("office", _OFFICE), ("home", _HOME), ("owl", _OWL))}  # fmt: skip
"""How likely each hour of the day is for people who work in an office, at home, or live at night."""


def weight_of(day: date) -> float:
    """How much more happens on this day than on a plain Thursday."""
    weight = WEEKDAYS[day.weekday()] * PAYDAYS.get(day.day, 1.0) * SALES.get((day.month, day.day), 1.0)
    for festival in SPRING_FESTIVALS:
        distance = (day - festival).days
        if -16 <= distance <= -4:
            weight *= 1.35
        elif -1 <= distance <= 6:
            weight *= 0.35
    return weight


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The calendar of one simulation: ``days`` days up to and with the one that holds ``end``."""

    first: int
    end: int
    dates: tuple[str, ...]
    weights: tuple[float, ...]
    """Running total: the weight of all days before each day, and after the last."""
    live_days: tuple[int, ...]

    @property
    def days(self) -> int:
        return len(self.dates)

    def day_of(self, share: float) -> int:
        """The day by which this share of everything has happened."""
        place = bisect_right(self.weights, share * self.weights[-1]) - 1
        return self.first + min(max(place, 0), self.days - 1)

    def weight_between(self, since: int, until: int) -> float:
        """The weight of the days from ``since`` up to, not with, ``until``."""
        return self.weights[until - self.first] - self.weights[since - self.first]

    def pick_day(self, chance: Random, since: int, until: int) -> int:
        """One of those days, in proportion to its weight."""
        low, high = self.weights[since - self.first], self.weights[until - self.first]
        place = bisect_right(self.weights, low + chance.random() * (high - low)) - 1
        return min(self.first + place, until - 1)

    def text(self, at: int) -> str:
        """ISO 8601 with China's offset; days before and after the simulation are written too."""
        day, second = divmod(at, DAY)
        place = day - self.first
        written = self.dates[place] if 0 <= place < len(self.dates) else str(_EPOCH + timedelta(day))
        hour, rest = divmod(second, 3600)
        return f"{written}T{hour:02d}:{rest // 60:02d}:{rest % 60:02d}+08:00"


def rhythm(*, days: int, end: int) -> Rhythm:
    """The calendar of the ``days`` days up to ``end``, in seconds since 1970 UTC."""
    end_in_china = end + CHINA
    first = end_in_china // DAY - days + 1
    dates = [_EPOCH + timedelta(first + place) for place in range(days)]
    return Rhythm(
        first=first,
        end=end_in_china,
        dates=tuple(str(day) for day in dates),
        weights=(0.0, *accumulate(weight_of(day) for day in dates)),
        live_days=tuple(first + place for place, day in enumerate(dates) if day.weekday() in LIVE_WEEKDAYS),
    )


def moment(chance: Random, day: int, hours: str) -> int:
    """A time on that day, in the hours that people of this kind keep."""
    return day * DAY + HOURS[hours].pick(chance) * 3600 + int(chance.random() * 3600)
