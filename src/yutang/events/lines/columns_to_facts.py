"""From a table's columns to facts: each row an event, the person's traits, or both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from yutang.events.lines.batch import MAX_KIND, SCHEMA, TYPES, Check
from yutang.events.lines.cells import time_reader
from yutang.events.lines.limits import check_id, check_name, check_short
from yutang.events.lines.mapping import Bound, Field
from yutang.events.lines.vectors import (
    Moments,
    Value,
    convert_column,
    longest,
    members,
    moments,
    trimmed,
    value,
)
from yutang.events.values import MAX_BYTES, MAX_KEY
from yutang.language.problem import Invalid, Problem
from yutang.people.rules import KEY_LENGTH, NEVER

Readers = tuple[tuple[int, str, Value], ...]
"""Column's position and name, and what its cells become."""


@dataclass(frozen=True, slots=True)
class Converter:
    """Made once a file; ``types`` are those of the columns where the file itself has some (Parquet)."""

    bound: Bound
    check: Check
    at: Callable[[str], tuple[int, bool]]
    props: Readers
    traits: Readers


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


def _readers(fields: Sequence[tuple[Field, int]], types: Sequence[str]) -> Readers:
    """In the order that canonical JSON has keys."""
    for each, _ in fields:
        if len(each.name) > MAX_KEY:
            raise Invalid(Problem("event.key_too_long", {"key": each.name[:20], "most": MAX_KEY}))
    ordered = sorted(fields, key=lambda pair: pair[0].name)
    return tuple(
        (index, each.column, value(each.name, types[index] if types and each.type == "auto" else each.type))
        for each, index in ordered
    )


def facts_of(
    made: Converter, columns: Sequence[pa.Array], lines: Sequence[int], problems: dict[int, Problem]
) -> pa.RecordBatch:
    """``columns`` are texts without nulls. ``problems`` gains those of bad rows, by index; such rows make no fact."""
    bound, count = made.bound, len(lines)
    values = {"line": pa.array(np.asarray(lines, dtype=np.int64)), "other": pa.nulls(count, pa.string())}
    values["who"] = _people(made, columns[bound.person], problems)
    when = _times(made, columns, count, problems)
    values["at"], values["is_naive"] = when.at, when.is_naive
    values["id"] = _nothing(count) if bound.id is None else _ids(columns[bound.id], problems)
    for name in ("kind", "channel", "source"):
        values[name] = _said(bound, name, columns, count, problems)
    props, traits = (_objects(readers, columns, count, problems) for readers in (made.props, made.traits))
    good = None
    if problems:
        good = np.ones(count, dtype=bool)
        good[list(problems)] = False
    made_facts = []
    if bound.mapping.kind:
        made_facts.append(_batch("event", {**values, "props": props}, good))
    if made.traits:
        some = pc.not_equal(traits, "{}")
        some = some if good is None else pc.and_(some, pa.array(good))
        # A row's id belongs to its event, where it makes one.
        ids = _nothing(count) if bound.mapping.kind else values["id"]
        blank = pa.repeat(pa.scalar(""), count)
        made_facts.append(_batch("traits", {**values, "kind": blank, "id": ids, "props": traits}, some))
    return pa.concat_batches(made_facts) if len(made_facts) > 1 else made_facts[0]


def _nothing(count: int) -> pa.Array:
    return pa.nulls(count, pa.string())


def _batch(fact: str, values: dict[str, pa.Array], good: object) -> pa.RecordBatch:
    values["fact"] = pa.repeat(pa.scalar(fact), len(values["who"]))
    arrays = [values[name].cast(TYPES[name]) for name in SCHEMA.names]
    batch = pa.RecordBatch.from_arrays(arrays, schema=SCHEMA)
    return batch if good is None else batch.filter(pa.array(good))


def _people(made: Converter, cells: pa.Array, problems: dict[int, Problem]) -> pa.Array:
    keys = trimmed(cells)
    if keys is not None and longest(keys) <= KEY_LENGTH and not pc.any(pc.is_in(keys, _NEVER)).as_py():
        return keys
    column = made.bound.columns[made.bound.person]
    return convert_column(cells, lambda cell: _person(cell, made.check), problems, column)


_NEVER = pa.array(sorted(NEVER), pa.string())


def _person(cell: str, check: Check) -> str:
    key = cell.strip()
    if problem := check(key):
        raise Invalid(problem)
    return key


def _times(made: Converter, columns: Sequence[pa.Array], count: int, problems: dict[int, Problem]) -> Moments:
    bound = made.bound
    if bound.at is None:
        return Moments(pa.nulls(count, pa.int64()), pa.repeat(pa.scalar(False), count))

    def read(cell: str) -> tuple[int | None, bool]:
        if not cell.strip() and not bound.mapping.kind:
            return None, False
        return made.at(cell)

    return moments(columns[bound.at], bound.mapping.at_format, read, problems, bound.columns[bound.at])


def _ids(cells: pa.Array, problems: dict[int, Problem]) -> pa.Array:
    """An empty cell is no id. Ids are nearly all different, so they are not looked at one by one unless one is odd."""
    ids = trimmed(cells)
    if ids is not None and longest(cells) <= MAX_KIND:
        return pc.if_else(pc.equal(ids, ""), pa.scalar(None, pa.string()), ids)
    texts = [cell.strip() or None for cell in cells.to_pylist()]
    for index, text in enumerate(texts):
        try:
            check_id(text or "-", "id")
        except Invalid as error:
            problems.setdefault(index, error.problems[0])
    return pa.array(texts, pa.string())


def _said(
    bound: Bound, name: str, columns: Sequence[pa.Array], count: int, problems: dict[int, Problem]
) -> pa.Array:
    if name not in bound.varying:
        constant = bound.constants.get(name) or ("" if name == "kind" else None)
        return pa.repeat(pa.scalar(constant, pa.string()), count)

    def read(cell: str) -> str | None:
        text = cell.strip()
        if name == "kind":
            check_name(text, "kind")
        else:
            check_short(text, name)
        return text or None

    index = bound.varying[name]
    return convert_column(columns[index], read, problems, bound.columns[index])


def _objects(
    readers: Readers, columns: Sequence[pa.Array], count: int, problems: dict[int, Problem]
) -> pa.Array:
    texts = members(
        [
            convert_column(columns[index], each.convert, problems, column, each.guess)
            for index, column, each in readers
        ],
        count,
    )
    if longest(texts) > MAX_BYTES:
        sizes = pc.binary_length(texts).to_numpy()
        for index in np.flatnonzero(sizes > MAX_BYTES).tolist():
            problems.setdefault(
                index, Problem("event.props_too_long", {"bytes": int(sizes[index]), "most": MAX_BYTES})
            )
    return texts
