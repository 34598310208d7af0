"""Times that name no zone, moved to UTC in one statement for a whole table.

Where clocks show a time twice the first is meant; a time that clocks skip counts with the offset from before the gap.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import duckdb

from yutang.language.problem import Invalid, Problem

_MICROS = 1_000_000
_DAY = 86_400
_STEP = 5 * _DAY
"""No two changes of one zone lie closer than this."""


@cache
def _all_zones() -> frozenset[str]:
    return frozenset(available_timezones())


def check_zone(name: str) -> str:
    """Raises ``Invalid`` for a name that is no IANA zone."""
    if name not in _all_zones():
        raise Invalid(Problem("import.unknown_zone", {"name": name}))
    return name


def shift_naive_times(connection: duckdb.DuckDBPyConnection, zone: str) -> None:
    """In ``staging_raw``: every naive time is moved by its person's newest ``timezone`` trait there, else by ``zone``."""
    ((first, last),) = connection.execute(
        'SELECT min("at"), max("at") FROM staging_raw WHERE is_naive'
    ).fetchall()
    if first is None:
        return
    since, until = first // _MICROS - 2 * _DAY, last // _MICROS + 2 * _DAY
    _write_offsets(connection, [zone], since, until)
    _write_people(connection, zone)
    spoken = [row[0] for row in connection.execute("SELECT DISTINCT zone FROM staging_people").fetchall()]
    known = [name for name in spoken if name in _all_zones()]
    _write_offsets(connection, sorted({zone, *known}), since, until)
    connection.execute(
        """CREATE OR REPLACE TABLE staging_raw AS
           SELECT raw.* EXCLUDE (known_zone) REPLACE (
               CASE WHEN is_naive THEN "at" - offsets.shift ELSE "at" END AS "at", false AS is_naive)
           FROM (SELECT r.*, coalesce(o.zone, $zone) AS known_zone FROM staging_raw r
                 LEFT JOIN staging_people p ON p.who = r.who AND r.fact IN ('event', 'traits', 'tag', 'untag', 'relate', 'erase')
                 LEFT JOIN (SELECT DISTINCT zone FROM staging_offsets) o ON o.zone = p.zone) raw
           ASOF LEFT JOIN staging_offsets offsets ON offsets.zone = raw.known_zone AND offsets.since <= raw."at" """,
        {"zone": zone},
    )
    connection.execute("DROP TABLE staging_offsets; DROP TABLE staging_people")


def _write_people(connection: duckdb.DuckDBPyConnection, zone: str) -> None:
    """Who lives where. To find a person's newest line its own naive time is taken to be in the default zone."""
    connection.execute(
        """CREATE OR REPLACE TABLE staging_people AS
           SELECT who, arg_max(zone, ("at", length(id), id)) AS zone FROM (
               SELECT who, id, CASE WHEN json_type(props, '$.timezone') = 'VARCHAR' THEN props ->> '$.timezone' ELSE '' END AS zone,
                      coalesce(CASE WHEN is_naive THEN "at" - shift ELSE "at" END, -9223372036854775807) AS "at"
               FROM (SELECT * FROM staging_raw WHERE fact = 'traits' AND json_exists(props, '$.timezone')) traits
               ASOF LEFT JOIN (SELECT * FROM staging_offsets WHERE zone = $zone) offsets ON offsets.since <= traits."at")
           GROUP BY who""",
        {"zone": zone},
    )


def _write_offsets(connection: duckdb.DuckDBPyConnection, zones: list[str], since: int, until: int) -> None:
    """``staging_offsets(zone, since, shift)``: from the wall clock ``since`` on, UTC is ``shift`` less. Microseconds."""
    rows = [
        (zone, wall * _MICROS, shift * _MICROS)
        for zone in zones
        for wall, shift in offsets(zone, since, until)
    ]
    connection.execute("CREATE OR REPLACE TABLE staging_offsets (zone VARCHAR, since BIGINT, shift BIGINT)")
    connection.executemany("INSERT INTO staging_offsets VALUES (?, ?, ?)", rows)


def offsets(zone: str, since: int, until: int) -> Iterator[tuple[int, int]]:
    """(wall clock seconds from which it holds, seconds ahead of UTC), the first from long before ``since``."""
    info = ZoneInfo(zone)
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
