"""Event lines read into facts: identifiers, duplicates, times without a zone, and the order of facts in time."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from tests.oracle.numbers import stored
from tests.oracle.times import is_zone, local, read_time

Line = Mapping[str, Any] | str
"""An event line: an object, or its JSON text (which keeps numbers exactly as they were written)."""

Json = Any
Order = tuple[datetime, int, str]
BEFORE_EVERYTHING = datetime.min.replace(tzinfo=UTC)
TYPES = ("kind", "traits", "tag", "untag", "relate", "merge", "unmerge", "retract", "erase")
OWN = ("event", "traits", "tag", "untag", "relate")
"""Facts that hang on an origin."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known. ``says`` is what the line holds under its type: the event's kind, the traits, the tag, the pair…"""

    type: str
    at: datetime
    id: str
    person: str = ""
    says: Json = None
    props: Mapping[str, Json] = field(default_factory=dict)
    channel: str | None = None
    source: str | None = None

    @property
    def order(self) -> Order:
        """Time order. The order of the lines plays no part."""
        return (self.at, len(self.id), self.id)

    @property
    def named(self) -> tuple[str, ...]:
        """Everyone this fact names."""
        match self.type:
            case "merge" | "unmerge":
                return tuple(self.says)
            case "retract":
                return ()
            case "erase":
                return (self.says,)
            case "relate":
                return (self.person, *(target for target in self.says.values() if target is not None))
            case _:
                return (self.person,)


def read(lines: Iterable[Line], zone: str) -> list[Fact]:
    """The facts that the lines say, in time order, each once. ``zone`` is the default zone."""
    objects = [
        exact(json.loads(each, parse_float=Decimal) if isinstance(each, str) else each) for each in lines
    ]
    zones = zones_of_people(objects, zone)
    dated = [(each, time_of(each, zones.get(whose(each), zone))) for each in objects]
    return sorted(once(identified(dated)), key=lambda fact: fact.order)


def exact(value: Json) -> Json:
    """The same JSON with every number as it is kept. A float stands for the shortest text that says it."""
    match value:
        case bool() | str() | None:
            return value
        case Mapping():
            return {key: exact(each) for key, each in value.items()}
        case list() | tuple():
            return [exact(each) for each in value]
        case _:
            return stored(Decimal(repr(value) if isinstance(value, float) else value))


def whose(line: Json) -> str:
    """The one person a line is about, "" when there is none."""
    return line.get("person") or line.get("erase") or ""


def time_of(line: Json, zone: str) -> datetime:
    if line.get("at") is None:
        return BEFORE_EVERYTHING
    instant = read_time(line["at"], zone)
    assert instant is not None, f"not a time: {line['at']}"
    return instant


def zones_of_people(lines: list[Json], zone: str) -> dict[str, str]:
    """Whose lines are in another zone than the default one: the newest ``timezone`` trait under the same name decides."""
    newest: dict[str, tuple[Order, Json]] = {}
    for line in lines:
        if "timezone" in line.get("traits", {}):
            identifier = line.get("id", "")
            said = ((time_of(line, zone), len(identifier), identifier), line["traits"]["timezone"])
            newest[line["person"]] = max(newest.get(line["person"], said), said, key=lambda each: each[0])
    return {person: name for person, (_, name) in newest.items() if is_zone(name)}


def canonical(line: Json, at: datetime) -> str:
    """A text that equal lines share: keys sorted, numbers without needless digits, the time in UTC."""
    return compact({**line, "at": local(at, "UTC").isoformat()})


def compact(value: Json) -> str:
    match value:
        case Mapping():
            return "{" + ",".join(f"{compact(key)}:{compact(value[key])}" for key in sorted(value)) + "}"
        case list():
            return "[" + ",".join(compact(each) for each in value) + "]"
        case Decimal():
            return f"{value:f}".rstrip("0").rstrip(".")
        case _:
            return json.dumps(value, ensure_ascii=False)


def identified(dated: list[tuple[Json, datetime]]) -> list[tuple[str, Fact]]:
    """Facts with their canonical text. A line without an id gets a hash of itself and of how many equal ones came before."""
    facts: list[tuple[str, Fact]] = []
    seen: Counter[str] = Counter()
    for line, at in dated:
        text = canonical(line, at)
        seen[text] += 1
        identifier = line.get("id") or hashlib.sha256(f"{text}\n{seen[text]}".encode()).hexdigest()
        facts.append((text, fact_of(line, at, identifier)))
    return facts


def fact_of(line: Json, at: datetime, identifier: str) -> Fact:
    type_ = next(each for each in TYPES if each in line)
    fact = Fact(type=type_, at=at, id=identifier, person=line.get("person", ""), says=line[type_])
    if type_ != "kind":
        return fact
    return replace(
        fact,
        type="event",
        props=line.get("props", {}),
        channel=line.get("channel"),
        source=line.get("source"),
    )


def once(facts: list[tuple[str, Fact]]) -> list[Fact]:
    """Of facts with one id the first in time order, then in canonical text."""
    first: dict[str, tuple[str, Fact]] = {}
    for text, fact in facts:
        known = first.setdefault(fact.id, (text, fact))
        if (fact.at, text) < (known[1].at, known[0]):
            first[fact.id] = (text, fact)
    return [fact for _, fact in first.values()]
