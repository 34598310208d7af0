"""Named places at which the process can be made to die, to prove that nothing is lost there.

``YUTANG_CRASH=events.admit.after_log:2`` sends this process SIGKILL the second time it passes that point.
"""

from __future__ import annotations

import os
import signal
from collections import Counter

POINTS: set[str] = set()
_passed: Counter[str] = Counter()


def declare(name: str) -> str:
    """At import, in the module that passes it: makes the point known to ``yutang crash-points``."""
    POINTS.add(name)
    return name


def passing(name: str) -> None:
    """Does nothing, unless this is the passing that YUTANG_CRASH asks for. Raises KeyError for an undeclared point."""
    if name not in POINTS:
        raise KeyError(name)
    wanted = os.environ.get("YUTANG_CRASH")
    if not wanted or not wanted.startswith(f"{name}:"):
        return
    _passed[name] += 1
    if _passed[name] == int(wanted.rpartition(":")[2]):
        os.kill(os.getpid(), signal.SIGKILL)
