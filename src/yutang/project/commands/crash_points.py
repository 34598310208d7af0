"""``yutang crash-points``: the places where YUTANG_CRASH can end a process."""

from __future__ import annotations

import json
import os
from importlib import import_module

from yutang.kernel.home import home_path, set_up
from yutang.workspaces.options import Json


def crash_points(is_json: Json = False) -> None:
    """List the points where YUTANG_CRASH=point:n kills the process at the n-th passing. 列出可模拟崩溃的位置"""
    os.environ.setdefault("YUTANG_DATABASE", "")
    set_up(home_path())
    from yutang.kernel.crash import POINTS
    from yutang.kernel.rooms import rooms

    for room in rooms():
        for module in room.crash_modules:
            import_module(module)
    points = sorted(POINTS)
    print(json.dumps(points) if is_json else "\n".join(points))
