"""Events over HTTP in batches of a hundred, each answer durable, against a bare server; then admission of all that was taken."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.load import SIZE
from benchmarks.measuring import IS_FULL, YUTANG, run, tell

BATCHES = int(os.environ.get("BENCH_BATCHES", 2000 if IS_FULL else 600))
ROUNDS = 3


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        key = json.loads(run([YUTANG, "init", "--home", str(home), "--json"]).out)["keys"]["write"]
        ours, theirs = [], []
        environment = {"YUTANG_HOME": str(home), "YUTANG_INTAKE_LIMIT": "1000000000"}
        port, other = _port(), _port()
        with (
            _serving(
                port, "-m", "yutang.project.serve", "127.0.0.1", str(port), "1", **environment
            ) as server,
            _serving(other, "-m", "benchmarks.bare", str(other), str(Path(folder) / "bare.sqlite3")),
        ):
            for number in range(ROUNDS):  # in turns: what disturbs the machine disturbs both
                theirs.append(_load(other, key, f"bare-{number}"))
                ours.append(_load(port, key, f"ours-{number}"))
            web_mb = _peak_mb(server.pid)
        admission, worker_mb = _admit(home)
        tell(
            benchmark="ingest",
            batches=BATCHES,
            events_per_second=round(max(ours)),
            bare_events_per_second=round(max(theirs)),
            ratio=round(max(ours) / max(theirs), 2),
            ratio_target="≥ 0.5",
            admitted_per_second=round(admission),
            admitted_per_second_target="≥ 20000",
            peak_mb={"web": web_mb, "worker": worker_mb},
        )


def _load(port: int, key: str, salt: str) -> float:
    return float(run([sys.executable, "-m", "benchmarks.load", str(port), key, str(BATCHES), salt]).out)


def _admit(home: Path) -> tuple[float, int]:
    """Events per second from intake into the log, the command's own start not counted."""
    whole = run([YUTANG, "settle", "--home", str(home)])
    nothing = run([YUTANG, "settle", "--home", str(home)])
    return ROUNDS * BATCHES * SIZE / (whole.seconds - nothing.seconds), whole.peak_mb


def _port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _serving(port: int, *arguments: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, *arguments],
        env={**os.environ, **environment},
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, process)
        yield process
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"no server came up on port {port}")


def _peak_mb(pid: int) -> int:
    """The largest resident set so far of the process or one of its children."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return max(_high_water(each) for each in (str(pid), *children))


def _high_water(pid: str) -> int:
    for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) // 1024
    return 0


if __name__ == "__main__":
    main()
