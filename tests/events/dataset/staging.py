"""A ``staged`` table made by hand: facts as short dicts, as they stand in event lines."""

import json
from typing import Any

import duckdb
from duckdb import DuckDBPyConnection

COLUMNS = (
    'fact VARCHAR, who VARCHAR, other VARCHAR, kind VARCHAR, "at" BIGINT, id VARCHAR, channel VARCHAR, source VARCHAR,'
    " props VARCHAR, line BIGINT, file INTEGER"
)


def fact(fact: str, who: str | None = None, at: int | None = None, **more: Any) -> dict[str, Any]:
    return {"fact": fact, "who": who, "at": at, **more}


def paid(who: str, at: int, id: str | None = None, **props: Any) -> dict[str, Any]:
    return fact("event", who, at, kind="order.paid", id=id, props=props)


def traits(who: str, at: int | None = None, id: str | None = None, **props: Any) -> dict[str, Any]:
    return fact("traits", who, at, id=id, props=props)


def staged(*facts: dict[str, Any]) -> DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE staged ({COLUMNS})")
    for line, each in enumerate(facts, start=1):
        props = json.dumps(each.get("props") or {}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        connection.execute(
            "INSERT INTO staged VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
            [
                each["fact"],
                each["who"],
                each.get("other"),
                each.get("kind", ""),
                each["at"],
                each.get("id") or f"f{line:04}",
                each.get("channel"),
                each.get("source"),
                props,
                line,
            ],
        )
    return connection
