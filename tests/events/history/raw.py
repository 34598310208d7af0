"""A raw relation made by hand, and its facts as a plain list."""

import json
from typing import Any

import duckdb
from duckdb import DuckDBPyConnection

SQL = (
    'fact VARCHAR, person BIGINT, kind VARCHAR, "at" TIMESTAMP, id VARCHAR, seq BIGINT, channel VARCHAR, source VARCHAR,'
    " props VARCHAR"
)


def canonical(props: dict[str, Any]) -> str:
    return json.dumps(props, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def raw(*facts: tuple[str, int, str, int | None, dict[str, Any]]) -> DuckDBPyConnection:
    """Facts as (fact, person, kind, at µs, props); ids and seqs count from 1."""
    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE raw ({SQL})")
    for seq, (fact, person, kind, at, props) in enumerate(facts, start=1):
        connection.execute(
            "INSERT INTO raw VALUES (?, ?, ?, make_timestamp(?), ?, ?, ?, NULL, ?)",
            [fact, person, kind, at, f"id-{seq}", seq, "wecom" if seq % 2 else None, canonical(props)],
        )
    return connection
