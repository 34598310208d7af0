"""The door of the console and its first page."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from yutang.console.today import today
from yutang.kernel.clock import SystemClock
from yutang.kernel.rooms import rooms
from yutang.workspaces.models import ApiKey, Workspace
from yutang.workspaces.pages import member_page
from yutang.workspaces.queries import list_memberships


@require_safe
@login_required
def start(request: HttpRequest) -> HttpResponse:
    """To the reader's own workspace; they are told when they have none."""
    members = list_memberships(int(request.user.pk or 0))
    if not members:
        return render(request, "console/nowhere.html", status=403)
    return redirect("home", slug=members[0].workspace.slug)


@require_safe
@member_page()
def home(request: HttpRequest, workspace: Workspace) -> HttpResponse:
    figures = today(workspace, now=SystemClock().now())
    context: dict[str, Any] = {
        "today": figures,
        "origin": f"{request.scheme}://{request.get_host()}",
        "panels": [html for panel in _panels() if (html := panel.render(request, workspace))],
    }
    if figures.is_empty:
        context["write_key"] = _write_key_hint(workspace)
    return render(request, "console/home.html", context)


def _panels() -> list[Any]:
    return sorted((panel for room in rooms() for panel in room.home_panels), key=lambda panel: panel.order)


def _write_key_hint(workspace: Workspace) -> str:
    keys = ApiKey.objects.filter(workspace=workspace, kind=ApiKey.Kind.WRITE, revoked_at=None)
    key = keys.order_by("id").first()
    return key.hint if key else ""
