"""What a table's columns mean: from flags, from a small YAML file, or from JSON as an import keeps it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from yutang.language.problem import Invalid, Problem

TYPES = ("auto", "number", "text", "boolean", "json")
WORDS = (
    "format", "encoding", "zone", "delimiter", "header", "columns", "widths",
    "person", "kind", "at", "id", "channel", "source", "props", "traits",
)  # fmt: skip


_TEXTS = ("format", "encoding", "zone", "delimiter", "person", "kind", "id", "channel", "source")


@dataclass(frozen=True, slots=True)
class Field:
    """A property or trait made from a column. ``auto``: a cell is a number or boolean when it looks like one."""

    name: str
    column: str
    type: str = "auto"


@dataclass(frozen=True, slots=True)
class Mapping:
    """``kind``, ``channel`` and ``source`` name a column, or are the same text on every row when there is no such column.

    ``at_format``: ``auto``, ``epoch``, ``epoch_ms`` or a pattern like ``%Y%m%d``. ``columns`` names the columns of a file without
    a header (``header`` false); ``widths`` are those of fixed-width text, in characters.
    """

    person: str = ""
    kind: str = ""
    at: str = ""
    at_format: str = "auto"
    id: str = ""
    channel: str = ""
    source: str = ""
    props: tuple[Field, ...] = ()
    traits: tuple[Field, ...] = ()
    format: str = ""
    encoding: str = ""
    zone: str = ""
    delimiter: str = ""
    header: bool = True
    columns: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()


def check_mapping(mapping: Mapping) -> Mapping:
    """Raises ``Invalid`` when it could not make a fact."""
    problems = []
    if not mapping.person:
        problems.append(Problem("import.map_person"))
    if not mapping.kind and not mapping.traits:
        problems.append(Problem("import.map_kind"))
    if mapping.kind and not mapping.at:
        problems.append(Problem("import.map_at"))
    if len(mapping.delimiter) > 1:
        problems.append(Problem("import.map_delimiter", {"delimiter": mapping.delimiter}))
    problems.extend(_wrong_fields((*mapping.props, *mapping.traits)))
    if problems:
        raise Invalid(*problems)
    return mapping


def _wrong_fields(fields: Iterable[Field]) -> Iterable[Problem]:
    for each in fields:
        if each.type not in TYPES:
            yield Problem("import.map_type", {"type": each.type, "known": ", ".join(TYPES)})


def parse_field(text: str) -> Field:
    """``name:type=column``, ``name=column``, ``column:type`` or ``column``."""
    left, equals, column = text.partition("=")
    name, colon, type_ = left.rpartition(":") if ":" in left else (left, "", "auto")
    if colon and type_ not in TYPES:
        raise Invalid(Problem("import.map_type", {"type": type_, "known": ", ".join(TYPES)}))
    if not name or (equals and not column):
        raise Invalid(Problem("import.map_field", {"text": text}))
    return Field(name, column if equals else name, type_)


def mapping_from_yaml(text: str, where: str = "") -> Mapping:
    """Raises ``Invalid`` with the line for broken YAML, an unknown word, or a value of the wrong shape."""
    try:
        words = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{where}:{mark.line + 1}" if mark else where
        reason = getattr(error, "problem", None) or "?"
        raise Invalid(Problem("import.map_yaml", {"reason": reason}, where=place)) from error
    return mapping_from_words(words, where)


def mapping_from_words(words: Any, where: str = "") -> Mapping:
    """From decoded YAML or JSON."""
    if not isinstance(words, dict):
        raise Invalid(Problem("import.map_yaml", {"reason": "not a mapping"}, where=where))
    for word in words:
        if word not in WORDS:
            near = difflib.get_close_matches(str(word), WORDS, 1, 0.5)
            known = near[0] if near else ", ".join(WORDS)
            raise Invalid(Problem("import.map_word", {"word": str(word), "near": known}, where=where))
    texts = {name: _text(words, name, where) for name in _TEXTS}
    at, at_format = _at(words.get("at", ""), where)
    return Mapping(
        **texts,
        at=at,
        at_format=at_format,
        props=_fields(words.get("props") or {}, where),
        traits=_fields(words.get("traits") or {}, where),
        header=words.get("header", not words.get("columns")) is not False,
        columns=tuple(str(each) for each in words.get("columns") or ()),
        widths=_widths(words.get("widths") or (), where),
    )


def mapping_as_words(mapping: Mapping) -> dict[str, Any]:
    """JSON-able; ``mapping_from_words`` gives the same mapping back."""
    words: dict[str, Any] = {name: value for name in _TEXTS if (value := getattr(mapping, name))}
    if mapping.at:
        words["at"] = {"column": mapping.at, "format": mapping.at_format}
    for name in ("props", "traits"):
        if fields := getattr(mapping, name):
            words[name] = {each.name: {"column": each.column, "type": each.type} for each in fields}
    words["header"] = mapping.header
    words |= {name: list(value) for name in ("columns", "widths") if (value := getattr(mapping, name))}
    return words


def _text(words: dict[str, Any], name: str, where: str) -> str:
    value = words.get(name, "")
    if value is None or isinstance(value, dict | list | bool):
        raise Invalid(Problem("import.map_value", {"word": name}, where=where))
    return str(value)


def _at(value: Any, where: str) -> tuple[str, str]:
    match value:
        case str() | int():
            return str(value), "auto"
        case {"column": column, **rest} if set(rest) <= {"format"}:
            return str(column), str(rest.get("format", "auto"))
        case _:
            raise Invalid(Problem("import.map_value", {"word": "at"}, where=where))


def _fields(value: Any, where: str) -> tuple[Field, ...]:
    match value:
        case list():
            return tuple(parse_field(str(each)) for each in value)
        case dict():
            return tuple(_field(str(name), each, where) for name, each in value.items())
        case _:
            raise Invalid(Problem("import.map_value", {"word": "props"}, where=where))


def _field(name: str, value: Any, where: str) -> Field:
    match value:
        case str() | int():
            return Field(name, str(value))
        case {"column": column, **rest} if set(rest) <= {"type"}:
            return Field(name, str(column), str(rest.get("type", "auto")))
        case {"type": type_, **rest} if not rest:
            return Field(name, name, str(type_))
        case _:
            raise Invalid(Problem("import.map_value", {"word": name}, where=where))


def _widths(value: Any, where: str) -> tuple[int, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(each, int) and each > 0 for each in value):
        raise Invalid(Problem("import.map_value", {"word": "widths"}, where=where))
    return tuple(value)


@dataclass(frozen=True, slots=True)
class Bound:
    """A mapping whose columns are found in a file: positions instead of names."""

    mapping: Mapping
    columns: tuple[str, ...]
    person: int
    at: int | None
    id: int | None
    constants: dict[str, str] = field(default_factory=dict)
    """kind, channel, source where they are the same on every row."""
    varying: dict[str, int] = field(default_factory=dict)
    """kind, channel, source where a column says them."""
    props: tuple[tuple[Field, int], ...] = ()
    traits: tuple[tuple[Field, int], ...] = ()


def bind(mapping: Mapping, columns: Sequence[str], where: str) -> Bound:
    """Raises ``Invalid`` for a column that is not there, with the nearest that is."""
    names = {name.strip(): index for index, name in reversed(list(enumerate(columns)))}
    loose = {name.casefold(): index for name, index in names.items()}

    def find(name: str) -> int | None:
        index = names.get(name.strip())
        return loose.get(name.strip().casefold()) if index is None else index

    def position(name: str) -> int:
        index = find(name)
        if index is None:
            near = difflib.get_close_matches(name, names, 1, 0.5)
            params = {"column": name, "near": near[0] if near else "?", "columns": ", ".join(names)[:300]}
            raise Invalid(Problem("import.no_such_column", params, where=where))
        return index

    said = {name: getattr(mapping, name) for name in ("kind", "channel", "source") if getattr(mapping, name)}
    return Bound(
        mapping,
        tuple(columns),
        position(mapping.person),
        position(mapping.at) if mapping.at else None,
        position(mapping.id) if mapping.id else None,
        {name: text for name, text in said.items() if find(text) is None},
        {name: index for name, text in said.items() if (index := find(text)) is not None},
        tuple((each, position(each.column)) for each in mapping.props),
        tuple((each, position(each.column)) for each in mapping.traits),
    )
