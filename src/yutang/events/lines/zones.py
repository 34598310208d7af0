"""Times that name no zone, moved to UTC in one statement for a whole table.

Where clocks show a time twice the first is meant; a time that clocks skip counts with the offset from before the gap.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import duckdb
import numpy as np
import numpy.typing as npt

from yutang.language.problem import Invalid, Problem
from yutang.language.zones import known_zones

_MICROS = 1_000_000
_DAY = 86_400
_FIRST, _LAST = 284_000_000, 7_258_000_000
"""Seconds: in 1979, before the oldest time that is taken in, and in 2199."""
_STEP = 7 * _DAY
"""No two changes of one zone lie closer than this."""


def check_zone(name: str) -> str:
    """Raises ``Invalid`` for a name that is no IANA zone."""
    if name not in known_zones():
        raise Invalid(Problem("import.unknown_zone", {"name": name}))
    return name


class WallClock:
    """What a zone's clocks show, to UTC, for whole columns. Between 1979 and 2200."""

    def __init__(self, zone: str) -> None:
        rows = list(offsets(zone, _FIRST, _LAST))
        self._since = np.array([since for since, _ in rows], dtype=np.int64) * _MICROS
        self._shift = np.array([shift for _, shift in rows], dtype=np.int64) * _MICROS

    def to_utc(self, shown: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Microseconds both."""
        return shown - self._shift[np.searchsorted(self._since, shown, side="right") - 1]


def shift_naive_times(connection: duckdb.DuckDBPyConnection, zone: str) -> None:
    """In ``staging_raw``, where naive times stand as if their clock were ``zone``'s: they are moved to that of their person's
    newest ``timezone`` trait, wherever there is one."""
    _write_people(connection)
    spoken = [row[0] for row in connection.execute("SELECT DISTINCT zone FROM staging_people").fetchall()]
    known = sorted({name for name in spoken if name in known_zones()} - {zone})
    if known:
        _write_offsets(connection, known)
        connection.execute(
            """CREATE OR REPLACE TABLE staging_raw AS
               SELECT raw.* EXCLUDE (known_zone) REPLACE (coalesce(said - offsets.shift, "at") AS "at")
               FROM (SELECT r.*, p.zone AS known_zone FROM staging_raw r LEFT JOIN staging_people p
                     ON p.who = r.who AND r.fact IN ('event', 'traits', 'tag', 'untag', 'relate', 'erase')) raw
               ASOF LEFT JOIN staging_offsets offsets ON offsets.zone = raw.known_zone AND offsets.since <= raw.said"""
        )
        connection.execute("DROP TABLE staging_offsets")
    connection.execute("DROP TABLE staging_people")


def _write_people(connection: duckdb.DuckDBPyConnection) -> None:
    """Who lives where. To find a person's newest line its own naive time is taken to be in the default zone."""
    connection.execute(
        """CREATE OR REPLACE TABLE staging_people AS
           SELECT who, arg_max(zone, (coalesce("at", -9223372036854775807), length(id), id)) AS zone FROM (
               SELECT who, id, "at",
                      CASE WHEN json_type(props, '$.timezone') = 'VARCHAR' THEN props ->> '$.timezone' ELSE '' END AS zone
               FROM staging_raw WHERE fact = 'traits' AND contains(props, '"timezone"') AND json_exists(props, '$.timezone'))
           GROUP BY who"""
    )


def _write_offsets(connection: duckdb.DuckDBPyConnection, zones: list[str]) -> None:
    """``staging_offsets(zone, since, shift)``: from the wall clock ``since`` on, UTC is ``shift`` less. Microseconds."""
    rows = [
        (zone, wall * _MICROS, shift * _MICROS)
        for zone in zones
        for wall, shift in offsets(zone, _FIRST, _LAST)
    ]
    connection.execute("CREATE OR REPLACE TABLE staging_offsets (zone VARCHAR, since BIGINT, shift BIGINT)")
    connection.executemany("INSERT INTO staging_offsets VALUES (?, ?, ?)", rows)


@cache
def offsets(zone: str, since: int, until: int) -> tuple[tuple[int, int], ...]:
    """(wall clock seconds from which it holds, seconds ahead of UTC), the first from long before ``since``."""
    return tuple(_offsets(ZoneInfo(zone), since, until))


def _offsets(info: ZoneInfo, since: int, until: int) -> Iterator[tuple[int, int]]:
    before = _offset(info, since)
    yield since - 36_500 * _DAY, before
    for start in range(since, until, _STEP):
        after = _offset(info, start + _STEP)
        if after != before:
            change = _change(info, start, start + _STEP)
            # Skipped readings belong to what was before the gap, doubled ones to the first time round.
            yield change + max(before, after), after
            before = after


def _change(info: ZoneInfo, low: int, high: int) -> int:
    before = _offset(info, low)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _offset(info, middle) == before else (low, middle)
    return high


def _offset(info: ZoneInfo, seconds: int) -> int:
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    return round((moment.astimezone(info).utcoffset() or timedelta()).total_seconds())
