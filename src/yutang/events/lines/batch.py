"""What every reader makes of its input: batches of facts in columns, and the lines it had to refuse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from yutang.language.problem import Problem

COLUMNS = (
    ("fact", pa.string()),
    ("who", pa.string()),
    ("other", pa.string()),
    ("kind", pa.string()),
    ("at", pa.int64()),
    ("is_naive", pa.bool_()),
    ("id", pa.string()),
    ("channel", pa.string()),
    ("source", pa.string()),
    ("props", pa.string()),
    ("line", pa.int64()),
)
"""``at`` in microseconds UTC, or of the wall clock where ``is_naive``; null when always known. ``id`` null: to be made."""

SCHEMA = pa.schema(COLUMNS)
TYPES = dict(COLUMNS)
MAX_TEXT = 255
MAX_KIND = 200


@dataclass(frozen=True, slots=True)
class Reject:
    """A refused line. ``problem.where`` is ``file:line``, with the column behind it where there is one."""

    file: str
    line: int
    problem: Problem
    raw: str


def reject(file: str, line: int, problem: Problem, raw: str) -> Reject:
    column = f" ({problem.where})" if problem.where else ""
    place = f"{file}:{line}{column}" if line else file
    return Reject(file, line, Problem(problem.code, problem.params, where=place), raw[:2000])


@dataclass(slots=True)
class Batch:
    """Some lines of one file. ``lines`` counts what was read, good or bad; ``bytes_done`` how far into the file that is."""

    facts: pa.RecordBatch
    lines: int
    bytes_done: int
    rejects: list[Reject] = field(default_factory=list)


Row = tuple[Any, ...]
"""One fact in the order of ``COLUMNS``."""

Check = Callable[[str], Problem | None]
"""Whether a text may name a person."""


def from_rows(rows: list[Row]) -> pa.RecordBatch:
    columns = zip(*rows, strict=True) if rows else ((),) * len(COLUMNS)
    arrays = [pa.array(values, type_) for values, (_, type_) in zip(columns, COLUMNS, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=SCHEMA)


def good_lines(problems: dict[int, Problem], count: int) -> Iterator[int]:
    return (index for index in range(count) if index not in problems)
