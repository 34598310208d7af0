"""Facts back from history files, as the log held them: for exports, digests and comparison."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import groupby
from typing import Any, NamedTuple

from duckdb import DuckDBPyConnection

from yutang.events.files import ListedFile, source
from yutang.events.history import listed
from yutang.events.models import HistoryFile
from yutang.events.values import canonical_props
from yutang.events.workspace import connect
from yutang.language.relations import column

FACT_OF_AREA = {"trait": "traits", "relation": "relate"}


def in_history(workspace_id: int) -> Iterator[Rebuilt]:
    """Every fact in the workspace's files in force, in no particular order."""
    with closing(connect()) as connection:
        for table, read in (("events", events), ("attributes", attributes)):
            found = HistoryFile.objects.filter(workspace_id=workspace_id, table=table, dropped_at=None)
            yield from read(connection, [listed(file) for file in found.order_by("id")])


class Rebuilt(NamedTuple):
    """In the columns of a log row; ``at`` in microseconds, None when always known; ``props`` canonical."""

    seq: int
    id: str
    fact: str
    origin: int
    kind: str
    at: int | None
    channel: str | None
    source: str | None
    props: str


def events(
    connection: DuckDBPyConnection, files: Iterable[ListedFile], where: str = "true"
) -> Iterator[Rebuilt]:
    """The events of each file; within one file in its order."""
    for file in files:
        typed = [pair.partition(":")[::2] for pair in sorted(file.columns)]
        names = [name for _, name in typed]
        columns = "".join(f', "{column(type, name).replace(chr(34), chr(34) * 2)}"' for type, name in typed)
        query = f"""SELECT seq, id, person, kind, epoch_us("at"), channel, source, rest{columns}
            FROM {source([file])} WHERE {where}"""
        for seq, id, person, kind, at, channel, origin, rest, *values in _rows(connection, query):
            props = json.loads(rest) if rest else {}
            props |= {name: value for name, value in zip(names, values, strict=True) if value is not None}
            yield Rebuilt(seq, id, "event", person, kind, at, channel, origin, canonical_props(props))


def attributes(
    connection: DuckDBPyConnection, files: Iterable[ListedFile], where: str = "true"
) -> Iterator[Rebuilt]:
    """Traits, tags and relations of each file, in order of admission."""
    for file in files:
        query = f"""SELECT seq, id, area, person, epoch_us("at"), channel, source, name, number, text, boolean, list, rest
            FROM {source([file])} WHERE {where} ORDER BY seq"""
        for _, rows in groupby(_rows(connection, query), key=lambda row: row[0]):
            yield _attribute(list(rows))


def _attribute(rows: list[tuple[Any, ...]]) -> Rebuilt:
    seq, id, area, person, at, channel, origin, name, _, _, boolean, *_ = rows[0]
    if area == "tag":
        return Rebuilt(seq, id, "tag" if boolean else "untag", person, name, at, channel, origin, "{}")
    props = {row[7]: _value(row[8:]) for row in rows if row[7] is not None}
    return Rebuilt(seq, id, FACT_OF_AREA[area], person, "", at, channel, origin, canonical_props(props))


def _value(columns: tuple[Any, ...]) -> Any:
    number, text, boolean, listed, rest = columns
    if listed is not None or rest is not None:
        return json.loads(listed or rest)
    return next((each for each in (number, text, boolean) if each is not None), None)


def _rows(connection: DuckDBPyConnection, query: str) -> Iterator[tuple[Any, ...]]:
    found = connection.execute(query)
    while rows := found.fetchmany(10_000):
        yield from rows
