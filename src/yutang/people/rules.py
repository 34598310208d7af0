"""Who is who: which names name a person, and what a fact with several names says about them.

Pure. ``Book`` is the part of a workspace's identities that a run of facts touches; facts are entered one after the other, so the
outcome does not depend on how a stream was cut into runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from yutang.language.problem import Problem

Name = tuple[str, str]
"""``(namespace, value)``."""
Names = tuple[Name, ...]
"""What one fact calls its person, strongest first."""

USER = "user_id"
ANONYMOUS = "anonymous_id"
KEY_LENGTH = 255
NEVER = frozenset(("", "null", "undefined", "anonymous", "0"))
"""Values that clients send when they know nobody. They never name a person."""


def check_key(value: str) -> Problem | None:
    """What keeps ``value`` from naming a person, or None."""
    if value in NEVER:
        return Problem("people.never_names", {"value": value})
    if len(value) > KEY_LENGTH:
        return Problem("people.key_too_long", {"limit": KEY_LENGTH})
    if "\x00" in value:
        return Problem("people.key_nul")
    return None


def named(key: str) -> Names:
    """The names of a person who is called by a plain key, as in an event line."""
    return ((USER, key),)


@dataclass(frozen=True, slots=True)
class Said:
    """A merge (``joins``) or un-merge of two origins as it was said; ``one < other``."""

    fact_id: str
    one: int
    other: int
    joins: bool
    at: int

    @property
    def order(self) -> tuple[int, int, str]:
        return (self.at, len(self.fact_id), self.fact_id)


def say(*, fact_id: str, pair: tuple[int, int], joins: bool, at: int) -> Said:
    """The pair has no order."""
    return Said(fact_id, min(pair), max(pair), joins, at)


@dataclass(slots=True)
class Book:
    """The identities and merges around a run of facts, and what the run adds to them."""

    next_number: int
    numbers: dict[Name, int] = field(default_factory=dict)
    users: set[int] = field(default_factory=set)
    """Origins that carry a user id."""
    said: dict[int, dict[int, list[Said]]] = field(default_factory=dict)
    """origin → other origin → everything said about the pair."""
    new_origins: list[tuple[int, str]] = field(default_factory=list)
    new_names: list[tuple[Name, int]] = field(default_factory=list)
    new_said: list[Said] = field(default_factory=list)

    # -- reading -------------------------------------------------------------------------------------------------------

    def find(self, names: Names) -> int | None:
        """The origin a fact with these names hangs on, if the deciding name is known."""
        return self.numbers.get(names[0])

    def person(self, number: int, at: int | None = None) -> set[int]:
        """The origins connected to ``number`` by merges in force at ``at``; None: after everything said."""
        found, todo = {number}, [number]
        while todo:
            for other, said in self.said.get(todo.pop(), {}).items():
                if other not in found and _in_force(said, at):
                    found.add(other)
                    todo.append(other)
        return found

    # -- entering ------------------------------------------------------------------------------------------------------

    def place(self, names: Names) -> int:
        """The origin of the deciding (first) name, made when it is new."""
        number = self.numbers.get(names[0])
        return self._new_origin(names[0]) if number is None else number

    def learn(self, number: int, names: Iterable[Name], *, fact_id: str, at: int) -> None:
        """The weaker names stood beside the deciding one: new ones become the origin's, known ones are connected if they may."""
        for name in names:
            known = self.numbers.get(name)
            if known is None:
                self._attach(name, number)
            elif known != number:
                self._link(number, known, fact_id=f"{fact_id}:link", at=at)

    def alias(self, number: int, names: Names, *, fact_id: str, at: int) -> int:
        """``names`` are alternatives for one earlier person, who is joined with ``number``'s. Gives that person's origin.

        Someone known by user id is joined because it was said so; a device that another user already has stays there.
        """
        known = next((name for name in names if name in self.numbers), None)
        if known is None:
            other = self._new_origin(names[0])
            for name in names[1:]:
                self._attach(name, other)
            self.enter(say(fact_id=fact_id, pair=(number, other), joins=True, at=at))
            return other
        other = self.numbers[known]
        if other == number:
            return other
        if known[0] == ANONYMOUS:
            self._link(number, other, fact_id=fact_id, at=at)
        else:
            self.enter(say(fact_id=fact_id, pair=(number, other), joins=True, at=at))
        return other

    def enter(self, said: Said, *, known: bool = False) -> None:
        """Add what was said about a pair; ``known``: it is stored already. Nothing can be said of an origin and itself."""
        if said.one == said.other:
            return
        for a, b in ((said.one, said.other), (said.other, said.one)):
            self.said.setdefault(a, {}).setdefault(b, []).append(said)
        if not known:
            self.new_said.append(said)

    def _new_origin(self, name: Name) -> int:
        number = self.next_number
        self.next_number += 1
        self.new_origins.append((number, name[1]))
        self._attach(name, number)
        return number

    def _attach(self, name: Name, number: int) -> None:
        self.numbers[name] = number
        self.new_names.append((name, number))
        if name[0] == USER:
            self.users.add(number)

    def _link(self, number: int, known: int, *, fact_id: str, at: int) -> None:
        """Connect a device's origin with a user's. It stays with its first user, and an un-merge of the pair is the last word.

        A fact that is earlier than the connection moves it back, so that the order of arrival does not matter.
        """
        pair = self.said.get(number, {}).get(known, [])
        if any(not each.joins for each in pair):
            return
        if pair:
            if at < min(each.at for each in pair):
                self.enter(say(fact_id=fact_id, pair=(number, known), joins=True, at=at))
            return
        if not self.person(known) & self.users:
            self.enter(say(fact_id=fact_id, pair=(number, known), joins=True, at=at))


def _in_force(said: Sequence[Said], at: int | None) -> bool:
    heard = [each for each in said if at is None or each.at <= at]
    return bool(heard) and max(heard, key=lambda each: each.order).joins


def erased(book: Book, erasures: Iterable[tuple[int, int]]) -> set[int]:
    """Every origin of the persons that ``(origin, at)`` belonged to at those times."""
    return {number for origin, at in erasures for number in book.person(origin, at)}


def fingerprint(rows: Iterable[Sequence[object]]) -> dict[str, object]:
    """Count and hash of a multiset of rows: equal whatever their order, different when one is there twice."""
    count = total = 0
    for row in rows:
        text = "\x1f".join("\x00" if word is None else str(word) for word in row)
        count += 1
        total += int.from_bytes(blake2b(text.encode(), digest_size=16).digest(), "big")
    return {"count": count, "hash": f"{total % 2**128:032x}"}
