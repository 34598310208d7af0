"""The log's older rows become history, small files become large ones, and what is no longer in force is unlinked.

A file is written first, then listed in the transaction in which its rows leave their old place, so at every instant each
fact is in force exactly once. A dropped file stays for an hour, for questions that still read it; a file that held erased
people does not.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
from django.conf import settings
from django.db.models import Max

from yutang.events import people_file, sidecar
from yutang.events.files import source
from yutang.events.history import (
    FILE_ROWS,
    folder,
    list_files,
    listed,
    path_of,
    people_folder,
    put_file,
    write_history,
)
from yutang.events.models import HistoryFile, LogEntry
from yutang.events.people_file import (
    find_people_file,
    is_worth_writing,
    remove_people_files,
    write_people_file,
)
from yutang.events.snapshot import Snapshot, from_optional, optional, snapshot
from yutang.events.workspace import connect
from yutang.kernel.clock import DAY, Clock
from yutang.kernel.crash import declare, passing
from yutang.kernel.write import admission_lock, file_lock, write_transaction
from yutang.people.models import Erasure, MergeFact, Origin
from yutang.people.queries import erased_origins
from yutang.workspaces.models import Workspace

AFTER_WRITE = declare("events.compact.after_write")
BEFORE_COMMIT = declare("events.compact.before_commit")
AFTER_LIST = declare("events.compact.after_list")
BEFORE_UNLINK = declare("events.compact.before_unlink")
AFTER_UNLINK = declare("events.compact.after_unlink")

HOUR = DAY // 24
ORPHAN_AGE = HOUR
"""A file that is not listed may belong to an import that is still at work; should it be at work longer, it starts over."""
MOVE_ROWS = 20_000
"""Rows moved in one transaction: other writers wait while they are deleted."""
MERGE_FILES = 8
MERGED_COLUMNS = 400
"""Files whose columns together are more than this stay apart."""

logger = logging.getLogger(__name__)


def step(clock: Clock) -> bool:
    """A worker's turn: one bounded piece of work in every workspace. Says whether there was any."""
    # every workspace: the worker serves them all
    worked = [_look(workspace_id, clock) for workspace_id in Workspace.objects.values_list("id", flat=True)]
    return any(worked)


_idle: dict[int, tuple[int, object]] = {}
"""For each workspace when this process last found nothing to do, and what had been said by then."""


def _look(workspace_id: int, clock: Clock) -> bool:
    """Asks again only when something was said, or a minute later."""
    said = _newest_said(workspace_id)
    at, known = _idle.get(workspace_id, (0, None))
    if known == said and clock.now() < at + HOUR // 60:
        return False
    if compact(workspace_id, clock):
        return True
    _idle[workspace_id] = clock.now(), said
    return False


def compact(workspace_id: int, clock: Clock) -> bool:
    """The most urgent piece of work, if there is any: erasure, age, many small files, files to unlink."""
    now = clock.now()
    return (
        _erase(workspace_id, now)
        or _move_old(workspace_id, now)
        or _merge(workspace_id, now, MERGE_FILES)
        or _unlink(workspace_id, now)
        or _sweep(workspace_id, now)
        or _write_people(workspace_id)
    )


def compact_now(workspace_id: int, clock: Clock, *, everything: bool) -> None:
    """All the work there is. ``everything``: the whole log becomes history, in as few files as may be."""
    with file_lock(Path(settings.YUTANG_HOME) / "worker.slow.lock"):
        while compact(workspace_id, clock):
            pass
        if everything:
            while _move(workspace_id, clock.now(), _last_seq(workspace_id)):
                pass
            while _merge(workspace_id, clock.now(), 2):
                pass


@dataclass(frozen=True, slots=True)
class Stock:
    """How many facts are in the log, and how many files are in force."""

    log: int
    files: int


def stock(workspace_id: int) -> Stock:
    return Stock(
        log=LogEntry.objects.filter(workspace_id=workspace_id).count(),
        files=HistoryFile.objects.filter(workspace_id=workspace_id, dropped_at=None).count(),
    )


# -- from the log ------------------------------------------------------------------------------------------------------


def _move_old(workspace_id: int, now: int) -> bool:
    """Moves when a full batch is older than ``hot_days``, or when something is a day older still."""
    hot = Workspace.objects.values_list("hot_days", flat=True).get(id=workspace_id) * DAY
    log = LogEntry.objects.filter(workspace_id=workspace_id).order_by("seq")
    oldest = log.values_list("received_at", flat=True).first()
    if oldest is None or oldest >= now - hot:
        return False
    young = log.filter(received_at__gte=now - hot).values_list("seq", flat=True).first()
    last = _last_seq(workspace_id) if young is None else young - 1
    if oldest >= now - hot - DAY and log.filter(seq__lte=last)[:MOVE_ROWS].count() < MOVE_ROWS:
        return False
    return _move(workspace_id, now, last)


def _last_seq(workspace_id: int) -> int:
    log = LogEntry.objects.filter(workspace_id=workspace_id).order_by("-seq")
    return log.values_list("seq", flat=True).first() or 0


def _move(workspace_id: int, now: int, last: int) -> bool:
    """Moves the first rows of the log, up to ``last``. Says whether there were any."""
    with snapshot() as state:
        rows = _log_rows(state, workspace_id, last)
    if not rows.num_rows:
        return False
    low, high = rows["seq"][0].as_py(), rows["seq"][-1].as_py()
    files = _written(workspace_id, rows, now)
    passing(AFTER_WRITE)
    with write_transaction():
        admission_lock(workspace_id)
        gone, _ = LogEntry.objects.filter(workspace_id=workspace_id, seq__range=(low, high)).delete()
        if gone > rows.num_rows:
            raise RuntimeError("the log changed under compaction")
        list_files(files)
        passing(BEFORE_COMMIT)
    passing(AFTER_LIST)
    return True


def _log_rows(state: Snapshot, workspace_id: int, last: int) -> pa.Table:
    return state.table(
        f"""SELECT fact, origin AS person, kind, "at", id, seq, {optional("channel")}, {optional("source")}, props
            FROM events_logentry WHERE workspace_id = {int(workspace_id)} AND seq <= {int(last)}
            ORDER BY seq LIMIT {MOVE_ROWS}"""
    )


def _written(workspace_id: int, rows: pa.Table, now: int) -> list[HistoryFile]:
    with closing(connect()) as connection:
        connection.register("log_rows", rows)
        connection.execute(
            f"""CREATE TABLE raw AS SELECT fact, person, kind, make_timestamp("at") AS "at", id, seq,
                {from_optional("channel")}, {from_optional("source")}, props FROM log_rows"""
        )
        return write_history(connection, workspace_id, "raw", now=now)


# -- fewer, larger files -----------------------------------------------------------------------------------------------


def _merge(workspace_id: int, now: int, least: int) -> bool:
    """Makes one file of at least ``least`` files of a like size. Says whether there were any."""
    for table in HistoryFile.Table.values:
        for group in _groups(_in_force(workspace_id, table), least):
            _replace(group, f"SELECT * FROM {source(map(listed, group))}", now, dropped_at=now)
            return True
    return False


def _in_force(workspace_id: int, table: str) -> list[HistoryFile]:
    files = HistoryFile.objects.filter(workspace_id=workspace_id, table=table, dropped_at=None)
    return list(files.order_by("seq_from", "id"))


def _groups(files: Sequence[HistoryFile], least: int) -> list[list[HistoryFile]]:
    """Groups worth merging. A file meets those of its own size, so a row is rewritten a few times only; by two, any size."""
    bins: dict[int, list[list[HistoryFile]]] = {}
    for file in files:
        # octal digits: eight of one size make one of the next
        size = len(f"{file.rows // MOVE_ROWS:o}") if least > 2 else 0
        groups = bins.setdefault(size, [])
        group = next((each for each in groups if _fits([*each, file])), None)
        if group is None:
            groups.append([file])
        else:
            group.append(file)
    return [group for groups in bins.values() for group in groups if _is_worth(group, least)]


def _is_worth(group: Sequence[HistoryFile], least: int) -> bool:
    return len(group) >= least or (len(group) > 1 and sum(file.rows for file in group) > FILE_ROWS // 2)


def _fits(files: Sequence[HistoryFile]) -> bool:
    columns = {name for file in files for name in file.columns if file.table == HistoryFile.Table.EVENTS}
    return sum(file.rows for file in files) <= FILE_ROWS and len(columns) <= MERGED_COLUMNS


def _replace(files: Sequence[HistoryFile], select: str, now: int, *, dropped_at: int) -> None:
    """Puts one file with the rows of ``select`` in the place of ``files`` (of one workspace and table)."""
    first = files[0]
    with closing(connect()) as connection:
        new = put_file(connection, first.workspace_id, first.table, select, now=now, columns=_columns(files))
    passing(AFTER_WRITE)
    with write_transaction():
        ids = [file.pk for file in files]
        old = HistoryFile.objects.filter(workspace_id=first.workspace_id, id__in=ids, dropped_at=None)
        if old.update(dropped_at=dropped_at) != len(files):
            raise RuntimeError("history changed under compaction")
        if new.rows:
            list_files([new])
        passing(BEFORE_COMMIT)
    passing(AFTER_LIST)
    if not new.rows:
        _remove(path_of(new))


def _columns(files: Sequence[HistoryFile]) -> list[tuple[str, str]]:
    names = {name for file in files for name in file.columns if file.table == HistoryFile.Table.EVENTS}
    return [(type, name) for type, _, name in (each.partition(":") for each in sorted(names))]


# -- erasure -----------------------------------------------------------------------------------------------------------

_clean: dict[int, tuple[object, ...]] = {}
"""For each workspace what this process looked at when it last found no facts of erased people in the files."""


def _erase(workspace_id: int, now: int) -> bool:
    """Rewrites one file that still holds facts of erased people, and unlinks the old one at once."""
    files = list(HistoryFile.objects.filter(workspace_id=workspace_id, dropped_at=None).order_by("id"))
    looked_at = (*_newest_said(workspace_id), *(file.path for file in files))
    if looked_at[0] is None or _clean.get(workspace_id) == looked_at:
        return False
    erased = frozenset(erased_origins(workspace_id))
    if erased:
        remove_people_files(people_folder(workspace_id))
    for file in files if erased else ():
        if _holds(file, erased):
            _rewrite_without(file, erased, now)
            return True
    _clean[workspace_id] = looked_at
    return False


def _newest_said(workspace_id: int) -> tuple[int | None, int | None]:
    """The newest erasure and, as far as it matters then, the newest merge: who is erased depends on both."""
    newest = Erasure.objects.filter(workspace_id=workspace_id).aggregate(id=Max("id"))["id"]
    if newest is None:
        return None, None
    return newest, MergeFact.objects.filter(workspace_id=workspace_id).aggregate(id=Max("id"))["id"]


def _holds(file: HistoryFile, erased: frozenset[int]) -> bool:
    with closing(connect()) as connection:
        connection.register("erased", pa.table({"person": pa.array(sorted(erased), pa.int64())}))
        query = f"SELECT 1 FROM {source([listed(file)])} SEMI JOIN erased USING (person) LIMIT 1"
        return bool(connection.execute(query).fetchall())


def _rewrite_without(file: HistoryFile, erased: frozenset[int], now: int) -> None:
    numbers = ", ".join(map(str, sorted(erased)))
    select = f"SELECT * FROM {source([listed(file)])} WHERE person NOT IN ({numbers})"
    # dropped as if an hour ago: unlinked at once, also by whoever comes after a crash here; so is what was dropped before
    with write_transaction():
        dropped = HistoryFile.objects.filter(workspace_id=file.workspace_id, dropped_at__gt=now - HOUR)
        dropped.update(dropped_at=now - HOUR)
    _replace([file], select, now, dropped_at=now - HOUR)
    _unlink(file.workspace_id, now)


# -- unlinking ---------------------------------------------------------------------------------------------------------


def _unlink(workspace_id: int, now: int) -> bool:
    """Unlinks what was dropped an hour ago. Says whether there was anything."""
    dropped = HistoryFile.objects.filter(workspace_id=workspace_id, dropped_at__lte=now - HOUR)
    found = list(dropped)
    for file in found:
        passing(BEFORE_UNLINK)
        _remove(path_of(file))
        passing(AFTER_UNLINK)
        with write_transaction():
            HistoryFile.objects.filter(workspace_id=workspace_id, id=file.pk).delete()
    return bool(found)


_swept: dict[Path, int] = {}


def _sweep(workspace_id: int, now: int) -> bool:
    """Removes files that nobody lists: what a crash left before the list was committed. Looks once an hour."""
    place = folder() / str(workspace_id)
    if now - _swept.get(place, -HOUR) < HOUR:
        return False
    _swept[place] = now
    if not (orphans := _orphans(workspace_id, place, now)):
        return False
    # under the write lock: a file is listed under it, too, and then found to be there
    with write_transaction():
        for path in _orphans(workspace_id, place, now):
            path.unlink(missing_ok=True)
    logger.warning("%d files that no list names were removed from %s", len(orphans), place)
    return True


def _orphans(workspace_id: int, place: Path, now: int) -> list[Path]:
    old = [path for path in place.glob("*.parquet*") if path.stat().st_mtime * 1e6 < now - ORPHAN_AGE]
    paths = (
        HistoryFile.objects.filter(workspace_id=workspace_id).values_list("path", flat=True) if old else ()
    )
    known = {Path(path).name for path in paths}
    return [path for path in old if path.name.removesuffix(".ids") not in known]


# -- people ------------------------------------------------------------------------------------------------------------


def _write_people(workspace_id: int) -> bool:
    """The file of people's keys anew, when many have come since."""
    origins = Origin.objects.filter(workspace_id=workspace_id).order_by("-number")
    newest = origins.values_list("number", flat=True).first() or 0
    if newest < people_file.WORTH:
        return False
    place = people_folder(workspace_id)
    with snapshot() as state:
        if not is_worth_writing(find_people_file(state, workspace_id, place), newest):
            return False
        write_people_file(state, workspace_id, place, erased_origins(workspace_id))
    return True


def _remove(path: Path) -> None:
    for each in (path, sidecar.path_of(path)):
        each.unlink(missing_ok=True)
