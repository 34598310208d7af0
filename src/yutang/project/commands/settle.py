"""``yutang settle``: returns when nothing is left to do."""

from __future__ import annotations

import json
import os
import time
from typing import TYPE_CHECKING, Annotated

import typer

from yutang.kernel.home import enter
from yutang.kernel.refused import Refused
from yutang.kernel.text import language_of, word
from yutang.language.problem import Problem
from yutang.project.exits import as_refused
from yutang.workspaces.options import Database, Home, Json

if TYPE_CHECKING:
    from yutang.project.worker import Step


def _why(stuck: Step, pending: int) -> Refused:
    """The machine's problem if it is one (a full disk), else the step that fails."""
    error = stuck.error
    refused = None if error is None else as_refused(error)
    reason = f"{type(error).__name__}: {error}"
    params = {"pending": pending, "step": stuck.name, "reason": reason}
    return refused or Refused(Problem("project.settle.stuck", params))


def settle(
    home: Home = None,
    database: Database = None,
    timeout: Annotated[float, typer.Option(help="Give up after so many seconds. 最多等待秒数")] = 3600.0,
    is_json: Json = False,
) -> None:
    """Do all that is waiting to be done, whether or not a worker runs as well. 处理完所有等待的事情"""
    enter(home, database)
    from yutang.kernel.clock import SystemClock
    from yutang.project import worker

    done = worker.settle(SystemClock(), deadline=time.monotonic() + timeout)
    if done.stuck is not None:
        raise _why(done.stuck, done.pending)
    if done.pending:
        raise Refused(Problem("project.settle.timeout", {"pending": done.pending}))
    print(json.dumps({"pending": 0}) if is_json else word("project.settle.done", language_of(os.environ)))
