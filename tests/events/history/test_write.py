"""What a history file looks like."""

from pathlib import Path
from typing import Any

import pytest
from tests.events.history.raw import raw

from yutang.events import history
from yutang.events.history import path_of, write_history
from yutang.events.models import HistoryFile
from yutang.people.membership import ALWAYS

FACTS: list[tuple[str, int, str, int | None, dict[str, Any]]] = [
    ("event", 1, "b", 10, {"amount": 1, "items": [1, 2], "gone": None}),
    ("event", 2, "a", 30, {"amount": "x", "o": {"p": 1}, "Amount": 2}),
    ("event", 1, "a", 20, {"amount": {"$number": "123456789012.123456"}, "ok": True}),
    ("event", 1, "a", 25, {}),
    ("traits", 1, "", None, {"city": "x", "old": None, "address": {"city": "y"}, "likes": ["z"]}),
    ("tag", 1, "vip", 12, {}),
    ("untag", 1, "vip", 13, {}),
    ("relate", 1, "", 14, {"mentor": "u2", "friend": None}),
    ("traits", 2, "", 15, {}),
]


def read(connection: Any, file: HistoryFile, what: str, order: str = "") -> list[tuple[Any, ...]]:
    return connection.execute(f"SELECT {what} FROM read_parquet('{path_of(file)}') {order}").fetchall()


def written(files: list[HistoryFile], table: str) -> HistoryFile:
    return next(file for file in files if file.table == table)


def test_events_are_sorted_by_kind_and_time_with_a_column_for_each_property_and_type(home: Path) -> None:
    connection = raw(*FACTS)
    file = written(write_history(connection, 7, "raw", now=1), "events")
    assert file.columns == ["boolean:ok", "number:Amount", "number:amount", "text:amount"]
    assert file.rest == ["list:items", "null:gone", "object:o"]
    assert (file.rows, file.seq_from, file.seq_to, file.at_min, file.at_max) == (4, 1, 4, 10, 30)
    assert file.bytes == path_of(file).stat().st_size
    what = 'seq, CAST("number:amount" AS VARCHAR), "text:amount", "boolean:ok", "number:^amount" = 2, rest'
    assert read(connection, file, what) == [
        (3, "123456789012.123456", None, True, None, None),
        (4, None, None, None, None, None),
        (2, None, "x", None, True, '{"o":{"p":1}}'),
        (1, "1.000000", None, None, None, '{"gone":null,"items":[1,2]}'),
    ]


def test_attributes_are_long_with_explicit_nulls(home: Path) -> None:
    connection = raw(*FACTS)
    file = written(write_history(connection, 7, "raw", now=1), "attributes")
    assert (file.rows, file.seq_from, file.seq_to, file.at_min, file.at_max) == (9, 5, 9, ALWAYS, 15)
    assert file.rest == ["object:address"]
    what = 'area, name, person, epoch_us("at"), seq, text, boolean, list, rest'
    assert read(connection, file, what, "ORDER BY area, name NULLS LAST, seq") == [
        ("relation", "friend", 1, 14, 8, None, None, None, None),
        ("relation", "mentor", 1, 14, 8, "u2", None, None, None),
        ("tag", "vip", 1, 12, 6, None, True, None, None),
        ("tag", "vip", 1, 13, 7, None, None, None, None),
        ("trait", "address", 1, None, 5, None, None, None, '{"city":"y"}'),
        ("trait", "city", 1, None, 5, "x", None, None, None),
        ("trait", "likes", 1, None, 5, None, None, '["z"]', None),
        ("trait", "old", 1, None, 5, None, None, None, None),
        ("trait", None, 2, 15, 9, None, None, None, None),
    ]


def test_rare_properties_stay_in_rest(home: Path) -> None:
    facts = [
        ("event", 1, "a", n, {"often": n, "sometimes": "x"} if n % 2 else {"often": n}) for n in range(9)
    ]
    connection = raw(*facts, ("event", 1, "a", 9, {"rare": True}))
    (file,) = write_history(connection, 7, "raw", now=1, column_limit=1)
    assert (file.columns, file.rest) == (["number:often"], ["boolean:rare", "text:sometimes"])


def test_names_in_rest_beyond_a_limit_are_not_listed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "REST_LIMIT", 1)
    (file,) = write_history(raw(("event", 1, "a", 1, {"b": 1, "c": 2})), 7, "raw", now=1, column_limit=0)
    assert file.rest == [history.ANYTHING]


def test_many_facts_make_several_files_of_their_own_names(home: Path) -> None:
    files = write_history(raw(*FACTS), 7, "raw", now=1, file_rows=3)
    assert [(file.table, file.seq_from, file.seq_to) for file in files] == [
        ("events", 1, 3),
        ("events", 4, 4),
        ("attributes", 5, 6),
        ("attributes", 7, 9),
    ]
    assert len({file.path for file in files}) == 4
    assert sorted(path.name for path in (home / "history/7").iterdir()) == sorted(
        name for file in files for name in (path_of(file).name, path_of(file).name + ".ids")
    )


def test_no_facts_make_no_files(home: Path) -> None:
    assert write_history(raw(), 7, "raw", now=1) == []
