"""Admitted facts in the state database. Raw SQL: thousands a second pass here.

Call the writing functions inside a write transaction, under the workspace's admission lock.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.db import connection

from yutang.events.models import HistoryFile
from yutang.people.among import among


class Entry(NamedTuple):
    """A log row, in the table's columns; ``seq`` is given when it is written."""

    id: str
    fact: str
    origin: int
    kind: str
    at: int | None
    received_at: int
    channel: str | None
    source: str | None
    props: str


_INSERT = """INSERT INTO events_logentry
    (workspace_id, seq, id, fact, origin, kind, at, received_at, channel, source, props)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""


def append(workspace_id: int, entries: Sequence[Entry]) -> dict[str, int]:
    """Takes the next numbers in order. Gives each id's ``seq``."""
    first = take(workspace_id, len(entries))
    numbered = [(workspace_id, seq, *entry) for seq, entry in enumerate(entries, first)]
    with connection.cursor() as cursor:
        cursor.executemany(_INSERT, numbered)
    return {row[2]: row[1] for row in numbered}


def next_seq(workspace_id: int) -> int:
    """The number the next admitted fact gets."""
    found = _select("SELECT next_seq FROM events_cursor WHERE workspace_id = %s", [workspace_id])
    return int(found[0][0]) if found else 1


def take(workspace_id: int, count: int) -> int:
    """Takes that many numbers; gives the first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO events_cursor (workspace_id, next_seq, next_origin) VALUES (%s, 1, 1) ON CONFLICT DO NOTHING",
            [workspace_id],
        )
        cursor.execute("SELECT next_seq FROM events_cursor WHERE workspace_id = %s", [workspace_id])
        first: int = cursor.fetchone()[0]
        cursor.execute(
            "UPDATE events_cursor SET next_seq = %s WHERE workspace_id = %s", [first + count, workspace_id]
        )
    return first


def note_next_origin(workspace_id: int, number: int) -> None:
    """Keeps the cursor's origin number in step with the people room, which hands them out."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE events_cursor SET next_origin = %s WHERE workspace_id = %s AND next_origin < %s",
            [number, workspace_id, number],
        )


def known_ids(workspace_id: int, ids: Collection[str]) -> set[str]:
    """Which of ``ids`` are in the log, in history, or retractions already."""
    found: set[str] = set()
    for table, column in (("events_logentry", "id"), ("events_retraction", "fact_id")):
        inside, parameter = among(column, ids)
        sql = f"SELECT {column} FROM {table} WHERE workspace_id = %s AND {inside}"
        found.update(id for (id,) in _select(sql, [workspace_id, parameter]))
    return found | _in_history(workspace_id, [id for id in ids if id not in found])


def has_history(workspace_id: int) -> bool:
    return HistoryFile.objects.filter(workspace_id=workspace_id, dropped_at=None).exists()


def _in_history(workspace_id: int, ids: Collection[str]) -> set[str]:
    if not ids or not has_history(workspace_id):
        return set()
    from yutang.events import history  # reading files needs DuckDB and numpy: only where there are files

    return set(history.known_ids(workspace_id, ids))


def find_seqs(workspace_id: int, ids: Collection[str]) -> dict[str, int]:
    """Where in the order of admission the facts with these ids stand, as far as the log has them."""
    inside, parameter = among("id", ids)
    sql = f"SELECT id, seq FROM events_logentry WHERE workspace_id = %s AND {inside}"
    return dict(_select(sql, [workspace_id, parameter]))


def forget_origins(workspace_id: int, numbers: Collection[int]) -> None:
    """Deletes everything the log holds of these origins: they were erased."""
    inside, parameter = among("origin", numbers)
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM events_logentry WHERE workspace_id = %s AND {inside}", [workspace_id, parameter]
        )


# -- retractions -------------------------------------------------------------------------------------------------------


def store_retractions(workspace_id: int, said: Iterable[tuple[str, str, int]], seqs: dict[str, int]) -> None:
    """``(fact id, target id, at)`` each. ``seqs``: those just appended; others are looked up, unknown ones stay open."""
    said = list(said)
    if not said:
        return
    elsewhere = [target for _, target, _ in said if target not in seqs]
    seqs = seqs | find_seqs(workspace_id, elsewhere) | _seqs_in_history(workspace_id, elsewhere)
    rows = [(workspace_id, id, target, seqs.get(target), at) for id, target, at in said]
    with connection.cursor() as cursor:
        cursor.executemany(
            """INSERT INTO events_retraction (workspace_id, fact_id, target_id, target_seq, at)
               VALUES (%s, %s, %s, %s, %s)""",
            rows,
        )


def _seqs_in_history(workspace_id: int, ids: Collection[str]) -> dict[str, int]:
    if not ids or not has_history(workspace_id):
        return {}
    from yutang.events import history

    return dict(history.find_seqs(workspace_id, ids))


def meet_retractions(workspace_id: int, seqs: dict[str, int]) -> None:
    """Facts that were retracted before they came: the retractions learn where they are."""
    if not seqs:
        return
    inside, parameter = among("target_id", seqs)
    sql = f"SELECT id, target_id FROM events_retraction WHERE workspace_id = %s AND target_seq IS NULL AND {inside}"
    met = [(seqs[target], id) for id, target in _select(sql, [workspace_id, parameter])]
    if met:
        with connection.cursor() as cursor:
            cursor.executemany("UPDATE events_retraction SET target_seq = %s WHERE id = %s", met)


# -- what the catalogue knows ------------------------------------------------------------------------------------------


def count_properties(workspace_id: int, seen: dict[tuple[str, str, str], int]) -> None:
    """``(kind, name, type)`` → how many more."""
    rows = [(workspace_id, *key, count) for key, count in sorted(seen.items())]
    with connection.cursor() as cursor:
        cursor.executemany(
            """INSERT INTO events_property (workspace_id, kind, name, type, count) VALUES (%s, %s, %s, %s, %s)
               ON CONFLICT (workspace_id, kind, name, type)
               DO UPDATE SET count = events_property.count + excluded.count""",
            rows,
        )


def entries(workspace_id: int, *, each: int = 10_000) -> Iterator[tuple[Any, ...]]:
    """``(seq, id, fact, origin, kind, at, channel, source, props)`` of the whole log in order of admission."""
    last = 0
    while True:
        found = _select(
            """SELECT seq, id, fact, origin, kind, at, channel, source, props FROM events_logentry
               WHERE workspace_id = %s AND seq > %s ORDER BY seq LIMIT %s""",
            [workspace_id, last, each],
        )
        yield from found
        if len(found) < each:
            return
        last = found[-1][0]


def _select(sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
