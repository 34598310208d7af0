"""Time as stored: integer microseconds since 1970-01-01 UTC.

Only the door, the worker and the command line hold a clock; everything below takes ``now`` as an argument.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND = 1_000_000
DAY = 86_400 * SECOND


class Clock(Protocol):
    def now(self) -> int:
        """Microseconds since the epoch, UTC."""
        ...


@dataclass(frozen=True, slots=True)
class SystemClock:
    def now(self) -> int:
        return time.time_ns() // 1000


@dataclass(slots=True)
class FixedClock:
    """A clock that stands still until it is moved: for tests and for replay."""

    at: int

    def now(self) -> int:
        return self.at

    def advance(self, seconds: float) -> None:
        self.at += round(seconds * SECOND)


def to_micros(moment: datetime) -> int:
    """Exact. Raises ValueError for a naive datetime: it would be a different instant on another machine."""
    if moment.tzinfo is None:
        raise ValueError("a naive datetime is no instant")
    return (moment - _EPOCH) // timedelta(microseconds=1)


def from_micros(micros: int) -> datetime:
    """Aware, in UTC."""
    return _EPOCH + timedelta(microseconds=micros)
