"""The web server as a process of its own: ``python -m yutang.project.serve HOST PORT PROCESSES``."""

from __future__ import annotations

import os
import sys

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from yutang.project.children import PARENT, die_with_parent

THREADS = 4


def serve(host: str, port: int, processes: int) -> None:
    Granian(
        "yutang.project.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=THREADS,
        # A crash that was asked for must be seen, not mended.
        respawn_failed_workers="YUTANG_CRASH" not in os.environ,
        respawn_interval=0.5,
        workers_kill_timeout=10,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    die_with_parent()
    os.environ.pop(PARENT, None)
    serve(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
