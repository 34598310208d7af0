"""A first look into a file somebody wants to import: how it is written, its columns, some rows, and what they probably mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from yutang.events.lines.encoding import Decoder, detect, find_encoding
from yutang.events.lines.formats import ending_format
from yutang.events.lines.mapping import Field, Mapping
from yutang.events.lines.opening import open_bytes
from yutang.events.lines.parquet import open_parquet
from yutang.events.lines.tables import column_names, read_rows

SHOWN = 20
BLOCK = 256_000
WIDEST = 300
"""Columns that are shown and can be mapped."""

MEANINGS = {
    "person": ("person", "user_id", "userid", "user", "uid", "customer_id", "customer", "member_id", "unionid", "openid", "phone",
               "mobile", "用户", "用户id", "会员", "会员号", "会员id", "客户", "客户id", "手机", "手机号", "手机号码"),
    "at": ("at", "time", "timestamp", "date", "datetime", "created_at", "paid_at", "order_date", "event_time", "occurred_at",
           "时间", "日期", "下单时间", "支付时间", "创建时间", "付款时间", "订单时间"),
    "id": ("id", "event_id", "order_id", "order_no", "message_id", "messageid", "编号", "订单号", "订单编号", "单号", "流水号"),
    "kind": ("kind", "event", "event_name", "event_type", "事件", "事件名", "事件类型"),
    "channel": ("channel", "渠道"),
}  # fmt: skip
"""Column names by what they usually hold, the likeliest first."""


@dataclass(frozen=True, slots=True)
class Glance:
    """``is_table``: its columns need a meaning; event lines say it themselves. ``lines`` is the raw start of event lines."""

    format: str
    encoding: str
    delimiter: str
    is_table: bool
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    lines: tuple[str, ...] = ()

    def samples(self, index: int) -> list[str]:
        return list(islice((row[index] for row in self.rows if index < len(row) and row[index].strip()), 3))


def glance(path: Path, name: str, given: Mapping) -> Glance:
    """What ``given`` says (format, encoding, delimiter, header) holds; the rest is found out.

    Raises Invalid for a file that cannot be read.
    """
    with open_bytes(str(path)) as (stream, _):
        start = stream.read(BLOCK)
    format_ = given.format or _format(name, start)
    if format_ == "parquet":
        return _parquet(path, name)
    encoding = find_encoding(given.encoding) if given.encoding else detect(start) or "utf-8"
    text = start.decode(encoding, errors="replace").lstrip("\ufeff")
    if format_ == "jsonl":
        lines = tuple(line[:500] for line in text.splitlines()[:SHOWN])
        return Glance(format_, encoding, "", is_table=False, lines=lines)
    delimiter = given.delimiter or (_delimiter(text) if format_ == "csv" else "")
    asked = replace(given, delimiter=delimiter)
    rows = list(islice(_rows(path, name, encoding, format_, asked), SHOWN + 1))
    columns = column_names(rows[0], asked) if rows else []
    body = rows[1:] if asked.header and not asked.columns else rows
    shown = tuple(tuple(cell[:200] for cell in row[:WIDEST]) for row in body[:SHOWN])
    return Glance(format_, encoding, delimiter, is_table=True, columns=tuple(columns[:WIDEST]), rows=shown)


def _format(name: str, start: bytes) -> str:
    if start.startswith(b"PAR1"):
        return "parquet"
    if start.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"{"):
        return "jsonl"
    found = ending_format(name) or "csv"
    if found == "blank" and b"\t" in start.partition(b"\n")[0]:
        return "tsv"
    return found


def _delimiter(text: str) -> str:
    """The most frequent candidate outside quotes in the first line."""
    first = re.sub(r'"[^"]*"', "", text.partition("\n")[0])
    return max(",;\t|", key=first.count)


def _rows(path: Path, name: str, encoding: str, format_: str, mapping: Mapping) -> Iterator[list[str]]:
    for rows, _ in read_rows(str(path), name, Decoder(find_encoding(encoding)), format_, mapping):
        yield from rows.cells


def _parquet(path: Path, name: str) -> Glance:
    file = open_parquet(str(path), name)
    columns = tuple(file.schema_arrow.names[:WIDEST])
    batch = next(file.iter_batches(batch_size=SHOWN, columns=list(columns)), None)
    shown = batch.to_pylist() if batch is not None else []
    rows = tuple(
        tuple("" if row[name] is None else str(row[name])[:200] for name in columns) for row in shown
    )
    return Glance("parquet", "", "", is_table=True, columns=columns, rows=rows)


# -- what it probably means ------------------------------------------------------------------------------------------------


def guess(seen: Glance, *, zone: str) -> Mapping:
    """A mapping to start from: known names find their meaning, everything else becomes a property."""
    found = {meaning: _find(names, seen.columns) for meaning, names in MEANINGS.items()}
    taken = {column for column in found.values() if column}
    at = found["at"]
    samples = seen.samples(seen.columns.index(at)) if at else []
    return Mapping(
        person=found["person"],
        kind=found["kind"],
        at=at,
        at_format=time_format(samples),
        id=found["id"],
        channel=found["channel"],
        props=tuple(Field(each, each) for each in seen.columns if each not in taken),
        format=seen.format,
        encoding=seen.encoding,
        delimiter=seen.delimiter,
        zone=zone,
    )


def _find(names: Sequence[str], columns: Sequence[str]) -> str:
    plain = {column.strip().casefold(): column for column in reversed(columns)}
    return next((plain[name] for name in names if name in plain), "")


def time_format(samples: Sequence[str]) -> str:
    """``%Y%m%d`` for 20260131, ``epoch`` or ``epoch_ms`` for long numbers, a pattern for slashes; else ``auto``."""
    texts = [each.strip() for each in samples]
    if not texts:
        return "auto"
    for pattern, shape in _SHAPES.items():
        if all(re.fullmatch(shape, each) for each in texts):
            return pattern
    return "auto"


_SHAPES = {
    "%Y%m%d": r"(19|20)\d\d(0[1-9]|1[0-2])[0-3]\d",
    "epoch": r"\d{9,10}(\.\d+)?",
    "epoch_ms": r"\d{12,13}",
    "%Y/%m/%d": r"\d{4}/\d{1,2}/\d{1,2}",
    "%Y/%m/%d %H:%M": r"\d{4}/\d{1,2}/\d{1,2} \d{1,2}:\d\d",
    "%Y/%m/%d %H:%M:%S": r"\d{4}/\d{1,2}/\d{1,2} \d{1,2}:\d\d:\d\d",
}
