"""Admission: intake becomes the log, one admitter per workspace, in order.

Duplicates are dropped before anything is learnt from them. Facts are then entered one after the other into what is known of their
people, so the outcome does not depend on where intake was cut; reading and writing go by whole sets.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import msgspec
from django.db import InterfaceError, OperationalError, transaction

from yutang.events import log
from yutang.events.admitting import admitting
from yutang.events.intake import enqueue
from yutang.events.log import Entry
from yutang.events.models import IntakeBatch, SetAside
from yutang.events.rules import LOGGED, Fact, pack, types, unpack
from yutang.kernel.clock import Clock
from yutang.kernel.crash import declare, passing
from yutang.kernel.refused import Refused
from yutang.kernel.write import admission_lock, write_transaction
from yutang.people import actions as people
from yutang.people.rules import Book, Name, erased, say

__all__ = ["Admitted", "admit", "enqueue", "step"]

STEP_FACTS = 1000
"""So many facts are admitted in one transaction, or one intake row."""
STEP_ROWS = 200
NAME_LENGTH = 200
"""Of a property's path in the catalogue."""
BEFORE_LOG = declare("events.admit.before_log")
AFTER_LOG = declare("events.admit.after_log")
AFTER_IDENTITY = declare("events.admit.after_identity")
BEFORE_COMMIT = declare("events.admit.before_commit")
AFTER_COMMIT = declare("events.admit.after_commit")

logger = logging.getLogger(__name__)
_props = msgspec.json.Decoder(dict[str, Any]).decode


@dataclass(frozen=True, slots=True)
class Admitted:
    """What became of the facts of one step. ``kept_out``: of erased people."""

    facts: int = 0
    logged: int = 0
    known: int = 0
    kept_out: int = 0
    set_aside: int = 0

    def __add__(self, other: Admitted) -> Admitted:
        return Admitted(
            self.facts + other.facts,
            self.logged + other.logged,
            self.known + other.known,
            self.kept_out + other.kept_out,
            self.set_aside + other.set_aside,
        )


class Arrived(NamedTuple):
    fact: Fact
    received_at: int


def step(clock: Clock) -> bool:
    """A worker's turn: some intake of every workspace that has any. Says whether there was any."""
    # every workspace: the worker serves them all
    waiting = IntakeBatch.objects.values_list("workspace_id", flat=True).order_by("workspace_id").distinct()
    return sum(admit(workspace_id, clock).facts for workspace_id in list(waiting)) > 0


def admit(workspace_id: int, clock: Clock, limit: int = STEP_FACTS) -> Admitted:
    """Admits about ``limit`` waiting facts in one transaction; ``facts`` is 0 when none waited."""
    with admitting(workspace_id), write_transaction():
        admission_lock(workspace_id)
        batches = _take(workspace_id, limit)
        if not batches:
            return Admitted()
        arrived, unreadable = _unpack(batches)
        for item, reason, received_at in unreadable:
            _set_aside(workspace_id, item, reason, received_at)
        admitted = _enter(workspace_id, arrived) + Admitted(facts=len(unreadable), set_aside=len(unreadable))
        IntakeBatch.objects.filter(workspace_id=workspace_id, id__in=[each.id for each in batches]).delete()
        passing(BEFORE_COMMIT)
    passing(AFTER_COMMIT)
    return admitted


def _take(workspace_id: int, limit: int) -> list[IntakeBatch]:
    """Whole rows from the front of the queue, until they hold ``limit`` facts."""
    queue = IntakeBatch.objects.filter(workspace_id=workspace_id).order_by("id")
    counts = queue.values_list("id", "count")[:STEP_ROWS]
    ids: list[int] = []
    facts = 0
    for id, count in counts:
        if ids and facts + count > limit:
            break
        ids.append(id)
        facts += count
    return list(queue.filter(id__in=ids))


def _unpack(batches: Sequence[IntakeBatch]) -> tuple[list[Arrived], list[tuple[bytes, str, int]]]:
    arrived, unreadable = [], []
    for batch in batches:
        for item in unpack(bytes(batch.items)):
            if isinstance(item, Fact):
                arrived.append(Arrived(item, batch.received_at))
            else:
                unreadable.append((*item, batch.received_at))
    return arrived, unreadable


def _enter(workspace_id: int, arrived: Sequence[Arrived]) -> Admitted:
    """Admits them all; if that fails, the halves, so that one bad fact is set aside and the others go on."""
    try:
        with transaction.atomic():
            return _enter_whole(workspace_id, arrived)
    except (OperationalError, InterfaceError, Refused, OSError, MemoryError):
        raise  # the machine's trouble, not the facts'
    except Exception as error:
        if len(arrived) == 1:
            logger.exception("a fact was set aside")
            [(fact, received_at)] = arrived
            _set_aside(workspace_id, pack([fact]), repr(error), received_at)
            return Admitted(facts=1, set_aside=1)
    middle = len(arrived) // 2
    return _enter(workspace_id, arrived[:middle]) + _enter(workspace_id, arrived[middle:])


def _set_aside(workspace_id: int, item: bytes, reason: str, received_at: int) -> None:
    SetAside.objects.create(workspace_id=workspace_id, item=item, reason=reason, received_at=received_at)


def _enter_whole(workspace_id: int, arrived: Sequence[Arrived]) -> Admitted:
    new = _without_known(workspace_id, arrived)
    run = _open_run(workspace_id, new)
    for each in new:
        run.enter(each.fact, each.received_at)
    _store(workspace_id, run)
    return Admitted(
        facts=len(arrived), logged=len(run.entries), known=len(arrived) - len(new), kept_out=run.kept_out
    )


def _without_known(workspace_id: int, arrived: Sequence[Arrived]) -> list[Arrived]:
    """The first with each id, where neither log nor history nor any other table has the id."""
    first: dict[str, Arrived] = {}
    for each in arrived:
        first.setdefault(each.fact.id, each)
    known = log.known_ids(workspace_id, first.keys()) | people.known_fact_ids(workspace_id, first.keys())
    return [each for id, each in first.items() if id not in known]


# -- one run of facts --------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Run:
    """Facts being entered: what is known of their people, and what is to be written."""

    book: Book
    erasures: list[tuple[int, int]]
    """``(origin, at)``: those that may concern these people."""
    gone: set[int] = field(default_factory=set)
    """Origins erased, as far as is known at this fact."""
    forgotten: set[int] = field(default_factory=set)
    """Origins erased at any point of the run: what the log has of them goes."""
    entries: list[Entry] = field(default_factory=list)
    retractions: list[tuple[str, str, int]] = field(default_factory=list)
    new_erasures: list[tuple[str, int, int]] = field(default_factory=list)
    firsts: dict[int, people.First] = field(default_factory=dict)
    seen: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    kept_out: int = 0

    def enter(self, fact: Fact, received_at: int) -> None:
        said = len(self.book.new_said)
        match fact.fact:
            case "retract":
                self.retractions.append((fact.id, fact.target, _dated(fact, received_at)))
            case "erase":
                at = _dated(fact, received_at)
                number = self.book.place(fact.who)
                self.new_erasures.append((fact.id, number, at))
                self.erasures.append((number, at))
                self._forget()
            case "merge" | "unmerge":
                self._pair(fact, _dated(fact, received_at))
            case _:
                self._log(fact, received_at)
        if self.erasures and len(self.book.new_said) > said:
            self._forget()

    def _pair(self, fact: Fact, at: int) -> None:
        number = self._origin(fact, at)
        if number is None:
            self.kept_out += 1
        elif fact.fact == "merge" and len(fact.other) > 1:
            self.book.alias(number, fact.other, fact_id=fact.id, at=at)
        else:
            other = self.book.place(fact.other)
            self.book.enter(say(fact_id=fact.id, pair=(number, other), joins=fact.fact == "merge", at=at))

    def _log(self, fact: Fact, received_at: int) -> None:
        number = self._origin(fact, _dated(fact, received_at))
        if number is None:
            self.kept_out += 1
            return
        for target in fact.other:
            self.book.place((target,))
        entry = Entry(
            fact.id, fact.fact, number, fact.kind, fact.at, received_at, fact.channel, fact.source, fact.props
        )
        self.entries.append(entry)
        first = (fact.at, fact.id)
        if number not in self.firsts or people.earlier(first, self.firsts[number]):
            self.firsts[number] = first
        self._count(fact)

    def _origin(self, fact: Fact, at: int) -> int | None:
        """Where the fact belongs, with what its names tell; None when that person is erased."""
        names = fact.who
        if self.gone and self.book.find(names) in self.gone and fact.fact in LOGGED:
            return None
        number = self.book.place(names)
        if len(names) > 1:
            rest = [name for name in names[1:] if self.book.numbers.get(name) not in self.gone]
            self.book.learn(number, rest, fact_id=fact.id, at=at)
        return number

    def _forget(self) -> None:
        """The erased people anew: a merge or an erasure may have told more. What was entered of them goes."""
        self.gone = erased(self.book, self.erasures)
        self.forgotten |= self.gone
        self.entries = [entry for entry in self.entries if entry.origin not in self.gone]

    def _count(self, fact: Fact) -> None:
        if fact.fact == "tag":
            self.seen["", fact.kind, "tag"] += 1
        elif fact.fact in ("event", "traits") and fact.props != "{}":
            kind = fact.kind
            self.seen.update(
                (kind, *each) for each in types(_props(fact.props)) if len(each[0]) <= NAME_LENGTH
            )


def _dated(fact: Fact, received_at: int) -> int:
    return received_at if fact.at is None else fact.at


def _open_run(workspace_id: int, arrived: Sequence[Arrived]) -> Run:
    names: set[Name] = set()
    for fact, _ in arrived:
        names.update(fact.who)
        names.update(fact.other)
    kinds = {fact.fact for fact, _ in arrived}
    has_erasures = "erase" in kinds or people.has_erasures(workspace_id)
    around = (
        has_erasures or not kinds.isdisjoint(("merge", "unmerge")) or any(len(f.who) > 1 for f, _ in arrived)
    )
    book = people.open_book(workspace_id, names, around=around)
    run = Run(book, erasures=[])
    if has_erasures:
        nearby = set(book.numbers.values()) | book.said.keys()
        run.erasures = people.list_erasures(workspace_id, nearby)
        run.gone = erased(book, run.erasures)
    return run


def _store(workspace_id: int, run: Run) -> None:
    passing(BEFORE_LOG)
    seqs = log.append(workspace_id, run.entries)
    passing(AFTER_LOG)
    people.store(workspace_id, run.book)
    people.note_first(workspace_id, run.firsts)
    log.note_next_origin(workspace_id, run.book.next_number)
    passing(AFTER_IDENTITY)
    log.store_retractions(workspace_id, run.retractions, seqs)
    log.meet_retractions(workspace_id, seqs)
    log.count_properties(workspace_id, run.seen)
    people.store_erasures(workspace_id, run.new_erasures)
    if run.forgotten:
        log.forget_origins(workspace_id, run.forgotten)
