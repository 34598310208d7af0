"""Whole columns at once, where cells are as most cells are; the others are converted one by one, each different one once.

What comes out is exactly what the converters of ``cells`` give; here is only what is quicker in Arrow.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from yutang.events.lines.cells import value_reader
from yutang.events.values import EARLIEST, MAX_BYTES
from yutang.language.problem import Invalid, Problem

SAMPLE = 2000
_NUMBER = r"^(?:-?[1-9][0-9]{0,8}(?:\.[0-9]{1,6})?|0(?:\.[1-9][0-9]{0,5})?)$"
_TEXT = r'^[^"\\\x00-\x1f]+$'
_SURELY_TEXT = r'^[A-EG-SU-Za-eg-su-z_\x{4e00}-\x{9fff}][^"\\\x00-\x1f]*$'
"""No number, and neither true nor false."""

Guess = Callable[[pa.Array], tuple[pa.Array | None, pa.Array]]
"""Which cells it could convert (None: all of them), and the values; what the others' values are does not matter."""


def over_different(
    cells: pa.Array,
    convert: Callable[[str], Any],
    problems: dict[int, Problem],
    column: str,
    instead: Any,
    places: npt.NDArray[np.int64] | None = None,
) -> tuple[list[Any], pa.Array]:
    """Every different cell converted, and which of them stands where. A bad cell becomes ``instead``, and its problem is kept
    by the cell's index, or by ``places[index]`` (the first one stays)."""
    encoded = cells.dictionary_encode()
    values, wrong = [], {}
    for number, cell in enumerate(encoded.dictionary.to_pylist()):
        try:
            values.append(convert(cell))
        except Invalid as error:
            first = error.problems[0]
            wrong[number] = Problem(first.code, first.params, where=column)
            values.append(instead)
    if wrong:
        indices = encoded.indices.to_numpy()
        for index in np.flatnonzero(np.isin(indices, list(wrong))):
            place = int(index if places is None else places[index])
            problems.setdefault(place, wrong[int(indices[index])])
    return values, encoded.indices


def convert_column(
    cells: pa.Array,
    convert: Callable[[str], str | None],
    problems: dict[int, Problem],
    column: str,
    guess: Guess | None = None,
) -> pa.Array:
    """Texts; null where a cell is bad or says nothing."""

    def one_by_one(some: pa.Array, places: npt.NDArray[np.int64] | None = None) -> pa.Array:
        values, indices = over_different(some, convert, problems, column, None, places)
        return pa.array([value or None for value in values], pa.string()).take(indices)

    if guess is None or _repeats(cells):
        return one_by_one(cells)
    done, values = guess(cells)
    if done is None:
        return values
    left = pc.invert(done)
    return pc.replace_with_mask(values, left, one_by_one(cells.filter(left), np.flatnonzero(left)))


def _repeats(cells: pa.Array) -> bool:
    some = cells.slice(0, SAMPLE)
    return len(some) < SAMPLE or pc.count_distinct(some).as_py() * 2 < SAMPLE


def _bytes(cells: pa.Array) -> npt.NDArray[np.uint8]:
    """All the cells' bytes in one row."""
    data = cells.buffers()[2]
    if data is None or not len(cells):
        return np.zeros(0, np.uint8)
    ends = np.frombuffer(cells.buffers()[1], np.int32)
    return np.frombuffer(data, np.uint8)[ends[cells.offset] : ends[cells.offset + len(cells)]]


def trimmed(cells: pa.Array) -> pa.Array | None:
    """As ``str.strip``; None where Arrow and Python may differ in what is blank: beyond printable ASCII."""
    data = _bytes(cells)
    if len(data) and (data.min() < 0x20 or data.max() > 0x7E):
        return None
    return pc.ascii_trim(cells, " ")


def longest(cells: pa.Array) -> int:
    """Of all the cells, in bytes."""
    return pc.max(pc.binary_length(cells)).as_py() or 0


# -- values ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Value:
    """How a column becomes members ``"name":value`` of a JSON object."""

    convert: Callable[[str], str]
    guess: Guess | None


def value(name: str, type_: str) -> Value:
    prefix = msgspec.json.encode(name).decode() + ":"
    guesses: dict[str, Guess] = {
        "number": lambda cells: _numbers(prefix, cells),
        "text": lambda cells: _texts(prefix, cells, _TEXT),
        "auto": lambda cells: _numbers_or_texts(prefix, cells),
    }
    return Value(value_reader(name, type_), guesses.get(type_))


def _numbers(prefix: str, cells: pa.Array) -> tuple[pa.Array | None, pa.Array]:
    done = pc.match_substring_regex(cells, _NUMBER)
    short = pc.ascii_rtrim(pc.ascii_rtrim(cells, "0"), ".")
    digits = pc.if_else(pc.match_substring(cells, "."), short, cells)
    return _all_or(done), pc.binary_join_element_wise(prefix, digits, "")


def _texts(prefix: str, cells: pa.Array, pattern: str) -> tuple[pa.Array | None, pa.Array]:
    done = pc.match_substring_regex(cells, pattern)
    if longest(cells) > MAX_BYTES:
        done = pc.and_(done, pc.less_equal(pc.binary_length(cells), MAX_BYTES))
    return _all_or(done), pc.binary_join_element_wise(prefix + '"', cells, '"', "")


def _numbers_or_texts(prefix: str, cells: pa.Array) -> tuple[pa.Array | None, pa.Array]:
    are_numbers, numbers = _numbers(prefix, cells)
    if are_numbers is None:
        return None, numbers
    are_texts, texts = _texts(prefix, cells, _SURELY_TEXT)
    if are_texts is None:
        return None, texts
    return pc.or_(are_numbers, are_texts), pc.if_else(are_numbers, numbers, texts)


def _all_or(done: pa.Array) -> pa.Array | None:
    return None if pc.all(done).as_py() else done


# -- times -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Moments:
    """Microseconds, and whether a wall clock showed them."""

    at: pa.Array
    is_naive: pa.Array


def moments(
    cells: pa.Array, format_: str, convert: Callable[[str], tuple[int | None, bool]], problems: dict[int, Problem], column: str
) -> Moments:  # fmt: skip
    if format_ in ("auto", "") and not _repeats(cells) and (found := _iso(cells)):
        return found
    values, indices = over_different(cells, convert, problems, column, (None, False))
    at = pa.array([micros for micros, _ in values], pa.int64()).take(indices)
    return Moments(at, pa.array([is_naive for _, is_naive in values], pa.bool_()).take(indices))


def _iso(cells: pa.Array) -> Moments | None:
    """Date and time to the second, all of them with ``Z`` or none; None where anything else is among them."""
    lengths = pc.min_max(pc.binary_length(cells)).as_py()
    is_utc = lengths["max"] == 20
    if lengths["min"] != lengths["max"] or lengths["max"] not in (19, 20):
        return None
    if is_utc and not pc.all(pc.ends_with(cells, "Z")).as_py():
        return None
    try:
        whole = pc.utf8_slice_codeunits(cells, 0, 19) if is_utc else cells
        at = whole.cast(pa.timestamp("us")).cast(pa.int64())
    except pa.ArrowInvalid:
        return None
    if pc.min(at).as_py() < EARLIEST:
        return None
    return Moments(at, pa.repeat(pa.scalar(not is_utc), len(at)))


def members(columns: Sequence[pa.Array], count: int) -> pa.Array:
    """Objects of the columns' members; a null is none."""
    if not columns:
        return pa.repeat(pa.scalar("{}"), count)
    if any(column.null_count for column in columns):
        led = [pc.fill_null(pc.binary_join_element_wise(",", column, ""), "") for column in columns]
        inside = pc.ascii_ltrim(pc.binary_join_element_wise(*led, ""), ",")
    else:
        inside = pc.binary_join_element_wise(*columns, ",")
    return pc.binary_join_element_wise("{", inside, "}", "")
