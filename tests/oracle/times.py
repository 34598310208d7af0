"""Instants, local calendars, and texts that say a time. Every instant is an aware ``datetime`` in UTC."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

DEFAULT_ZONE = "Asia/Shanghai"
MICROSECOND = timedelta(microseconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATE_TIME = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[T ](?P<minute>[0-9]{2}:[0-9]{2})"
    r"(:(?P<second>[0-9]{2})(\.(?P<fraction>[0-9]{1,6}))?)?"
    r"(?P<offset>Z|[+-][0-9]{2}:[0-9]{2})?"
)


@cache
def is_zone(name: object) -> bool:
    return isinstance(name, str) and name in available_timezones() - {"localtime"}


def micros(instant: datetime) -> int:
    return (instant - EPOCH) // MICROSECOND


def from_micros(count: int) -> datetime:
    return EPOCH + count * MICROSECOND


def local(instant: datetime, zone: str) -> datetime:
    """What clocks and calendars in ``zone`` show at that instant."""
    return instant.astimezone(ZoneInfo(zone))


def of_wall_clock(shown: datetime, zone: str) -> datetime:
    """The instant at which clocks in ``zone`` show this.

    The first of two; a reading that the clocks skip counts with the offset from before the gap.
    """
    return shown.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


@cache
def first_instant(day: date, zone: str) -> datetime:
    """When that day begins in ``zone``: midnight, the first of two midnights, or the end of the gap midnight fell into."""
    midnight = datetime.combine(day, time(), ZoneInfo(zone))
    for fold in (0, 1):
        instant = midnight.replace(fold=fold).astimezone(UTC)
        if local(instant, zone).replace(tzinfo=None) == midnight.replace(tzinfo=None):
            return instant
    before, after = midnight.replace(fold=1).astimezone(UTC), midnight.replace(fold=0).astimezone(UTC)
    skipped = local(before, zone).utcoffset()
    while after - before > MICROSECOND:
        middle = before + (after - before) // 2
        before, after = (middle, after) if local(middle, zone).utcoffset() == skipped else (before, middle)
    return after


def read_date(text: str) -> date | None:
    """``2026-01-31``, and nothing else."""
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def read_time(text: str, zone: str) -> datetime | None:
    """The instant that an ISO date or date-time says; without an offset it is meant in ``zone``. None for any other text."""
    try:
        if day := read_date(text):
            return first_instant(day, zone)
        if not (parts := _DATE_TIME.fullmatch(text)):
            return None
        fraction = (parts["fraction"] or "").ljust(6, "0")
        shown = datetime.fromisoformat(
            f"{parts['day']}T{parts['minute']}:{parts['second'] or '00'}.{fraction}"
        )
        match parts["offset"]:
            case None:
                return of_wall_clock(shown, zone)
            case "Z":
                return shown.replace(tzinfo=UTC)
            case offset:
                return datetime.fromisoformat(f"{shown.isoformat()}{offset}").astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def unit_of(instant: datetime, unit: str, zone: str) -> date:
    """The first day of the calendar day, week (from Monday) or month that the instant is in."""
    day = local(instant, zone).date()
    match unit:
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case _:
            return day


def unit_before(first_day: date, unit: str) -> date:
    """The unit just before the one that begins on ``first_day``."""
    match unit:
        case "week":
            return first_day - timedelta(days=7)
        case "month":
            return (first_day - timedelta(days=1)).replace(day=1)
        case _:
            return first_day - timedelta(days=1)
