"""``yutang compact``: older events into history files, now."""

from __future__ import annotations

import json
import os

from yutang.kernel.home import enter
from yutang.kernel.text import language_of, word
from yutang.workspaces.options import Database, Home, Json, WorkspaceName


def compact(
    home: Home = None,
    database: Database = None,
    workspace: WorkspaceName = "",
    is_json: Json = False,
) -> None:
    """Move older events into history files and join small files. 把较旧的事件移入历史文件并合并小文件"""
    enter(home, database)
    from yutang.events import compaction
    from yutang.kernel.clock import SystemClock
    from yutang.workspaces.queries import choose_workspace

    chosen = choose_workspace(workspace).id
    before = compaction.stock(chosen)
    compaction.compact_now(chosen, SystemClock(), everything=False)
    after = compaction.stock(chosen)
    told = {"moved": max(0, before.log - after.log), "log": after.log, "files": after.files}
    print(json.dumps(told) if is_json else word("events.compacted", language_of(os.environ), **told))
