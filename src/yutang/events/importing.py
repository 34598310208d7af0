"""One import from file to record: kept as an ``Import`` row that a page can follow, resumed by simply being run again."""

from __future__ import annotations

import csv
import logging
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

import duckdb
from django.conf import settings

from yutang.events.bulk import Outcome, admit_staged, count_known
from yutang.events.lines.batch import Reject
from yutang.events.lines.formats import Source, source_of
from yutang.events.lines.mapping import mapping_as_words, mapping_from_words
from yutang.events.lines.opening import STDIN
from yutang.events.models import Import
from yutang.events.staging import DEFAULT_SOURCE, Progress, StageReport, stage
from yutang.kernel import door
from yutang.kernel.clock import DAY, SECOND, Clock
from yutang.kernel.crash import declare, passing
from yutang.kernel.door import Actor, Entry
from yutang.kernel.refused import Refused
from yutang.kernel.text import Language, say
from yutang.kernel.write import write_transaction
from yutang.language.problem import Invalid, Problem
from yutang.workspaces.models import Workspace

AFTER_START = declare("events.import.after_start")
AFTER_STAGE = declare("events.import.after_stage")
BEFORE_END = declare("events.import.before_end")
MEMORY = "256MB"
"""DuckDB's share; beyond it spills. A part with very wide rows may ask for more, see ``bulk.WIDE_MEMORY``."""
WHOLE = 64 * 1024 * 1024
"""Larger files are recognised by size, beginning and end."""

logger = logging.getLogger(__name__)
OnProgress = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Task:
    """What to import. ``most_bad``: with more refused lines nothing is admitted. ``rejects``: the CSV of refused lines."""

    sources: tuple[Source, ...]
    zone: str
    source_name: str = DEFAULT_SOURCE
    most_bad: int | None = None
    rejects: Path | None = None
    language: Language = "zh"


@dataclass(slots=True)
class Report:
    """``lines`` were read; ``facts`` are what they say, each once: ``added``, ``known``, or ``kept_out`` (erased people)."""

    lines: int = 0
    facts: int = 0
    added: int = 0
    known: int = 0
    kept_out: int = 0
    refused: int = 0
    people: int = 0
    seconds: float = 0.0
    rejects: list[Reject] = field(default_factory=list)
    rejects_path: str = ""
    is_dry_run: bool = False


def run_import(
    *, workspace: Workspace, task: Task, actor: Actor, clock: Clock, on_progress: OnProgress | None = None
) -> Report:
    """Everything good in the files is admitted, once. Raises ``Invalid`` for a file that cannot be read, Refused when the machine
    cannot; the row then says so."""
    row = _begin(workspace.pk, task, actor, clock)
    return _follow(row, workspace, task, clock, on_progress)


def rehearse(
    *, workspace: Workspace, task: Task, clock: Clock, on_progress: OnProgress | None = None
) -> Report:
    """The report ``run_import`` would give, with nothing written but the file of refused lines that was asked for."""
    started = clock.now()
    with _stage(task, clock, task.rejects, on_progress) as (connection, staged, people):
        outcome = count_known(connection, workspace.pk)
    report = _report(staged, outcome, people, task.rejects, clock.now() - started)
    report.is_dry_run = True
    return report


def queue_import(
    *, workspace_id: int, path: str, name: str, mapping: dict[str, Any], actor: Actor, clock: Clock
) -> int:
    """For a file below the home's ``uploads/``; a worker runs it. ``mapping`` as ``mapping_from_words`` has it, and perhaps
    ``source_name``; empty for event lines. Gives the row's id; raises ``Invalid`` for a wrong mapping."""
    words = {key: value for key, value in mapping.items() if key != "source_name"}
    if words:
        mapping_from_words(words)
    file = _uploads() / path

    def perform(entry: Entry) -> int:
        entry.audit(name=name, path=path)
        return Import.objects.create(
            workspace_id=workspace_id, name=name[:255], path=path, mapping=mapping, started_at=entry.now,
            bytes_total=file.stat().st_size, fingerprint=_fingerprint([str(file)], mapping),
        ).pk  # fmt: skip

    input = {"name": name, "path": path, "mapping": mapping}
    answer = door.run(
        "events.queue_import",
        workspace_id=workspace_id,
        actor=actor,
        input=input,
        perform=perform,
        clock=clock,
    )
    return int(answer.value)


def run_waiting_import(clock: Clock) -> bool:
    """A worker's turn: the oldest upload that waits, or that was running when its worker died."""
    # every workspace: the worker serves them all; only uploads have a path, so a running command is left alone
    states = (Import.State.WAITING, Import.State.RUNNING)
    row = Import.objects.filter(state__in=states).exclude(path="").order_by("id").first()
    if row is None:
        return False
    workspace = Workspace.objects.get(pk=row.workspace_id)
    _update(row, state=Import.State.RUNNING)
    try:
        _follow(row, workspace, _task_of(row, workspace), clock, None)
    except (Invalid, Refused):
        logger.info("an import was refused")  # the row says why
    return True


def waiting_imports() -> int:
    # every workspace: pending work of the whole installation
    states = (Import.State.WAITING, Import.State.RUNNING)
    return Import.objects.filter(state__in=states).exclude(path="").count()


def _task_of(row: Import, workspace: Workspace) -> Task:
    words = {key: value for key, value in row.mapping.items() if key != "source_name"}
    mapping = mapping_from_words(words) if words else None
    source = source_of(str(_uploads() / row.path), name=row.name, mapping=mapping)
    zone = mapping.zone if mapping and mapping.zone else workspace.timezone
    return Task((source,), zone, row.mapping.get("source_name", DEFAULT_SOURCE))


# -- the row -----------------------------------------------------------------------------------------------------------


def _begin(workspace_id: int, task: Task, actor: Actor, clock: Clock) -> Import:
    paths = [each.path for each in task.sources]
    mapping = task.sources[0].mapping
    words = mapping_as_words(mapping) if mapping else {}
    name = ", ".join(each.name for each in task.sources)[:255]
    fingerprint = _fingerprint(paths, {**words, "source_name": task.source_name})

    def perform(entry: Entry) -> int:
        entry.audit(name=name, fingerprint=fingerprint)
        _end_interrupted(workspace_id, fingerprint, entry.now)
        return Import.objects.create(
            workspace_id=workspace_id, name=name, fingerprint=fingerprint, mapping=words, started_at=entry.now,
            state=Import.State.RUNNING, bytes_total=sum(_size(path) for path in paths),
        ).pk  # fmt: skip

    input = {"name": name, "fingerprint": fingerprint}
    answer = door.run(
        "events.import", workspace_id=workspace_id, actor=actor, input=input, perform=perform, clock=clock
    )
    passing(AFTER_START)
    return Import.objects.get(pk=int(answer.value), workspace_id=workspace_id)


def _end_interrupted(workspace_id: int, fingerprint: str, now: int) -> None:
    """The same import, begun before and never ended: this run takes up where it was. If it still runs, it will say so itself."""
    before = Import.objects.filter(
        workspace_id=workspace_id, fingerprint=fingerprint, state=Import.State.RUNNING, path=""
    )
    before.update(state=Import.State.FAILED, problem="import.interrupted", ended_at=now)


def _follow(
    row: Import, workspace: Workspace, task: Task, clock: Clock, on_progress: OnProgress | None
) -> Report:
    """Runs it and keeps the row up to date."""
    path = task.rejects or Path(settings.YUTANG_HOME) / "rejects" / f"import-{row.pk}.csv"
    started = clock.now()
    watch = _watch(row, clock, on_progress)
    try:
        with _stage(task, clock, path, watch) as (connection, staged, people):
            passing(AFTER_STAGE)
            outcome = admit_staged(connection, workspace.pk, clock=clock)
    except (Invalid, Refused) as error:
        words = "; ".join(_in_words(each, task.language) for each in error.problems)
        _update(row, state=Import.State.FAILED, problem=words[:2000], ended_at=clock.now())
        raise
    except BaseException as error:
        _update(row, state=Import.State.FAILED, problem=type(error).__name__, ended_at=clock.now())
        raise
    report = _report(staged, outcome, people, path, clock.now() - started)
    passing(BEFORE_END)
    _update(
        row, state=Import.State.DONE, ended_at=clock.now(), rows_read=report.lines, added=report.added,
        known=report.known, refused=report.refused, rejects_path=report.rejects_path,
        bytes_done=max(row.bytes_total, 0),
    )  # fmt: skip
    return report


def _watch(row: Import, clock: Clock, on_progress: OnProgress | None) -> OnProgress:
    last = clock.now()

    def watch(progress: Progress) -> None:
        nonlocal last
        if on_progress:
            on_progress(progress)
        if clock.now() - last > SECOND:
            last = clock.now()
            _update(row, bytes_done=progress.bytes_done, rows_read=progress.lines, refused=progress.refused)

    return watch


def _update(row: Import, **columns: Any) -> None:
    with write_transaction():
        Import.objects.filter(pk=row.pk, workspace_id=row.workspace_id).update(**columns)


def _report(staged: StageReport, outcome: Outcome, people: int, rejects: Path | None, micros: int) -> Report:
    return Report(
        lines=staged.lines, facts=staged.facts, added=outcome.added, known=outcome.known,
        kept_out=outcome.kept_out, refused=staged.refused, people=people, seconds=micros / SECOND,
        rejects=staged.rejects, rejects_path=str(rejects) if rejects and staged.refused else "",
    )  # fmt: skip


# -- staging -----------------------------------------------------------------------------------------------------------


@contextmanager
def _stage(
    task: Task, clock: Clock, rejects: Path | None, on_progress: OnProgress | None
) -> Iterator[tuple[duckdb.DuckDBPyConnection, StageReport, int]]:
    """The staged facts in a DuckDB of this run's own, which spills to the home's disk, and how many people they name."""
    folder = Path(settings.YUTANG_HOME) / "staging"
    _sweep(folder, clock.now())
    spill = folder / f"import-{os.getpid()}-{clock.now()}"
    try:
        with duckdb.connect() as connection, closing(_RejectsFile(rejects, task)) as refused:
            connection.execute("SET temp_directory = ?", [str(spill)])
            for setting in (
                f"memory_limit = '{MEMORY}'",
                "threads = 2",
                "TimeZone = 'UTC'",
                "preserve_insertion_order = false",
            ):
                connection.execute(f"SET {setting}")
            report = stage(
                connection, task.sources, source_name=task.source_name, zone=task.zone,
                latest=clock.now() + DAY, on_progress=on_progress, on_reject=refused.write,
            )  # fmt: skip
            if task.most_bad is not None and report.refused > task.most_bad:
                raise Refused(
                    Problem("import.too_many_bad", {"count": report.refused, "most": task.most_bad})
                )
            people = connection.execute("SELECT count(DISTINCT who) FROM staged").fetchall()[0][0]
            yield connection, report, int(people)
    finally:
        shutil.rmtree(spill, ignore_errors=True)


def _sweep(folder: Path, now: int) -> None:
    """What a killed run left behind goes after a day."""
    for spill in folder.glob("import-*"):
        if now - spill.stat().st_mtime_ns // 1000 > DAY:
            shutil.rmtree(spill, ignore_errors=True)


class _RejectsFile:
    """A CSV that a spreadsheet may open without running anything in it; made when the first line is refused."""

    def __init__(self, path: Path | None, task: Task) -> None:
        self.path = path
        self.language = task.language
        self.file: Any = None

    def write(self, each: Reject) -> None:
        if self.path is None:
            return
        if self.file is None:
            self.file = self.path.open("w", encoding="utf-8-sig", newline="")
            self.rows = csv.writer(self.file)
            self.rows.writerow(("file", "line", "code", "reason", "raw"))
        reason = say(each.problem, self.language)
        cells = (each.file, str(each.line), each.problem.code, reason, each.raw)
        self.rows.writerow([neutral(cell) for cell in cells])

    def close(self) -> None:
        if self.file:
            self.file.close()


def neutral(cell: str) -> str:
    """No spreadsheet takes it for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


# -- small things ------------------------------------------------------------------------------------------------------


def _in_words(problem: Problem, language: Language) -> str:
    place = f"{problem.where}: " if problem.where else ""
    return place + say(problem, language)


def _uploads() -> Path:
    return Path(settings.YUTANG_HOME) / "uploads"


def _size(path: str) -> int:
    return Path(path).stat().st_size if path != STDIN and Path(path).is_file() else 0


def _fingerprint(paths: Sequence[str], words: dict[str, Any]) -> str:
    hashed = blake2b(repr(sorted(words.items())).encode(), digest_size=32)
    for path in paths:
        if path == STDIN or not Path(path).is_file():
            hashed.update(path.encode())
            continue
        with Path(path).open("rb") as file:
            size = _size(path)
            hashed.update(str(size).encode())
            if size <= WHOLE:
                hashed.update(file.read())
            else:
                hashed.update(file.read(WHOLE // 2))
                file.seek(-(WHOLE // 2), os.SEEK_END)
                hashed.update(file.read())
    return hashed.hexdigest()


def is_terminal() -> bool:
    return sys.stderr.isatty()
