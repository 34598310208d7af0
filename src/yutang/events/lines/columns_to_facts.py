"""From a table's columns to facts: each row an event, the person's traits, or both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from yutang.events.lines.batch import MAX_KIND, SCHEMA, TYPES, Check
from yutang.events.lines.cells import over, time_reader, value_reader
from yutang.events.lines.limits import check_id, check_name, check_short
from yutang.events.lines.mapping import Bound, Field
from yutang.events.values import MAX_BYTES, MAX_KEY
from yutang.language.problem import Invalid, Problem


@dataclass(frozen=True, slots=True)
class Converter:
    """Made once a file; ``types`` are those of the columns where the file itself has some (Parquet)."""

    bound: Bound
    check: Check
    at: Callable[[str], tuple[int, bool]]
    props: tuple[tuple[int, str, Callable[[str], str]], ...]
    traits: tuple[tuple[int, str, Callable[[str], str]], ...]


def converter(bound: Bound, check: Check, types: Sequence[str] = ()) -> Converter:
    for name, most in (("kind", MAX_KIND), ("channel", MAX_KIND), ("source", MAX_KIND)):
        if len(bound.constants.get(name, "")) > most:
            raise Invalid(Problem("event.field_too_long", {"field": name, "most": most}))
    return Converter(
        bound,
        check,
        time_reader(bound.mapping.at_format),
        _readers(bound.props, types),
        _readers(bound.traits, types),
    )


def _readers(
    fields: Sequence[tuple[Field, int]], types: Sequence[str]
) -> tuple[tuple[int, str, Callable[[str], str]], ...]:
    """In the order that canonical JSON has keys."""
    for each, _ in fields:
        if len(each.name) > MAX_KEY:
            raise Invalid(Problem("event.key_too_long", {"key": each.name[:20], "most": MAX_KEY}))
    ordered = sorted(fields, key=lambda pair: pair[0].name)
    return tuple(
        (
            index,
            each.column,
            value_reader(each.name, types[index] if types and each.type == "auto" else each.type),
        )
        for each, index in ordered
    )


def facts_of(
    made: Converter, columns: Sequence[Sequence[str]], lines: Sequence[int], problems: dict[int, Problem]
) -> pa.RecordBatch:
    """``problems`` gains those of bad rows, by index; such rows make no fact."""
    bound, count = made.bound, len(lines)
    values: dict[str, Sequence[Any]] = {"line": lines}
    values["who"] = over(
        columns[bound.person],
        lambda cell: _person(cell, made.check),
        problems,
        bound.columns[bound.person],
        "",
    )
    at = _times(made, columns, problems)
    values["at"] = [micros for micros, _ in at] if at else [None] * count
    values["is_naive"] = [is_naive for _, is_naive in at] if at else [False] * count
    values["id"] = _ids(columns[bound.id], problems) if bound.id is not None else [None] * count
    for name in ("kind", "channel", "source"):
        values[name] = _said(bound, name, columns, count, problems)
    props, traits = (_objects(readers, columns, count, problems) for readers in (made.props, made.traits))
    good = [index for index in range(count) if index not in problems]
    made_facts = []
    if bound.mapping.kind:
        made_facts.append(_batch("event", {**values, "props": props}, good))
    if made.traits:
        made_facts.append(_traits(values, traits, good, bound))
    return pa.concat_batches(made_facts) if len(made_facts) > 1 else made_facts[0]


def _traits(
    values: dict[str, Sequence[Any]], traits: Sequence[str], good: list[int], bound: Bound
) -> pa.RecordBatch:
    """A row's id belongs to its event, where it makes one."""
    some = [index for index in good if traits[index] != "{}"]
    blank = [""] * len(traits)
    ids = [None] * len(traits) if bound.mapping.kind else values["id"]
    return _batch("traits", {**values, "kind": blank, "id": ids, "props": traits}, some)


def _batch(fact: str, values: dict[str, Sequence[Any]], good: list[int]) -> pa.RecordBatch:
    whole = len(good) == len(values["who"])
    arrays = []
    for name in SCHEMA.names:
        if name == "fact":
            arrays.append(pa.array([fact] * len(good), pa.string()))
        elif name == "other":
            arrays.append(pa.nulls(len(good), pa.string()))
        else:
            column = values[name]
            arrays.append(pa.array(column if whole else [column[index] for index in good], TYPES[name]))
    return pa.RecordBatch.from_arrays(arrays, schema=SCHEMA)


def _person(cell: str, check: Check) -> str:
    key = cell.strip()
    if problem := check(key):
        raise Invalid(problem)
    return key


def _times(
    made: Converter, columns: Sequence[Sequence[str]], problems: dict[int, Problem]
) -> list[tuple[int | None, bool]]:
    bound = made.bound
    if bound.at is None:
        return []

    def read(cell: str) -> tuple[int | None, bool]:
        if not cell.strip() and not bound.mapping.kind:
            return None, False
        return made.at(cell)

    return over(columns[bound.at], read, problems, bound.columns[bound.at], (None, False))


def _ids(cells: Sequence[str], problems: dict[int, Problem]) -> list[str | None]:
    """An empty cell is no id. Ids are nearly all different, so they are not looked at one by one unless one is long."""
    ids = [cell.strip() or None for cell in cells]
    if max(map(len, cells), default=0) > MAX_KIND or any("\0" in cell for cell in cells):
        for index, identifier in enumerate(ids):
            try:
                check_id(identifier or "-", "id")
            except Invalid as error:
                problems.setdefault(index, error.problems[0])
    return ids


def _said(
    bound: Bound, name: str, columns: Sequence[Sequence[str]], count: int, problems: dict[int, Problem]
) -> Sequence[str | None]:
    if name not in bound.varying:
        return [bound.constants.get(name) or ("" if name == "kind" else None)] * count

    def read(cell: str) -> str | None:
        text = cell.strip()
        if name == "kind":
            check_name(text, "kind")
        else:
            check_short(text, name)
        return text or None

    index = bound.varying[name]
    return over(columns[index], read, problems, bound.columns[index], None)


def _objects(
    readers: tuple[tuple[int, str, Callable[[str], str]], ...],
    columns: Sequence[Sequence[str]],
    count: int,
    problems: dict[int, Problem],
) -> Sequence[str]:
    if not readers:
        return ["{}"] * count
    parts = [over(columns[index], read, problems, column, "") for index, column, read in readers]
    if len(parts) == 1:
        texts = ["{" + part + "}" for part in parts[0]]
    else:
        texts = ["{" + ",".join(filter(None, row)) + "}" for row in zip(*parts, strict=True)]
    if max(map(len, texts), default=0) * 3 > MAX_BYTES:
        _check_sizes(texts, problems)
    return texts


def _check_sizes(texts: list[str], problems: dict[int, Problem]) -> None:
    for index, text in enumerate(texts):
        if (size := len(text.encode())) > MAX_BYTES:
            problems.setdefault(index, Problem("event.props_too_long", {"bytes": size, "most": MAX_BYTES}))
