"""Reading workspaces, members and keys."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from yutang.kernel.refused import Refused
from yutang.language.problem import Problem
from yutang.workspaces.models import ApiKey, Membership, Workspace
from yutang.workspaces.rules import key_hash


def find_workspace(slug: str) -> Workspace | None:
    return Workspace.objects.filter(slug=slug).first()


def choose_workspace(slug: str = "") -> Workspace:
    """The named one, or the only one. Raises Refused ``workspaces.workspace_unnamed`` or ``workspaces.workspace_ambiguous``."""
    known = list_workspaces()
    chosen = [each for each in known if slug in ("", each.slug)]
    if len(chosen) == 1:
        return chosen[0]
    names = ", ".join(each.slug for each in known)
    code = "workspaces.workspace_ambiguous" if chosen else "workspaces.workspace_unnamed"
    raise Refused(Problem(code, {"name": slug, "known": names}), status=404)


def list_workspaces() -> list[Workspace]:
    """All of them, oldest first: for the command line and the worker, never for a request."""
    return list(Workspace.objects.order_by("pk"))


def find_key(raw: str) -> ApiKey | None:
    """The key in force that this text is; None for an unknown or revoked one."""
    # every workspace: the key itself says which one it opens
    return ApiKey.objects.filter(hash=key_hash(raw), revoked_at=None).select_related("workspace").first()


WRITER_AGE = 1_000_000
"""Microseconds."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Whoever sends events: the workspace they go to, its time zone, and the key's name."""

    workspace_id: int
    name: str
    timezone: str


def find_writer(raw: str) -> Writer | None:
    """Whom this write key in force belongs to, in one statement without models."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT k.workspace_id, k.name, w.timezone
               FROM workspaces_apikey k JOIN workspaces_workspace w ON w.id = k.workspace_id
               WHERE k.hash = %s AND k.kind = %s AND k.revoked_at IS NULL""",
            [key_hash(raw), ApiKey.Kind.WRITE.value],
        )
        row = cursor.fetchone()
    return None if row is None else Writer(*row)


@dataclass(slots=True)
class KnownWriters:
    """Remembers whom a write key belongs to for ``WRITER_AGE``: a key that is revoked writes no longer than that.

    A key that opened nothing is not remembered, so a new one opens at once.
    """

    known: dict[str, tuple[Writer, int]] = field(default_factory=dict)
    """Key → its writer, and when that was read."""

    def find(self, raw: str, *, now: int) -> Writer | None:
        writer, at = self.known.get(raw, (None, 0))
        if writer is not None and 0 <= now - at < WRITER_AGE:
            return writer
        found = find_writer(raw)
        if found is None:
            self.known.pop(raw, None)
        else:
            self.known[raw] = (found, now)
        return found


def list_keys(workspace_id: int) -> list[ApiKey]:
    return list(ApiKey.objects.filter(workspace_id=workspace_id).order_by("pk"))


def find_membership(*, user_id: int, workspace_id: int) -> Membership | None:
    return Membership.objects.filter(user_id=user_id, workspace_id=workspace_id).first()


def list_memberships(user_id: int) -> list[Membership]:
    """The workspaces this user may enter, oldest first."""
    # every workspace: the user's own
    mine = Membership.objects.filter(user_id=user_id)
    return list(mine.select_related("workspace").order_by("workspace_id"))


def list_members(workspace_id: int) -> list[Membership]:
    return list(Membership.objects.filter(workspace_id=workspace_id).select_related("user").order_by("pk"))


def digest(workspace_id: int) -> dict[str, Any]:
    """For ``yutang state``: without key hashes and passwords, which differ from one installation to the next."""
    workspace = Workspace.objects.get(pk=workspace_id)
    return {
        "name": workspace.name,
        "timezone": workspace.timezone,
        "hot_days": workspace.hot_days,
        "members": sorted([each.user.get_username(), each.role] for each in list_members(workspace_id)),
        "keys": sorted(
            [each.kind, each.name, each.revoked_at is not None] for each in list_keys(workspace_id)
        ),
    }
