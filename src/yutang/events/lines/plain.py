"""Delimited text without quotes, odd line ends or blank lines: whole blocks become columns at once.

Whatever is not so plain is left to ``tables``, which says what is wrong with which line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pyarrow as pa
from pyarrow import csv

from yutang.events.lines.batch import Reject, reject
from yutang.events.lines.encoding import Decoder
from yutang.events.lines.opening import LONGEST_LINE
from yutang.language.problem import Problem

_STEP = LONGEST_LINE // 2
_DELIMITER = re.compile(r"[\t!-~]")
_BLANK = re.compile(r"^\s+$", re.MULTILINE)


@dataclass(slots=True)
class Plain:
    """Like ``tables.Rows``: one line a row, and every row has as many cells as ``columns``."""

    columns: list[pa.Array]
    lines: range
    block: bytes
    """In UTF-8."""
    begin: int = 0
    rejects: list[Reject] = field(default_factory=list)

    def is_empty(self) -> bool:
        return False

    def first(self) -> list[str]:
        return [column[0].as_py() for column in self.columns]

    def drop_first(self) -> None:
        self.columns = [column.slice(1) for column in self.columns]
        self.lines = self.lines[1:]
        self.begin += 1

    def fit(self, wanted: int, name: str) -> list[pa.Array]:
        """The columns; with more or fewer than ``wanted`` every row is refused."""
        if len(self.columns) == wanted:
            return self.columns
        problem = Problem("import.ragged", {"found": len(self.columns), "wanted": wanted})
        self.rejects += [
            reject(name, line, problem, text) for line, text in zip(self.lines, self.texts, strict=True)
        ]
        self.lines = range(0)
        return [pa.array([], pa.string())] * wanted

    @property
    def texts(self) -> list[str]:
        """Of all ``lines``."""
        return self.block.decode().removesuffix("\n").split("\n")[self.begin :]


def split_plain(decoder: Decoder, block: bytes, delimiter: str, first: int) -> Plain | None:
    """None when the block is not plain. ``first``: the number of its first line."""
    if b'"' in block or not _DELIMITER.fullmatch(delimiter):
        return None
    utf8 = _utf8(decoder, block)
    if utf8 is None or not _has_short_lines(utf8):
        return None
    if b"\n\n" in utf8 or utf8.startswith(b"\n"):  # the CSV reader would make a row of it
        return None
    if delimiter.isspace() and _BLANK.search(utf8.decode(errors="replace")):
        return None
    width = utf8[: utf8.find(b"\n") + 1 or len(utf8)].count(delimiter.encode()) + 1
    count = utf8.count(b"\n") + (not utf8.endswith(b"\n"))
    columns = _cut(utf8, delimiter, width) if width > 1 else None
    if columns is None or len(columns[0]) != count:
        return None
    return Plain(columns, range(first, first + count), utf8)


def _utf8(decoder: Decoder, block: bytes) -> bytes | None:
    """With simple line ends."""
    if b"\r" in block:
        block = block.replace(b"\r\n", b"\n")
        if b"\r" in block:
            return None
    if decoder.settle(block) == "utf-8":
        return block
    try:
        return block.decode(decoder.settle(block)).encode()
    except UnicodeError:
        return None


def _has_short_lines(block: bytes) -> bool:
    """So that no cell can be too long."""
    return all(block.find(b"\n", at, at + _STEP) >= 0 for at in range(0, len(block) - _STEP, _STEP))


def _cut(block: bytes, delimiter: str, width: int) -> list[pa.Array] | None:
    names = [str(number) for number in range(width)]
    try:
        table = csv.read_csv(
            pa.BufferReader(block),
            csv.ReadOptions(use_threads=False, block_size=len(block) + 1, column_names=names),
            csv.ParseOptions(delimiter=delimiter, quote_char=False, ignore_empty_lines=False),
            csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string())),
        )
    except pa.ArrowInvalid:  # not UTF-8, or rows of different length
        return None
    return [pa.concat_arrays(column.chunks) for column in table.columns]
