"""History files and the log's tail, read side by side for the pages.

A fact moves from the log into a file while pages are read. Whoever reads rows takes the log first and drops what comes twice by
``seq``; whoever counts calls ``consistently``, which counts again when the list of files changed meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import duckdb
from django.conf import settings
from django.db.models import QuerySet

from yutang.events.columns import literal
from yutang.events.models import HistoryFile, LogEntry, Retraction

T = TypeVar("T")
ATTEMPTS = 5
MEMORY = "1GB"


def files_in_force(workspace_id: int, table: str) -> list[HistoryFile]:
    found = HistoryFile.objects.filter(workspace_id=workspace_id, table=table, dropped_at=None)
    return list(found.order_by("pk"))


def scan(files: Sequence[HistoryFile]) -> str:
    """A ``FROM`` item over all columns of ``files`` (at least one); a column that a file lacks is null there."""
    folder = Path(settings.YUTANG_HOME) / "history"
    paths = ", ".join(literal(str(folder / each.path)) for each in files)
    return f"read_parquet([{paths}], union_by_name = true)"


def engine() -> duckdb.DuckDBPyConnection:
    """A small DuckDB for one page."""
    connection = duckdb.connect()
    connection.execute(f"SET memory_limit = '{MEMORY}'; SET threads = 2; SET TimeZone = 'UTC'")
    return connection


def log_events(workspace_id: int) -> QuerySet[LogEntry]:
    return LogEntry.objects.filter(workspace_id=workspace_id, fact="event")


def forgotten(workspace_id: int, *, at: int) -> QuerySet[Retraction]:
    """Retractions in force at ``at``."""
    return Retraction.objects.filter(workspace_id=workspace_id, at__lte=at)


def consistently(workspace_id: int, read: Callable[[list[HistoryFile]], T]) -> T:
    """What ``read`` makes of the event files in force and the log, with neither a fact twice nor one missing."""
    files = files_in_force(workspace_id, HistoryFile.Table.EVENTS)
    for _ in range(ATTEMPTS):
        try:
            answer = read(files)
        except duckdb.IOException:  # a file was erased under our eyes
            if files == (files := files_in_force(workspace_id, HistoryFile.Table.EVENTS)):
                raise
            continue
        before, files = files, files_in_force(workspace_id, HistoryFile.Table.EVENTS)
        if before == files:
            break
    return answer
