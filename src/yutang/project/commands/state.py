"""``yutang state``: what must agree between two runs that were told the same."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from yutang.kernel.canonical import canonical
from yutang.kernel.home import enter
from yutang.workspaces.options import Database, Home, Json


def state(home: Home = None, database: Database = None, is_json: Json = False) -> None:
    """Print a digest of all state, per workspace and room: no wall clock, no traces of the order of arrival. 全部状态的摘要"""
    enter(home, database)
    told = whole_state()
    if is_json:
        print(json.dumps(told, ensure_ascii=False, sort_keys=True))
        return
    for slug, each in told["workspaces"].items():
        print(f"{each['digest']}  {slug}")


def whole_state() -> dict[str, Any]:
    from yutang.kernel.rooms import rooms
    from yutang.kernel.write import snapshot
    from yutang.workspaces.queries import list_workspaces

    told: dict[str, Any] = {}
    with snapshot():
        for workspace in list_workspaces():
            parts = {room.name: room.digest(workspace.pk) for room in rooms()}
            parts = {name: part for name, part in parts.items() if part}
            told[workspace.slug] = {"digest": _hash(parts), "rooms": parts}
    return {"digest": _hash(told), "workspaces": told}


def _hash(value: Any) -> str:
    return sha256(canonical(value).encode()).hexdigest()
