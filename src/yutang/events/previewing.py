"""A look at the first lines of a file: what its columns are, and what a mapping would make of them. Needs no database."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from yutang.events.lines.batch import Reject
from yutang.events.lines.encoding import Decoder, find_encoding
from yutang.events.lines.formats import Source, read_source, source_of
from yutang.events.lines.mapping import Mapping, mapping_from_words
from yutang.events.lines.parquet import open_parquet
from yutang.events.lines.suggestion import suggest
from yutang.events.lines.tables import column_names, read_rows
from yutang.events.values import iso_time
from yutang.people.rules import check_key


@dataclass(slots=True)
class Preview:
    """``columns`` and ``rows`` are the table's own (none for event lines); ``facts`` what the first lines say."""

    columns: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    facts: list[dict[str, Any]] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    suggestion: Mapping | None = None


def preview(path: str, mapping: dict[str, Any] | None, n: int, *, name: str = "") -> Preview:
    """``mapping`` in words, None or empty: not yet. Raises ``Invalid`` for an unreadable file or a wrong mapping."""
    words = {key: value for key, value in (mapping or {}).items() if key != "source_name"}
    return preview_source(source_of(path, name=name, mapping=mapping_from_words(words) if words else None), n)


def preview_source(source: Source, n: int) -> Preview:
    found = Preview()
    if source.format != "jsonl":
        found.columns, found.rows = look_at_columns(source, n)
        found.suggestion = suggest(found.columns)
    mapping = source.mapping
    if source.format == "jsonl" or (mapping and mapping.person and (mapping.kind or mapping.traits)):
        for batch in read_source(source, check_key):
            found.facts += [_shown(row) for row in batch.facts.slice(0, n - len(found.facts)).to_pylist()]
            found.rejects += batch.rejects
            if len(found.facts) >= n or len(found.rejects) >= n:
                break
    found.rejects = found.rejects[:n]
    return found


def look_at_columns(source: Source, n: int) -> tuple[list[str], list[list[str]]]:
    """The names of the columns and the first rows, as texts."""
    mapping = source.mapping or Mapping()
    if source.format == "parquet":
        with open_parquet(source.path, source.name) as file:
            batch = next(file.iter_batches(max(n, 1)), None)
            rows = batch.slice(0, n).to_pylist() if batch is not None else []
            return list(file.schema_arrow.names), [[str(cell) for cell in row.values()] for row in rows]
    decoder = Decoder(find_encoding(source.encoding) if source.encoding else None)
    for rows, _ in read_rows(source.path, source.name, decoder, source.format, mapping):
        if rows.cells:
            columns = column_names(rows.cells[0], mapping)
            return columns, list(
                islice(rows.cells, 1 if mapping.header else 0, n + 1 if mapping.header else n)
            )
    return [], []


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    """Without what is not there; the time as ISO text, without a zone where the line names none."""
    shown = {key: value for key, value in row.items() if value not in (None, "", "{}") and key != "is_naive"}
    if row["at"] is not None:
        shown["at"] = iso_time(row["at"]).removesuffix("Z") if row["is_naive"] else iso_time(row["at"])
    return shown
