"""The mapping as a form: one line a column, with what it is used as; and back from what was filled in."""

from __future__ import annotations

from collections.abc import Mapping as Filled
from dataclasses import dataclass, replace
from typing import Any

from yutang.events.glance import Glance
from yutang.events.lines.encoding import ENCODINGS
from yutang.events.lines.formats import FORMATS
from yutang.events.lines.mapping import TYPES, Field, Mapping

USES = ("person", "at", "kind", "id", "channel", "source", "property", "leave")
SINGLE = ("person", "at", "kind", "id", "channel", "source")
AT_FORMATS = (
    "auto",
    "%Y%m%d",
    "%Y/%m/%d",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "epoch",
    "epoch_ms",
)
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


@dataclass(frozen=True, slots=True)
class Column:
    """A line of the form. ``name`` is the property's or trait's."""

    index: int
    title: str
    samples: tuple[str, ...]
    use: str
    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Form:
    columns: tuple[Column, ...]
    mapping: Mapping
    makes: str
    """``events`` or ``traits``: what a row becomes."""
    kind: str
    """The same kind on every row, where no column says it."""


def form_of(seen: Glance, mapping: Mapping) -> Form:
    uses = {getattr(mapping, use): use for use in reversed(SINGLE) if getattr(mapping, use) in seen.columns}
    fields = {each.column: each for each in (*mapping.props, *mapping.traits)}
    columns = tuple(_column(seen, index, title, uses, fields) for index, title in enumerate(seen.columns))
    kind = mapping.kind if mapping.kind not in seen.columns else ""
    return Form(columns, mapping, "traits" if mapping.traits and not mapping.kind else "events", kind)


def _column(seen: Glance, index: int, title: str, uses: dict[str, str], fields: dict[str, Field]) -> Column:
    field = fields.get(title, Field(title, title))
    use = uses.get(title) or ("property" if title in fields else "leave")
    return Column(index, title, tuple(seen.samples(index)), use, field.name, field.type)


def how_written(filled: Filled[str, str]) -> Mapping:
    """Only what tells how the file is written; unknown words are left out, so that it is found out instead."""
    delimiter = filled.get("delimiter", "")
    encoding = filled.get("encoding", "")
    return Mapping(
        format=format_ if (format_ := filled.get("format", "")) in FORMATS else "",
        encoding=encoding if encoding in ENCODINGS else "",
        delimiter=delimiter if delimiter in DELIMITERS else "",
        header=filled.get("header", "yes") == "yes",
    )


def mapping_of(seen: Glance, filled: Filled[str, Any], *, zone: str) -> Mapping:
    """What was filled in; not checked yet. The first column of a use wins."""
    single: dict[str, str] = {}
    fields: list[Field] = []
    for index, title in enumerate(seen.columns):
        use = filled.get(f"use-{index}", "leave")
        if use in SINGLE:
            single.setdefault(use, title)
        elif use == "property":
            type_ = filled.get(f"type-{index}", "auto")
            name = filled.get(f"name-{index}", "").strip()[:200] or title
            fields.append(Field(name, title, type_ if type_ in TYPES else "auto"))
    is_traits = filled.get("makes") == "traits"
    if is_traits:
        single.pop("kind", None)
    else:
        single.setdefault("kind", filled.get("kind", "").strip()[:200])
    written = how_written(filled)
    mapping = Mapping(
        at_format=filled.get("at_format", "auto")[:60] or "auto",
        props=() if is_traits else tuple(fields),
        traits=tuple(fields) if is_traits else (),
        format=seen.format,
        encoding=seen.encoding,
        delimiter=seen.delimiter if seen.format == "csv" else "",
        zone=filled.get("zone", "").strip() or zone,
        header=written.header,
        columns=() if written.header else tuple(seen.columns),
    )
    return replace(mapping, **single)  # type: ignore[arg-type]  # SINGLE names text fields only
