"""Who is who at a moment: merges in force, erasure, retraction, and the name of a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tests.oracle.facts import OWN, Fact, Line, read

Person = frozenset[str]
"""The keys of the origins that are one person."""


@dataclass(frozen=True)
class History:
    """Everything that was ever said, without the own facts of the erased.

    Merges of the erased stay: two origins that were joined through an erased one are still one person.
    """

    facts: tuple[Fact, ...]
    erased: frozenset[str]
    everyone: frozenset[str]
    """Every origin named anywhere, whenever, that is not erased."""


def history_of(lines: Iterable[Line], zone: str) -> History:
    facts = read(lines, zone)
    erased = erased_in(facts)
    everyone = frozenset(key for fact in facts for key in fact.named) - erased
    return History(tuple(each for each in facts if each.person not in erased), erased, everyone)


def erased_in(facts: list[Fact]) -> frozenset[str]:
    """Each erasure takes everyone who is the same person as the named origin at the erasure's time."""
    taken: set[str] = set()
    for erasure in facts:
        if erasure.type == "erase":
            taken |= person_of(erasure.says, known_at(facts, erasure.at))
    return frozenset(taken)


def known_at(facts: Iterable[Fact], now: datetime) -> list[Fact]:
    """The facts that exist at ``now`` and are not retracted by then, in time order. Merges are undone by un-merging only."""
    existing = [each for each in facts if each.at <= now]
    forgotten = {each.says for each in existing if each.type == "retract"}
    return [
        each
        for each in existing
        if each.id not in forgotten or each.type in ("merge", "unmerge", "retract", "erase")
    ]


def pairs_in_force(known: Iterable[Fact]) -> set[frozenset[str]]:
    """The pairs whose newest fact is a merge and not an un-merge."""
    newest = {frozenset(each.says): each.type for each in known if each.type in ("merge", "unmerge")}
    return {pair for pair, type_ in newest.items() if type_ == "merge"}


def person_of(key: str, known: Iterable[Fact]) -> Person:
    """The origins that merges connect with this one, the erased among them."""
    pairs = pairs_in_force(known)
    person = {key}
    while more := {each for pair in pairs if pair & person for each in pair} - person:
        person |= more
    return frozenset(person)


def name_of(person: Person, history: History, now: datetime) -> str:
    """The oldest origin that is not erased: the earliest own fact by now, retracted or not; then shorter key, then key."""

    def age(key: str) -> tuple[object, ...]:
        own = [
            each.order for each in history.facts if each.type in OWN and each.person == key and each.at <= now
        ]
        return (0, *min(own), len(key), key) if own else (1, len(key), key)

    return min(person - history.erased, key=age)
