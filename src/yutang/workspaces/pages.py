"""Who may open a workspace's pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from yutang.workspaces.models import Membership, Workspace

Page = Callable[..., HttpResponseBase]


def member_page(*roles: str) -> Callable[[Page], Page]:
    """A page of a workspace, by its slug: ``page(request, workspace, …)``.

    Who is not signed in is sent to sign-in; who is no member learns nothing (404); who has none of ``roles`` (default: any) gets
    403. ``request.workspace`` and ``request.role`` are set, and times are shown in the workspace's zone.
    """

    def decorate(page: Page) -> Page:
        @login_required
        @wraps(page)
        def wrapped(request: HttpRequest, slug: str, **rest: Any) -> HttpResponseBase:
            member = _membership(request, slug)
            request.workspace = member.workspace  # type: ignore[attr-defined]
            request.role = member.role  # type: ignore[attr-defined]
            if roles and member.role not in roles:
                raise PermissionDenied
            request.other_workspaces = SimpleLazyObject(lambda: _others(member))  # type: ignore[attr-defined]
            timezone.activate(ZoneInfo(member.workspace.timezone))
            return page(request, member.workspace, **rest)

        return wrapped

    return decorate


def _membership(request: HttpRequest, slug: str) -> Membership:
    found = Membership.objects.select_related("workspace").filter(
        workspace__slug=slug, user_id=int(request.user.pk or 0)
    )
    member = found.first()
    if member is None:
        raise Http404
    return member


def _others(member: Membership) -> list[Workspace]:
    """Where else the reader may go; asked for only when a page shows it."""
    mine = Workspace.objects.filter(memberships__user_id=member.user_id)
    return list(mine.exclude(pk=member.workspace_id).order_by("name")[:20])
