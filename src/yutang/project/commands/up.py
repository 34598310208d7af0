"""``yutang up``: the web server and the worker, looked after by one process."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Annotated

import typer

from yutang.kernel.home import enter
from yutang.kernel.refused import Refused
from yutang.kernel.text import language_of, word
from yutang.language.problem import Problem
from yutang.project import children
from yutang.project.exits import Exit
from yutang.workspaces.options import Database, Home, Json

WAKE = 0.1
PATIENCE = 15.0
QUICK_DEATH = 5.0


def up(
    home: Home = None,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port; 0: any free one. 端口，0 为任一空闲端口")
    ] = 8000,
    host: Annotated[str, typer.Option(help="Address to listen on. 监听地址")] = "127.0.0.1",
    database: Database = None,
    processes: Annotated[int, typer.Option("--web-processes", min=1, help="Web processes. 网页进程数")] = 1,
    is_json: Json = False,
) -> None:
    """Start pages, API and worker; stop with Ctrl-C or SIGTERM. 启动网页、接口和后台处理；按 Ctrl-C 停止"""
    path = enter(home, database)
    _check_tables(str(path))
    _answer_to(host)
    stop = Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stop.set())
    raise typer.Exit(_run(host, port, processes, stop, is_json=is_json))


def _run(host: str, port: int, processes: int, stop: Event, *, is_json: bool) -> int:
    with _alone_at(host, port) as free:
        pair = _start(_Place(host, free, processes))
        try:
            is_open = _wait_until_open(pair, stop)
        except BaseException:
            pair.stop()
            raise
    try:
        if is_open:
            _announce(pair.place, is_json=is_json)
        return _watch(pair, stop)
    finally:
        pair.stop()


@dataclass(frozen=True, slots=True)
class _Place:
    host: str
    port: int
    processes: int

    @property
    def address(self) -> str:
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, self.host)  # noqa: S104 - what is bound, not bind
        return f"http://{f'[{host}]' if ':' in host and '[' not in host else host}:{self.port}"


def _check_tables(home: str) -> None:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Refused(Problem("database.behind", {"home": home}), status=409)
    connection.close()


@contextmanager
def _alone_at(host: str, port: int) -> Iterator[int]:
    """The port to open (for 0 a free one), while no other ``yutang up`` of this user opens it.

    The web server lets several processes of one user share a port, so one that is being opened does not look taken.
    """
    while True:
        free = _free_port(host, port)
        with _opening(free):
            if _is_free(host, free) or port:
                yield _free_port(host, free)
                return


@contextmanager
def _opening(port: int) -> Iterator[None]:
    """Waits for whoever opens this port at present; the lock ends with the process that has it."""
    name = Path(tempfile.gettempdir()) / f"yutang-up-{os.getuid()}-{port}.lock"
    descriptor = os.open(name, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _is_free(host: str, port: int) -> bool:
    try:
        return _free_port(host, port) == port
    except Refused:
        return False


def _free_port(host: str, port: int) -> int:
    """``port``, or a free one for 0. Raises Refused ``project.up.port_taken``, ``project.up.host_wrong``."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                taken = Problem("project.up.port_taken", {"port": port, "other": port + 1})
                raise Refused(taken, status=503) from error
            wrong = Problem("project.up.host_wrong", {"host": host, "reason": error.strerror or str(error)})
            raise Refused(wrong, status=503) from error
        return int(probe.getsockname()[1])


def _answer_to(host: str) -> None:
    """Whoever opens the server to the network reaches it by names we cannot know, unless YUTANG_HOSTS says them."""
    is_open = host in ("0.0.0.0", "::")  # noqa: S104
    os.environ.setdefault("YUTANG_HOSTS", "*" if is_open else f"localhost,127.0.0.1,[::1],{host}")


@dataclass(slots=True)
class _Pair:
    place: _Place
    web: subprocess.Popen[bytes]
    worker: subprocess.Popen[bytes]
    worker_since: float
    rest: float = WAKE

    def is_whole(self) -> bool:
        return self.web.poll() is None and self.worker.poll() is None

    def stop(self) -> None:
        self.web.terminate()
        self.worker.terminate()
        children.stop(self.web, patience=PATIENCE)
        children.stop(self.worker, patience=PATIENCE)

    def die(self) -> None:
        """A crash that was asked for takes everything along, as a power cut would."""
        children.kill(self.web)
        children.kill(self.worker)
        os.kill(os.getpid(), signal.SIGKILL)


def _start(place: _Place) -> _Pair:
    web = children.start("yutang.project.serve", [place.host, str(place.port), str(place.processes)])
    return _Pair(place, web, _start_worker(), time.monotonic())


def _start_worker() -> subprocess.Popen[bytes]:
    return children.start("yutang.project.cli", ["worker"])


def _wait_until_open(pair: _Pair, stop: Event) -> bool:
    while pair.web.poll() is None and not stop.is_set():
        try:
            socket.create_connection((pair.place.host, pair.place.port), timeout=1).close()
            return True
        except OSError:
            stop.wait(WAKE)
    return False


def _announce(place: _Place, *, is_json: bool) -> None:
    said = word("project.up.address", language_of(os.environ), address=place.address)
    print(json.dumps({"address": place.address, "pid": os.getpid()}) if is_json else said, flush=True)


def _watch(pair: _Pair, stop: Event) -> int:
    language = language_of(os.environ)
    while not stop.wait(WAKE):
        if pair.is_whole():
            continue
        if os.environ.get("YUTANG_CRASH"):
            pair.die()
        if pair.web.poll() is not None:
            print(word("project.up.web_died", language), file=sys.stderr)
            return Exit.REFUSED
        _start_again(pair, stop)
        print(word("project.up.worker_again", language), file=sys.stderr)
    return Exit.DONE


def _start_again(pair: _Pair, stop: Event) -> None:
    """At once after a long life; more and more slowly when it keeps dying young."""
    is_young = time.monotonic() - pair.worker_since < QUICK_DEATH
    pair.rest = min(30.0, pair.rest * 2) if is_young else WAKE
    stop.wait(pair.rest)
    pair.worker, pair.worker_since = _start_worker(), time.monotonic()
