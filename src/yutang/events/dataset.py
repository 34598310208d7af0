"""Data that questions can be asked of: a DuckDB connection that has the relations of ``language/relations.py``."""

from __future__ import annotations

from dataclasses import dataclass
from types import TracebackType
from typing import Any

import pyarrow as pa
from duckdb import DuckDBPyConnection

from yutang.events.columns import (
    OWN_FACTS,
    TYPES,
    attributes_from_raw,
    events_from_raw,
    present_types,
    properties,
)
from yutang.language.relations import Needs, Relations
from yutang.language.zones import known_zones
from yutang.people.membership import ALWAYS, Interval, Joint, Start, erased_origins, membership


@dataclass(slots=True)
class Dataset:
    """The relations in ``connection``, and the ``seq`` of the newest fact they know. Closing drops the connection."""

    connection: DuckDBPyConnection
    relations: Relations
    watermark: int

    def close(self) -> None:
        self.connection.close()

    def __enter__(self) -> Dataset:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_staged(connection: DuckDBPyConnection, needs: Needs, zone: str) -> Dataset:
    """A data set over the table ``staged`` of the connection (see ``events/staging.py``); origins are numbered here.

    Everyone named counts: by an own fact, a merge, a relation or an erasure. Closing the data set closes the connection.
    """
    _number_origins(connection)
    joints = _staged_joints(connection)
    erased = erased_origins(joints, _staged_erasures(connection))
    make_erased(connection, erased)
    connection.execute(f"CREATE TEMP VIEW facts_raw AS {_STAGED_FACTS}")
    connection.execute("CREATE TABLE events AS " + events_from_raw("facts_raw", needs))
    connection.execute("CREATE TABLE attributes AS " + attributes_from_raw("facts_raw", needs))
    end_relations_to_erased(connection)
    connection.execute(f"CREATE TABLE people AS {_STAGED_PEOPLE}")
    intervals = membership(joints, _staged_starts(connection, joints), erased)
    make_members(connection, interval_table(intervals))
    connection.execute(f"CREATE TABLE retracted AS {_STAGED_RETRACTED}")
    connection.execute("DROP VIEW facts_raw")
    watermark = _one(connection, "SELECT coalesce(max(rowid) + 1, 0) FROM staged")
    found = event_types(connection, "events", properties(needs)), trait_types(connection, "attributes")
    return Dataset(connection, finish(connection, needs, zone, *found), watermark)


_STAGED_ORIGINS = f"""
    SELECT row_number() OVER () AS number, key FROM (
        SELECT DISTINCT who AS key FROM staged WHERE fact IN {OWN_FACTS} OR fact IN ('merge', 'unmerge', 'erase')
        UNION SELECT other FROM staged WHERE fact IN ('merge', 'unmerge')
        UNION SELECT unnest(json_extract_string(props, '$.*')) FROM staged WHERE fact = 'relate'
    ) WHERE key IS NOT NULL
"""
_STAGED_FACTS = f"""
    SELECT fact, number AS person, kind, make_timestamp("at") AS "at", id, staged.rowid + 1 AS seq, channel, source, props
    FROM staged JOIN origins ON key = who
    WHERE fact IN {OWN_FACTS} AND number NOT IN (SELECT person FROM erased)
"""
_STAGED_PEOPLE = "SELECT number AS person, key FROM origins WHERE number NOT IN (SELECT person FROM erased)"
_STAGED_STARTS = f"""
    WITH dated AS (
        SELECT person, id, coalesce(epoch_us("at"), {ALWAYS}) AS "at"
        FROM facts_raw WHERE person IN (SELECT person FROM joined)
    ),
    firsts AS (SELECT person, min("at") AS "at" FROM dated GROUP BY person)
    SELECT person, "at", arg_min(id, (length(id), id)) AS id FROM dated JOIN firsts USING (person, "at") GROUP BY ALL
"""
_STAGED_RETRACTED = """
    SELECT target.rowid + 1 AS seq, make_timestamp(min(staged."at")) AS "at"
    FROM staged JOIN staged AS target ON target.id = staged.other AND target.fact IN ('event', 'traits', 'tag', 'untag', 'relate')
    WHERE staged.fact = 'retract' GROUP BY 1
"""


def _number_origins(connection: DuckDBPyConnection) -> None:
    connection.execute(f"CREATE TABLE origins AS {_STAGED_ORIGINS}")


def _staged_joints(connection: DuckDBPyConnection) -> list[Joint]:
    rows = connection.execute(
        """SELECT a.number, b.number, fact = 'merge', "at", id FROM staged
           JOIN origins a ON a.key = who JOIN origins b ON b.key = other
           WHERE fact IN ('merge', 'unmerge') AND a.number <> b.number"""
    )
    return [Joint(*row) for row in rows.fetchall()]


def _staged_erasures(connection: DuckDBPyConnection) -> list[tuple[int, int]]:
    rows = connection.execute(
        "SELECT number, \"at\" FROM staged JOIN origins ON key = who WHERE fact = 'erase'"
    )
    return rows.fetchall()


def _staged_starts(connection: DuckDBPyConnection, joints: list[Joint]) -> dict[int, Start]:
    """The starts of everyone who was ever merged; an erased origin, whose facts are no more, has a key only."""
    if not joints:
        return {}
    named = sorted({origin for joint in joints for origin in joint[:2]})
    connection.register("joined", pa.table({"person": pa.array(named, pa.int64())}))
    rows = connection.execute(
        f"""SELECT person, origins.key, starts."at", coalesce(id, '')
            FROM joined JOIN origins ON number = person LEFT JOIN ({_STAGED_STARTS}) AS starts USING (person)"""
    ).fetchall()
    connection.unregister("joined")
    return {origin: Start(key, at, id) for origin, key, at, id in rows}


def make_erased(connection: DuckDBPyConnection, erased: frozenset[int]) -> None:
    connection.execute("CREATE TABLE erased (person BIGINT)")
    if erased:
        numbers = pa.table({"person": pa.array(sorted(erased), pa.int64())})
        connection.register("erased_numbers", numbers)
        connection.execute("INSERT INTO erased SELECT person FROM erased_numbers")
        connection.unregister("erased_numbers")


def interval_table(intervals: list[Interval]) -> pa.Table:
    """Times in microseconds; ``until`` null: still."""
    names = ("person", "root", "since", "until")
    columns = zip(*intervals, strict=True) if intervals else ((),) * len(names)
    return pa.table({name: pa.array(values, pa.int64()) for name, values in zip(names, columns, strict=True)})


def make_members(connection: DuckDBPyConnection, intervals: pa.Table) -> None:
    connection.register("intervals", intervals)
    connection.execute(
        """CREATE TABLE members AS SELECT person, root, make_timestamp(since) AS since,
           coalesce(make_timestamp("until"), 'infinity'::TIMESTAMP) AS "until" FROM intervals"""
    )
    connection.unregister("intervals")


def end_relations_to_erased(connection: DuckDBPyConnection) -> None:
    """A relation to an erased person stays the newest of its name but leads to nobody."""
    if _one(connection, "SELECT count(*) FROM erased"):
        connection.execute(
            """UPDATE attributes SET text = NULL WHERE area = 'relation'
               AND text IN (SELECT key FROM origins JOIN erased ON person = number)"""
        )


Types = dict[str, frozenset[str]]


def finish(
    connection: DuckDBPyConnection, needs: Needs, zone: str, event_types: Types, trait_types: Types
) -> Relations:
    """What the finished relations hold, for the compiler."""
    zones = _zones(connection) if "text" in trait_types.get("timezone", ()) else frozenset()
    return Relations(
        event_types={name: event_types.get(name, frozenset()) for name in properties(needs)},
        trait_types={name: trait_types.get(name, frozenset()) for name in needs.traits},
        zone=zone,
        has_merges=_one(connection, "SELECT count(*) FROM members") > 0,
        has_retractions=_one(connection, "SELECT count(*) FROM retracted") > 0,
        has_zones=bool(zones),
        zones=zones,
    )


def _zones(connection: DuckDBPyConnection) -> frozenset[str]:
    rows = connection.execute(
        "SELECT DISTINCT text FROM attributes WHERE area = 'trait' AND name = 'timezone'"
    ).fetchall()
    return frozenset(name for (name,) in rows) & known_zones()


def event_types(connection: DuckDBPyConnection, relation: str, names: list[str]) -> Types:
    """The types that occur, counted in one pass over a relation with columns for all four."""
    pairs = [(type, name) for name in names for type in TYPES]
    if not pairs:
        return {}
    holds = connection.execute(f"SELECT {present_types(pairs)} FROM {relation}").fetchall()[0]
    found = [pair for pair, held in zip(pairs, holds, strict=True) if held]
    return {name: frozenset(type for type, each in found if each == name) for name in names}


def trait_types(connection: DuckDBPyConnection, relation: str) -> Types:
    holds = ", ".join(f"count({type}) > 0" for type in TYPES)
    rows = connection.execute(
        f"SELECT name, {holds} FROM {relation} WHERE area = 'trait' GROUP BY name"
    ).fetchall()
    return {
        name: frozenset(type for type, held in zip(TYPES, found, strict=True) if held)
        for name, *found in rows
    }


def _one(connection: DuckDBPyConnection, query: str) -> Any:
    """Fetches all: a result that is not read to its end blocks the connection."""
    return connection.execute(query).fetchall()[0][0]
