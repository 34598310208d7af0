"""The folder an installation lives in, and entering it from the command line."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from yutang.kernel.refused import Refused
from yutang.language.problem import Problem

FOLDERS = ("history", "uploads", "rejects", "staging")
DEFAULT = "yutang-home"
REMEMBERED = "database"


def home_path(home: str | Path | None = None) -> Path:
    """The folder asked for, else YUTANG_HOME, else ``./yutang-home``; absolute."""
    return Path(home or os.environ.get("YUTANG_HOME") or DEFAULT).absolute()


def make_home(home: Path) -> None:
    """Creates what is missing, readable by its owner only. Raises Refused ``home.not_writable``."""
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name in FOLDERS:
            (home / name).mkdir(exist_ok=True, mode=0o700)
        _make_secret(home / "secret.key")
    except OSError as error:
        place = {"home": str(home), "reason": error.strerror or str(error)}
        raise Refused(Problem("home.not_writable", place), status=503) from error


def _make_secret(file: Path) -> None:
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w") as opened:
        opened.write(secrets.token_urlsafe(48) + "\n")


def remember_database(home: Path, url: str) -> None:
    """So that later commands find it by the home alone. The file holds a password: only its owner may read it."""
    descriptor = os.open(home / REMEMBERED, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as opened:
        opened.write(url + "\n")


def database_address(home: Path) -> str:
    """What YUTANG_DATABASE says, else what ``init --database`` was told here; "" is SQLite in the home."""
    said, file = os.environ.get("YUTANG_DATABASE", ""), home / REMEMBERED
    return said or (file.read_text().strip() if file.exists() else "")


def enter(home: str | Path | None = None, database: str | None = None) -> Path:
    """For commands: makes this process use ``home``, sets Django up, and gives the folder's absolute path.

    A room's ``commands.py`` calls it before it imports any model. Raises Refused ``home.missing`` (nothing was initialised
    there) and ``database.address``.
    """
    path = home_path(home)
    if not (path / "secret.key").exists():
        raise Refused(Problem("home.missing", {"home": str(path)}), status=404)
    set_up(path, database)
    return path


def set_up(home: Path, database: str | None = None) -> None:
    os.environ["YUTANG_HOME"] = str(home)
    if database:
        os.environ["YUTANG_DATABASE"] = database
    chosen = database_address(home)
    if chosen and not chosen.startswith(("postgresql://", "postgres://")):
        raise Refused(Problem("database.address"), status=422)
    import django
    from django.conf import settings

    if not settings.configured:  # tests come with theirs; what the shell says belongs to some other project
        os.environ["DJANGO_SETTINGS_MODULE"] = "yutang.project.settings"
    django.setup()
