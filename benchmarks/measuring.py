"""Measuring: a command's seconds and peak memory, the machine it ran on, results as one JSON line."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
YUTANG = str(Path(sys.executable).with_name("yutang"))
IS_FULL = os.environ.get("BENCH_FULL", "") == "1"
PACKAGES = ("duckdb", "pyarrow", "django", "granian", "msgspec", "sqlglot")


@dataclass(frozen=True, slots=True)
class Ran:
    """How a process went. ``peak_mb`` is the largest resident set of it or of any one of its children.

    Linux counts in what the starting process had when it started it: a benchmark that starts others stays small itself.
    """

    seconds: float
    cpu_seconds: float
    peak_mb: int
    out: str


def run(command: Sequence[str], *, environment: dict[str, str] | None = None) -> Ran:
    """Runs to the end; raises CalledProcessError, with what it said on stderr, when it fails."""
    started = time.perf_counter()
    with subprocess.Popen(
        command,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        out = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - started
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(command), out)
    return Ran(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024, out)


def best_of(times: int, action: Callable[[], Any]) -> float:
    """Seconds of the quickest run: the one that was disturbed least."""
    found = []
    for _ in range(times):
        started = time.perf_counter()
        action()
        found.append(time.perf_counter() - started)
    return min(found)


def machine() -> dict[str, Any]:
    return {
        "cores": len(os.sched_getaffinity(0)),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "processor": _processor(),
        "system": platform.platform(),
        "load_average": round(os.getloadavg()[1], 1),
        "python": platform.python_version(),
        **{name: version(name) for name in PACKAGES},
    }


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def tell(**measured: Any) -> None:
    """The one line a benchmark prints. Keys ending in ``_target`` say what is wanted of the key before."""
    print(json.dumps(measured, ensure_ascii=False), flush=True)
