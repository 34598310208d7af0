"""Parquet tables, read by column; every cell becomes the text that the same table would have as CSV."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from yutang.events.lines.batch import Batch, Check, reject
from yutang.events.lines.columns_to_facts import converter, facts_of
from yutang.events.lines.mapping import Mapping, bind, check_mapping
from yutang.events.lines.opening import STDIN, open_bytes
from yutang.language.problem import Invalid, Problem

BATCH_ROWS = 65_536
_NOTHING = pa.array([], pa.string())


def read_parquet(path: str, name: str, mapping: Mapping, check: Check) -> Iterator[Batch]:
    """Row numbers, from 1, stand in for lines. Raises ``Invalid`` when it is no Parquet file."""
    check_mapping(mapping)
    with open_parquet(path, name) as file:
        names = file.schema_arrow.names
        bound = bind(mapping, names, name)
        made = converter(bound, check, [_type(each) for each in file.schema_arrow.types])
        used = {bound.person, bound.at, bound.id, *bound.varying.values()}
        used |= {index for _, index in (*bound.props, *bound.traits)}
        total, done = max(file.metadata.num_rows, 1), 0
        size = sum(file.metadata.row_group(index).total_byte_size for index in range(file.num_row_groups))
        wanted = [each for index, each in enumerate(names) if index in used]
        for batch in file.iter_batches(BATCH_ROWS, columns=wanted):
            columns: list[pa.Array] = [_NOTHING] * len(names)
            for each, column in zip(batch.schema.names, batch.columns, strict=True):
                columns[names.index(each)] = _texts(column)
            lines = range(done + 1, done + batch.num_rows + 1)
            problems: dict[int, Problem] = {}
            facts = facts_of(made, columns, lines, problems)
            rejects = [reject(name, lines[index], bad, "") for index, bad in sorted(problems.items())]
            done += batch.num_rows
            yield Batch(facts, batch.num_rows, size * done // total, rejects)


def open_parquet(path: str, name: str) -> pq.ParquetFile:
    """Raises ``Invalid`` for standard input, which cannot be read from its end, and for anything that is no Parquet."""
    if path == STDIN:
        raise Invalid(Problem("import.parquet_stdin", where=name))
    with open_bytes(path):
        pass
    try:
        return pq.ParquetFile(path)
    except (pa.ArrowException, OSError) as error:
        raise Invalid(Problem("import.not_parquet", {"reason": str(error)[:200]}, where=name)) from error


def _type(type_: pa.DataType) -> str:
    if pa.types.is_boolean(type_):
        return "boolean"
    if pa.types.is_integer(type_) or pa.types.is_floating(type_) or pa.types.is_decimal(type_):
        return "number"
    if pa.types.is_nested(type_):
        return "json"
    return "text"


def _texts(column: pa.Array) -> pa.Array:
    """Null becomes empty; a timestamp ISO 8601, with ``Z`` when it is an instant."""
    type_ = column.type
    if pa.types.is_dictionary(type_):
        column, type_ = column.dictionary_decode(), type_.value_type
    if pa.types.is_timestamp(type_):
        whole = column.cast(pa.timestamp("us", type_.tz), safe=False)
        text = pc.strftime(whole.cast(pa.timestamp("us")), format="%Y-%m-%dT%H:%M:%S")
        column = pc.binary_join_element_wise(text, "Z", "") if type_.tz else text
    elif pa.types.is_nested(type_):
        values = column.to_pylist()
        column = pa.array(
            ["" if each is None else msgspec.json.encode(each).decode() for each in values], pa.string()
        )
    elif pa.types.is_binary(type_) or pa.types.is_large_binary(type_):
        values = column.to_pylist()
        column = pa.array(
            ["" if each is None else each.decode("utf-8", "replace") for each in values], pa.string()
        )
    elif not pa.types.is_string(type_):
        column = column.cast(pa.string())
    return pc.fill_null(column, "")
