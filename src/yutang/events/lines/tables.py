"""Tables as text: delimited, separated by blanks, or of fixed width; rows that do not fit are refused by line."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pyarrow as pa

from yutang.events.lines.batch import Batch, Check, Reject, reject
from yutang.events.lines.columns_to_facts import Converter, converter, facts_of
from yutang.events.lines.encoding import Decoder, without_mark
from yutang.events.lines.mapping import Mapping, bind, check_mapping
from yutang.events.lines.opening import LONGEST_LINE, blocks, open_bytes
from yutang.events.lines.plain import Plain, split_plain
from yutang.language.problem import Invalid, Problem

LONGEST_ROW = 200
"""Lines that one quoted row may go over before its quote counts as never closed."""

csv.field_size_limit(LONGEST_LINE)


@dataclass(slots=True)
class Rows:
    """Some rows, where each began, its text, and what was refused before it became a row."""

    cells: list[list[str]]
    lines: list[int]
    texts: list[str]
    rejects: list[Reject]

    def is_empty(self) -> bool:
        return not (self.cells or self.rejects)

    def first(self) -> list[str]:
        if not self.cells:
            raise Invalid(*(each.problem for each in self.rejects[:3]))
        return self.cells[0]

    def drop_first(self) -> None:
        del self.cells[0], self.lines[0], self.texts[0]

    def fit(self, wanted: int, name: str) -> list[pa.Array]:
        """The columns; rows with more or fewer cells than ``wanted`` are refused."""
        if any(len(row) != wanted for row in self.cells):
            self._refuse_ragged(wanted, name)
        columns = zip(*self.cells, strict=True) if self.cells else [()] * wanted
        return [pa.array(cells, pa.string()) for cells in columns]

    def _refuse_ragged(self, wanted: int, name: str) -> None:
        self.rejects += [
            reject(name, line, Problem("import.ragged", {"found": len(row), "wanted": wanted}), text)
            for row, line, text in zip(self.cells, self.lines, self.texts, strict=True)
            if len(row) != wanted
        ]
        good = [index for index, row in enumerate(self.cells) if len(row) == wanted]
        self.cells = [self.cells[index] for index in good]
        self.lines = [self.lines[index] for index in good]
        self.texts = [self.texts[index] for index in good]


def read_table(
    path: str, name: str, decoder: Decoder, format_: str, mapping: Mapping, check: Check
) -> Iterator[Batch]:
    """Batches of facts. Raises ``Invalid`` for an empty file and for columns that are not there."""
    check_mapping(mapping)
    made: Converter | None = None
    for rows, position in _read(path, name, decoder, format_, mapping):
        if made is None:
            made = _begin(rows, name, mapping, check)
        yield _batch(made, rows, name, position)
    if made is None:
        raise Invalid(Problem("import.empty_file", where=name))


def _read(
    path: str, name: str, decoder: Decoder, format_: str, mapping: Mapping
) -> Iterator[tuple[Rows | Plain, int]]:
    splitter = _splitter(name, format_, mapping)
    with open_bytes(path) as (stream, position):
        for block in without_mark(blocks(stream)):
            rows = splitter.plain(decoder, block) or splitter.take(*decoder.lines(block))
            if not rows.is_empty():
                yield rows, position()
        rows = splitter.finish()
        if not rows.is_empty():
            yield rows, position()


def read_rows(
    path: str, name: str, decoder: Decoder, format_: str, mapping: Mapping
) -> Iterator[tuple[Rows, int]]:
    """Rows as they stand in the file, the header among them, and how many bytes of the file are read."""
    splitter = _splitter(name, format_, mapping)
    with open_bytes(path) as (stream, position):
        for block in without_mark(blocks(stream)):
            rows = splitter.take(*decoder.lines(block))
            if not rows.is_empty():
                yield rows, position()
        rows = splitter.finish()
        if not rows.is_empty():
            yield rows, position()


def column_names(first: list[str], mapping: Mapping) -> list[str]:
    """From the header, from ``columns``, or else numbers from 1."""
    if mapping.columns:
        return list(mapping.columns)
    if mapping.header:
        return [cell.strip() for cell in first]
    return [str(number) for number in range(1, len(first) + 1)]


def _begin(rows: Rows | Plain, name: str, mapping: Mapping, check: Check) -> Converter:
    """Takes the header off the first rows."""
    columns = column_names(rows.first(), mapping)
    if mapping.header:
        rows.drop_first()
    return converter(bind(mapping, columns, name), check)


def _batch(made: Converter, rows: Rows | Plain, name: str, position: int) -> Batch:
    columns = rows.fit(len(made.bound.columns), name)
    problems: dict[int, Problem] = {}
    facts = facts_of(made, columns, rows.lines, problems)
    read = len(rows.lines) + len(rows.rejects)
    if problems:
        texts = rows.texts
        rows.rejects += [
            reject(name, rows.lines[index], problem, texts[index])
            for index, problem in sorted(problems.items())
        ]
    return Batch(facts, read, position, rows.rejects)


class _Splitter:
    """Lines to rows, one line a row."""

    def __init__(self, name: str, split: Callable[[list[str]], list[list[str]]]) -> None:
        self.name = name
        self.split = split
        self.line = 0

    def plain(self, decoder: Decoder, block: bytes) -> Plain | None:
        """Only delimited text has a quick way."""
        return None

    def take(self, lines: list[str], undecodable: dict[int, Problem]) -> Rows:
        first = self.line + 1
        self.line += len(lines)
        numbers = range(first, first + len(lines))
        rejects = [reject(self.name, first + at, bad, lines[at]) for at, bad in undecodable.items()]
        good = [
            (number, text)
            for number, text in zip(numbers, lines, strict=True)
            if text.strip() and number - first not in undecodable
        ]
        texts = [text for _, text in good]
        return Rows(self.split(texts), [number for number, _ in good], texts, rejects)

    def finish(self) -> Rows:
        return Rows([], [], [], [])


class _Delimited:
    """Lines to rows where a quoted cell may hold line ends. A quote never closed costs its own line, not the rest."""

    def __init__(self, name: str, delimiter: str) -> None:
        self.name = name
        self.delimiter = delimiter
        self.line = 0
        self.open: list[tuple[int, str]] = []
        """Lines of a row that goes on in the next block."""

    def plain(self, decoder: Decoder, block: bytes) -> Plain | None:
        """The whole block at once, when nothing in it asks for a closer look."""
        if self.open:
            return None
        found = split_plain(decoder, block, self.delimiter, self.line + 1)
        if found:
            self.line += len(found.lines)
        return found

    def take(self, lines: list[str], undecodable: dict[int, Problem]) -> Rows:
        first = self.line + 1
        self.line += len(lines)
        rejects = [reject(self.name, first + at, bad, lines[at]) for at, bad in undecodable.items()]
        numbered = self.open + [
            (number, text)
            for number, text in enumerate(lines, first)
            if text and not text.isspace() and number - first not in undecodable
        ]
        self.open = []
        return self._rows(numbered, rejects, is_last=False)

    def finish(self) -> Rows:
        numbered, self.open = self.open, []
        return self._rows(numbered, [], is_last=True)

    def _rows(self, numbered: list[tuple[int, str]], rejects: list[Reject], *, is_last: bool) -> Rows:
        lines, texts = [number for number, _ in numbered], [text for _, text in numbered]
        if any(text.count('"') % 2 for text in texts if '"' in text):
            lines, texts = self._join(numbered, rejects, is_last)
        try:
            cells = list(csv.reader(texts, delimiter=self.delimiter, strict=True))
            if len(cells) == len(texts):
                return Rows(cells, lines, texts, rejects)
        except csv.Error:
            pass
        return self._one_by_one(lines, texts, rejects)

    def _join(
        self, numbered: list[tuple[int, str]], rejects: list[Reject], is_last: bool
    ) -> tuple[list[int], list[str]]:
        lines, texts = [], []
        at = 0
        while at < len(numbered):
            end = self._end_of_row(numbered, at)
            if end is None and not is_last and len(numbered) - at < LONGEST_ROW:
                self.open = numbered[at:]
                break
            number, text = numbered[at]
            if end is None:
                rejects.append(reject(self.name, number, Problem("import.open_quote"), text))
                end = at + 1
            else:
                lines.append(number)
                texts.append("\n".join(text for _, text in numbered[at:end]))
            at = end
        return lines, texts

    def _end_of_row(self, numbered: list[tuple[int, str]], at: int) -> int | None:
        """Where the next row begins; None when the row's quote is not closed within reach."""
        text = numbered[at][1]
        if text.count('"') % 2 == 0 or not self._is_open(text):
            return at + 1
        for end in range(at + 1, min(at + LONGEST_ROW, len(numbered))):
            text += "\n" + numbered[end][1]
            if len(text) > LONGEST_LINE:
                return None
            if numbered[end][1].count('"') % 2 and not self._is_open(text):
                return end + 1
        return None

    def _is_open(self, text: str) -> bool:
        try:
            list(csv.reader([text], delimiter=self.delimiter, strict=True))
        except csv.Error as error:
            return "end of data" in str(error)
        return False

    def _one_by_one(self, lines: list[int], texts: list[str], rejects: list[Reject]) -> Rows:
        rows = Rows([], [], [], rejects)
        for number, text in zip(lines, texts, strict=True):
            try:
                found = list(csv.reader([text], delimiter=self.delimiter, strict=True))
            except csv.Error as error:
                code = "import.open_quote" if "end of data" in str(error) else "import.bad_quotes"
                rejects.append(reject(self.name, number, Problem(code), text))
                continue
            if found:
                rows.cells.append(found[0])
                rows.lines.append(number)
                rows.texts.append(text)
        return rows


def _splitter(name: str, format_: str, mapping: Mapping) -> _Splitter | _Delimited:
    match format_:
        case "blank":
            return _Splitter(name, lambda lines: [line.split() for line in lines])
        case "fixed":
            return _Splitter(name, _fixed(mapping.widths, name))
        case _:
            return _Delimited(name, mapping.delimiter or ("\t" if format_ == "tsv" else ","))


def _fixed(widths: tuple[int, ...], name: str) -> Callable[[list[str]], list[list[str]]]:
    """A line that ends early has fewer cells and is ragged; what is beyond the last width belongs to nobody and is too."""
    if not widths:
        raise Invalid(Problem("import.map_widths", where=name))
    ends = [sum(widths[: index + 1]) for index in range(len(widths))]
    cuts = [slice(end - width, end) for end, width in zip(ends, widths, strict=True)]

    def split(line: str) -> list[str]:
        cells = [line[cut].strip() for cut in cuts if cut.start < len(line)]
        return [*cells, line[ends[-1] :]] if line[ends[-1] :].strip() else cells

    return lambda lines: [split(line) for line in lines]
