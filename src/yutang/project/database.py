"""Where the state lives: SQLite in the home folder, or PostgreSQL by URL."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from yutang.language.problem import Problem

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # an answered write survives power loss
    "PRAGMA foreign_keys=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-32768",
)


def sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # A transaction that reads first and writes later would otherwise fail at once with "database is locked".
            "transaction_mode": "IMMEDIATE",
            "init_command": ";".join(PRAGMAS),
            "timeout": 30,
        },
    }


def postgresql(url: str) -> dict[str, Any]:
    """``postgresql://user:password@host:port/name?host=/socket/folder``."""
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or parts.hostname or ""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def configured(home: Path, url: str) -> dict[str, Any]:
    """The entry for ``DATABASES``; ``url`` is empty for SQLite. Raises ValueError for a URL that is neither."""
    if not url:
        return sqlite(home / "yutang.sqlite3")
    if url.startswith(("postgresql://", "postgres://")):
        return postgresql(url)
    raise ValueError("YUTANG_DATABASE must start with postgresql://")


def database_problem(error: BaseException) -> Problem | None:
    """What an error of database or disk means to whoever typed the command; None when it is a bug of ours."""
    from django.db import InterfaceError, OperationalError, ProgrammingError

    from yutang.kernel.write import machine_problem

    problem = machine_problem(error) if isinstance(error, OperationalError | OSError) else None
    if problem is not None:
        return problem
    words = str(error)
    if isinstance(error, OperationalError | ProgrammingError) and (
        "no such table" in words or "does not exist" in words
    ):
        return Problem("database.behind", {"home": os.environ.get("YUTANG_HOME", "")})
    if isinstance(error, OperationalError | InterfaceError):
        return Problem("database.unreachable", {"reason": " ".join(words.split())[:200]})
    return None
