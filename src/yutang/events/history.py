"""History: immutable Parquet files of older facts. A file is written and fsynced here; it counts once a committed row lists it.

``events`` files: person, kind, "at", id, seq, channel, source, a typed column for each of the most frequent (property, type)
pairs, and ``rest``: a JSON object (text) of everything else, null when there is nothing else. Sorted by kind and time.
``attributes`` files: one row per fact and trait, tag or relation; "at" is null when always known, an explicit null has no
value, an object lies in ``rest``. A fact that sets nothing has one row with a null name. Sorted by area, name and person.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Any

from django.conf import settings
from duckdb import DuckDBPyConnection

from yutang.events import sidecar
from yutang.events.columns import TYPES, ident, json_path, literal, typed
from yutang.events.files import ANYTHING, ListedFile
from yutang.events.models import HistoryFile
from yutang.language.relations import column
from yutang.people.membership import ALWAYS

COLUMN_LIMIT = 200
FILE_ROWS = 5_000_000
ROW_GROUP = 122_880
SAMPLE = 100_000
REST_LIMIT = 2_000
SCALARS = ("number", "text", "boolean")

JSON_TYPE = """CASE WHEN {0} IS NULL THEN 'null' ELSE CASE json_type({0})
    WHEN 'UBIGINT' THEN 'number' WHEN 'BIGINT' THEN 'number' WHEN 'DOUBLE' THEN 'number' WHEN 'VARCHAR' THEN 'text'
    WHEN 'BOOLEAN' THEN 'boolean' WHEN 'ARRAY' THEN 'list' WHEN 'NULL' THEN 'null'
    ELSE CASE WHEN json_exists({0}, '$."$number"') THEN 'number' ELSE 'object' END END END"""
ENTRIES = "map_entries(CAST(CAST({0} AS JSON) AS MAP(VARCHAR, JSON)))"


def folder() -> Path:
    return Path(settings.YUTANG_HOME) / "history"


def people_folder(workspace_id: int) -> Path:
    return folder() / str(workspace_id) / "people"


def path_of(file: HistoryFile) -> Path:
    return folder() / file.path


def listed(file: HistoryFile) -> ListedFile:
    return ListedFile(path_of(file), frozenset(file.columns), frozenset(file.rest), file.at_min, file.at_max)


def write_history(
    connection: DuckDBPyConnection,
    workspace_id: int,
    relation: str,
    *,
    now: int,
    column_limit: int = COLUMN_LIMIT,
    file_rows: int = FILE_ROWS,
) -> list[HistoryFile]:
    """Writes the facts of a raw relation (see ``columns.py``; a table is read several times) and gives unsaved rows for the list.

    Files and folder are on the disk when it returns. Nothing counts until the caller saves the rows, in the transaction in which
    the facts leave wherever they were before.
    """
    files: list[HistoryFile] = []
    for low, high in _seq_ranges(connection, relation, file_rows):
        part = f"(SELECT * FROM {relation} WHERE seq BETWEEN {low} AND {high})"
        for table, fact in (("events", "fact = 'event'"), ("attributes", "fact <> 'event'")):
            chosen = f"(SELECT * FROM {part} WHERE {fact})"
            if _one(connection, f"SELECT count(*) FROM {chosen}"):
                files.append(_write(connection, workspace_id, table, chosen, now, column_limit))
    return files


def _seq_ranges(connection: DuckDBPyConnection, relation: str, file_rows: int) -> Iterator[tuple[int, int]]:
    """Cuts by ``seq`` into parts of about ``file_rows`` facts each."""
    count, low, high = connection.execute(f"SELECT count(*), min(seq), max(seq) FROM {relation}").fetchall()[
        0
    ]
    if not count:
        return
    parts = -(-count // file_rows)
    step = -(-(high - low + 1) // parts)
    for start in range(low, high + 1, step):
        yield start, min(start + step - 1, high)


def _write(
    connection: DuckDBPyConnection, workspace_id: int, table: str, raw: str, now: int, column_limit: int
) -> HistoryFile:
    if table == "attributes":
        return put_file(connection, workspace_id, table, _attribute_rows(raw), now=now)
    pairs = _frequent(connection, raw, column_limit)
    return put_file(connection, workspace_id, table, _event_rows(raw, pairs), now=now, columns=pairs)


@dataclass(frozen=True, slots=True)
class _Facts:
    rows: int
    seq_from: int
    seq_to: int
    at_min: int
    at_max: int


def put_file(
    connection: DuckDBPyConnection,
    workspace_id: int,
    table: str,
    select: str,
    *,
    now: int,
    columns: Collection[tuple[str, str]] = (),
) -> HistoryFile:
    """Writes the rows of ``select``, which has a history file's columns, sorted, with sidecar, fsynced; the row is not saved."""
    order = 'kind, "at", seq' if table == "events" else 'area, name, person, "at", seq'
    path = _reserve(workspace_id, table, now)
    connection.execute(
        f"COPY (SELECT * FROM ({select}) ORDER BY {order}) TO {literal(str(path))}"
        f" (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP})"
    )
    source = f"read_parquet({literal(str(path))})"
    hashes = connection.execute(
        f"SELECT DISTINCT {sidecar.SQL_HASH} AS hash FROM {source} ORDER BY hash"
    ).fetchnumpy()["hash"]
    for each in (path, sidecar.write(path, hashes), path.parent):
        sync(each)
    facts = _facts(connection, source)
    return HistoryFile(
        workspace_id=workspace_id,
        table=table,
        path=str(path.relative_to(folder())),
        rows=facts.rows,
        bytes=path.stat().st_size,
        seq_from=facts.seq_from,
        seq_to=facts.seq_to,
        at_min=facts.at_min,
        at_max=facts.at_max,
        columns=[f"{type}:{name}" for type, name in columns]
        if table == "events"
        else _trait_names(connection, source),
        rest=_rest_names(connection, source, table),
        created_at=now,
    )


def _reserve(workspace_id: int, table: str, now: int) -> Path:
    """A new file. Its name is never used again: a reader could take another file for the one that was listed."""
    home = folder() / str(workspace_id)
    if not home.exists():
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        sync(home.parent)
    path = home / f"{table}-{now}-{token_hex(8)}.parquet"
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    return path


def sync(path: Path) -> None:
    """What was written to a file, or the names in a folder, survives a power cut from here on."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _facts(connection: DuckDBPyConnection, source: str) -> _Facts:
    row = connection.execute(
        f"""SELECT count(*), coalesce(min(seq), 0), coalesce(max(seq), 0),
            coalesce(min(coalesce(epoch_us("at"), {ALWAYS})), {ALWAYS}),
            coalesce(max(epoch_us("at")), {ALWAYS}) FROM {source}"""
    ).fetchall()[0]
    return _Facts(*row)


# -- what the rows are -------------------------------------------------------------------------------------------------


def _frequent(connection: DuckDBPyConnection, raw: str, limit: int) -> list[tuple[str, str]]:
    """The (type, name) pairs that get a column: of scalars, most frequent first, from a sample."""
    rows = connection.execute(
        f"""SELECT type, name FROM (
                SELECT {JSON_TYPE.format("entry.value")} AS type, entry.key AS name
                FROM (SELECT unnest({ENTRIES.format("props")}) AS entry FROM {raw} USING SAMPLE {SAMPLE} ROWS (reservoir, 1))
            ) WHERE type IN {SCALARS} GROUP BY ALL ORDER BY count(*) DESC, type, name LIMIT {limit}"""
    )
    return sorted(rows.fetchall())


def _event_rows(raw: str, pairs: list[tuple[str, str]]) -> str:
    """Each property goes to its column, or else stays in ``rest``."""
    names = sorted({name for _, name in pairs})
    paths = ", ".join(literal(json_path(name)) for name in names)
    found = f"json_extract(props, [{paths}])" if names else "NULL"
    columns = {(type, name): typed(f"found[{names.index(name) + 1}]")[type] for type, name in pairs}
    shown = [f"{expression} AS {ident(column(*pair))}" for pair, expression in columns.items()]
    base = 'person, kind, "at", id, seq, channel, source'
    inner = f"SELECT {', '.join([base, *shown, 'props'])} FROM (SELECT *, {found} AS found FROM {raw})"
    in_columns = " + ".join(f"CAST({ident(column(*pair))} IS NOT NULL AS INTEGER)" for pair in pairs) or "0"
    rest = f"CASE WHEN len(json_keys(props)) > {in_columns} THEN {_without('props', pairs)} END AS rest"
    return f"SELECT * EXCLUDE (props), {rest} FROM ({inner})"


def _without(props: str, pairs: list[tuple[str, str]]) -> str:
    """The object ``props`` as text, without what lies in the columns ``pairs``."""
    gone = ", ".join(literal(f"{type}:{name}") for type, name in pairs)
    kept = f"{JSON_TYPE.format('e.value')} || ':' || e.key NOT IN ({gone})" if gone else "true"
    text = "CAST(to_json(e.key) AS VARCHAR) || ':' || coalesce(CAST(e.value AS VARCHAR), 'null')"
    members = f"list_transform(list_filter({ENTRIES.format(props)}, lambda e: {kept}), lambda e: {text})"
    return f"'{{' || list_aggregate({members}, 'string_agg', ',') || '}}'"


def _attribute_rows(raw: str) -> str:
    area = "CASE fact WHEN 'traits' THEN 'trait' WHEN 'relate' THEN 'relation' ELSE 'tag' END AS area"
    base = 'person, "at", id, seq, channel, source'
    value = "entry.value"
    columns = [f"{expression} AS {type}" for type, expression in typed(value).items() if type != "list"]
    columns.append(f"CAST({typed(value)['list']} AS VARCHAR) AS list")
    object_text = f"CASE WHEN {JSON_TYPE.format(value)} = 'object' THEN CAST({value} AS VARCHAR) END AS rest"
    entries = f"CASE WHEN props = '{{}}' THEN [NULL] ELSE {ENTRIES.format('props')} END"
    return f"""
        SELECT {area}, entry.key AS name, {base}, {", ".join(columns)}, {object_text}
        FROM (SELECT *, unnest({entries}) AS entry FROM {raw} WHERE fact IN ('traits', 'relate'))
        UNION ALL BY NAME
        SELECT {area}, kind AS name, {base}, CASE WHEN fact = 'tag' THEN true END AS boolean
        FROM {raw} WHERE fact IN ('tag', 'untag')
    """


def _rest_names(connection: DuckDBPyConnection, source: str, table: str) -> list[str]:
    """``type:name`` of everything in ``rest``; types null and object occur beside the values' own."""
    if table == "attributes":
        query = (
            f"SELECT DISTINCT 'object:' || name FROM {source} WHERE rest IS NOT NULL LIMIT {REST_LIMIT + 1}"
        )
    else:
        query = f"""SELECT DISTINCT {JSON_TYPE.format("entry.value")} || ':' || entry.key FROM (
            SELECT unnest({ENTRIES.format("rest")}) AS entry FROM {source} WHERE rest IS NOT NULL) LIMIT {REST_LIMIT + 1}"""
    names = sorted(name for (name,) in connection.execute(query).fetchall())
    return names if len(names) <= REST_LIMIT else [ANYTHING]


def _trait_names(connection: DuckDBPyConnection, source: str) -> list[str]:
    """``type:name`` of the traits' values."""
    types = ", ".join(f"CASE WHEN {type} IS NOT NULL THEN '{type}' END" for type in TYPES)
    query = f"""SELECT DISTINCT coalesce({types}) || ':' || name AS held FROM {source}
        WHERE area = 'trait' AND name IS NOT NULL AND coalesce({types}) IS NOT NULL LIMIT {REST_LIMIT + 1}"""
    names = sorted(name for (name,) in connection.execute(query).fetchall())
    return names if len(names) <= REST_LIMIT else [ANYTHING]


def _one(connection: DuckDBPyConnection, query: str) -> Any:
    return connection.execute(query).fetchall()[0][0]


# -- the list ----------------------------------------------------------------------------------------------------------


def list_files(files: Collection[HistoryFile]) -> None:
    """Saves the rows, inside the caller's transaction. Raises FileNotFoundError when one was swept away meanwhile."""
    for file in files:
        path_of(file).stat()
    HistoryFile.objects.bulk_create(files)


def find_seqs(workspace_id: int, ids: Collection[str]) -> dict[str, int]:
    """For those of ``ids`` that history holds, their ``seq``; exact. What is only in the log is not found."""
    try:
        return sidecar.find_seqs(_paths(workspace_id), ids) if ids else {}
    except FileNotFoundError:
        return sidecar.find_seqs(_paths(workspace_id), ids)


def known_ids(workspace_id: int, ids: Collection[str]) -> set[str]:
    """Those of ``ids`` that history holds; exact."""
    return set(find_seqs(workspace_id, ids))


def _paths(workspace_id: int) -> list[Path]:
    rows = HistoryFile.objects.filter(workspace_id=workspace_id, dropped_at=None).order_by("seq_from")
    return [folder() / path for path in rows.values_list("path", flat=True)]
