"""Every write of this room: reading the identities around a run of facts into a ``Book``, and storing what the run added.

Set-wise, in raw SQL: admission passes thousands of facts a second through here. Call them inside a write transaction, under the
workspace's admission lock; nobody else makes origins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import connection

from yutang.people.among import among
from yutang.people.rules import USER, Book, Name, Names, Said


def resolve(workspace_id: int, wanted: Sequence[Names]) -> list[int]:
    """An origin number for each of ``wanted`` (strongest name first), made where it is new. Weaker names are not learnt."""
    book = open_book(workspace_id, {names[0] for names in wanted})
    found = [book.place(names) for names in wanted]
    store(workspace_id, book)
    return found


def open_book(workspace_id: int, names: Collection[Name], *, around: bool = False) -> Book:
    """What is known of ``names``. ``around``: also of the merges around them, for facts that may connect or erase people."""
    book = Book(next_number=_next_number(workspace_id))
    by_namespace: dict[str, list[str]] = defaultdict(list)
    for namespace, value in names:
        by_namespace[namespace].append(value)
    for namespace, values in by_namespace.items():
        _read_names(workspace_id, book, namespace, values)
    known = set(book.numbers.values())
    if around and known:
        _read_merges(workspace_id, book, known)
        _read_users(workspace_id, book, known | book.said.keys())
    return book


def _read_merges(workspace_id: int, book: Book, numbers: Collection[int]) -> None:
    """Everything said about ``numbers``, about those it connects them with, and so on."""
    if not has_merges(workspace_id):
        return
    entered: set[str] = set()
    read: set[int] = set()
    todo = set(numbers)
    while todo:
        read |= todo
        found = list(_merges_of(workspace_id, todo))
        for said in found:
            if said.fact_id not in entered:
                entered.add(said.fact_id)
                book.enter(said, known=True)
        todo = {number for said in found for number in (said.one, said.other)} - read


def has_merges(workspace_id: int) -> bool:
    return bool(_select("SELECT 1 FROM people_mergefact WHERE workspace_id = %s LIMIT 1", [workspace_id]))


def _merges_of(workspace_id: int, numbers: Collection[int]) -> Iterable[Said]:
    inside, parameter = among("number", numbers)
    origins = f"(SELECT id FROM people_origin WHERE workspace_id = %s AND {inside})"
    sql = f"""
        SELECT m.fact_id, a.number, b.number, m.joins, m.at
        FROM people_mergefact m JOIN people_origin a ON a.id = m.one_id JOIN people_origin b ON b.id = m.other_id
        WHERE m.id IN (SELECT id FROM people_mergefact WHERE one_id IN {origins}
                       UNION SELECT id FROM people_mergefact WHERE other_id IN {origins})"""
    for fact_id, a, b, joins, at in _select(sql, [workspace_id, parameter, workspace_id, parameter]):
        yield Said(fact_id, min(a, b), max(a, b), bool(joins), at)


def _next_number(workspace_id: int) -> int:
    [[last]] = _select("SELECT max(number) FROM people_origin WHERE workspace_id = %s", [workspace_id])
    return (last or 0) + 1


def _read_names(workspace_id: int, book: Book, namespace: str, values: list[str]) -> None:
    inside, parameter = among("i.value", values)
    sql = f"""
        SELECT i.value, o.number FROM people_identity i JOIN people_origin o ON o.id = i.origin_id
        WHERE i.workspace_id = %s AND i.namespace = %s AND {inside}"""
    for value, number in _select(sql, [workspace_id, namespace, parameter]):
        book.numbers[(namespace, value)] = number
        if namespace == USER:
            book.users.add(number)


def _read_users(workspace_id: int, book: Book, numbers: Collection[int]) -> None:
    inside, parameter = among("o.number", numbers)
    sql = f"""
        SELECT o.number FROM people_origin o JOIN people_identity i ON i.origin_id = o.id
        WHERE o.workspace_id = %s AND {inside} AND i.namespace = %s"""
    book.users.update(number for (number,) in _select(sql, [workspace_id, parameter, USER]))


def store(workspace_id: int, book: Book) -> None:
    """Writes what was added to the book since it was opened."""
    rows = [(workspace_id, number, key) for number, key in book.new_origins]
    _insert("people_origin (workspace_id, number, key, first_id)", "(%s, %s, %s, '')", rows)
    ids = _origin_ids(workspace_id, {number for _, number in book.new_names} | _paired(book))
    identities = [(workspace_id, *name, ids[number]) for name, number in book.new_names]
    _insert("people_identity (workspace_id, namespace, value, origin_id)", "(%s, %s, %s, %s)", identities)
    merges = [
        (workspace_id, said.fact_id, ids[said.one], ids[said.other], said.joins, said.at)
        for said in book.new_said
    ]
    columns = "people_mergefact (workspace_id, fact_id, one_id, other_id, joins, at)"
    _insert(columns, "(%s, %s, %s, %s, %s, %s)", merges)
    book.new_origins.clear()
    book.new_names.clear()
    book.new_said.clear()


def _paired(book: Book) -> set[int]:
    return {number for said in book.new_said for number in (said.one, said.other)}


def _origin_ids(workspace_id: int, numbers: Collection[int]) -> dict[int, int]:
    if not numbers:
        return {}
    inside, parameter = among("number", numbers)
    sql = f"SELECT number, id FROM people_origin WHERE workspace_id = %s AND {inside}"
    return dict(_select(sql, [workspace_id, parameter]))


First = tuple[int | None, str]
"""Time (None: always known) and id of an origin's earliest own fact."""


def note_first(workspace_id: int, firsts: dict[int, First]) -> None:
    """Moves ``first_at`` and ``first_id`` of origins back to these facts where they are earlier in time order."""
    inside, parameter = among("number", firsts)
    sql = f"SELECT number, first_at, first_id FROM people_origin WHERE workspace_id = %s AND {inside}"
    changed = [
        (*firsts[number], workspace_id, number)
        for number, at, id in _select(sql, [workspace_id, parameter])
        if id == "" or earlier(firsts[number], (at, id))
    ]
    sql = "UPDATE people_origin SET first_at = %s, first_id = %s WHERE workspace_id = %s AND number = %s"
    with connection.cursor() as cursor:
        cursor.executemany(sql, changed)


def earlier(one: First, other: First) -> bool:
    """In time order; what is always known comes before every dated fact."""
    return _rank(one) < _rank(other)


def _rank(first: First) -> tuple[bool, int, int, str]:
    at, id = first
    return (at is not None, at or 0, len(id), id)


# -- erasure -----------------------------------------------------------------------------------------------------------


def list_erasures(workspace_id: int, numbers: Collection[int] | None = None) -> list[tuple[int, int]]:
    """``(origin number, at)`` of the erasures that name one of ``numbers``; None: of all."""
    sql = """SELECT o.number, e.at FROM people_erasure e JOIN people_origin o ON o.id = e.origin_id
             WHERE e.workspace_id = %s"""
    if numbers is None:
        return _select(sql, [workspace_id])
    inside, parameter = among("o.number", numbers)
    return _select(f"{sql} AND {inside}", [workspace_id, parameter])


def has_erasures(workspace_id: int) -> bool:
    return bool(_select("SELECT 1 FROM people_erasure WHERE workspace_id = %s LIMIT 1", [workspace_id]))


def store_erasures(workspace_id: int, erasures: Sequence[tuple[str, int, int]]) -> None:
    """``(fact id, origin number, at)`` each."""
    ids = _origin_ids(workspace_id, {number for _, number, _ in erasures})
    rows = [(workspace_id, fact_id, ids[number], at) for fact_id, number, at in erasures]
    _insert("people_erasure (workspace_id, fact_id, origin_id, at)", "(%s, %s, %s, %s)", rows)


def known_fact_ids(workspace_id: int, ids: Collection[str]) -> set[str]:
    """Which of ``ids`` are merges, un-merges or erasures already."""
    inside, parameter = among("fact_id", ids)
    found: set[str] = set()
    for table in ("people_mergefact", "people_erasure"):
        sql = f"SELECT fact_id FROM {table} WHERE workspace_id = %s AND {inside}"
        found.update(id for (id,) in _select(sql, [workspace_id, parameter]))
    return found


def _select(sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _insert(into: str, values: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {into} VALUES {values}", rows)
