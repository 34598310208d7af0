"""Dates and times written in a condition as ISO 8601 texts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

_SHAPE = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?(Z|[+-]\d\d:\d\d)?)?", re.ASCII
)


@dataclass(frozen=True, slots=True)
class IsoTime:
    """What the text says: ``local`` has no zone, it is ahead of UTC by ``offset``, in the person's zone where that is None."""

    local: datetime
    offset: timedelta | None = None
    is_date: bool = False


def read_iso(text: str) -> IsoTime | None:
    """The ISO date, or date-time, that ``text`` is, or None. Months, days and hours must exist: no ``24:00``, no leap seconds."""
    match = _SHAPE.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(match[i] or 0) for i in range(1, 7))
    try:
        local = datetime(year, month, day, hour, minute, second, int((match[7] or "").ljust(6, "0")))  # noqa: DTZ001
    except ValueError:
        return None
    offset = _offset(match[8])
    if match[8] and offset is None:
        return None
    return IsoTime(local, offset, is_date=match[4] is None)


def _offset(written: str | None) -> timedelta | None:
    if written == "Z":
        return timedelta(0)
    if written is None or int(written[1:3]) > 23 or int(written[4:6]) > 59:
        return None
    size = timedelta(hours=int(written[1:3]), minutes=int(written[4:6]))
    return -size if written[0] == "-" else size
