"""Numbers over a whole workspace for the pages: how much happened when, what came last, who is active."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

import duckdb
import pyarrow as pa
from django.db.models import Count, Max, Min, Q, Sum

from yutang.events import reading
from yutang.events.models import Cursor, HistoryFile, Import, IntakeBatch, LogEntry, Retraction
from yutang.people.listing import Standing, standing
from yutang.people.models import Erasure, MergeFact, Origin

Sort = Literal["last", "first", "events"]
SORTS: dict[Sort, str] = {"last": "last_at", "first": "first_at", "events": "events"}


# -- time --------------------------------------------------------------------------------------------------------------


def count_events(workspace_id: int, edges: Sequence[int]) -> list[int]:
    """Events in each interval [edges[i], edges[i+1]); retracted ones are counted, they did come in."""

    def read(files: list[HistoryFile]) -> list[int]:
        spans = list(pairwise(edges))
        kept = {f"n{i}": Count("pk", filter=Q(at__gte=a, at__lt=b)) for i, (a, b) in enumerate(spans)}
        within = reading.log_events(workspace_id).filter(at__gte=edges[0], at__lt=edges[-1])
        log = within.aggregate(**kept)
        counts = [log[f"n{i}"] for i in range(len(spans))]
        near = [each for each in files if each.at_max >= edges[0] and each.at_min < edges[-1]]
        if near:
            counts = [a + b for a, b in zip(counts, _count_in_files(near, spans), strict=True)]
        return counts

    return reading.consistently(workspace_id, read)


def _count_in_files(files: list[HistoryFile], spans: list[tuple[int, int]]) -> list[int]:
    parts = ", ".join(f"count(*) FILTER (micros >= {a} AND micros < {b})" for a, b in spans)
    bounds = f'"at" >= make_timestamp({spans[0][0]}) AND "at" < make_timestamp({spans[-1][1]})'
    query = f'SELECT {parts} FROM (SELECT epoch_us("at") AS micros FROM {reading.scan(files)} WHERE {bounds})'
    with reading.engine() as engine:
        return list(engine.execute(query).fetchall()[0])


@dataclass(frozen=True, slots=True)
class Latest:
    at: int
    kind: str
    person: int


def latest_events(workspace_id: int, roll: Roll, limit: int, *, now: int) -> list[Latest]:
    """The newest by their own time. They belong to the persons who were active last, or came after the roll was made."""
    page = list_people(roll, sort="last", descending=True, among=None, after=None, limit=limit)
    origins = [number for each in page.rows for number in roll.standing.members(each.number)]
    fresh = roll.next_seq

    def read(files: list[HistoryFile]) -> dict[int, Any]:
        log = reading.log_events(workspace_id)
        found: dict[int, Any] = {}
        for rows in (log.filter(origin__in=origins), log.filter(seq__gte=fresh)):
            newest = rows.order_by("-at").values_list("at", "kind", "origin", "seq")[: limit * 2]
            found |= {row[3]: row for row in newest}
        if files:
            came_later = f" OR seq >= {fresh}" if any(each.seq_to >= fresh for each in files) else ""
            query = (
                f'SELECT epoch_us("at"), kind, person, seq FROM {reading.scan(files)}'
                f" WHERE person IN ({', '.join(map(str, origins or [0]))}){came_later}"
                f' ORDER BY "at" DESC, length(id) DESC, id DESC LIMIT {limit * 2}'
            )
            with reading.engine() as engine:
                found |= {row[3]: row for row in engine.execute(query).fetchall()}
        return found

    gone = set(reading.forgotten(workspace_id, at=now).values_list("target_seq", flat=True))
    erased = roll.standing.erased
    rows = reading.consistently(workspace_id, read).values()
    found = sorted(
        (row for row in rows if row[3] not in gone and row[2] not in erased), key=_place, reverse=True
    )
    return [Latest(at, kind, roll.standing.root_of(origin)) for at, kind, origin, _ in found[:limit]]


def _place(row: tuple[int, str, int, int]) -> tuple[int, int]:
    return row[0], row[3]


def has_facts(workspace_id: int) -> bool:
    return (
        LogEntry.objects.filter(workspace_id=workspace_id).exists()
        or HistoryFile.objects.filter(workspace_id=workspace_id, dropped_at=None).exists()
    )


def count_waiting(workspace_id: int) -> int:
    """Items accepted and not yet admitted."""
    return IntakeBatch.objects.filter(workspace_id=workspace_id).aggregate(n=Sum("count"))["n"] or 0


def count_refused(workspace_id: int, *, since: int) -> int:
    """Lines that imports started since then have refused."""
    started = Import.objects.filter(workspace_id=workspace_id, started_at__gte=since)
    return started.aggregate(n=Sum("refused"))["n"] or 0


# -- people --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Active:
    """A person under the name of the oldest origin. Times None: no dated fact."""

    number: int
    key: str
    origins: int
    events: int
    first_at: int | None
    last_at: int | None


@dataclass(frozen=True, slots=True)
class Roll:
    """Everyone of a workspace with their activity, in a DuckDB table ``roll`` that is made again when anything changed."""

    stamp: tuple[Any, ...]
    connection: duckdb.DuckDBPyConnection
    standing: Standing
    people: int
    made_at: int
    took: float
    """Seconds."""

    @property
    def next_seq(self) -> int:
        """Facts from there on came after it was made."""
        cursor = self.stamp[CURSOR]
        return cursor[0] if cursor else 1


@dataclass(frozen=True, slots=True)
class Page:
    rows: list[Active]
    total: int
    next: tuple[int, int] | None
    """Sort value and number of the last row: where the next page starts."""


_rolls: OrderedDict[int, Roll] = OrderedDict()
_lock = threading.Lock()
KEPT = 8
LONG, PATIENCE = 1.0, 10
"""Seconds; a roll that takes longer is used for that many times its making."""
ERASED, CURSOR = 0, 1


def open_roll(workspace_id: int, *, now: int) -> Roll:
    stamp = _stamp(workspace_id)
    with _lock:
        roll = _rolls.get(workspace_id)
        if roll is None or not _is_good(roll, stamp, now):
            roll = reading.consistently(
                workspace_id, lambda files: _make_roll(workspace_id, stamp, files, now)
            )
            _rolls[workspace_id] = roll
        _rolls.move_to_end(workspace_id)
        while len(_rolls) > KEPT:
            _rolls.popitem(last=False)
        return roll


def _is_good(roll: Roll, stamp: tuple[Any, ...], now: int) -> bool:
    """A roll that took long to make is shown a while longer, though never one with people who are erased since."""
    if roll.stamp == stamp:
        return True
    is_recent = now - roll.made_at < PATIENCE * roll.took * 1_000_000
    return roll.took > LONG and is_recent and roll.stamp[ERASED] == stamp[ERASED]


def list_people(
    roll: Roll,
    *,
    sort: Sort,
    descending: bool,
    among: set[int] | None,
    after: tuple[int, int] | None,
    limit: int,
) -> Page:
    """A page of everyone, or of the persons that ``among`` (numbers of any origins) belong to. No time sorts as the oldest."""
    column, direction, edge = (
        f"coalesce({SORTS[sort]}, -9223372036854775808)",
        "DESC" if descending else "ASC",
        "",
    )
    with roll.connection.cursor() as cursor:
        source = "roll"
        if among is not None:
            roots = pa.table(
                {"number": pa.array(sorted({roll.standing.root_of(each) for each in among}), pa.int64())}
            )
            cursor.register("chosen", roots)
            source = "roll SEMI JOIN chosen USING (number)"
        total = cursor.execute(f"SELECT count(*) FROM {source}").fetchall()[0][0]
        if after is not None:
            edge = (
                f" WHERE ({column}, number) {'<' if descending else '>'} ({int(after[0])}, {int(after[1])})"
            )
        rows = cursor.execute(
            f"SELECT number, key, origins, events, first_at, last_at, {column} FROM {source}{edge}"
            f" ORDER BY {column} {direction}, number {direction} LIMIT {limit + 1}"
        ).fetchall()
    more = (rows[limit - 1][6], rows[limit - 1][0]) if len(rows) > limit else None
    return Page([Active(*row[:6]) for row in rows[:limit]], total, more)


def find_active(roll: Roll, number: int) -> Active | None:
    """The person an origin belongs to; None when there is none, or it is erased."""
    with roll.connection.cursor() as cursor:
        row = cursor.execute(
            "SELECT number, key, origins, events, first_at, last_at FROM roll WHERE number = ?",
            [roll.standing.root_of(number)],
        ).fetchone()
    return Active(*row) if row else None


def _stamp(workspace_id: int) -> tuple[Any, ...]:
    """Changes whenever the roll would."""
    cursor = Cursor.objects.filter(workspace_id=workspace_id).values_list("next_seq", "next_origin").first()
    files = HistoryFile.objects.filter(workspace_id=workspace_id, dropped_at=None).aggregate(
        n=Count("pk"), last=Max("pk")
    )
    said = MergeFact.objects.filter(workspace_id=workspace_id).aggregate(last=Max("pk"))
    gone = Retraction.objects.filter(workspace_id=workspace_id).aggregate(last=Max("pk"))
    erased = Erasure.objects.filter(workspace_id=workspace_id).aggregate(last=Max("pk"))
    origins = Origin.objects.filter(workspace_id=workspace_id).aggregate(last=Max("number"))
    return (erased["last"], cursor, files["n"], files["last"], said["last"], gone["last"], origins["last"])


def _make_roll(workspace_id: int, stamp: tuple[Any, ...], files: list[HistoryFile], now: int) -> Roll:
    started = time.perf_counter()
    gone = list(reading.forgotten(workspace_id, at=now).values_list("target_id", "target_seq"))
    standing_now = standing(workspace_id, at=now, forgotten=[target for target, _ in gone])
    engine = reading.engine()
    engine.register("origins", _origins(workspace_id, standing_now))
    engine.register("tail", _tail(workspace_id, now))
    engine.register(
        "gone", pa.table({"seq": pa.array([seq for _, seq in gone if seq is not None], pa.int64())})
    )
    engine.execute(f"CREATE TABLE roll AS {_ROLL.format(history=_history(files))}")
    for name in ("origins", "tail", "gone"):
        engine.unregister(name)
    people = engine.execute("SELECT count(*) FROM roll").fetchall()[0][0]
    return Roll(stamp, engine, standing_now, people, now, time.perf_counter() - started)


_ROLL = """
    WITH activity AS (SELECT * FROM tail UNION ALL {history}),
    summed AS (
        SELECT root AS number, count(DISTINCT origins.number) AS origins, coalesce(sum(events), 0)::BIGINT AS events,
            least(min(known_at), min(first_at)) AS first_at, max(last_at) AS last_at
        FROM origins LEFT JOIN activity ON activity.person = origins.number GROUP BY root
    )
    SELECT summed.*, key FROM summed JOIN origins USING (number)
"""


def _origins(workspace_id: int, standing_now: Standing) -> pa.Table:
    rows = Origin.objects.filter(workspace_id=workspace_id).values_list("number", "key", "first_at")
    kept = [row for row in rows.iterator(chunk_size=10_000) if row[0] not in standing_now.erased]
    return pa.table(
        {
            "number": pa.array([row[0] for row in kept], pa.int64()),
            "key": pa.array([row[1] for row in kept], pa.string()),
            "known_at": pa.array([row[2] for row in kept], pa.int64()),
            "root": pa.array([standing_now.root_of(row[0]) for row in kept], pa.int64()),
        }
    )


def _tail(workspace_id: int, now: int) -> pa.Table:
    """The log summed up by its own database: one row per origin."""
    forgotten = reading.forgotten(workspace_id, at=now).exclude(target_seq=None).values("target_seq")
    log = reading.log_events(workspace_id).exclude(seq__in=forgotten)
    rows = list(log.values_list("origin").annotate(n=Count("pk"), first=Min("at"), last=Max("at")).order_by())
    names = ("person", "events", "first_at", "last_at")
    return pa.table({name: pa.array([row[i] for row in rows], pa.int64()) for i, name in enumerate(names)})


def _history(files: list[HistoryFile]) -> str:
    if not files:
        return "SELECT NULL, NULL, NULL, NULL WHERE false"
    return (
        'SELECT person, count(*), epoch_us(min("at")), epoch_us(max("at")) FROM '
        f"{reading.scan(files)} WHERE seq NOT IN (SELECT seq FROM gone) GROUP BY person"
    )


def forget_rolls() -> None:
    """Every roll is made anew: for tests, where another database may have the same stamps."""
    with _lock:
        _rolls.clear()
