"""From files to one DuckDB table ``staged``: every fact once, with its id and its time, however the lines were ordered.

``staged``: fact, who, other, kind, "at" BIGINT (microseconds UTC, null: always known), id, channel, source, props (canonical
JSON: the properties, the traits, or relation → target), line BIGINT, file INTEGER (position in ``sources``).
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from yutang.events.lines.batch import Batch, Reject, reject
from yutang.events.lines.formats import Source, read_source
from yutang.events.lines.zones import WallClock, shift_naive_times
from yutang.language.problem import Problem
from yutang.people.rules import check_key

KEPT_REJECTS = 1000
DEFAULT_SOURCE = "import"
"""Part of a made id: a renamed copy of a file adds nothing. Shops whose equal lines are two things are told apart by it."""

RAW_COLUMNS = """fact VARCHAR, who VARCHAR, other VARCHAR, kind VARCHAR, "at" BIGINT, said BIGINT, id VARCHAR,
    is_made BOOLEAN, channel VARCHAR, source VARCHAR, props VARCHAR, line BIGINT, file INTEGER"""
STAGED = 'fact, who, other, kind, "at", id, channel, source, props, line, file'

# Missing and empty differ, and no text holds these two characters' place: a fact's parts never run together.
_PARTS = ", ".join(
    f"coalesce({column}::VARCHAR, chr(30))"
    for column in (
        "fact",
        "who",
        "other",
        "kind",
        'coalesce(said, "at")',
        "said IS NULL",
        "channel",
        "source",
        "props",
    )
)
_LINE_ID = f"left(sha256(concat_ws(chr(31), $source, {_PARTS})), 32)"

CANONICAL = """'{' || concat_ws(',',
    '"channel":' || to_json(channel),
    CASE WHEN fact = 'erase' THEN '"erase":' || to_json(who) END,
    '"id":' || to_json(id),
    CASE WHEN fact = 'event' THEN '"kind":' || to_json(kind) END,
    CASE WHEN fact = 'merge' THEN '"merge":[' || to_json(who) || ',' || to_json(other) || ']' END,
    CASE WHEN fact IN ('event', 'traits', 'tag', 'untag', 'relate') THEN '"person":' || to_json(who) END,
    CASE WHEN fact = 'event' AND props <> '{}' THEN '"props":' || props END,
    CASE WHEN fact = 'relate' THEN '"relate":' || props END,
    CASE WHEN fact = 'retract' THEN '"retract":' || to_json(other) END,
    '"source":' || to_json(source),
    CASE WHEN fact = 'tag' THEN '"tag":' || to_json(kind) END,
    CASE WHEN fact = 'traits' THEN '"traits":' || props END,
    CASE WHEN fact = 'unmerge' THEN '"unmerge":[' || to_json(who) || ',' || to_json(other) || ']' END,
    CASE WHEN fact = 'untag' THEN '"untag":' || to_json(kind) END) || '}'"""
"""A fact's line in SQL, keys sorted, without its time."""


_REPEATED = f"""
    WITH shared AS (SELECT * FROM staging_raw WHERE hash(id) IN (FROM staging_shared)),
    numbered AS (
        SELECT * REPLACE (CASE WHEN is_made AND ordinal > 1 THEN left(sha256(id || ':' || ordinal), 32) ELSE id END AS id)
        FROM (SELECT *, row_number() OVER (PARTITION BY id, is_made ORDER BY file, line) AS ordinal FROM shared)
    )
    SELECT {STAGED} FROM numbered
    QUALIFY row_number() OVER (PARTITION BY id ORDER BY "at" NULLS FIRST, {CANONICAL}, file, line) = 1"""


@dataclass(slots=True)
class StageReport:
    """``lines`` were read, ``facts`` are staged, ``repeated`` had an id that another line has; ``refused`` were bad.

    ``rejects`` holds the first thousand of them; ``on_reject`` sees all.
    """

    lines: int = 0
    facts: int = 0
    repeated: int = 0
    refused: int = 0
    rejects: list[Reject] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading is. ``bytes_done`` counts over all files, packed ones as they are packed."""

    name: str
    bytes_done: int
    lines: int
    refused: int


OnProgress = Callable[[Progress], None]
OnReject = Callable[[Reject], None]


def stage(
    connection: duckdb.DuckDBPyConnection,
    sources: Sequence[Source],
    *,
    source_name: str = DEFAULT_SOURCE,
    zone: str = "Asia/Shanghai",
    latest: int | None = None,
    on_progress: OnProgress | None = None,
    on_reject: OnReject | None = None,
) -> StageReport:
    """Fills the table ``staged``. Memory stays flat when ``connection`` is a file or may spill.

    ``zone`` is for times without one, where their person's newest ``timezone`` trait in these files names none. Facts after
    ``latest`` (microseconds) are refused. Raises ``Invalid`` for a file that cannot be read at all.
    """
    connection.execute("DROP TABLE IF EXISTS staged")
    connection.execute(f"CREATE OR REPLACE TABLE staging_raw ({RAW_COLUMNS})")
    run = _Run(connection, source_name, WallClock(zone), on_progress, on_reject)
    try:
        with _no_cycle_search():
            for number, source in enumerate(sources):
                for batch in read_source(source, check_key):
                    run.take(batch, number, source.name)
                run.end_of_file()
    finally:
        run.close()
    shift_naive_times(connection, zone)
    _make_staged(connection)
    if latest is not None:
        _refuse_future(run, latest, [each.name for each in sources])
    return _count(connection, run)


@contextmanager
def _no_cycle_search() -> Iterator[None]:
    """Readers make millions of rows and no cycles: the collector's walks over them cost a quarter of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Run:
    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        source_name: str,
        clock: WallClock,
        on_progress: OnProgress | None,
        on_reject: OnReject | None,
    ) -> None:
        self.connection = connection
        self.source_name = source_name
        self.clock = clock
        self.on_progress = on_progress
        self.on_reject = on_reject
        self.report = StageReport()
        self.bytes_before = 0
        self.bytes_here = 0
        self.writer = ThreadPoolExecutor(1)
        self.writing: Future[None] | None = None

    def take(self, batch: Batch, number: int, name: str) -> None:
        if batch.facts.num_rows:
            self.wait()
            self.writing = self.writer.submit(self._insert, batch.facts, number)
        for each in batch.rejects:
            self.refuse(each)
        self.report.lines += batch.lines
        self.bytes_here = batch.bytes_done
        if self.on_progress:
            done = self.bytes_before + self.bytes_here
            self.on_progress(Progress(name, done, self.report.lines, self.report.refused))

    def wait(self) -> None:
        """Until the batch before is in the table: one is written while the next is read, never more."""
        if self.writing:
            writing, self.writing = self.writing, None
            writing.result()

    def close(self) -> None:
        try:
            self.wait()
        finally:
            self.writer.shutdown()

    def _insert(self, facts: pa.RecordBatch, number: int) -> None:
        self.connection.register("staging_batch", self._dated(facts))
        self.connection.execute(
            f"""INSERT INTO staging_raw SELECT fact, who, other, kind, "at", said, coalesce(id, {_LINE_ID}),
                id IS NULL, channel, source, props, line, $file FROM staging_batch""",
            {"source": self.source_name, "file": number},
        )
        self.connection.unregister("staging_batch")

    def _dated(self, facts: pa.RecordBatch) -> pa.Table:
        """With "at" in UTC, and ``said`` what the clock on the wall showed where that was all."""
        at, is_naive = facts.column("at"), facts.column("is_naive")
        said = pc.if_else(is_naive, at, pa.scalar(None, pa.int64()))
        if said.null_count < len(said):
            filled = pc.fill_null(at, 0).to_numpy(zero_copy_only=False)
            at = pc.if_else(is_naive, pa.array(self.clock.to_utc(filled)), at)
        table = pa.Table.from_batches([facts]).drop_columns(["at", "is_naive"])
        return table.append_column("at", at).append_column("said", said)

    def refuse(self, each: Reject) -> None:
        self.report.refused += 1
        if len(self.report.rejects) < KEPT_REJECTS:
            self.report.rejects.append(each)
        if self.on_reject:
            self.on_reject(each)

    def end_of_file(self) -> None:
        self.bytes_before += self.bytes_here
        self.bytes_here = 0


def _make_staged(connection: duckdb.DuckDBPyConnection) -> None:
    """Equal lines without an id become first, second, third; of lines that share an id one remains."""
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE staging_shared AS
           SELECT hash(id) AS hashed FROM staging_raw GROUP BY ALL HAVING count(*) > 1"""
    )
    if not connection.execute("SELECT 1 FROM staging_shared LIMIT 1").fetchall():
        connection.execute("ALTER TABLE staging_raw DROP COLUMN said")
        connection.execute("ALTER TABLE staging_raw DROP COLUMN is_made")
        connection.execute("ALTER TABLE staging_raw RENAME TO staged")
    else:
        connection.execute(
            f"""CREATE TABLE staged AS
                SELECT {STAGED} FROM staging_raw WHERE hash(id) NOT IN (FROM staging_shared)
                UNION ALL ({_REPEATED})"""
        )
        connection.execute("DROP TABLE staging_raw")
    connection.execute("DROP TABLE staging_shared")


def _refuse_future(run: _Run, latest: int, names: list[str]) -> None:
    rows = run.connection.execute(
        f"""SELECT file, line, {CANONICAL} FROM staged WHERE "at" > ? ORDER BY file, line""", [latest]
    )
    while some := rows.fetchmany(10_000):
        for file, line, text in some:
            problem = Problem("event.too_far_ahead")
            run.refuse(reject(names[file], line, problem, text))
    run.connection.execute('DELETE FROM staged WHERE "at" > ?', [latest])


def _count(connection: duckdb.DuckDBPyConnection, run: _Run) -> StageReport:
    report = run.report
    ((report.facts,),) = connection.execute("SELECT count(*) FROM staged").fetchall()
    return report
