"""Who belongs to whom, when: connected components of the merges in force, over time.

Times are integer microseconds UTC. *Time order* is (at, length of id, id); two merges and un-merges of one pair at one instant
take effect in that order, and what holds at an instant is what holds after all of that instant's facts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, groupby
from typing import NamedTuple

ALWAYS = -(2**63)
"""The time of a fact that is always known: before every dated one."""


class Joint(NamedTuple):
    """A merge (``joins``) or un-merge of the pair one, other; the pair has no order."""

    one: int
    other: int
    joins: bool
    at: int
    id: str


class Start(NamedTuple):
    """An origin's key and its first own fact; ``at`` is None where there is none (merges are nobody's own)."""

    key: str
    at: int | None = None
    id: str = ""


class Interval(NamedTuple):
    """In [since, until) the person of ``origin`` is named after ``root``; ``until`` None means still."""

    origin: int
    root: int
    since: int
    until: int | None


class _Person:
    """Origins that are connected now, and the one they are named after (None while all of them are erased)."""

    __slots__ = ("members", "root")

    def __init__(self, members: set[int], root: int | None) -> None:
        self.members = members
        self.root = root


_Rank = tuple[int, int, int, str, int, str]


class _Persons:
    """The components, kept up to date while time passes; ``changed`` collects origins whose root may be another one."""

    def __init__(self, starts: Mapping[int, Start], erased: frozenset[int]) -> None:
        self._starts = starts
        self._erased = erased
        self._known: set[int] = set()
        self._next_to: dict[int, set[int]] = {}
        self._person: dict[int, _Person] = {}
        self.changed: set[int] = set()

    def members(self, origin: int) -> set[int]:
        person = self._person.get(origin)
        return {origin} if person is None else person.members

    def root(self, origin: int) -> int | None:
        return self._of(origin).root

    def begin(self, origin: int) -> None:
        """The first own fact of ``origin`` has come: it may be the oldest one now."""
        self._known.add(origin)
        person = self._of(origin)
        if person.root is not None and origin not in self._erased and self._older(origin, person.root):
            person.root = origin
            self.changed.update(person.members)

    def join(self, one: int, other: int) -> None:
        self._next_to.setdefault(one, set()).add(other)
        self._next_to.setdefault(other, set()).add(one)
        large, small = self._of(one), self._of(other)
        if large is small:
            return
        if len(large.members) < len(small.members):
            large, small = small, large
        root = self._oldest([each for each in (large.root, small.root) if each is not None])
        for part in (large, small):
            if part.root != root:
                self.changed.update(part.members)
        for origin in small.members:
            self._person[origin] = large
        large.members |= small.members
        large.root = root

    def cut(self, one: int, other: int) -> None:
        """Take this pair apart; costs as much as the smaller part, where they fall apart."""
        self._next_to[one].discard(other)
        self._next_to[other].discard(one)
        part = self._fallen_off(one, other)
        if part is None:
            return
        rest = self._of(one)
        rest.members -= part
        root = self._oldest([origin for origin in part if origin not in self._erased])
        piece = _Person(part, root)
        self._person.update(dict.fromkeys(part, piece))
        if root != rest.root:
            self.changed.update(part)
        if rest.root in part:
            rest.root = self._oldest([origin for origin in rest.members if origin not in self._erased])
            self.changed.update(rest.members)

    def _fallen_off(self, one: int, other: int) -> set[int] | None:
        """The part around one of the two that is explored first; None when they still meet. Both walk in turns."""
        near, far = {one}, {other}
        sides = ((self._walk(one, near), near, far), (self._walk(other, far), far, near))
        while True:
            for walk, mine, theirs in sides:
                step = next(walk, None)
                if step is None:
                    return mine
                if step in theirs:
                    return None

    def _walk(self, origin: int, seen: set[int]) -> Iterator[int]:
        """Along every connection from ``origin`` on, one a step."""
        queue = [origin]
        for each in queue:
            for neighbour in self._next_to.get(each, ()):
                if neighbour not in seen:
                    seen.add(neighbour)
                    queue.append(neighbour)
                yield neighbour

    def _of(self, origin: int) -> _Person:
        person = self._person.get(origin)
        if person is None:
            person = self._person[origin] = _Person({origin}, None if origin in self._erased else origin)
        return person

    def _oldest(self, origins: list[int]) -> int | None:
        if len(origins) < 2:
            return origins[0] if origins else None
        return min(origins, key=self._rank)

    def _older(self, one: int, other: int) -> bool:
        return self._rank(one) < self._rank(other)

    def _rank(self, origin: int) -> _Rank:
        start = self._starts[origin]
        if origin not in self._known:
            return (1, 0, 0, "", len(start.key), start.key)
        return _final_rank(start)


def membership(
    facts: Iterable[Joint], starts: Mapping[int, Start], erased: frozenset[int] = frozenset()
) -> list[Interval]:
    """Every interval in which an origin's person is named after another origin; outside them an origin is its own root.

    ``starts`` has every origin that ``facts`` name. Erased origins still connect others;
    they get no interval and are nobody's root.
    """
    facts = list(facts)
    times_named = Counter(chain.from_iterable(fact[:2] for fact in facts))
    alone: list[Joint] = []
    entangled: list[Joint] = []
    for fact in facts:
        (alone if times_named[fact.one] == 1 == times_named[fact.other] else entangled).append(fact)
    couples = chain.from_iterable(
        _couple(fact, starts) for fact in alone if not erased.intersection(fact[:2])
    )
    return [*couples, *_entangled(entangled, starts, erased)]


def _couple(fact: Joint, starts: Mapping[int, Start]) -> tuple[Interval, ...]:
    """Two origins that one single fact names, as nearly all are: no need to go through time for them."""
    one, other, joins, at, _ = fact
    if not joins:
        return ()
    old, young = (one, other) if _final_rank(starts[one]) < _final_rank(starts[other]) else (other, one)
    begins = starts[old].at
    if (begins is not None and begins <= at) or _key_rank(starts[old]) < _key_rank(starts[young]):
        return (Interval(young, old, at, None),)
    if begins is None:
        return (Interval(old, young, at, None),)
    return Interval(old, young, at, begins), Interval(young, old, begins, None)


def _key_rank(start: Start) -> tuple[int, str]:
    return len(start.key), start.key


def _final_rank(start: Start) -> _Rank:
    """The order of origins once all of their facts have come."""
    if start.at is None:
        return (1, 0, 0, "", len(start.key), start.key)
    return (0, start.at, len(start.id), start.id, len(start.key), start.key)


def _entangled(facts: list[Joint], starts: Mapping[int, Start], erased: frozenset[int]) -> list[Interval]:
    persons = _Persons(starts, erased)
    since: dict[int, tuple[int, int]] = {}
    intervals: list[Interval] = []
    for at in _through_time(persons, facts, starts):
        for origin in persons.changed - erased:
            root = persons.root(origin)
            before, begun = since.pop(origin, (origin, at))
            if before != origin and before != root:
                intervals.append(Interval(origin, before, begun, at))
            if root is not None and root != origin:
                since[origin] = (root, begun if before == root else at)
        persons.changed.clear()
    intervals.extend(Interval(origin, root, begun, None) for origin, (root, begun) in since.items())
    return intervals


def erased_origins(facts: Iterable[Joint], erasures: Iterable[tuple[int, int]]) -> frozenset[int]:
    """All origins of the persons that ``erasures`` (origin, at) name, as they were connected at the time of the erasure."""
    wanted = sorted(erasures, key=lambda erasure: erasure[1])
    if not wanted:
        return frozenset()
    facts = _around({origin for origin, _ in wanted}, list(facts))
    starts = {origin: Start(str(origin)) for fact in facts for origin in fact[:2]}
    starts |= {origin: Start(str(origin)) for origin, _ in wanted}
    persons = _Persons(starts, frozenset())
    at_time = {
        at: [origin for origin, _ in group] for at, group in groupby(wanted, key=lambda erasure: erasure[1])
    }
    found: set[int] = set()
    for at in _through_time(persons, facts, {}, list(at_time)):
        for origin in at_time.get(at, ()):
            found.update(persons.members(origin))
    return frozenset(found)


def _around(origins: set[int], facts: list[Joint]) -> list[Joint]:
    """The facts that can matter to ``origins``: all of whoever they were ever connected with."""
    beside: dict[int, list[int]] = {}
    for one, other, *_ in facts:
        beside.setdefault(one, []).append(other)
        beside.setdefault(other, []).append(one)
    found, queue = set(origins), list(origins)
    for origin in queue:
        fresh = [each for each in beside.get(origin, ()) if each not in found]
        found.update(fresh)
        queue.extend(fresh)
    return [fact for fact in facts if fact.one in found]


_Change = tuple[int, int, str, Joint | int | None]


def _through_time(
    persons: _Persons, facts: list[Joint], starts: Mapping[int, Start], stops: Iterable[int] = ()
) -> Iterator[int]:
    """Let every instant's facts happen, then yield the instant; ``stops`` are further instants to yield."""
    touched = {origin for fact in facts for origin in fact[:2]}
    timeline: list[_Change] = [(fact.at, len(fact.id), fact.id, fact) for fact in facts]
    timeline += [(at, 0, "", origin) for origin in touched if (at := _beginning(starts, origin)) is not None]
    timeline += [(at, 0, "", None) for at in stops]
    timeline.sort(key=lambda change: change[:3])
    in_force: set[tuple[int, int]] = set()
    for at, instant in groupby(timeline, key=lambda change: change[0]):
        _happen(persons, in_force, [change[3] for change in instant])
        yield at


def _beginning(starts: Mapping[int, Start], origin: int) -> int | None:
    start = starts.get(origin)
    return None if start is None else start.at


def _happen(persons: _Persons, in_force: set[tuple[int, int]], changes: list[Joint | int | None]) -> None:
    wanted: dict[tuple[int, int], bool] = {}
    for change in changes:
        if isinstance(change, Joint):
            wanted[(min(change.one, change.other), max(change.one, change.other))] = change.joins
        elif change is not None:
            persons.begin(change)
    for pair, joins in wanted.items():
        if not joins and pair in in_force:
            in_force.discard(pair)
            persons.cut(*pair)
    for pair, joins in wanted.items():
        if joins and pair not in in_force:
            in_force.add(pair)
            persons.join(*pair)
