"""Files on their way in: kept under the home's ``uploads/`` folder until they are imported."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from django.conf import settings

MOST_BYTES = 2_000_000_000
KEPT_FOR = 7 * 86_400_000_000
"""Microseconds."""
_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,40}")
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')


def folder() -> Path:
    return Path(settings.YUTANG_HOME) / "uploads"


def keep(workspace_id: int, name: str, chunks: Iterable[bytes]) -> str:
    """Writes the file and gives its token."""
    token = secrets.token_urlsafe(18)
    home = folder() / str(workspace_id) / token
    home.mkdir(parents=True, mode=0o700)
    with (home / safe_name(name)).open("xb") as file:
        for chunk in chunks:
            file.write(chunk)
    return token


def find(workspace_id: int, token: str) -> Path | None:
    """The file a token stands for in this workspace."""
    if not _TOKEN.fullmatch(token):
        return None
    home = folder() / str(workspace_id) / token
    return next(home.iterdir(), None) if home.is_dir() else None


def relative(path: Path) -> str:
    return str(PurePosixPath(path.relative_to(folder())))


def drop(workspace_id: int, token: str) -> None:
    path = find(workspace_id, token)
    if path is not None:
        path.unlink(missing_ok=True)
        path.parent.rmdir()


def sweep(workspace_id: int, *, needed: Collection[str], now: int) -> None:
    """Removes files that nobody came back to for a week; ``needed``: those imports still want, relative to ``uploads/``."""
    for path in (folder() / str(workspace_id)).glob("*/*"):
        is_old = now - path.stat().st_mtime_ns // 1000 > KEPT_FOR
        if is_old and relative(path) not in needed:
            drop(workspace_id, path.parent.name)


def safe_name(name: str) -> str:
    """A file's own name, fit for any disk: no folders, nothing invisible, at most 120 characters, its ending kept."""
    plain = _UNSAFE.sub("_", name).strip(" .") or "upload"
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 10:
        return plain[:60].encode()[:180].decode(errors="ignore")
    return stem[:60].encode()[:180].decode(errors="ignore") + "." + ending


@contextmanager
def beginning(path: Path, most: int) -> Iterator[Path]:
    """The first ``most`` bytes of a text file in whole lines, as a file of its own; the file itself where it is no longer."""
    if path.stat().st_size <= most:
        yield path
        return
    part = Path(settings.YUTANG_HOME) / "staging" / f"beginning-{path.parent.name}{path.suffix}"
    try:
        with path.open("rb") as whole, part.open("wb") as copy:
            copy.write(whole.read(most).rpartition(b"\n")[0] + b"\n")
        yield part
    finally:
        part.unlink(missing_ok=True)
