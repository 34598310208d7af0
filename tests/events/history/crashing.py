"""Kills compaction at every passing of every crash point, in processes of their own; prints what was found as JSON.

``python -m tests.events.history.crashing HOME FOLDER``: HOME is initialised; each case works on a copy of it in FOLDER.
"""

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

ERASED = {3}


def main(home: Path, folder: Path) -> None:
    from yutang.kernel.home import enter

    enter(home)
    _in_child(home, _prepare)
    whole = _copy(home, folder / "whole")
    answers = {"before": _told(home, _state), "uninterrupted": _told(whole, _compact_and_tell)}
    cases = [case for point in _points() for case in _killed_at(home, folder, point)]
    print(json.dumps(answers | {"cases": cases}))


def _points() -> list[str]:
    from yutang.events import compaction  # noqa: F401 - declares its points
    from yutang.kernel.crash import POINTS

    return sorted(point for point in POINTS if point.startswith("events.compact."))


def _killed_at(home: Path, folder: Path, point: str) -> list[dict[str, Any]]:
    """One case for each passing, until the process comes to its end."""
    cases: list[dict[str, Any]] = []
    while True:
        crash = f"{point}:{len(cases) + 1}"
        copy = _copy(home, folder / crash.replace(":", "-"))
        if _in_child(copy, _compact, crash) != signal.SIGKILL:
            return cases
        at_once = _told(copy, _state)
        cases.append({"crash": crash, "at_once": at_once, "recovered": _told(copy, _compact_and_tell)})


def _copy(home: Path, to: Path) -> Path:
    shutil.copytree(home, to)
    return to


def _in_child(home: Path, work: Callable[[], None], crash: str = "") -> int:
    """Runs ``work`` in a fork that uses ``home``; the signal that killed it, or 0."""
    child = os.fork()
    if child == 0:
        _use(home, crash)
        try:
            work()
        except BaseException as error:  # the parent must hear of it, the child must not go on
            print(repr(error), file=sys.stderr)
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return os.WTERMSIG(status)
    assert os.WEXITSTATUS(status) == 0
    return 0


def _use(home: Path, crash: str) -> None:
    from django.conf import settings
    from django.db import connection

    settings.YUTANG_HOME = home
    connection.settings_dict["NAME"] = str(home / "yutang.sqlite3")
    os.environ["YUTANG_CRASH"] = crash


def _told(home: Path, tell: Callable[[], Any]) -> Any:
    reading, writing = os.pipe()

    def work() -> None:
        with os.fdopen(writing, "w") as out:
            json.dump(tell(), out, default=str)

    assert _in_child_piped(home, work, writing) == 0
    with os.fdopen(reading) as found:
        return json.load(found)


def _in_child_piped(home: Path, work: Callable[[], None], writing: int) -> int:
    code = _in_child(home, work)
    os.close(writing)
    return code


# -- what the processes do ---------------------------------------------------------------------------------------------


def _workspace() -> int:
    from yutang.workspaces.models import Workspace

    return int(Workspace.objects.values_list("id", flat=True)[0])


def _prepare() -> None:
    from tests.events.history import record

    record.enter(_workspace())
    record.merge(_workspace(), 1, 4, at=5)
    record.retract(_workspace(), 1, at=50)
    for number in ERASED:
        record.erase(_workspace(), number, at=60)


def _compact() -> None:
    from yutang.events import compaction
    from yutang.kernel.clock import DAY, FixedClock, SystemClock

    compaction.MOVE_ROWS = 8
    clock = FixedClock(SystemClock().now())
    compaction.compact_now(_workspace(), clock, everything=True)
    clock.at += 2 * DAY
    compaction.compact_now(_workspace(), clock, everything=False)


def _compact_and_tell() -> Any:
    _compact()
    return _state() | {"files": _files()}


def _state() -> dict[str, Any]:
    """Every fact of people who are not erased, and what a question sees."""
    from tests.events.history import record

    from yutang.events import log, rebuild

    facts = [
        fact
        for fact in (*log.entries(_workspace()), *rebuild.in_history(_workspace()))
        if fact[3] not in ERASED
    ]
    return {"facts": sorted(map(list, facts), key=repr), "relations": record.relations(_workspace())}


def _files() -> dict[str, Any]:
    """How many files there are, and whether the list and the folder agree and nothing of the erased is left."""
    from yutang.events import log, rebuild
    from yutang.events.history import folder
    from yutang.events.models import HistoryFile

    listed = {Path(path).name for path in HistoryFile.objects.values_list("path", flat=True)}
    there = {path.name.removesuffix(".ids") for path in (folder() / str(_workspace())).iterdir()}
    left = [fact.seq for fact in rebuild.in_history(_workspace()) if fact.origin in ERASED]
    return {"agree": listed == there, "erased": left, "log": len(list(log.entries(_workspace())))}


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
