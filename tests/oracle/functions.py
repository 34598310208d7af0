"""The functions of values, one by one. Any value of a type that a function is not about makes it missing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

from tests.oracle import numbers
from tests.oracle.times import MICROSECOND, local, read_date, read_time
from tests.oracle.values import Value, equal


def instant(t: Value, zone: str) -> datetime | None:
    """A time, or an ISO text read in the person's zone."""
    match t:
        case datetime():
            return t
        case str():
            return read_time(t, zone)
        case _:
            return None


def calendar_date(t: Value, zone: str) -> date | None:
    """The date in the person's zone; an ISO date text is taken as that date."""
    if isinstance(t, str) and (written := read_date(t)):
        return written
    at = instant(t, zone)
    return None if at is None else local(at, zone).date()


def elapsed(t: Value, now: datetime, zone: str, unit: timedelta) -> float | None:
    at = instant(t, zone)
    return None if at is None else numbers.nine(float((now - at) // MICROSECOND) / float(unit // MICROSECOND))


def hour(t: Value, zone: str) -> Decimal | None:
    at = instant(t, zone)
    return None if at is None else Decimal(local(at, zone).hour)


def weekday(t: Value, zone: str) -> Decimal | None:
    day = calendar_date(t, zone)
    return None if day is None else Decimal(day.isoweekday())


def date_text(t: Value, zone: str) -> str | None:
    day = calendar_date(t, zone)
    return None if day is None else day.isoformat()


def is_anniversary(t: Value, now: datetime, zone: str) -> bool | None:
    day, today = calendar_date(t, zone), local(now, zone).date()
    if day is None:
        return None
    kept = (2, 28) if (day.month, day.day) == (2, 29) and not is_leap(today.year) else (day.month, day.day)
    return today.year > day.year and (today.month, today.day) == kept


def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def contains(a: Value, b: Value) -> bool | None:
    match a, b:
        case _, None:
            return None
        case tuple(), _:
            return any(equal(each, b) for each in a)
        case str(), str():
            return b in a
        case _:
            return None


def startswith(a: Value, b: Value) -> bool | None:
    return a.startswith(b) if isinstance(a, str) and isinstance(b, str) else None


def lower(a: Value) -> str | None:
    """Each character by itself: Python's whole-text rule for a final sigma is not wanted, and İ becomes plain i."""
    return "".join(each.lower()[0] for each in a) if isinstance(a, str) else None


def length(a: Value) -> Decimal | None:
    return Decimal(len(a)) if isinstance(a, str | tuple) else None


def of_number(function: Callable[[numbers.Number], Value], x: Value) -> Value:
    """``function`` of ``x`` when it is a number. (To Python a boolean is one.)"""
    return function(x) if isinstance(x, Decimal | float) and not isinstance(x, bool) else None
