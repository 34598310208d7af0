"""The closed set of things a condition can say.

A condition is a question about one person at one moment. Nodes are frozen and compare by value; positions in the
source text are kept beside them (``span``) and take no part in comparison, so a node parsed from text equals the
same node read from JSON.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Literal as OneOf

from yutang.language.durations import Duration
from yutang.language.problem import NOWHERE, Span

Comparator = OneOf["==", "!=", "<", "<=", ">", ">="]
Operator = OneOf["+", "-", "*", "/"]
Unit = OneOf["day", "week", "month"]
Calendar = OneOf["today", "this_week", "this_month"]
Scope = OneOf["person", "event", "entry", "it"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """Anything in a condition. ``span`` is where it stood in the text."""

    span: Span = field(default=NOWHERE, compare=False, repr=False)


# -- values ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Value(Node):
    """A literal: a number (always Decimal), a text or a boolean."""

    value: Decimal | str | bool

    def __eq__(self, other: object) -> bool:
        """By type too: for Python ``True == Decimal(1)``, for a condition they are two things."""
        return (
            isinstance(other, Value) and type(self.value) is type(other.value) and self.value == other.value
        )


@dataclass(frozen=True, slots=True)
class Values(Node):
    """A literal list, only on the right of ``in`` and ``not in``."""

    items: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Now(Node):
    """The moment itself, a time."""


@dataclass(frozen=True, slots=True)
class Name(Node):
    """``person.city``, ``event.amount``, ``entry.amount``, ``it.address.city``: a value of a scope, by dotted path.

    ``person``: a trait as of the moment (``kind`` and ``timezone`` have defaults). ``event``: a property of the trigger, or its
    ``kind``, ``at`` (time), ``channel``, ``source``. ``entry``: a property of what started the journey. ``it``: a property (or
    ``kind``, ``at``, ``channel``, ``source``) of the event under ``where=``.
    """

    scope: Scope
    path: str


# -- operators ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class And(Node):
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or(Node):
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not(Node):
    item: Node


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """One comparison. ``a < b < c`` is parsed into ``And(a < b, b < c)``."""

    operator: Comparator
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Member(Node):
    """``item in [..]`` or, with ``negated``, ``item not in [..]`` (a missing item makes both false)."""

    item: Node
    choices: Values
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    operator: Operator
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Negative(Node):
    item: Node


# -- questions over events ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Window:
    """Which events count. All given bounds hold at once; events after the moment never count.

    ``within``: a duration, the half-open (now - d, now], or a calendar unit in the person's zone. ``since`` is inclusive,
    ``until`` exclusive; both are times (a text literal is read as an ISO date or time in the person's zone). ``where`` is
    a boolean node about ``it``.
    """

    within: Duration | Calendar | None = None
    since: Node | None = None
    until: Node | None = None
    where: Node | None = None


EVERYTHING = Window()


@dataclass(frozen=True, slots=True)
class Did(Node):
    kind: str
    window: Window = EVERYTHING


@dataclass(frozen=True, slots=True)
class Count(Node):
    kind: str
    window: Window = EVERYTHING


@dataclass(frozen=True, slots=True)
class Aggregate(Node):
    """``sum avg min max`` of a property's numbers, or ``distinct`` over its values of every type."""

    function: OneOf["sum", "avg", "min", "max", "distinct"]
    kind: str
    property: str
    window: Window = EVERYTHING


@dataclass(frozen=True, slots=True)
class Edge(Node):
    """``first`` or ``last`` in time order: the event's time, or, with ``property``, that event's value (perhaps missing)."""

    function: OneOf["first", "last"]
    kind: str
    property: str | None = None
    window: Window = EVERYTHING


@dataclass(frozen=True, slots=True)
class Step:
    kind: str
    where: Node | None = None


@dataclass(frozen=True, slots=True)
class Sequence(Node):
    """Each step later in time order than the one before, the last no more than ``within`` after the first."""

    steps: tuple[Step, ...]
    within: Duration


@dataclass(frozen=True, slots=True)
class Streak(Node):
    """How many consecutive calendar units, ending with the moment's own, contain the event."""

    kind: str
    unit: Unit
    window: Window = EVERYTHING


# -- functions ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function of values, or a question a room answers; ``functions.py`` has the table of names and signatures."""

    function: str
    arguments: tuple[Node, ...]


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly inside ``node``, left to right, the bounds of its window and its ``where`` included."""
    found: list[Node] = []
    for part in fields(node):
        if part.name == "span":
            continue
        value = getattr(node, part.name)
        match value:
            case Node():
                found.append(value)
            case tuple():
                for item in value:
                    if isinstance(item, Node):
                        found.append(item)
                    elif isinstance(item, Step) and item.where is not None:
                        found.append(item.where)
            case Window(since=since, until=until, where=where):
                found.extend(each for each in (since, until, where) if each is not None)
    return tuple(found)
