"""The one door for writes.

``run`` opens a write transaction, performs the action, and leaves an audit row, outbox rows and the remembered answer in
that same transaction. A dry run does all of it and rolls back.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import transaction

from yutang.kernel import crash
from yutang.kernel.canonical import canonical, digest
from yutang.kernel.clock import Clock
from yutang.kernel.models import AuditRow, IdempotencyKey, OutboxRow
from yutang.kernel.refused import Refused
from yutang.kernel.write import advisory_lock, write_transaction
from yutang.language.problem import Problem, Span

__all__ = ["SYSTEM", "Actor", "Answer", "Entry", "Refused", "run"]

LONGEST_KEY = 255
BEFORE_COMMIT = crash.declare("door.before_commit")
AFTER_COMMIT = crash.declare("door.after_commit")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. ``kind``: user, key, system, policy."""

    kind: str
    id: str
    name: str


SYSTEM = Actor("system", "", "system")


@dataclass(frozen=True, slots=True)
class Answer:
    """``value`` is JSON-able. ``replayed``: it was stored when this key came first; nothing was done now."""

    value: Any
    replayed: bool = False
    dry_run: bool = False


@dataclass(slots=True)
class Entry:
    """What an action may use while it is inside the door."""

    now: int
    actor: Actor
    workspace_id: int
    details: dict[str, Any] = field(default_factory=dict)
    outgoing: list[OutboxRow] = field(default_factory=list)

    def audit(self, **details: Any) -> None:
        """Adds to this call's audit payload. Nothing secret: erasure of a person deletes it, nothing else does."""
        self.details |= details

    def outbox(self, topic: str, payload: Any, due: int | None = None) -> None:
        """To be done after commit, at least once; ``due`` in microseconds, default at once."""
        self.outgoing.append(
            OutboxRow(
                workspace_id=self.workspace_id,
                topic=topic,
                payload=canonical(payload),
                due=self.now if due is None else due,
            )
        )


T = TypeVar("T")


class _DryRun(Exception):
    """Carries the answer out of a transaction that is rolled back."""


def run(
    action: str,
    *,
    workspace_id: int,
    actor: Actor,
    input: Any,
    perform: Callable[[Entry], Any],
    clock: Clock,
    key: str | None = None,
    dry_run: bool = False,
) -> Answer:
    """Performs a write once. ``input`` is JSON-able and, with the action, is what a repeated ``key`` must agree with.

    ``workspace_id`` is 0 for what belongs to no workspace. Raises Refused: what ``perform`` raised (rolled back, and remembered
    under the key unless it is 5xx), ``door.key_reused`` (409) or ``door.key_wrong``. A dry run neither reads nor keeps the key.
    """
    entry = Entry(now=clock.now(), actor=actor, workspace_id=workspace_id)
    if dry_run:
        return _rehearse(action, entry, perform)
    if key is None:
        return _commit(lambda: Answer(_perform(action, entry, perform)))
    if not 0 < len(key) <= LONGEST_KEY or "\0" in key:
        raise Refused(Problem("door.key_wrong", {"longest": LONGEST_KEY}))
    input_hash = digest(action, canonical(input))
    answer = _commit(lambda: _once(action, entry, perform, key=key, input_hash=input_hash))
    if isinstance(answer, Refused):  # raised only now: the memory of the refusal must be committed
        raise answer
    return answer


def _commit(work: Callable[[], T]) -> T:
    with write_transaction():
        done = work()
        crash.passing(BEFORE_COMMIT)
    crash.passing(AFTER_COMMIT)
    return done


def _rehearse(action: str, entry: Entry, perform: Callable[[Entry], Any]) -> Answer:
    value: Any = None
    try:
        with write_transaction():
            value = json.loads(canonical(_perform(action, entry, perform)))
            raise _DryRun
    except _DryRun:
        return Answer(value, dry_run=True)


def _once(
    action: str, entry: Entry, perform: Callable[[Entry], Any], *, key: str, input_hash: str
) -> Answer | Refused:
    advisory_lock("idempotency", entry.workspace_id, key)
    stored = IdempotencyKey.objects.filter(workspace_id=entry.workspace_id, key=key).first()
    if stored is not None:
        return _again(stored, input_hash)
    answer: Answer | Refused
    try:
        with transaction.atomic():
            answer = Answer(_perform(action, entry, perform))
    except Refused as refused:
        if refused.status >= 500:
            raise
        answer = refused
    IdempotencyKey.objects.create(
        workspace_id=entry.workspace_id,
        key=key,
        action=action,
        input_hash=input_hash,
        refused=isinstance(answer, Refused),
        answer=canonical(_packed(answer) if isinstance(answer, Refused) else answer.value),
        at=entry.now,
    )
    return answer


def _again(stored: IdempotencyKey, input_hash: str) -> Answer | Refused:
    if stored.input_hash != input_hash:
        return Refused(Problem("door.key_reused", {"key": stored.key}), status=409)
    value = json.loads(stored.answer)
    return _unpacked(value) if stored.refused else Answer(value, replayed=True)


def _perform(action: str, entry: Entry, perform: Callable[[Entry], Any]) -> Any:
    value = perform(entry)
    payload, salt = canonical(entry.details), secrets.token_hex(16)
    AuditRow.objects.create(
        workspace_id=entry.workspace_id,
        at=entry.now,
        actor_kind=entry.actor.kind,
        actor_id=entry.actor.id,
        actor_name=entry.actor.name,
        action=action,
        payload=payload,
        salt=salt,
        digest=digest(salt, payload),
    )
    OutboxRow.objects.bulk_create(entry.outgoing)
    return value


def _packed(refused: Refused) -> dict[str, Any]:
    problems = [
        {
            "code": p.code,
            "params": dict(p.params),
            "span": list(p.span),
            "where": p.where,
            "severity": p.severity,
        }
        for p in refused.problems
    ]
    return {"status": refused.status, "problems": problems}


def _unpacked(value: dict[str, Any]) -> Refused:
    problems = (Problem(**{**each, "span": Span(*each["span"])}) for each in value["problems"])
    return Refused(*problems, status=value["status"])
