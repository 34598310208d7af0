"""Questions at triggers: each moment sees what had happened by its time and, live, what was admitted no later than it."""

from __future__ import annotations

import duckdb
import pytest

from yutang.language.compiling import moments
from yutang.language.parse import parse
from yutang.language.relations import Relations

PLAIN = Relations(event_types={}, trait_types={}, has_merges=False, has_retractions=False, has_zones=False)
MERGED = Relations(event_types={}, trait_types={}, has_merges=True, has_retractions=True, has_zones=False)


@pytest.fixture
def data() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(
        """CREATE TABLE events(person BIGINT, kind TEXT, "at" TIMESTAMP, id TEXT, seq BIGINT, channel TEXT, source TEXT);
           CREATE TABLE people(person BIGINT, key TEXT);
           CREATE TABLE members(person BIGINT, root BIGINT, since TIMESTAMP, until TIMESTAMP);
           CREATE TABLE retracted(seq BIGINT, "at" TIMESTAMP);
           CREATE TABLE moments(moment_id BIGINT, person BIGINT, "at" TIMESTAMP, seq BIGINT);
           INSERT INTO people VALUES (1, 'u1'), (2, 'u2');
           INSERT INTO events VALUES (1, 'a', '2026-01-01 10:00', 'x', 1, NULL, NULL),
                                     (1, 'a', '2026-01-01 09:00', 'late', 5, NULL, NULL),
                                     (2, 'a', '2026-01-01 10:00', 'y', 2, NULL, NULL);
           INSERT INTO moments VALUES (0, 1, '2026-01-01 10:00', 1), (1, 1, '2026-01-01 10:00', 5),
                                      (2, 1, '2026-01-01 09:30', 9), (3, 2, '2026-01-02 00:00', 9), (4, 7, '2026-01-02', 9)"""
    )
    return connection


def _held(
    data: duckdb.DuckDBPyConnection, text: str, relations: Relations, *, by_admission: bool
) -> list[int]:
    rows = data.execute(moments(parse(text), relations, by_admission=by_admission)).fetchall()
    return sorted(each for (each,) in rows)


def test_a_live_moment_does_not_see_what_was_admitted_after_it(data: duckdb.DuckDBPyConnection) -> None:
    assert _held(data, 'count("a") == 1', PLAIN, by_admission=True) == [0, 2, 3]
    assert _held(data, 'count("a") == 2', PLAIN, by_admission=True) == [1]


def test_looking_back_a_moment_sees_late_facts_where_they_belong(data: duckdb.DuckDBPyConnection) -> None:
    assert _held(data, 'count("a") == 2', PLAIN, by_admission=False) == [0, 1]


def test_a_moment_of_somebody_unknown_or_erased_never_holds(data: duckdb.DuckDBPyConnection) -> None:
    assert 4 not in _held(data, 'count("a") >= 0', PLAIN, by_admission=False)


def test_merges_and_retractions_count_as_of_each_moment(data: duckdb.DuckDBPyConnection) -> None:
    data.execute("INSERT INTO members VALUES (2, 1, '2026-01-01 12:00', 'infinity')")
    data.execute("INSERT INTO retracted VALUES (2, '2026-01-03')")
    data.execute("INSERT INTO moments VALUES (5, 2, '2026-01-04', 9)")
    assert _held(data, 'count("a") == 3', MERGED, by_admission=False) == [3]
    assert _held(data, 'count("a") == 2', MERGED, by_admission=False) == [0, 1, 5]
