"""Who admits, admits alone: the pause in admission that a bulk import needs while it writes its files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import connection

from yutang.kernel.write import file_lock


@contextmanager
def admitting(workspace_id: int) -> Iterator[None]:
    """Waits until nobody else admits facts to this workspace, and keeps it so. Intake goes on; other writes do too.

    Enter it before a write transaction, never inside one: whoever holds it will want the write lock next.
    """
    if connection.vendor == "sqlite":
        with file_lock(Path(settings.YUTANG_HOME) / f"admission-{workspace_id}.lock"):
            yield
        return
    key = _lock_key(workspace_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [key])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


def _lock_key(workspace_id: int) -> int:
    """The lock that ``kernel.write.admission_lock`` takes within a transaction."""
    digest = sha256(f"admission\x1f{workspace_id}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
