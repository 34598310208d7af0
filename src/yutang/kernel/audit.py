"""The chain over what was done: nobody changes, removes or slips in an audit row unseen.

Audit rows are committed unchained, so that writers never wait for each other; one sealer puts a link over each committed row:
``hash = sha256(previous hash, position, metadata, digest)`` where ``digest = sha256(salt, payload)``. Erasing payload and
salt leaves the chain whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from django.db.models import Max

from yutang.kernel import crash
from yutang.kernel.canonical import canonical, digest
from yutang.kernel.clock import Clock
from yutang.kernel.models import AuditRow, Seal
from yutang.kernel.write import advisory_lock, write_transaction
from yutang.language.problem import Problem

BEFORE_COMMIT = crash.declare("audit.seal.before_commit")
START = "0" * 64
BATCH = 500
READ = 2000
# On PostgreSQL a row can be committed after others with higher ids; this far back the sealer still looks for such rows.
LATECOMERS = 10_000


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Chain:
    """``head`` is worth noting down elsewhere: with it even the removal of the newest links is seen."""

    sealed: int
    unsealed: int
    head: str
    problem: Problem | None


def batched(items: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    """``itertools.batched`` comes with Python 3.12."""
    rest = iter(items)
    while batch := tuple(islice(rest, size)):
        yield batch


def _metadata(row: AuditRow) -> str:
    return canonical(
        [row.pk, row.workspace_id, row.at, row.actor_kind, row.actor_id, row.actor_name, row.action]
    )


def _link(previous: str, position: int, row: AuditRow) -> str:
    return digest(previous, str(position), _metadata(row), row.digest)


def _waiting() -> Sequence[AuditRow]:
    newest = Seal.objects.aggregate(newest=Max("audit_id"))["newest"] or 0
    # every workspace: there is one chain
    rows = AuditRow.objects.filter(pk__gt=newest - LATECOMERS, seal=None)
    return list(rows.order_by("pk")[:BATCH])


def seal(clock: Clock) -> bool:
    """Worker step: links up to ``BATCH`` committed rows."""
    if not _waiting():
        return False
    with write_transaction():
        advisory_lock("sealer")
        rows, last = _waiting(), Seal.objects.order_by("-position").first()
        position, previous = (last.position, last.hash) if last else (0, START)
        links: list[Seal] = []
        for next_position, row in enumerate(rows, position + 1):
            previous = _link(previous, next_position, row)
            links.append(Seal(position=next_position, audit=row, hash=previous))
        Seal.objects.bulk_create(links)
        crash.passing(BEFORE_COMMIT)
    return bool(links)


def unsealed() -> int:
    # every workspace: there is one chain
    return AuditRow.objects.filter(seal=None).count()


def erase(ids: Iterable[int]) -> None:
    """Inside a write transaction: what these rows told is gone, that they were is not."""
    # every workspace: the rows are named one by one
    AuditRow.objects.filter(pk__in=list(ids)).update(payload=None, salt=None)


def check() -> Chain:
    """Reads the whole chain, in order, and stops at the first break."""
    position, previous = 0, START
    problem: Problem | None = None
    links = Seal.objects.order_by("position").values_list("position", "audit_id", "hash")
    for batch in batched(links.iterator(chunk_size=READ), READ):
        position, previous, problem = _check_batch(batch, position, previous)
        if problem is not None:
            break
    return Chain(sealed=position, unsealed=unsealed(), head=previous, problem=problem)


def _check_batch(
    batch: Sequence[tuple[int, int, str]], position: int, previous: str
) -> tuple[int, str, Problem | None]:
    # every workspace: there is one chain
    rows = AuditRow.objects.in_bulk([audit_id for _, audit_id, _ in batch])
    for found, audit_id, hash in batch:
        problem = _break(found, position + 1, previous, rows.get(audit_id), audit_id, hash)
        if problem is not None:
            return position, previous, problem
        position, previous = found, hash
    return position, previous, None


def _break(
    position: int, expected: int, previous: str, row: AuditRow | None, audit_id: int, hash: str
) -> Problem | None:
    place = {"position": expected, "row": audit_id}
    if position != expected:
        return Problem("audit.gap", {"position": expected})
    if row is None:
        return Problem("audit.row_missing", place)
    if (row.payload is None) != (row.salt is None):
        return Problem("audit.row_changed", place)
    if row.payload is not None and row.salt is not None and digest(row.salt, row.payload) != row.digest:
        return Problem("audit.row_changed", place)
    if _link(previous, position, row) != hash:
        return Problem("audit.link_wrong", place)
    return None


def verify() -> list[Problem]:
    problem = check().problem
    return [problem] if problem else []
