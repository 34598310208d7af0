"""Who belongs to whom in a workspace, worked out once for as long as nothing that decides it changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import blake2b

import pyarrow as pa

from yutang.events.dataset import interval_table
from yutang.events.snapshot import Snapshot
from yutang.people.membership import ALWAYS, Joint, Start, erased_origins, membership

KEPT = 8
"""Workspaces; three hundred thousand merged couples take about ten megabytes."""


@dataclass(frozen=True, slots=True)
class Merged:
    intervals: pa.Table
    """As ``interval_table`` has them."""
    erased: frozenset[int]


_JOINTS = """
    SELECT a.number AS one, b.number AS other, CASE WHEN m.joins THEN 1 ELSE 0 END AS joins, m."at", m.fact_id
    FROM (SELECT * FROM people_mergefact WHERE {mine}) m
    JOIN people_origin a ON a.id = m.one_id JOIN people_origin b ON b.id = m.other_id
"""
_ERASURES = """
    SELECT o.number, e."at" FROM (SELECT * FROM people_erasure WHERE {mine}) e JOIN people_origin o ON o.id = e.origin_id
"""
_STARTS = """
    SELECT number, key, coalesce(first_at, {always}) AS first_at, first_id FROM people_origin WHERE id IN (
        SELECT one_id FROM people_mergefact WHERE {mine} UNION SELECT other_id FROM people_mergefact WHERE {mine})
"""

_kept: OrderedDict[int, tuple[bytes, Merged]] = OrderedDict()
_lock = threading.Lock()


def read_merged(state: Snapshot, workspace_id: int) -> Merged:
    """As of ``state``. What is kept goes by all that was read, so it can be no older than that."""
    mine = f"workspace_id = {int(workspace_id)}"
    queries = (_JOINTS, _ERASURES, _STARTS)
    joints, erasures, starts = (state.table(each.format(mine=mine, always=ALWAYS + 1)) for each in queries)
    digest = _digest(joints, erasures, starts)
    with _lock:
        found = _kept.get(workspace_id)
        if found is not None and found[0] == digest:
            _kept.move_to_end(workspace_id)
            return found[1]
    merged = _work_out(joints, erasures, starts)
    with _lock:
        _kept[workspace_id] = (digest, merged)
        _kept.move_to_end(workspace_id)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return merged


def _digest(*tables: pa.Table) -> bytes:
    digest = blake2b(digest_size=32)
    for table in tables:
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.schema) as stream:
            stream.write_table(table)
        digest.update(sink.getvalue())
    return digest.digest()


def _work_out(joints: pa.Table, erasures: pa.Table, starts: pa.Table) -> Merged:
    said = [Joint(one, other, bool(joins), at, id) for one, other, joins, at, id in _rows(joints)]
    begun = {
        number: Start(key, (ALWAYS if at == ALWAYS + 1 else at) if id else None, id)
        for number, key, at, id in _rows(starts)
    }
    erased = erased_origins(said, _rows(erasures))
    return Merged(interval_table(membership(said, begun, erased)), erased)


def _rows(table: pa.Table) -> list[tuple]:  # type: ignore[type-arg]
    return list(zip(*(column.to_pylist() for column in table.columns), strict=True))
