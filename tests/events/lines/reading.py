"""Files staged for a look."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from yutang.events.lines.formats import source_of
from yutang.events.lines.mapping import Mapping
from yutang.events.staging import StageReport, stage

PURCHASES = Mapping(person="user", kind="order.paid", at="time")
STAGED = ("fact", "who", "other", "kind", "at", "id", "channel", "source", "props")


def write(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def staged(
    paths: str | Sequence[str], mapping: Mapping | None = None, **options: Any
) -> tuple[list[dict[str, Any]], StageReport]:
    """The staged facts in time order, and the report."""
    source_options = {key: options.pop(key) for key in ("format", "encoding") if key in options}
    sources = [
        source_of(each, mapping=mapping, **source_options)
        for each in ([paths] if isinstance(paths, str) else paths)
    ]
    with duckdb.connect() as connection:
        report = stage(connection, sources, **options)
        rows = connection.execute(
            f"""SELECT {", ".join(f'"{name}"' for name in STAGED)} FROM staged ORDER BY "at" NULLS FIRST, length(id), id"""
        ).fetchall()
    return [dict(zip(STAGED, row, strict=True)) for row in rows], report


def refusals(report: StageReport) -> list[tuple[int, str]]:
    return [(each.line, each.problem.code) for each in report.rejects]
