"""``yutang init``: a home with a database, a workspace, its first keys and its first user."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import Annotated, Any

import typer

from yutang.kernel.home import home_path, make_home, remember_database, set_up
from yutang.kernel.text import language_of, word
from yutang.workspaces.options import Database, Home, Json

SLUG = "main"


def init(
    home: Home = None,
    name: Annotated[str, typer.Option(help="The workspace's name. 工作区名称")] = "我的鱼塘",
    timezone: Annotated[str, typer.Option(help="Its time zone. 时区")] = "Asia/Shanghai",
    username: Annotated[str, typer.Option(help="Who signs in first. 首位用户")] = "admin",
    database: Database = None,
    is_json: Json = False,
) -> None:
    """Make a home folder: database, workspace, keys, first user. Keys and password are shown this once.

    建立家目录：数据库、工作区、密钥、首位用户；密钥和密码只显示这一次。
    """
    path = home_path(home)
    make_home(path)
    set_up(path, database)
    from yutang.kernel.write import file_lock

    with file_lock(path / "init.lock"):  # two at once must not make two
        _migrate()
        if database:
            remember_database(path, database)
        made = _make(path, name=name, timezone=timezone, username=username)
    _print(made, is_json=is_json)


def _migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def _make(home: Path, *, name: str, timezone: str, username: str) -> dict[str, Any]:
    """Everything or nothing: a home that was interrupted here is simply initialised again."""
    from yutang.kernel.write import write_transaction
    from yutang.workspaces.queries import list_workspaces

    found = list_workspaces()
    if found:
        return _told(home, found[0], is_new=False)
    with write_transaction():
        return _create(home, name=name, timezone=timezone, username=username)


def _create(home: Path, *, name: str, timezone: str, username: str) -> dict[str, Any]:
    from yutang.kernel.clock import SystemClock
    from yutang.kernel.door import SYSTEM
    from yutang.workspaces.actions import create_key, create_user, create_workspace
    from yutang.workspaces.models import Workspace

    by: dict[str, Any] = {"actor": SYSTEM, "clock": SystemClock()}
    answer = create_workspace(name=name, timezone=timezone, slug=SLUG, **by)
    workspace = Workspace.objects.get(pk=answer.value["id"])
    keys = {
        kind: create_key(workspace_id=workspace.pk, kind=kind, name=kind, **by).raw
        for kind in ("write", "secret", "read")
    }
    password = os.environ.get("YUTANG_PASSWORD") or secrets.token_urlsafe(12)
    create_user(workspace_id=workspace.pk, username=username, password=password, role="owner", **by)
    return _told(home, workspace, is_new=True) | {
        "keys": keys,
        "sign_in": {"username": username, "password": password, "path": _sign_in()},
    }


def _sign_in() -> str:
    from django.conf import settings

    return str(settings.LOGIN_URL)


def _told(home: Path, workspace: Any, *, is_new: bool) -> dict[str, Any]:
    return {
        "home": str(home),
        "is_new": is_new,
        "workspace": {
            "id": workspace.pk,
            "slug": workspace.slug,
            "name": workspace.name,
            "timezone": workspace.timezone,
        },
        "keys": {"write": None, "secret": None, "read": None},
        "sign_in": {"username": None, "password": None, "path": _sign_in()},
    }


def _print(made: dict[str, Any], *, is_json: bool) -> None:
    if is_json:
        print(json.dumps(made, ensure_ascii=False))
        return
    code = "project.init.made" if made["is_new"] else "project.init.again"
    values = {**made["workspace"], **made["keys"], **made["sign_in"], "home": made["home"]}
    print(word(code, language_of(os.environ), **values))
