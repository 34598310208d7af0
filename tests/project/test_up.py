"""Web server and worker under one command."""

import json
import os
import signal
import socket
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.process


def until(question: Any, seconds: float = 30) -> Any:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = question()
        if found:
            return found
        time.sleep(0.05)  # polling
    raise AssertionError("it did not happen")


@pytest.fixture
def running(installation, start_yutang):
    process = start_yutang("up", "--port", "0", "--json", env=installation.environment)
    told = json.loads(process.stdout.readline())
    assert told["pid"] == process.pid
    return process, told["address"]


def children_of(pid: int) -> dict[int, str]:
    """Process ids below ``pid`` and their command lines."""
    found, parents = {}, {pid}
    for _ in range(3):
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit() and int(folder.name) not in found:
                try:
                    parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                    line = (folder / "cmdline").read_text().replace("\0", " ")
                except OSError:
                    continue
                if parent in parents:
                    found[int(folder.name)] = line
        parents |= set(found)
    return found


def is_alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


def test_up_answers_and_works_and_stops_cleanly(running, installation, run_yutang):
    process, address = running
    assert httpx.get(f"{address}/healthz").text == "ok\n"
    assert httpx.get(f"{address}/readyz").status_code == 200
    unsealed = lambda: run_yutang("verify", "--json", env=installation.environment).json["unsealed"]  # noqa: E731
    until(lambda: unsealed() == 0)  # the worker seals what init wrote
    below = children_of(process.pid)
    assert len(below) >= 2
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 0
    until(lambda: not any(map(is_alive, below)))


def test_settle_works_while_a_worker_runs(running, installation, run_yutang):
    assert run_yutang("settle", "--json", env=installation.environment).json == {"pending": 0}


def test_a_worker_that_dies_is_started_again(running):
    process, address = running

    def worker() -> int | None:
        return next(
            (pid for pid, line in children_of(process.pid).items() if line.rstrip().endswith("cli worker")),
            None,
        )

    first = until(worker)
    os.kill(first, signal.SIGKILL)
    until(lambda: worker() not in (None, first))
    assert httpx.get(f"{address}/healthz").status_code == 200
    assert process.poll() is None


def test_nothing_outlives_a_killed_up(running):
    process, _ = running
    below = children_of(process.pid)
    process.kill()
    process.wait()
    until(lambda: not any(map(is_alive, below)))


def test_every_answer_carries_its_guards(running):
    _, address = running
    response = httpx.get(f"{address}/healthz")
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["x-frame-options"] == "DENY"
    assert httpx.get(f"{address}/healthz", headers={"host": "evil.example"}).status_code == 400


def test_a_crash_that_was_asked_for_takes_the_whole_installation_along(installation, start_yutang):
    """As a power cut would: ``up`` must not mend what a test wants to see broken."""
    environment = {**installation.environment, "YUTANG_CRASH": "audit.seal.before_commit:1"}
    process = start_yutang("up", "--port", "0", "--json", env=environment)
    assert process.wait(timeout=60) == -signal.SIGKILL
    until(lambda: not any(map(is_alive, children_of(process.pid))))


def test_two_web_processes_serve_one_database(installation, start_yutang):
    process = start_yutang(
        "up", "--port", "0", "--web-processes", "2", "--json", env=installation.environment
    )
    address = json.loads(process.stdout.readline())["address"]
    until(lambda: sum("yutang.project.serve" in line for line in children_of(process.pid).values()) == 3)
    assert {httpx.get(f"{address}/readyz").status_code for _ in range(20)} == {200}


def test_of_two_that_start_at_one_instant_on_one_port_one_comes_up(installation, start_yutang):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    pair = [start_yutang("up", "--port", str(port), "--json", env=installation.environment) for _ in range(2)]
    until(lambda: any(process.poll() is not None for process in pair), seconds=90)
    (loser,) = [process for process in pair if process.poll() is not None]
    (winner,) = [process for process in pair if process is not loser]
    assert (loser.returncode, loser.stdout.read()) == (6, "")
    assert json.loads(winner.stdout.readline()) == {"address": f"http://127.0.0.1:{port}", "pid": winner.pid}
    assert httpx.get(f"http://127.0.0.1:{port}/readyz").status_code == 200
