"""One person at one moment, and what is known of them then: traits, tags, relations, events."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from tests.oracle.facts import Fact, Order
from tests.oracle.people import History, Person
from tests.oracle.times import is_zone
from tests.oracle.values import Value, reach, value_of


@dataclass(frozen=True)
class Moment:
    """One person at one time, with what is known then; ``event`` is the trigger, ``it`` the event under ``where=``."""

    person: Person
    name: str
    now: datetime
    known: tuple[Fact, ...]
    history: History
    default_zone: str
    event: Fact | None = None
    entry: Fact | None = None
    it: Fact | None = None

    @property
    def zone(self) -> str:
        """The person's zone: the trait, when it names one."""
        name = trait(self, "timezone")
        return str(name) if is_zone(name) else self.default_zone


def own_facts(moment: Moment, *types: str) -> list[Fact]:
    """Facts of these types of all the person's origins, in time order."""
    return [each for each in moment.known if each.type in types and each.person in moment.person]


def trait(moment: Moment, path: str) -> Value:
    """Within one origin the newest wins, null included; across origins the newest that is not null."""
    newest: dict[str, tuple[Order, Value]] = {}
    for fact in own_facts(moment, "traits"):
        if path in fact.says or path.split(".")[0] in fact.says:
            newest[fact.person] = (fact.order, value_of(reach(fact.says, path)))
    said = [each for each in newest.values() if each[1] is not None]
    return max(said, key=lambda each: each[0])[1] if said else None


def is_tagged(moment: Moment, tag: str) -> bool:
    carries = {
        fact.person: fact.type == "tag" for fact in own_facts(moment, "tag", "untag") if fact.says == tag
    }
    return any(carries.values())


def has_relation(moment: Moment, name: str) -> bool:
    target = {fact.person: fact.says[name] for fact in own_facts(moment, "relate") if name in fact.says}
    return any(each is not None and each not in moment.history.erased for each in target.values())


def hash_bucket(moment: Moment, salt: str, buckets: int) -> Decimal:
    digest = hashlib.sha256(salt.encode() + b"\x1f" + moment.name.encode()).hexdigest()
    return Decimal(int(digest[:15], 16) % buckets)


def about_person(moment: Moment, path: str) -> Value:
    match path:
        case "kind":
            said = trait(moment, "kind")
            return "customer" if said is None else said
        case "timezone":
            return moment.zone
        case _:
            return trait(moment, path)


def about_event(event: Fact | None, path: str) -> Value:
    if event is None:
        return None
    match path:
        case "kind":
            return event.says
        case "at" | "channel" | "source":
            return getattr(event, path)
        case _:
            return value_of(reach(event.props, path))


def about(event: Fact, path: str) -> Value:
    """An event's property."""
    return value_of(reach(event.props, path))
