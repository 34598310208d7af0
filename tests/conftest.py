"""What every test may ask for: a home, a workspace with people of different rights, a clock, the real command."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from yutang.kernel.clock import FixedClock

NOON = 1_767_240_000_000_000
"""2026-01-01 12:00 in Shanghai, in microseconds."""

POSTGRESQL = os.environ.get("YUTANG_TEST_DATABASE", "")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that uses the database is a store test, whether it says so or not."""
    for item in items:
        if item.get_closest_marker("django_db") or "db" in getattr(item, "fixturenames", ()):
            item.add_marker("store")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOON)


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Path:
    """An empty home folder of this test's own; the database stays the tests'."""
    from yutang.kernel.home import make_home

    folder = tmp_path / "home"
    make_home(folder)
    settings.YUTANG_HOME = folder
    return folder


@dataclass(frozen=True, slots=True)
class World:
    """Alice owns the pond, Bob works in it; Charlie owns another and must see and change nothing of this one."""

    workspace: Any
    elsewhere: Any
    alice: Any
    bob: Any
    charlie: Any


@pytest.fixture
def world(db: None, clock: FixedClock) -> World:
    from django.contrib.auth import get_user_model

    from yutang.workspaces.models import Membership, Workspace

    def user(name: str, workspace: Workspace, role: str) -> Any:
        made = get_user_model().objects.create_user(name, password=f"{name}-password")
        Membership.objects.create(workspace=workspace, user=made, role=role)
        return made

    workspace = Workspace.objects.create(name="阿狸的鱼塘", slug="pond", created_at=clock.now())
    elsewhere = Workspace.objects.create(name="Charlie's", slug="elsewhere", created_at=clock.now())
    return World(
        workspace=workspace,
        elsewhere=elsewhere,
        alice=user("alice", workspace, "owner"),
        bob=user("bob", workspace, "operator"),
        charlie=user("charlie", elsewhere, "owner"),
    )


@pytest.fixture
def workspace(world: World) -> Any:
    return world.workspace


@pytest.fixture
def together() -> Callable[..., list[Any]]:
    """``together(function, 4)`` starts it in four threads at one instant; gives results or exceptions. Needs transaction=True."""

    def run(function: Callable[[], Any], times: int) -> list[Any]:
        from django.db import connection

        barrier = threading.Barrier(times)

        def once() -> Any:
            try:
                barrier.wait(timeout=30)
                return function()
            except Exception as error:
                return error
            finally:
                connection.close()

        with ThreadPoolExecutor(times) as pool:
            return [each.result() for each in [pool.submit(once) for _ in range(times)]]

    return run


# -- the real command ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class Installation:
    """An initialised home of this test's own (and, on PostgreSQL, a database of its own)."""

    home: Path
    database: str
    made: dict[str, Any]
    """What ``yutang init --json`` printed."""

    @property
    def environment(self) -> dict[str, str]:
        return {"YUTANG_HOME": str(self.home), "YUTANG_DATABASE": self.database}


def _environment(extra: dict[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("YUTANG_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return {**kept, "YUTANG_LANG": "en", "PYTHONPATH": str(Path(__file__).parents[1] / "src"), **extra}


@pytest.fixture(scope="session")
def run_yutang() -> Callable[..., Ran]:
    """``run_yutang("ask", "True", env={…}, stdin="…")`` runs the command as a user would."""

    def run(
        *args: str, env: dict[str, str] | None = None, stdin: str | bytes = "", timeout: float = 120
    ) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "yutang.project.cli", *map(str, args)],
            env=_environment(env or {}),
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            timeout=timeout,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture(scope="session")
def start_yutang() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Like ``run_yutang``, without waiting; what still runs at the end is killed."""
    started: list[subprocess.Popen[str]] = []

    def start(*args: str, env: dict[str, str] | None = None) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "yutang.project.cli", *map(str, args)],
            env=_environment(env or {}),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            # Whoever runs the tests in the background makes all below it deaf to Ctrl-C.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
        process.communicate()


def _on_server(statement: str) -> None:
    import psycopg

    with psycopg.connect(POSTGRESQL, autocommit=True) as connection:
        connection.execute(statement.encode())


def _database(name: str) -> str:
    head, _, tail = POSTGRESQL.rpartition("/")
    _, mark, options = tail.partition("?")
    return f"{head}/{name}{mark}{options}"


@pytest.fixture(scope="session")
def template(
    tmp_path_factory: pytest.TempPathFactory, run_yutang: Callable[..., Ran]
) -> Iterator[Installation]:
    home, name = tmp_path_factory.mktemp("template") / "home", f"yutang_{uuid4().hex[:12]}"
    if POSTGRESQL:
        _on_server(f"CREATE DATABASE {name}")
    database = _database(name) if POSTGRESQL else ""
    done = run_yutang("init", "--home", str(home), "--json", env={"YUTANG_DATABASE": database})
    assert done.code == 0, done.err
    yield Installation(home, database, done.json)
    if POSTGRESQL:
        _on_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture
def installation(tmp_path: Path, template: Installation) -> Iterator[Installation]:
    with _copied(tmp_path / "installed", template) as copy:
        yield copy


@pytest.fixture
def another_installation(tmp_path: Path, template: Installation) -> Iterator[Installation]:
    """As ``installation`` was at first."""
    with _copied(tmp_path / "installed-too", template) as copy:
        yield copy


@contextmanager
def _copied(home: Path, template: Installation) -> Iterator[Installation]:
    name = f"yutang_{uuid4().hex[:12]}"
    shutil.copytree(template.home, home)
    if POSTGRESQL:
        _on_server(
            f"CREATE DATABASE {name} TEMPLATE {template.database.rpartition('/')[2].partition('?')[0]}"
        )
    yield Installation(home, _database(name) if POSTGRESQL else "", template.made)
    if POSTGRESQL:
        _on_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
