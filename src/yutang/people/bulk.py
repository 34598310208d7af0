"""Hundreds of thousands of new people at once, as a large import names them.

Call these inside a write transaction, while nobody else makes origins.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.db import connection

from yutang.people.among import among
from yutang.people.rules import USER

READ_AT_ONCE = 50_000

NewOrigin = tuple[int, str, int | None, str]
"""Number, key, and time and id of its first own fact (None and "" where it has none)."""


def next_number(workspace_id: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(number) FROM people_origin WHERE workspace_id = %s", [workspace_id])
        return (cursor.fetchone()[0] or 0) + 1


def list_users(workspace_id: int, keys: Collection[str] | None) -> Iterator[list[tuple[str, int]]]:
    """``(user id, origin number)`` in portions: of these keys, or of everybody."""
    sql = """SELECT i.value, o.number FROM people_identity i JOIN people_origin o ON o.id = i.origin_id
             WHERE i.workspace_id = %s AND i.namespace = %s"""
    parameters: list[Any] = [workspace_id, USER]
    if keys is not None:
        inside, parameter = among("i.value", keys)
        sql, parameters = f"{sql} AND {inside}", [*parameters, parameter]
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        while rows := cursor.fetchmany(READ_AT_ONCE):
            yield rows


def add_users(workspace_id: int, origins: Sequence[NewOrigin]) -> None:
    """Makes these origins, each named by its key as a user id. Numbers follow one another."""
    if not origins:
        return
    rows = [(workspace_id, *origin) for origin in origins]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO people_origin (workspace_id, number, key, first_at, first_id) VALUES (%s, %s, %s, %s, %s)",
            rows,
        )
        cursor.execute(
            """INSERT INTO people_identity (workspace_id, namespace, value, origin_id)
               SELECT workspace_id, %s, key, id FROM people_origin WHERE workspace_id = %s AND number BETWEEN %s AND %s""",
            [USER, workspace_id, origins[0][0], origins[-1][0]],
        )
