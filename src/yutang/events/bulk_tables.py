"""The tables behind a bulk import: which staged facts are new, whose they are, and their numbers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa
from django.db import connection as database

from yutang.events import history, log, sidecar
from yutang.events.models import HistoryFile, LogEntry, Retraction
from yutang.events.rules import Fact
from yutang.people.actions import First
from yutang.people.bulk import NewOrigin, list_users
from yutang.people.queries import erased_origins
from yutang.people.rules import USER, named

LOGGED = "('event', 'traits', 'tag', 'untag', 'relate')"
PROBE = 20_000
"""So many ids or names are looked up one by one; beyond, everything there is gets read once."""

Connection = duckdb.DuckDBPyConnection
Seen = Counter[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Part:
    """What one part of an import adds; its facts lie in ``part_raw``, its new people in ``part_new``, the first facts of the
    others in ``part_firsts``."""

    facts: int
    known: int
    kept_out: int
    seen: Seen
    next_number: int


def number_facts(connection: Connection) -> None:
    """``own``: staged facts that hang on a person, ``n`` their place in time order. What the facts are is not sorted, nor kept
    twice: that lies in ``staged``."""
    connection.execute(
        f"""CREATE OR REPLACE TABLE places AS
            SELECT rowid AS place, row_number() OVER (ORDER BY "at" NULLS FIRST, length(id), id) AS n
            FROM staged WHERE fact IN {LOGGED}"""
    )
    connection.execute(
        "CREATE OR REPLACE VIEW own AS SELECT staged.*, n FROM places JOIN staged ON staged.rowid = places.place"
    )


def count_own(connection: Connection) -> int:
    return int(_one(connection, "SELECT count(*) FROM own"))


def list_own(connection: Connection) -> list[Fact]:
    return list(_facts(connection, "own"))


def list_said(connection: Connection) -> list[Fact]:
    """Merges, un-merges, retractions, erasures, in time order."""
    return list(_facts(connection, f"(SELECT * FROM staged WHERE fact NOT IN {LOGGED})"))


def _facts(connection: Connection, relation: str) -> Iterator[Fact]:
    rows = connection.execute(
        f"""SELECT fact, id, "at", who, other, kind, props, channel, source FROM {relation}
            ORDER BY "at" NULLS FIRST, length(id), id"""
    ).fetchall()
    for fact, id, at, who, other, kind, props, channel, source in rows:
        match fact:
            case "merge" | "unmerge":
                yield Fact(fact, id, at, named(who), other=named(other))
            case "retract":
                yield Fact(fact, id, at, target=other)
            case "erase":
                yield Fact(fact, id, at, named(who))
            case "relate":
                targets = tuple((USER, each) for each in json.loads(props).values() if each is not None)
                yield Fact(fact, id, at, named(who), "", props, channel, source, targets)
            case _:
                yield Fact(fact, id, at, named(who), kind, props, channel, source)


# -- what is known already ---------------------------------------------------------------------------------------------


def find_known(connection: Connection, workspace_id: int, relation: str) -> None:
    """``known_ids``: the ids of ``relation`` that the workspace has. The log is read before the list of history files, so that a
    fact which moves from one to the other meanwhile is seen."""
    connection.execute("CREATE OR REPLACE TABLE known_ids (id VARCHAR)")
    total = int(_one(connection, f"SELECT count(*) FROM {relation}"))
    in_log = LogEntry.objects.filter(workspace_id=workspace_id)
    if in_log.exists():
        _find_in_log(connection, workspace_id, relation, total)
    _find_said(connection, workspace_id, relation)
    _find_in_history(connection, workspace_id, relation)


def _find_in_log(connection: Connection, workspace_id: int, relation: str, total: int) -> None:
    if total <= PROBE:
        ids = [id for (id,) in connection.execute(f"SELECT id FROM {relation}").fetchall()]
        return _add_known(connection, sorted(log.find_seqs(workspace_id, ids)))
    with database.cursor() as cursor:
        cursor.execute("SELECT id FROM events_logentry WHERE workspace_id = %s", [workspace_id])
        while rows := cursor.fetchmany(100_000):
            connection.register("some_ids", pa.table({"id": [id for (id,) in rows]}))
            connection.execute(
                f"INSERT INTO known_ids SELECT id FROM some_ids SEMI JOIN {relation} USING (id)"
            )
            connection.unregister("some_ids")
    return None


def _find_said(connection: Connection, workspace_id: int, relation: str) -> None:
    """Ids taken by merges, retractions and erasures. There are few of those."""
    ids: list[str] = []
    with database.cursor() as cursor:
        for table in ("events_retraction", "people_mergefact", "people_erasure"):
            cursor.execute(f"SELECT fact_id FROM {table} WHERE workspace_id = %s", [workspace_id])
            ids += [id for (id,) in cursor.fetchall()]
    if ids:
        connection.register("some_ids", pa.table({"id": ids}))
        connection.execute(f"INSERT INTO known_ids SELECT id FROM some_ids SEMI JOIN {relation} USING (id)")
        connection.unregister("some_ids")


def _add_known(connection: Connection, ids: list[str]) -> None:
    connection.register("some_ids", pa.table({"id": pa.array(ids, pa.string())}))
    connection.execute("INSERT INTO known_ids SELECT id FROM some_ids")
    connection.unregister("some_ids")


def _find_in_history(connection: Connection, workspace_id: int, relation: str) -> None:
    """By the files' sorted hashes; only files with a suspect are opened, and compared exactly."""
    files = HistoryFile.objects.filter(workspace_id=workspace_id, dropped_at=None)
    paths = [history.path_of(file) for file in files]
    if not paths:
        return
    hashes = connection.execute(f"SELECT {sidecar.SQL_HASH} AS hash FROM {relation}").fetchnumpy()["hash"]
    for path in paths:
        if sidecar.suspects(path, hashes).any():
            connection.execute(
                f"INSERT INTO known_ids SELECT DISTINCT id FROM read_parquet(?) SEMI JOIN {relation} USING (id)",
                [str(path)],
            )


def count_known(connection: Connection, relation: str) -> tuple[int, int]:
    """How many facts of ``relation`` are known, and how many there are."""
    row = connection.execute(
        f"SELECT count(*) FILTER (id IN (FROM known_ids)), count(*) FROM {relation}"
    ).fetchall()[0]
    return int(row[0]), int(row[1])


# -- one part ----------------------------------------------------------------------------------------------------------


def make_part(
    connection: Connection, workspace_id: int, low: int, high: int, first_seq: int, first_number: int
) -> Part:
    """``part_raw`` as ``history.write_history`` wants it: the new facts of places ``low`` to ``high``, numbered."""
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE part_all AS SELECT fact, who, kind, "at", id, channel, source, props, n
            FROM own WHERE n BETWEEN {low:d} AND {high:d}"""
    )
    find_known(connection, workspace_id, "part_all")
    known, total = count_known(connection, "part_all")
    fresh = "WHERE id NOT IN (FROM known_ids)" if known else ""
    connection.execute(f"CREATE OR REPLACE TEMP VIEW part AS SELECT * FROM part_all {fresh}")
    _name_people(connection, workspace_id, first_number)
    gone = erased_origins(workspace_id)
    _number_part(connection, gone, first_seq, None if known or gone else low)
    connection.execute("DROP VIEW part")
    connection.execute("DROP TABLE part_all")
    facts = int(_one(connection, "SELECT count(*) FROM part_raw"))
    _find_new(connection, first_number)
    _find_firsts(connection, first_number)
    return Part(
        facts,
        known,
        total - known - facts,
        _seen(connection),
        first_number + int(_one(connection, "SELECT count(*) FROM part_new")),
    )


def _name_people(connection: Connection, workspace_id: int, first_number: int) -> None:
    """``part_people(key, number)``: everyone the part names, also as a relation's target; new ones in order of appearance."""
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE part_names AS SELECT key, min(n) AS n FROM (
               SELECT who AS key, n FROM part
               UNION ALL
               SELECT unnest(json_extract_string(props, '$.*')), n FROM part WHERE fact = 'relate'
           ) WHERE key IS NOT NULL GROUP BY key"""
    )
    connection.execute("CREATE OR REPLACE TEMP TABLE part_people (key VARCHAR, number BIGINT)")
    wanted = int(_one(connection, "SELECT count(*) FROM part_names"))
    keys = None
    if wanted <= PROBE:
        keys = [key for (key,) in connection.execute("SELECT key FROM part_names").fetchall()]
    for rows in list_users(workspace_id, keys):
        columns = {"key": [key for key, _ in rows], "number": [number for _, number in rows]}
        connection.register("some_people", pa.table(columns))
        connection.execute(
            "INSERT INTO part_people SELECT key, number FROM some_people SEMI JOIN part_names USING (key)"
        )
        connection.unregister("some_people")
    connection.execute(
        """INSERT INTO part_people SELECT key, ? - 1 + row_number() OVER (ORDER BY n, key)
           FROM part_names ANTI JOIN part_people USING (key)""",
        [first_number],
    )


def _number_part(connection: Connection, gone: Collection[int], first_seq: int, low: int | None) -> None:
    """``low``: the place of the first fact when all are admitted and need no counting; else None."""
    connection.register("gone", pa.table({"number": pa.array(sorted(gone), pa.int64())}))
    seq = "row_number() OVER (ORDER BY n) - 1" if low is None else f"n - {low:d}"
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE part_raw AS
            SELECT fact, number AS person, kind, make_timestamp("at") AS "at", id, ? + {seq} AS seq, channel, source, props
            FROM part JOIN part_people ON key = who ANTI JOIN gone USING (number)""",
        [first_seq],
    )
    connection.unregister("gone")


def _find_new(connection: Connection, first_number: int) -> None:
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE part_new AS
           SELECT number, key, epoch_us(arg_min_null("at", seq)) AS first_at, coalesce(arg_min(id, seq), '') AS first_id
           FROM part_people LEFT JOIN part_raw ON person = number WHERE number >= ? GROUP BY number, key""",
        [first_number],
    )


def new_origins(connection: Connection) -> Iterator[list[NewOrigin]]:
    """The people who are new with the part, in portions. Nothing else may ask ``connection`` meanwhile."""
    rows = connection.execute("SELECT number, key, first_at, first_id FROM part_new ORDER BY number")
    while some := rows.fetchmany(PROBE):
        yield some


def _find_firsts(connection: Connection, first_number: int) -> None:
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE part_firsts AS
           SELECT person, epoch_us(arg_min_null("at", seq)) AS first_at, arg_min(id, seq) AS first_id
           FROM part_raw WHERE person < ? GROUP BY person""",
        [first_number],
    )


def firsts(connection: Connection) -> Iterator[dict[int, First]]:
    """Of people who were there before, the part's first facts, in portions. Nothing else may ask ``connection`` meanwhile."""
    rows = connection.execute("SELECT person, first_at, first_id FROM part_firsts ORDER BY person")
    while some := rows.fetchmany(PROBE):
        yield {person: (at, id) for person, at, id in some}


def _seen(connection: Connection) -> Seen:
    """Properties by kind, name and type, from the few shapes that thousands of rows have."""
    seen: Seen = Counter()
    shapes = connection.execute(
        """SELECT kind, json_structure(props)::VARCHAR, count(*) FROM part_raw
           WHERE fact IN ('event', 'traits') AND props <> '{}' GROUP BY ALL"""
    ).fetchall()
    for kind, shape, count in shapes:
        for name, type_ in _types(json.loads(shape), ""):
            seen[kind, name, type_] += count
    tags = connection.execute(
        "SELECT kind, count(*) FROM part_raw WHERE fact = 'tag' GROUP BY kind"
    ).fetchall()
    for kind, count in tags:
        seen["", kind, "tag"] += count
    return seen


_TYPES = {
    "VARCHAR": "text",
    "BOOLEAN": "boolean",
    "DOUBLE": "number",
    "BIGINT": "number",
    "UBIGINT": "number",
}


def _types(shape: Any, prefix: str) -> Iterator[tuple[str, str]]:
    """Like ``rules.types``, of DuckDB's ``json_structure``."""
    for name, type_ in shape.items():
        path = prefix + name
        if isinstance(type_, dict) and "$number" in type_:
            type_ = "DOUBLE"
        if isinstance(type_, dict):
            yield from _types(type_, f"{path}.")
        elif len(path) <= 200 and type_ != "NULL":
            yield path, "list" if isinstance(type_, list) else _TYPES.get(type_, "text")


def retracted_seqs(connection: Connection, workspace_id: int) -> dict[str, int]:
    """The new facts that were retracted before they came."""
    waiting = Retraction.objects.filter(workspace_id=workspace_id, target_seq=None)
    targets = list(waiting.values_list("target_id", flat=True).distinct())
    if not targets:
        return {}
    connection.register("some_ids", pa.table({"id": targets}))
    rows = connection.execute("SELECT id, seq FROM part_raw SEMI JOIN some_ids USING (id)").fetchall()
    connection.unregister("some_ids")
    return dict(rows)


def _one(connection: Connection, query: str) -> Any:
    return connection.execute(query).fetchall()[0][0]
