"""Processes that belong to ``yutang up`` and never outlive it."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress

PARENT = "YUTANG_PARENT"
_PR_SET_PDEATHSIG = 1


def start(module: str, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    """``python -m module arguments`` in a process group of its own, so that Ctrl-C reaches it through us only."""
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        env={**os.environ, PARENT: str(os.getpid())},
        start_new_session=True,
    )


def die_with_parent() -> None:
    """Called by such a process first thing: should its parent be killed, it is told to stop (Linux)."""
    parent = os.environ.get(PARENT)
    if not parent or sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != int(parent):  # it died before we asked
        os.kill(os.getpid(), signal.SIGTERM)


def stop(child: subprocess.Popen[bytes], *, patience: float) -> None:
    """Asks it to finish; after ``patience`` seconds kills it with all it has started."""
    if child.poll() is None:
        child.terminate()
        with suppress(subprocess.TimeoutExpired):
            child.wait(timeout=patience)
    kill(child)


def kill(child: subprocess.Popen[bytes]) -> None:
    """The whole group, even where its head is gone already."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
