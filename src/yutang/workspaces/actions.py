"""Workspaces, members and keys, written through the door."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.crypto import salted_hmac

from yutang.kernel.clock import Clock
from yutang.kernel.door import Actor, Answer, Entry, Refused, run
from yutang.language.problem import Problem
from yutang.workspaces import rules
from yutang.workspaces.models import ApiKey, Membership, Workspace


def _refuse(*found: Problem | None) -> None:
    problems = [each for each in found if each is not None]
    if problems:
        raise Refused(*problems)


def create_workspace(
    *,
    name: str,
    timezone: str = "Asia/Shanghai",
    slug: str | None = None,
    actor: Actor,
    clock: Clock,
    key: str | None = None,
    dry_run: bool = False,
) -> Answer:
    """Answers ``{"id", "slug"}``. Refused: a name, slug or zone that is none, ``workspaces.slug_taken``."""
    wanted = rules.slug_of(name) if slug is None else slug

    def perform(entry: Entry) -> dict[str, Any]:
        _refuse(rules.check_name(name), rules.check_slug(wanted), rules.check_timezone(timezone))
        if Workspace.objects.filter(slug=wanted).exists():
            raise Refused(Problem("workspaces.slug_taken", {"slug": wanted}, where="slug"), status=409)
        made = Workspace.objects.create(name=name, slug=wanted, timezone=timezone, created_at=entry.now)
        entry.audit(id=made.pk, name=name, slug=wanted, timezone=timezone)
        return {"id": made.pk, "slug": wanted}

    return run(
        "workspaces.create_workspace",
        workspace_id=0,
        actor=actor,
        input={"name": name, "slug": wanted, "timezone": timezone},
        perform=perform,
        clock=clock,
        key=key,
        dry_run=dry_run,
    )


def create_user(
    *,
    workspace_id: int,
    username: str,
    password: str,
    role: str,
    actor: Actor,
    clock: Clock,
    key: str | None = None,
    dry_run: bool = False,
) -> Answer:
    """A user who can sign in, and the place in the workspace. Answers ``{"id", "username", "role"}``."""
    model = get_user_model()
    _refuse(rules.check_username(username), rules.check_role(role))
    _check_password(password, username)
    encoded = make_password(password)  # slow by design, so before the write transaction begins

    def perform(entry: Entry) -> dict[str, Any]:
        _workspace(workspace_id)
        if model.objects.filter(username=username).exists():
            raise Refused(
                Problem("workspaces.username_taken", {"username": username}, where="username"), status=409
            )
        user = model.objects.create(username=username, password=encoded)
        Membership.objects.create(workspace_id=workspace_id, user=user, role=role)
        entry.audit(user=user.pk, username=username, role=role)
        return {"id": user.pk, "username": username, "role": role}

    return run(
        "workspaces.create_user",
        workspace_id=workspace_id,
        actor=actor,
        # Never the password itself; yet another password is another input.
        input={
            "username": username,
            "role": role,
            "password": salted_hmac("create_user", password).hexdigest(),
        },
        perform=perform,
        clock=clock,
        key=key,
        dry_run=dry_run,
    )


def _check_password(password: str, username: str) -> None:
    try:
        validate_password(password, get_user_model()(username=username))
    except ValidationError as error:
        reason = " ".join(error.messages)
        raise Refused(Problem("workspaces.password_weak", {"reason": reason}, where="password")) from error


def _workspace(workspace_id: int) -> Workspace:
    found = Workspace.objects.filter(pk=workspace_id).first()
    if found is None:
        raise Refused(Problem("workspaces.workspace_unknown"), status=404)
    return found


@dataclass(frozen=True, slots=True)
class NewKey:
    """``raw`` is shown once and stored nowhere; None when the answer was replayed, or nothing was made."""

    id: int
    raw: str | None
    hint: str


def create_key(
    *,
    workspace_id: int,
    kind: str,
    name: str,
    actor: Actor,
    clock: Clock,
    key: str | None = None,
    dry_run: bool = False,
) -> NewKey:
    """``kind``: write (ingest), secret (manage), read. Only the hash and the last characters are kept."""
    raw = rules.key_text(kind, secrets.token_urlsafe(24))

    def perform(entry: Entry) -> dict[str, Any]:
        _refuse(rules.check_kind(kind), rules.check_name(name))
        made = ApiKey.objects.create(
            workspace=_workspace(workspace_id),
            kind=kind,
            name=name,
            hash=rules.key_hash(raw),
            hint=raw[-rules.HINT :],
            created_at=entry.now,
        )
        entry.audit(key=made.pk, kind=kind, name=name)
        return {"id": made.pk, "hint": made.hint}

    answer = run(
        "workspaces.create_key",
        workspace_id=workspace_id,
        actor=actor,
        input={"kind": kind, "name": name},
        perform=perform,
        clock=clock,
        key=key,
        dry_run=dry_run,
    )
    is_new = not (answer.replayed or answer.dry_run)
    return NewKey(id=answer.value["id"], raw=raw if is_new else None, hint=answer.value["hint"])


def revoke_key(
    *,
    workspace_id: int,
    key_id: int,
    actor: Actor,
    clock: Clock,
    key: str | None = None,
    dry_run: bool = False,
) -> Answer:
    """From now on the key opens nothing (sending events: after a second at most, see ``KnownWriters``).

    Revoking it again changes nothing.
    """

    def perform(entry: Entry) -> dict[str, Any]:
        mine = ApiKey.objects.filter(workspace_id=workspace_id, pk=key_id)
        if not mine.exists():
            raise Refused(Problem("workspaces.key_unknown"), status=404)
        changed = mine.filter(revoked_at=None).update(revoked_at=entry.now)
        entry.audit(key=key_id, changed=bool(changed))
        return {"id": key_id}

    return run(
        "workspaces.revoke_key",
        workspace_id=workspace_id,
        actor=actor,
        input={"key": key_id},
        perform=perform,
        clock=clock,
        key=key,
        dry_run=dry_run,
    )
