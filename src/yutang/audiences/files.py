"""Asking event files, without a workspace: staged into a DuckDB of their own, asked, forgotten."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import msgspec

from yutang.audiences import answering
from yutang.audiences.moments import Moment, make_moments
from yutang.audiences.questions import Question, all_needs, read_question
from yutang.events.dataset import Dataset, open_staged
from yutang.events.lines.formats import Source, source_of
from yutang.events.staging import DEFAULT_SOURCE, StageReport, stage
from yutang.language.compiling.times import parse_instant
from yutang.language.problem import Invalid, Problem
from yutang.language.relations import Needs

DEFAULT_ZONE = "Asia/Shanghai"
Line = Mapping[str, object] | str


@dataclass(frozen=True, slots=True)
class Staged:
    """Files, read once; questions that need the same may share an opened data set."""

    connection: duckdb.DuckDBPyConnection
    report: StageReport
    zone: str


@contextmanager
def staged_files(
    sources: Sequence[Source],
    *,
    zone: str = DEFAULT_ZONE,
    source_name: str = DEFAULT_SOURCE,
    on_progress: Callable[..., None] | None = None,
) -> Iterator[Staged]:
    """The facts of the files in a DuckDB that may spill to a temporary folder, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="yutang-ask-") as folder, duckdb.connect() as connection:
        connection.execute("SET temp_directory = ?", [folder])
        connection.execute("SET TimeZone = 'UTC'")
        report = stage(connection, sources, zone=zone, source_name=source_name, on_progress=on_progress)
        yield Staged(connection, report, zone)


_RELATIONS = ("origins", "erased", "events", "attributes", "people", "members", "retracted")


def open_files(staged: Staged, needs: Needs) -> Dataset:
    """A data set over the staged facts, one at a time; closing it leaves them there to be asked again."""
    cursor = staged.connection.cursor()
    for relation in _RELATIONS:
        cursor.execute(f"DROP TABLE IF EXISTS {relation}")
    return open_staged(cursor, needs, staged.zone)


def moment_of(text: str | int | None, staged: Staged) -> int:
    """``--at``: µs, an ISO text (without offset in the files' zone), or the last time in the files. Raises Invalid."""
    match text:
        case int():
            return text
        case str():
            found = parse_instant(text, staged.zone)
            if found is None:
                raise Invalid(Problem("audiences.bad_moment", {"value": text}))
            return found
    ((last,),) = staged.connection.execute('SELECT max("at") FROM staged').fetchall()
    if last is None:
        raise Invalid(Problem("audiences.no_time"))
    return int(last)


def ask_staged(staged: Staged, question: Question, at: int) -> list[str]:
    with open_files(staged, all_needs(question)) as dataset:
        answering.find_members(dataset, question, at)
        return answering.list_keys(dataset)


# -- lines at hand -----------------------------------------------------------------------------------------------------


@contextmanager
def staged_lines(lines: Iterable[Line], *, zone: str = DEFAULT_ZONE) -> Iterator[Staged]:
    """Event lines as mappings or JSON texts; raises Invalid with the problems of bad ones."""
    with tempfile.TemporaryDirectory(prefix="yutang-lines-") as folder:
        path = Path(folder) / "lines.jsonl"
        path.write_bytes(b"\n".join(_encoded(each) for each in lines) + b"\n")
        with staged_files([source_of(str(path))], zone=zone) as staged:
            if staged.report.refused:
                raise Invalid(*(each.problem for each in staged.report.rejects))
            yield staged


def _encoded(line: Line) -> bytes:
    return line.encode() if isinstance(line, str) else msgspec.json.encode(line)


def ask_lines(
    lines: Iterable[Line], expression: str, at: str | int | None = None, zone: str = DEFAULT_ZONE
) -> list[str]:
    """Who the condition holds for, as ``yutang ask --events`` prints them."""
    return ask_lines_many(lines, [(expression, at, zone)])[0]


def ask_lines_many(
    lines: Iterable[Line], asked: Iterable[tuple[str, str | int | None, str]]
) -> list[list[str]]:
    """Many conditions of the same lines, read once for each zone."""
    lines, wanted = list(lines), list(asked)
    answers: dict[int, list[str]] = {}
    for zone in sorted({zone for _, _, zone in wanted}):
        with staged_lines(lines, zone=zone) as staged:
            for i, (expression, at, own) in enumerate(wanted):
                if own == zone:
                    answers[i] = ask_staged(staged, read_question(expression), moment_of(at, staged))
    return [answers[i] for i in range(len(wanted))]


def ask_moments(
    lines: Iterable[Line], expression: str, moments: Sequence[Moment], zone: str = DEFAULT_ZONE
) -> list[bool]:
    """For each moment whether the condition holds at it."""
    question = read_question(expression, has_event=True)
    with (
        staged_lines(lines, zone=zone) as staged,
        open_files(staged, _with_triggers(question, staged, moments)) as dataset,
    ):
        make_moments(dataset, moments, question.needs)
        holds = set(answering.list_moments(dataset, question))
        return [i in holds for i in range(len(moments))]


def _with_triggers(question: Question, staged: Staged, moments: Sequence[Moment]) -> Needs:
    """What the question needs, and the triggers themselves, whatever their kind."""
    triggers = [each.event for each in moments if each.event is not None]
    kinds = staged.connection.execute(
        "SELECT DISTINCT kind FROM staged WHERE id IN (SELECT unnest(?))", [triggers]
    )
    needs = all_needs(question)
    return replace(needs, kinds=needs.kinds | {kind for (kind,) in kinds.fetchall()})


def horizon_lines(
    lines: Iterable[Line], expression: str, at: str | int | None = None, zone: str = DEFAULT_ZONE
) -> dict[str, int | None]:
    """For everyone until when (µs) the answer cannot change by itself; None: for ever."""
    question = read_question(expression)
    with staged_lines(lines, zone=zone) as staged, open_files(staged, all_needs(question)) as dataset:
        return answering.list_horizons(dataset, question, moment_of(at, staged))
