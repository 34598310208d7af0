"""A large home, made quickly: DuckDB writes the history files that a real one would have, SQL fills the state database.

Not a simulation: uniform and dense, so that nothing can be skipped by luck. 90 days up to ``NOW``; per person one city, one
level and on average twenty events: pages 74%, live evenings 12%, orders 10%, friends added 4%. Each file covers its share of
the time, sorted by kind and time, as compaction leaves it.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path

import duckdb

from benchmarks.measuring import IS_FULL, YUTANG, run

PEOPLE = int(os.environ.get("BENCH_PEOPLE", 5_000_000 if IS_FULL else 1_000_000))
EVENTS = int(os.environ.get("BENCH_EVENTS", 20 * PEOPLE))
FILE_ROWS = 5_000_000
NOW = 1_793_462_400_000_000
"""2026-11-01 00:00 in Shanghai, in microseconds."""
SPAN = 90 * 86_400_000_000
WORKSPACE = 1
CITIES = "['上海', '杭州', '北京', '广州', '深圳', '成都', '武汉', '南京']"


def make(home: Path) -> None:
    """An initialised home with the files listed in it; does nothing where it has been made already."""
    if (home / "made").exists():
        return
    run([YUTANG, "init", "--home", str(home), "--json"])
    folder = home / "history" / str(WORKSPACE)
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection, sqlite3.connect(home / "yutang.sqlite3") as state:
        connection.execute("SET preserve_insertion_order = false")
        _people(state)
        _attributes(connection, state, folder)
        files = -(-EVENTS // FILE_ROWS)
        for number in range(files):
            _events(connection, state, folder, number, files)
    (home / "made").touch()


def _people(state: sqlite3.Connection) -> None:
    state.execute(
        f"""WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {PEOPLE})
            INSERT INTO people_origin (workspace_id, number, key, first_at, first_id)
            SELECT {WORKSPACE}, i, 'u' || i, {NOW - SPAN}, 'e' || i FROM n"""
    )
    top = PEOPLE * 2 + EVENTS + 1
    state.execute(
        f"INSERT OR REPLACE INTO events_cursor (workspace_id, next_seq, next_origin) VALUES ({WORKSPACE}, {top}, {PEOPLE + 1})"
    )


def _attributes(connection: duckdb.DuckDBPyConnection, state: sqlite3.Connection, folder: Path) -> None:
    path = folder / "attributes-1.parquet"
    connection.execute(
        f"""COPY (
            SELECT i + 1 AS person, 'trait' AS area, name, NULL::TIMESTAMP AS "at", name || i AS id,
                   CASE name WHEN 'city' THEN i * 2 + 1 ELSE i * 2 + 2 END AS seq,
                   NULL::VARCHAR AS channel, NULL::VARCHAR AS source,
                   CASE name WHEN 'level' THEN CAST(hash(i) % 10 AS DECIMAL(18,6)) END AS number,
                   CASE name WHEN 'city' THEN {CITIES}[CAST(1 + hash(i, 1) % 8 AS INTEGER)] END AS text,
                   NULL::BOOLEAN AS boolean, NULL::VARCHAR AS list, NULL::VARCHAR AS rest
            FROM range({PEOPLE}) people(i), (VALUES ('city'), ('level')) names(name)
            ORDER BY area, name, person
        ) TO '{path}' (FORMAT parquet, COMPRESSION zstd)"""
    )
    columns = '["number:level", "text:city"]'
    _list(state, path, "attributes", PEOPLE * 2, (1, PEOPLE * 2), (NOW - SPAN, NOW), columns)


def _events(
    connection: duckdb.DuckDBPyConnection, state: sqlite3.Connection, folder: Path, number: int, files: int
) -> None:
    path = folder / f"events-{number + 1}.parquet"
    first, last = number * FILE_ROWS, min((number + 1) * FILE_ROWS, EVENTS)
    since, width = NOW - SPAN + SPAN * number // files, SPAN // files
    connection.execute(
        f"""COPY (
            SELECT 1 + hash(i) % {PEOPLE} AS person,
                   CASE WHEN dice < 74 THEN 'page.viewed' WHEN dice < 86 THEN 'live.entered'
                        WHEN dice < 96 THEN 'order.paid' ELSE 'friend.added' END AS kind,
                   make_timestamp(CAST({since} + hash(i, 2) % {width} AS BIGINT)) AS "at",
                   'e' || i AS id, {PEOPLE * 2} + i + 1 AS seq,
                   ['wecom', 'live', 'store'][CAST(1 + hash(i, 3) % 3 AS INTEGER)] AS channel, 'bench' AS source,
                   CASE WHEN dice BETWEEN 86 AND 95 THEN CAST((hash(i, 4) % 100000) / 100 AS DECIMAL(18,6)) END
                       AS "number:amount",
                   CASE WHEN dice < 74 OR dice BETWEEN 86 AND 95 THEN 'sku-' || hash(i, 5) % 500 END AS "text:sku",
                   NULL::VARCHAR AS rest
            FROM (SELECT i, hash(i, 6) % 100 AS dice FROM range({first}, {last}) numbers(i))
            ORDER BY kind, "at", seq
        ) TO '{path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)"""
    )
    seqs = (PEOPLE * 2 + first + 1, PEOPLE * 2 + last)
    _list(state, path, "events", last - first, seqs, (since, since + width), '["number:amount", "text:sku"]')


def _list(
    state: sqlite3.Connection,
    path: Path,
    table: str,
    rows: int,
    seqs: tuple[int, int],
    times: tuple[int, int],
    columns: str,
) -> None:
    state.execute(
        """INSERT INTO events_historyfile ("workspace_id", "table", "path", "rows", "bytes", seq_from, seq_to, at_min, at_max,
           "columns", "rest", created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '[]', ?)""",
        (
            WORKSPACE,
            table,
            f"{WORKSPACE}/{path.name}",
            rows,
            path.stat().st_size,
            *seqs,
            *times,
            columns,
            NOW,
        ),
    )


if __name__ == "__main__":
    make(Path(sys.argv[1]))
