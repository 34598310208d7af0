"""A workspace's record as a data set: its history files and the tail of its log, as they stood at one moment."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import duckdb
import pyarrow as pa
from django.conf import settings
from duckdb import DuckDBPyConnection

from yutang.events.columns import (
    EVENT_BASE,
    SQL_TYPES,
    attributes_from_raw,
    events_from_raw,
    ident,
    kind_matches,
    literal,
    properties,
)
from yutang.events.dataset import Dataset, Types, event_types, finish, make_erased, make_members, trait_types
from yutang.events.files import (
    ListedFile,
    Span,
    attributes_from_files,
    chosen_events,
    events_from_files,
    types_in_files,
)
from yutang.events.history import folder, people_folder
from yutang.events.merged import Merged, read_merged
from yutang.events.people_file import PeopleFile, find_people_file
from yutang.events.snapshot import Snapshot, from_optional, optional, snapshot
from yutang.language.relations import Needs, column

T = TypeVar("T")


def over_workspace(
    workspace_id: int,
    needs: Needs,
    ask: Callable[[Dataset], T],
    *,
    earliest: int | None = None,
    latest: int | None = None,
) -> T:
    """``ask`` of a fresh data set; once more of a fresh one when a history file was unlinked while it was at work."""
    try:
        with open_workspace(workspace_id, needs, earliest=earliest, latest=latest) as data:
            return ask(data)
    except (duckdb.IOException, FileNotFoundError):
        with open_workspace(workspace_id, needs, earliest=earliest, latest=latest) as data:
            return ask(data)


def open_workspace(
    workspace_id: int, needs: Needs, *, earliest: int | None = None, latest: int | None = None
) -> Dataset:
    """The record as committed now. The moments asked about lie between ``earliest`` and ``latest`` (microseconds), if given.

    Raises duckdb.IOException when a file was unlinked between the list and the look: start over, as ``over_workspace`` does.
    """
    span = Span.of(needs, earliest, latest)
    with snapshot() as state:
        record = _read(state, workspace_id, needs, span)
    connection = connect()
    try:
        return _open(connection, record, needs, span)
    except BaseException:
        connection.close()
        raise


def connect() -> DuckDBPyConnection:
    """DuckDB for work on a workspace: it spills to the home's folder, and leaves half of the memory to others."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2
    config = {
        "threads": str(max(2, os.cpu_count() or 2)),
        "memory_limit": f"{memory // 2**20}MB",
        "temp_directory": str(settings.YUTANG_HOME / "staging" / "spill"),
        "TimeZone": "UTC",
        "preserve_insertion_order": "false",
    }
    connection = duckdb.connect()
    for name, value in config.items():
        connection.execute(f"SET {name} = {literal(value)}")
    return connection


# -- from the state database -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Record:
    zone: str
    watermark: int
    events: list[ListedFile]
    attributes: list[ListedFile]
    tail: pa.Table
    people_file: PeopleFile | None
    people: pa.Table
    """Those that the file does not have."""
    merged: Merged
    erased_keys: list[str]
    retracted: pa.Table


def _read(state: Snapshot, workspace_id: int, needs: Needs, span: Span) -> _Record:
    mine = f"workspace_id = {int(workspace_id)}"
    [(zone,)] = state.rows(f"SELECT timezone FROM workspaces_workspace WHERE id = {int(workspace_id)}")
    merged = read_merged(state, workspace_id)
    people_file = find_people_file(state, workspace_id, people_folder(workspace_id))
    return _Record(
        zone=zone,
        watermark=state.rows(f"SELECT coalesce(max(next_seq), 1) - 1 FROM events_cursor WHERE {mine}")[0][0],
        events=_files(state, mine, "events", span) if needs.kinds else [],
        attributes=_files(state, mine, "attributes", Span(None, span.latest)) if _attributes(needs) else [],
        tail=state.table(_tail(mine, needs, span)),
        people_file=people_file,
        people=state.table(
            f"SELECT number, key FROM people_origin WHERE {mine} AND number > {people_file.upto if people_file else 0}"
        ),
        merged=merged,
        erased_keys=_keys(state, mine, merged.erased) if needs.relations else [],
        retracted=state.table(
            f'SELECT target_seq AS seq, min("at") AS "at" FROM events_retraction WHERE {mine}'
            " AND target_seq IS NOT NULL GROUP BY target_seq"
        ),
    )


def _keys(state: Snapshot, mine: str, erased: frozenset[int]) -> list[str]:
    """How relations call the erased: by their user ids."""
    numbers, keys = sorted(erased), []
    for start in range(0, len(numbers), 1000):
        inside = ", ".join(map(str, numbers[start : start + 1000]))
        keys += state.rows(
            f"""SELECT value FROM people_identity WHERE {mine} AND namespace = 'user_id'
                AND origin_id IN (SELECT id FROM people_origin WHERE {mine} AND number IN ({inside}))"""
        )
    return [key for (key,) in keys]


def _attributes(needs: Needs) -> bool:
    return bool(needs.traits or needs.tags or needs.relations)


def _files(state: Snapshot, mine: str, table: str, span: Span) -> list[ListedFile]:
    rows = state.rows(
        f"""SELECT path, CAST(columns AS TEXT) AS columns, CAST(rest AS TEXT) AS rest, at_min, at_max FROM events_historyfile
            WHERE {mine} AND "table" = '{table}' AND dropped_at IS NULL ORDER BY seq_from, path"""
    )
    files = (
        ListedFile(
            folder() / path, frozenset(json.loads(columns)), frozenset(json.loads(rest)), at_min, at_max
        )
        for path, columns, rest, at_min, at_max in rows
    )
    return [file for file in files if span.meets(file)]


def _tail(mine: str, needs: Needs, span: Span) -> str:
    """The log's rows that the question may read; ``at`` of what is always known is null."""
    within = span.where('"at"', "{}")
    chosen = [f"fact = 'event' AND {_log_kinds(needs.kinds)} AND {within}"]
    if needs.traits:
        chosen.append("fact = 'traits'")
    if needs.relations:
        chosen.append("fact = 'relate'")
    if needs.tags:
        chosen.append(f"fact IN ('tag', 'untag') AND kind IN ({', '.join(map(literal, sorted(needs.tags)))})")
    either = " OR ".join(f"({each})" for each in chosen)
    return (
        f'SELECT fact, origin AS person, kind, "at", id, seq, {optional("channel")}, {optional("source")}, props'
        f" FROM events_logentry WHERE {mine} AND ({either})"
    )


def _log_kinds(kinds: frozenset[str]) -> str:
    """As ``kind_matches``, for a database whose order of texts may be another."""
    exact = kind_matches("kind", [kind for kind in kinds if not kind.endswith(".*")])
    prefixes = [kind[:-1] for kind in sorted(kinds) if kind.endswith(".*")]
    tests = [f"substr(kind, 1, {len(prefix)}) = {literal(prefix)}" for prefix in prefixes]
    return f"({' OR '.join([exact, *tests])})"


# -- into DuckDB -------------------------------------------------------------------------------------------------------


def _open(connection: DuckDBPyConnection, record: _Record, needs: Needs, span: Span) -> Dataset:
    make_erased(connection, record.merged.erased)
    _make_tail(connection, record.tail, needs)
    known = _types(connection, record, needs)
    _make_events(connection, record, needs, span, known[0])
    _make_attributes(connection, record, needs, span)
    _make_people(connection, record)
    return Dataset(connection, finish(connection, needs, record.zone, *known), record.watermark)


def _make_tail(connection: DuckDBPyConnection, tail: pa.Table, needs: Needs) -> None:
    """Casts give the columns of an empty answer their types."""
    connection.register("tail_rows", tail)
    connection.execute(
        f"""CREATE TEMP VIEW tail_raw AS SELECT fact, person, kind, make_timestamp("at") AS "at", id, seq,
            {from_optional("channel")}, {from_optional("source")}, props
            FROM (SELECT CAST(COLUMNS(lambda c: c NOT IN ('person', 'at', 'seq')) AS VARCHAR), person, "at", seq FROM tail_rows)
            WHERE person NOT IN (SELECT person FROM erased)"""
    )
    connection.execute("CREATE TABLE tail_events AS " + events_from_raw("tail_raw", needs))
    connection.execute("CREATE TABLE tail_attributes AS " + attributes_from_raw("tail_raw", needs))
    connection.execute("DROP VIEW tail_raw")
    connection.unregister("tail_rows")


def _types(connection: DuckDBPyConnection, record: _Record, needs: Needs) -> tuple[Types, Types]:
    """The tail's as counted, the files' as listed."""
    names = properties(needs)
    events = event_types(connection, "tail_events", names)
    traits = trait_types(connection, "tail_attributes")
    none: frozenset[str] = frozenset()
    return (
        {name: events.get(name, none) | types_in_files(record.events, name) for name in names},
        {name: traits.get(name, none) | types_in_files(record.attributes, name) for name in needs.traits},
    )


def _make_events(
    connection: DuckDBPyConnection, record: _Record, needs: Needs, span: Span, types: Types
) -> None:
    columns = [(column(type, name), SQL_TYPES[type]) for name, held in types.items() for type in sorted(held)]
    parts = [f"SELECT {', '.join([EVENT_BASE, *(ident(name) for name, _ in columns)])} FROM tail_events"]
    if record.events:
        files = events_from_files(
            record.events, list(types), chosen_events(needs, span) + _not_erased(record)
        )
        held = {column(type, name) for name in types for type in types_in_files(record.events, name)}
        values = [ident(name) if name in held else f"CAST(NULL AS {type})" for name, type in columns]
        parts.append(f"SELECT {', '.join([EVENT_BASE, *values])} FROM ({files})")
    connection.execute(f"CREATE VIEW events AS {' UNION ALL '.join(parts)}")


def _make_attributes(connection: DuckDBPyConnection, record: _Record, needs: Needs, span: Span) -> None:
    parts = ["SELECT * FROM tail_attributes"]
    if record.attributes:
        where = Span(None, span.latest).where("coalesce(\"at\", '-infinity'::TIMESTAMP)") + _not_erased(
            record
        )
        parts.append(attributes_from_files(record.attributes, needs, where))
    rows = " UNION ALL ".join(parts)
    if record.erased_keys:
        connection.register("erased_keys", pa.table({"key": pa.array(record.erased_keys, pa.string())}))
        to_erased = "area = 'relation' AND text IN (SELECT key FROM erased_keys)"
        rows = f"SELECT * REPLACE (CASE WHEN {to_erased} THEN NULL ELSE text END AS text) FROM ({rows})"
    connection.execute(f"CREATE VIEW attributes AS {rows}")


def _make_people(connection: DuckDBPyConnection, record: _Record) -> None:
    connection.register("origin_rows", record.people)
    rows = "SELECT number AS person, CAST(key AS VARCHAR) AS key FROM origin_rows"
    if record.people_file:
        path = literal(str(record.people_file.path))
        rows += f" UNION ALL SELECT person, key FROM read_parquet({path}, hive_partitioning = false)"
    connection.execute(
        f"CREATE VIEW people AS SELECT person, key FROM ({rows}) WHERE true{_not_erased(record)}"
    )
    make_members(connection, record.merged.intervals)
    connection.register("retracted_rows", record.retracted)
    connection.execute(
        'CREATE TABLE retracted AS SELECT seq, make_timestamp("at") AS "at" FROM retracted_rows'
    )


def _not_erased(record: _Record) -> str:
    return " AND person NOT IN (SELECT person FROM erased)" if record.merged.erased else ""
