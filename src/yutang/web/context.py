"""What the layout needs on every page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from yutang.kernel.clock import SystemClock
from yutang.kernel.rooms import NavItem, rooms
from yutang.kernel.text import Language
from yutang.web.language import LANGUAGES, TAGS, reader_language, reader_theme


def page(request: HttpRequest) -> dict[str, Any]:
    """Template context: language, colours, the workspace a page set on the request, and its navigation."""
    workspace = getattr(request, "workspace", None)
    language = reader_language(request)
    return {
        "lang": language,
        "lang_tag": TAGS[language],
        "languages": LANGUAGES,
        "theme": reader_theme(request),
        "now": SystemClock().now(),
        "workspace": workspace,
        "base": f"/w/{workspace.slug}/" if workspace else "/",
        "nav": _navigation(request, workspace, language) if workspace else [],
    }


def _navigation(request: HttpRequest, workspace: Any, language: Language) -> list[dict[str, Any]]:
    base = f"/w/{workspace.slug}/"
    items = sorted(
        (item for room in rooms() for item in room.nav if _is_shown(item, workspace.pk)),
        key=lambda item: item.order,
    )
    here = request.path.removeprefix(base)
    return [
        {
            "url": base + item.path,
            "title": item.title.in_(language),
            "icon": item.icon or item.path.strip("/"),
            "here": _is_here(item, here),
        }
        for item in items
    ]


def _is_shown(item: NavItem, workspace_id: int) -> bool:
    return item.shown is None or item.shown(workspace_id)


def _is_here(item: NavItem, here: str) -> bool:
    return here == "" if item.path == "" else here.startswith(item.path)
