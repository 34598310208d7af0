"""A value is the same whether it is read from the log, from a column of its own, or from ``rest``."""

from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.events.history.raw import raw

from yutang.events.columns import TYPES, attributes_from_raw, events_from_raw, ident
from yutang.events.files import ListedFile, attributes_from_files, events_from_files, types_in_files
from yutang.events.history import listed, write_history
from yutang.language.relations import Needs, column

NAMES = ("a", "A", "b", "a.b", "a.b.c", "b.0", "c'\"d")
SCALARS = st.sampled_from([None, True, 1, -2, "x", "", "1", {"$number": "123456789012.123456"}])
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("abc0"), inner, max_size=2),
    max_leaves=4,
)
PROPS = st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=4)
NEEDS = Needs(kinds=frozenset("k"), properties=frozenset(NAMES), traits=frozenset(NAMES), reach_seconds=None)


def written(connection: DuckDBPyConnection, limits: list[int], table: str) -> list[ListedFile]:
    """The facts in as many files as there are limits, each with so many columns."""
    files = []
    for part, limit in enumerate(limits):
        some = f"(SELECT * FROM raw WHERE seq % {len(limits)} = {part})"
        files += write_history(connection, 7, some, now=1, column_limit=limit)
    return [listed(file) for file in files if file.table == table]


def events(
    connection: DuckDBPyConnection, select: str, held: dict[str, frozenset[str]]
) -> list[tuple[Any, ...]]:
    """Rows by seq; a column that the data does not have is null."""
    values = [ident(column(type, name)) if type in held[name] else "NULL" for name in NAMES for type in TYPES]
    return connection.execute(f"SELECT seq, {', '.join(values)} FROM ({select}) ORDER BY seq").fetchall()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(PROPS, min_size=1, max_size=6), st.lists(st.sampled_from([0, 1, 3, 200]), min_size=1, max_size=3)
)
@example(
    [{"a": {"b": 1}, "a.b": None}, {"a.b": 2}, {"a": {"b": "x"}}, {"a": {"b": "x"}, "a.b": True}], [200, 0]
)
def test_events(home: Path, props: list[dict[str, Any]], limits: list[int]) -> None:
    connection = raw(*(("event", 1, "k", n, each) for n, each in enumerate(props)))
    files = written(connection, limits, "events")
    everything = dict.fromkeys(NAMES, frozenset(TYPES))
    held = {name: types_in_files(files, name) for name in NAMES}
    expected = events(connection, events_from_raw("raw", NEEDS), everything)
    assert events(connection, events_from_files(files, NAMES, "true"), held) == expected


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PROPS, min_size=1, max_size=6), st.integers(1, 3))
@example([{"a": {"b": 1}, "a.b": None}, {"a.b": 2}, {"a": None}, {"a": {"c": 1}}, {"a": 5}], 2)
def test_traits(home: Path, props: list[dict[str, Any]], files: int) -> None:
    connection = raw(*(("traits", 1, "", n or None, each) for n, each in enumerate(props)))
    over_files = attributes_from_files(written(connection, [200] * files, "attributes"), NEEDS, "true")
    query = 'SELECT name, seq, epoch_us("at"), number, text, boolean, list FROM ({}) ORDER BY name, seq'
    expected = connection.execute(query.format(attributes_from_raw("raw", NEEDS))).fetchall()
    assert connection.execute(query.format(over_files)).fetchall() == expected
