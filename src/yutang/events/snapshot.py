"""One consistent look at the state database, through Arrow: a read transaction that no writer waits for and none disturbs.

It sees what was committed before its first query. Django's own connection is not used: on SQLite its transactions take the write
lock, and rows would pass through Python one by one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pyarrow as pa
from django.db import connection


class Snapshot:
    """Queries of one moment. Texts that may be null come as ``optional`` selects them."""

    def __init__(self, driver: Any) -> None:
        self._driver = driver

    def table(self, query: str) -> pa.Table:
        with closing(self._driver.cursor()) as cursor:
            cursor.execute(query)
            return cursor.fetch_arrow_table()

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        columns = [column.to_pylist() for column in self.table(query).columns]
        return list(zip(*columns, strict=True))


def optional(column: str) -> str:
    """A select of a nullable text: ``=`` and the text, or ``""`` for null.

    The SQLite driver takes a column's type from the first rows and would take a number for granted where they are all null.
    """
    return f"coalesce('=' || {column}, '') AS {column}"


def from_optional(column: str) -> str:
    """In DuckDB, back to a nullable text."""
    return f"CASE WHEN {column} <> '' THEN substr({column}, 2) END AS {column}"


@contextmanager
def snapshot() -> Iterator[Snapshot]:
    with closing(_connect()) as driver:
        yield Snapshot(driver)


def _connect() -> Any:
    if connection.vendor == "sqlite":
        import adbc_driver_sqlite.dbapi as sqlite

        path = quote(str(Path(connection.settings_dict["NAME"]).absolute()))
        return sqlite.connect(f"file:{path}?mode=ro")
    import adbc_driver_postgresql.dbapi as postgresql

    driver = postgresql.connect(_url(connection.settings_dict, _host()))
    with closing(driver.cursor()) as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    return driver


def _host() -> str:
    """Where Django's connection goes: each driver looks for the server's socket in a folder of its own when none is named."""
    connection.ensure_connection()
    return str(connection.connection.info.host)


def _url(settings: dict[str, Any], host: str) -> str:
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    known = {word: str(settings[name]) for name, word in names.items() if settings.get(name)}
    options = {name: value for name, value in settings.get("OPTIONS", {}).items() if isinstance(value, str)}
    return "postgresql:///?" + urlencode({"host": host} | known | options, quote_via=quote)
