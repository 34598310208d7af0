"""Which reader a source needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from yutang.events.lines.batch import Batch, Check
from yutang.events.lines.encoding import Decoder, find_encoding
from yutang.events.lines.event_lines import read_event_lines
from yutang.events.lines.mapping import Mapping
from yutang.events.lines.opening import STDIN
from yutang.events.lines.parquet import read_parquet
from yutang.events.lines.tables import read_table
from yutang.language.problem import Invalid, Problem

BY_ENDING = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".txt": "blank",
    ".parquet": "parquet",
}
FORMATS = ("jsonl", "csv", "tsv", "blank", "fixed", "parquet")


@dataclass(frozen=True, slots=True)
class Source:
    """One file. ``path`` "-" is standard input; ``name`` is what problems call it; ``mapping`` is for tables only."""

    path: str
    name: str = ""
    format: str = ""
    encoding: str = ""
    mapping: Mapping | None = None


def source_of(
    path: str, *, name: str = "", format: str = "", encoding: str = "", mapping: Mapping | None = None
) -> Source:
    """Fills in what the path tells. Raises ``Invalid`` for an unknown format, or one that a path does not tell."""
    shown = name or ("stdin" if path == STDIN else PurePath(path).name)
    wanted = format or (mapping.format if mapping else "") or ending_format(name or path)
    if not wanted:
        wanted = "csv" if mapping else "jsonl"
    if wanted not in FORMATS:
        raise Invalid(Problem("import.unknown_format", {"name": wanted, "known": ", ".join(FORMATS)}))
    declared = encoding or (mapping.encoding if mapping else "")
    return Source(path, shown, wanted, find_encoding(declared) if declared else "", mapping)


def ending_format(path: str) -> str:
    pure = PurePath(path.lower().removesuffix(".gz"))
    return BY_ENDING.get(pure.suffix, "")


def read_source(source: Source, check: Check) -> Iterator[Batch]:
    """Raises ``Invalid`` when nothing of it can be read."""
    declared = find_encoding(source.encoding) if source.encoding else None
    match source.format:
        case "jsonl":
            return read_event_lines(source.path, source.name, Decoder(declared), check)
        case "parquet":
            return read_parquet(source.path, source.name, wanted_mapping(source), check)
        case _:
            return read_table(
                source.path, source.name, Decoder(declared), source.format, wanted_mapping(source), check
            )


def wanted_mapping(source: Source) -> Mapping:
    if source.mapping is None:
        raise Invalid(Problem("import.mapping_missing", where=source.name))
    return source.mapping
