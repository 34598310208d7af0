"""``yutang worker``: the worker loop in this process."""

from __future__ import annotations

import signal
from threading import Event
from typing import Any

from yutang.kernel.home import enter
from yutang.project.children import die_with_parent
from yutang.workspaces.options import Database, Home


def worker(home: Home = None, database: Database = None) -> None:
    """Work off what waits, until told to stop (SIGTERM, Ctrl-C); a running step is finished. 只启动后台处理，直到收到停止信号"""
    die_with_parent()
    enter(home, database)
    from yutang.kernel.clock import SystemClock
    from yutang.project.worker import work

    stop = Event()

    def told(*_: Any) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, told)
    signal.signal(signal.SIGINT, told)
    work(SystemClock(), stop)
