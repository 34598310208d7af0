"""The write transaction: one writer at a time on SQLite, in the order in which they came."""

from __future__ import annotations

import errno
import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection, transaction

from yutang.kernel.refused import Refused
from yutang.language.problem import Problem

_held = threading.local()


@contextmanager
def file_lock(path: Path) -> Iterator[None]:
    """Waits for an exclusive lock on ``path``, in a queue with other threads and processes; re-entrant within a thread."""
    depths: dict[str, int] = _held.__dict__.setdefault("depths", {})
    name = str(path)
    if depths.get(name):
        yield
        return
    # A descriptor of its own each time: two threads that shared one would share the lock as well.
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        depths[name] = 1
        yield
    finally:
        depths[name] = 0
        os.close(descriptor)


@contextmanager
def write_transaction() -> Iterator[None]:
    """Commits at the end, rolls back on any exception; inside another one it is a savepoint.

    On SQLite the home's ``write.lock`` is held from before BEGIN IMMEDIATE until after COMMIT: SQLite's own waiting is
    polling and starves. Raises Refused 503 ``kernel.disk_full`` or ``kernel.busy`` for those two states of the machine.
    """
    try:
        if connection.vendor == "sqlite":
            with file_lock(Path(settings.YUTANG_HOME) / "write.lock"), transaction.atomic():
                yield
        else:
            with transaction.atomic():
                yield
    except (DatabaseError, OSError) as error:
        problem = machine_problem(error)
        if problem is None:
            raise
        raise Refused(problem, status=503, retry_after=5) from error


def machine_problem(error: BaseException) -> Problem | None:
    """The problem a full disk or a busy database is; None for any other error."""
    words = str(error).lower()
    state = getattr(error.__cause__, "sqlstate", None)
    if (
        "disk is full" in words
        or state == "53100"
        or getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT)
    ):
        return Problem("kernel.disk_full")
    if "database is locked" in words or state in ("55P03", "40P01", "40001"):
        return Problem("kernel.busy")
    return None


def advisory_lock(*words: object) -> None:
    """PostgreSQL: waits for the lock named by ``words`` and holds it until the transaction ends. SQLite: has it already."""
    if connection.vendor != "postgresql":
        return
    digest = sha256("\x1f".join(str(each) for each in words).encode()).digest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(digest[:8], "big", signed=True)])


def admission_lock(workspace_id: int) -> None:
    """Inside a write transaction: from here until its end nobody else admits facts to this workspace."""
    advisory_lock("admission", workspace_id)


@contextmanager
def snapshot() -> Iterator[None]:
    """Everything read inside is of one instant; writers are not held up. Inside a transaction it is that transaction."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with _deferred(), transaction.atomic():
            yield
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield


@contextmanager
def _deferred() -> Iterator[None]:
    # The configured BEGIN IMMEDIATE would have a mere reader stand in the writers' queue.
    connection.ensure_connection()  # which is what reads the configured mode
    sqlite: Any = connection
    mode = sqlite.transaction_mode
    sqlite.transaction_mode = "DEFERRED"
    try:
        yield
    finally:
        sqlite.transaction_mode = mode
