"""What is wrong with a line that does not fit: slow, only for lines that are refused anyway."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

import msgspec

from yutang.events.lines.batch import MAX_KIND
from yutang.events.lines.opening import LONGEST_LINE
from yutang.language.problem import Problem

FACT_FIELDS = ("kind", "traits", "tag", "untag", "relate", "merge", "unmerge", "retract", "erase")
FIELDS = ("person", *FACT_FIELDS, "at", "id", "channel", "source", "props")
OWN = ("kind", "traits", "tag", "untag", "relate")
TEXTS = ("person", "kind", "at", "id", "channel", "source", "tag", "untag", "retract", "erase")
OBJECTS = ("props", "traits", "relate")
PAIRS = ("merge", "unmerge")
OPTIONAL = ("id", "channel", "source", "at", "person")
"""Where null says the same as leaving the field out."""


def diagnose(raw: bytes) -> Problem:
    """The first thing wrong with ``raw`` as an event line."""
    if len(raw) > LONGEST_LINE:
        return Problem("event.line_too_long", {"most": LONGEST_LINE})
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        params = {"encoding": "UTF-8", "byte": error.start + 1, "value": f"0x{raw[error.start]:02X}"}
        return Problem("event.undecodable", params)
    try:
        value = msgspec.json.decode(text)
    except RecursionError:
        return Problem("event.too_deep", {"most": 20})
    except msgspec.DecodeError as error:
        return Problem("event.not_json", {"reason": str(error)})
    if not isinstance(value, dict):
        return Problem("event.line_not_an_object")
    return next(_wrong(value), Problem("event.not_a_line"))


def _wrong(line: dict[str, Any]) -> Iterator[Problem]:
    yield from (unknown_field(name) for name in line if name not in FIELDS)
    yield from _wrong_types(line)
    said = [name for name in FACT_FIELDS if line.get(name) is not None]
    if not said:
        yield Problem("event.says_nothing", {"fields": ", ".join(FACT_FIELDS)})
    elif len(said) > 1:
        yield Problem("event.says_two_things", {"fields": ", ".join(said)})
    else:
        yield from _misplaced(line, said[0])


def unknown_field(name: str) -> Problem:
    near = difflib.get_close_matches(name.lower(), FIELDS, 1, 0.6)
    shown = name if len(name) <= 40 else name[:39] + "…"
    if near:
        return Problem("event.unknown_field_near", {"field": shown, "near": near[0]})
    return Problem("event.unknown_field", {"field": shown, "known": ", ".join(FIELDS)})


def _wrong_types(line: dict[str, Any]) -> Iterator[Problem]:
    for name, value in line.items():
        if value is None and name in OPTIONAL:
            continue
        if (name in TEXTS and not isinstance(value, str)) or (
            name in OBJECTS and not isinstance(value, dict)
        ):
            code = "event.wants_text" if name in TEXTS else "event.wants_object"
            yield Problem(code, {"field": name, "found": _named(value)})
        elif name in PAIRS and not _is_pair(value):
            yield Problem("event.wants_pair", {"field": name})
        elif name == "relate" and not all(each is None or isinstance(each, str) for each in value.values()):
            yield Problem("event.wants_targets")


def _misplaced(line: dict[str, Any], said: str) -> Iterator[Problem]:
    if said in OWN and line.get("person") is None:
        yield Problem("event.person_missing", {"field": said})
    if said not in OWN and line.get("person") is not None:
        yield Problem("event.field_misplaced", {"field": "person", "said": said})
    if said != "kind" and "props" in line:
        yield Problem("event.field_misplaced", {"field": "props", "said": said})
    if said != "traits" and line.get("at") is None:
        yield Problem("event.at_missing")
    if said == "kind":
        yield from _kind(line["kind"])


def _kind(kind: str) -> Iterator[Problem]:
    if not kind:
        yield Problem("event.field_empty", {"field": "kind"})
    if len(kind) > MAX_KIND:
        yield Problem("event.field_too_long", {"field": "kind", "most": MAX_KIND})
    if "\0" in kind:
        yield Problem("event.nul")


def _is_pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(isinstance(each, str) for each in value)


def _named(value: Any) -> str:
    text = msgspec.json.encode(value).decode()
    return text if len(text) <= 40 else text[:39] + "…"
