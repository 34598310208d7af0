"""From a cell's text to what is stored. A converter raises ``Invalid``."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import partial

import msgspec

from yutang.events.lines.times import Times
from yutang.events.values import MAX_BYTES, canonical_json, canonical_props, parse_time
from yutang.language.problem import Invalid, Problem

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - wall clocks
_PLAIN_NUMBER = re.compile(r"(?!-?0\.000)(?!-0$)-?(?:[1-9]\d{0,8}|0)(?:\.\d{0,5}[1-9])?", re.ASCII)
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_LOOKS_LIKE_NUMBER = re.compile(r"-?(?:[1-9]\d{0,11}|0)(?:\.\d{1,9})?", re.ASCII)
_BOOLEANS = {
    "true": "true", "yes": "true", "1": "true", "是": "true",
    "false": "false", "no": "false", "0": "false", "否": "false",
}  # fmt: skip
_DATED = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]+(\d{1,2})[:时](\d{1,2})(?:分|[:分](\d{1,2})秒?)?)?",
    re.ASCII,
)
_DIGITS = re.compile(r"\d+", re.ASCII)


def time_reader(format_: str) -> Callable[[str], tuple[int, bool]]:
    """Text → (microseconds, is it a wall clock's)."""
    match format_:
        case "auto" | "":
            return partial(_any_time, Times())
        case "epoch" | "epoch_s":
            return partial(_epoch, scale=1_000_000)
        case "epoch_ms":
            return partial(_epoch, scale=1000)
        case _:
            return partial(_patterned, pattern=format_)


def _any_time(times: Times, text: str) -> tuple[int, bool]:
    """ISO 8601; else digits alone, told apart by their number; else other ways to write a date year first."""
    try:
        return times.read(text)
    except Invalid:
        stripped = text.strip()
    if _DIGITS.fullmatch(stripped):
        return _digits(stripped)
    if dated := _DATED.fullmatch(stripped):
        year, month, day, hour, minute, second = (int(part or 0) for part in dated.groups())
        return times.read(f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
    return times.read(stripped)


def _digits(text: str) -> tuple[int, bool]:
    match len(text):
        case 8:
            return _patterned(text, pattern="%Y%m%d")
        case 14:
            return _patterned(text, pattern="%Y%m%d%H%M%S")
        case 10 | 13 | 16:
            return parse_time(int(text))
        case _:
            return parse_time(text)


def _epoch(text: str, *, scale: int) -> tuple[int, bool]:
    try:
        seconds = Decimal(text.strip()) * scale / 1_000_000
        return parse_time((_EPOCH + timedelta(microseconds=int(seconds * 1_000_000))).isoformat() + "Z")
    except (InvalidOperation, OverflowError, ValueError):
        raise _bad_time(text) from None


def _patterned(text: str, *, pattern: str) -> tuple[int, bool]:
    try:
        moment = datetime.strptime(text.strip(), pattern)  # noqa: DTZ007 - a pattern may or may not have a zone
    except (ValueError, re.error):
        raise _bad_time(text) from None
    return parse_time(moment.isoformat())


def _bad_time(text: str) -> Invalid:
    return Invalid(Problem("event.bad_time", {"value": text[:60]}))


def value_reader(name: str, type_: str) -> Callable[[str], str]:
    """Text → ``"name":value`` in canonical JSON, empty when the cell is."""
    prefix = msgspec.json.encode(name).decode() + ":"
    match type_:
        case "number":
            return partial(_number, prefix)
        case "boolean":
            return partial(_boolean, prefix)
        case "text":
            return partial(_text, prefix)
        case "json":
            return partial(_json, prefix)
        case _:
            return partial(_auto, prefix)


def _number(prefix: str, cell: str) -> str:
    cell = cell.strip()
    if not cell:
        return ""
    if _PLAIN_NUMBER.fullmatch(cell):
        return prefix + cell
    if not _NUMBER.fullmatch(cell):
        raise Invalid(Problem("event.not_a_number", {"value": cell[:60]}))
    return prefix + canonical_props({"": Decimal(cell)})[4:-1]


def _boolean(prefix: str, cell: str) -> str:
    if not cell.strip():
        return ""
    value = _BOOLEANS.get(cell.strip().lower())
    if value is None:
        raise Invalid(Problem("event.not_a_boolean", {"value": cell[:60]}))
    return prefix + value


def _text(prefix: str, cell: str) -> str:
    if not cell:
        return ""
    if "\0" in cell:
        raise Invalid(Problem("event.nul"))
    if len(cell) > MAX_BYTES:
        raise Invalid(Problem("event.props_too_long", {"bytes": len(cell), "most": MAX_BYTES}))
    return prefix + msgspec.json.encode(cell).decode()


def _json(prefix: str, cell: str) -> str:
    if not cell.strip():
        return ""
    return prefix + canonical_json(b'{"":' + cell.encode() + b"}")[4:-1]


def _auto(prefix: str, cell: str) -> str:
    """Digits with a leading zero, or too many of them, are a code and stay text."""
    stripped = cell.strip()
    if _LOOKS_LIKE_NUMBER.fullmatch(stripped):
        return _number(prefix, stripped)
    if stripped.lower() in ("true", "false"):
        return prefix + stripped.lower()
    return _text(prefix, cell)
