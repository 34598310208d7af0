"""Durations such as ``30d``: a whole number and one unit, ``s m h d w``; a day is always 24 hours."""

from __future__ import annotations

import re
from dataclasses import dataclass

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
LONGEST = 100 * 366 * 86_400
_SHAPE = re.compile(r"([0-9]{1,10})([smhdw])")


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time, kept as it was written: ``Duration(30, "d")``."""

    amount: int
    unit: str

    @property
    def seconds(self) -> int:
        return self.amount * SECONDS[self.unit]

    def __str__(self) -> str:
        return f"{self.amount}{self.unit}"


def parse_duration(text: str) -> Duration | None:
    """The duration that ``text`` says, or None where it says none (also when it is longer than a century)."""
    match = _SHAPE.fullmatch(text)
    if match is None:
        return None
    duration = Duration(int(match[1]), match[2])
    return duration if duration.seconds <= LONGEST else None
