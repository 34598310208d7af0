"""Where the state lives: SQLite in the home folder, or PostgreSQL by URL."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

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
