"""Admission of a staged import: into the log like any fact when it is small, straight into history files when it is large.

A large one goes in parts, in time order. A part's files are written and fsynced while admission pauses; one transaction then
lists the files, makes the new people and moves the cursor. Killed anywhere and started again, what is committed is known and
the rest follows, with the outcome of a single run.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import duckdb

from yutang.events import bulk_tables as tables
from yutang.events import history, log
from yutang.events.admission import admit
from yutang.events.admitting import admitting
from yutang.events.bulk_tables import Part
from yutang.events.intake import enqueue, waiting
from yutang.events.models import HistoryFile
from yutang.events.rules import Fact
from yutang.kernel.clock import Clock
from yutang.kernel.crash import declare, passing
from yutang.kernel.write import admission_lock, write_transaction
from yutang.people import actions as people
from yutang.people.bulk import add_users, next_number

FEW = 20_000
"""Up to so many facts go through the log: small files in history would only have to be merged."""
PART = 1_000_000
WIDE_MEMORY = "1GB"
"""For a part whose rows are so wide that a file's row groups do not fit into what an import begins with."""
AT_ONCE = 5_000
ATTEMPTS = 20

AFTER_FILES = declare("events.import.after_files")
BEFORE_COMMIT = declare("events.import.before_commit")
AFTER_COMMIT = declare("events.import.after_commit")
AFTER_ENQUEUE = declare("events.import.after_enqueue")

OnPart = Callable[["Outcome"], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """``known`` were there already; ``kept_out`` are of erased people."""

    added: int = 0
    known: int = 0
    kept_out: int = 0

    def __add__(self, other: Outcome) -> Outcome:
        return Outcome(self.added + other.added, self.known + other.known, self.kept_out + other.kept_out)


class _Moved(Exception):
    """Somebody else admitted in between: the numbers in the files are taken."""


def count_known(connection: duckdb.DuckDBPyConnection, workspace_id: int) -> Outcome:
    """What ``admit_staged`` would do, nothing written."""
    tables.number_facts(connection)
    tables.find_known(connection, workspace_id, "own")
    known, total = tables.count_known(connection, "own")
    said = tables.list_said(connection)
    said_known = _known_ids(workspace_id, [fact.id for fact in said])
    return Outcome(total - known + len(said) - len(said_known), known + len(said_known))


def admit_staged(
    connection: duckdb.DuckDBPyConnection, workspace_id: int, *, clock: Clock, on_part: OnPart | None = None,
    few: int = FEW, part: int = PART,
) -> Outcome:  # fmt: skip
    """Admits the table ``staged``. Merges, retractions and erasures always go through admission, before everything else."""
    tables.number_facts(connection)
    outcome = _through_log(workspace_id, tables.list_said(connection), clock)
    count = tables.count_own(connection)
    if count <= few:
        return outcome + _through_log(workspace_id, tables.list_own(connection), clock)
    for low in range(1, count + 1, part):
        outcome += _one_part(connection, workspace_id, low, low + part - 1, clock)
        if on_part:
            on_part(outcome)
    return outcome


def _through_log(workspace_id: int, facts: list[Fact], clock: Clock) -> Outcome:
    outcome = Outcome()
    for start in range(0, len(facts), AT_ONCE):
        some = facts[start : start + AT_ONCE]
        known = _known_ids(workspace_id, [fact.id for fact in some])
        fresh = [fact for fact in some if fact.id not in known]
        if fresh:
            enqueue(workspace_id, fresh, received_at=clock.now())
            passing(AFTER_ENQUEUE)
        kept_out = 0
        while waiting(workspace_id):
            kept_out += admit(workspace_id, clock).kept_out
        outcome += Outcome(len(fresh) - kept_out, len(known), kept_out)
    return outcome


def _known_ids(workspace_id: int, ids: list[str]) -> set[str]:
    return log.known_ids(workspace_id, ids) | people.known_fact_ids(workspace_id, ids)


# -- straight into history ---------------------------------------------------------------------------------------------


def _one_part(
    connection: duckdb.DuckDBPyConnection, workspace_id: int, low: int, high: int, clock: Clock
) -> Outcome:
    for attempt in range(ATTEMPTS):
        try:
            with admitting(workspace_id):
                return _write_part(connection, workspace_id, low, high, clock)
        except _Moved:
            if attempt == ATTEMPTS - 1:
                raise
        except duckdb.OutOfMemoryException:
            if attempt:
                raise
            connection.execute(f"SET memory_limit = '{WIDE_MEMORY}'")
    raise AssertionError("unreachable")


def _write_part(
    connection: duckdb.DuckDBPyConnection, workspace_id: int, low: int, high: int, clock: Clock
) -> Outcome:
    first_seq, first_number = log.next_seq(workspace_id), next_number(workspace_id)
    part = tables.make_part(connection, workspace_id, low, high, first_seq, first_number)
    outcome = Outcome(part.facts, part.known, part.kept_out)
    if not part.facts:
        return outcome
    files = history.write_history(connection, workspace_id, "part_raw", now=clock.now())
    passing(AFTER_FILES)
    try:
        with write_transaction():
            admission_lock(workspace_id)
            if (log.take(workspace_id, part.facts), next_number(workspace_id)) != (first_seq, first_number):
                raise _Moved
            _store(connection, workspace_id, part, files)
            passing(BEFORE_COMMIT)
    except BaseException:
        _discard(files)
        raise
    passing(AFTER_COMMIT)
    return outcome


def _store(
    connection: duckdb.DuckDBPyConnection, workspace_id: int, part: Part, files: list[HistoryFile]
) -> None:
    for origins in tables.new_origins(connection):
        add_users(workspace_id, origins)
    log.note_next_origin(workspace_id, part.next_number)
    for firsts in tables.firsts(connection):
        people.note_first(workspace_id, firsts)
    history.list_files(files)
    log.meet_retractions(workspace_id, tables.retracted_seqs(connection, workspace_id))
    log.count_properties(workspace_id, part.seen)


def _discard(files: list[HistoryFile]) -> None:
    """Nothing lists them: they never counted."""
    for file in files:
        path = history.path_of(file)
        path.unlink(missing_ok=True)
        path.with_name(path.name + ".ids").unlink(missing_ok=True)
