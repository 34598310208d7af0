"""When may an answer change by the passing of time alone?

``passing`` walks a condition and collects, as SQL over the row, the instants after the moment at which a part of it can
change without new facts: an event leaves a window, a calendar unit ends, so many days have passed, a fact that is stored with
a later time begins to count. The earliest of them is the horizon: until then the answer stays. Where a part moves all the
time and no such instant can be named, the condition has to be asked again and again (``is_polled``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from sqlglot import exp

from yutang.language import nodes as n
from yutang.language.compiling import functions, sql
from yutang.language.compiling.expressions import Expressions
from yutang.language.compiling.scans import Filter, kind_condition
from yutang.language.compiling.sql import SQL, column
from yutang.language.durations import Duration

_UNIT_MICROS = {"days_since": 86_400_000_000, "hours_since": 3_600_000_000}
_HALF_STEP = Decimal("0.0000000005")  # doubles are rounded to 9 decimals before they are compared
_MOVING = frozenset(_UNIT_MICROS)
_ENDS = {"hour": "hour", "weekday": "day", "date": "day"}
_CALENDAR = {"today": "day", "this_week": "week", "this_month": "month"}
_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


@dataclass(frozen=True, slots=True)
class Polled(Exception):
    """This part moves with the clock in a way no instant can be derived for."""

    node: n.Node


def is_polled(node: n.Node) -> bool:
    """Whether the condition must be asked again on a schedule, for lack of a horizon."""
    try:
        for _ in _parts(node):
            pass
    except Polled:
        return True
    return False


def horizon(node: n.Node, expressions: Expressions) -> SQL:
    """The earliest instant (TIMESTAMP) after the moment at which the answer may change by itself; null: never.

    Raises ``Polled`` where none can be derived.
    """
    now = expressions.frame.now
    found: list[SQL] = []
    for each in passing(node, expressions):
        found.append(sql.when(each > now, each))
    found.append(_later_attributes(expressions))
    if expressions.frame.relations.has_merges:
        found.append(_later_membership(expressions))
    return sql.function("LEAST", *found) if len(found) > 1 else found[0]


# -- which parts pass --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Part:
    """A node that changes only at nameable instants; ``limit`` is what a moving value is compared with, ``operator`` how."""

    node: n.Node
    operator: str = ""
    limit: Decimal | None = None


def _is_clock(node: n.Node) -> bool:
    return isinstance(node, n.Now) or (isinstance(node, n.Call) and node.function in _MOVING)


def _moves(node: n.Node) -> bool:
    """Whether the node's value can change with the clock alone, its facts aside."""
    by_day = isinstance(node, n.Call) and node.function == "is_anniversary"
    return by_day or _is_clock(node) or any(_moves(each) for each in n.children(node))


def _parts(node: n.Node) -> Iterator[_Part]:
    match node:
        case n.Compare(operator, left, right) if (
            _is_clock(left) and not _moves_inside(left) and not _moves(right)
        ):
            yield from _comparison(operator, left, right)
        case n.Compare(operator, left, right) if (
            _is_clock(right) and not _moves_inside(right) and not _moves(left)
        ):
            yield from _comparison(_FLIPPED.get(operator, operator), right, left)
        case n.Call(function="is_anniversary", arguments=(since,)):
            yield _Part(node)
            yield from () if isinstance(since, n.Now) else _parts(since)
        case n.Call(function, (n.Now(),)) if function in _ENDS:
            yield _Part(node)
        case n.Did() | n.Count() | n.Aggregate() | n.Edge() | n.Streak():
            yield from _over_events(node)
        case n.Sequence(steps):
            if any(step.where is not None and _moves(step.where) for step in steps):
                raise Polled(node)
            yield _Part(node)
        case _:
            if _is_clock(node):
                raise Polled(node)
            for each in n.children(node):
                yield from _parts(each)


def _moves_inside(clock: n.Node) -> bool:
    return any(_moves(each) for each in n.children(clock))


def _comparison(operator: str, clock: n.Node, other: n.Node) -> Iterator[_Part]:
    match clock, other:
        case n.Now(), _:
            yield _Part(n.Compare("==", clock, other), operator)
        case n.Call(arguments=(since,)), n.Value(value=Decimal() as limit):
            yield _Part(clock, operator, limit)
            yield from _parts(since)
            return
        case _:
            raise Polled(clock)
    yield from _parts(other)


def _over_events(node: n.Did | n.Count | n.Aggregate | n.Edge | n.Streak) -> Iterator[_Part]:
    window = node.window
    if window.where is not None and _moves(window.where):
        raise Polled(node)
    for bound in (window.since, window.until):
        if bound is not None:
            if _moves(bound):
                raise Polled(node)
            yield from _parts(bound)
    yield _Part(node)


# -- the instants ------------------------------------------------------------------------------------------------------


def passing(node: n.Node, expressions: Expressions) -> Iterator[SQL]:
    for part in _parts(node):
        yield from _instants(part, expressions)


def _instants(part: _Part, expressions: Expressions) -> Iterator[SQL]:
    match part.node:
        case n.Compare(right=other):
            at = (
                expressions.bound(other)
                if isinstance(other, n.Value)
                else functions.as_time(expressions.value(other), expressions.zone)
            )
            yield at
            yield exp.paren(at.copy() + sql.micros(1))
        case n.Call(function, (since,)) if part.limit is not None:
            started = functions.as_time(expressions.value(since), expressions.zone)
            for passed in _flips(part.operator, part.limit * _UNIT_MICROS[function], _UNIT_MICROS[function]):
                yield exp.paren(started.copy() + sql.micros(passed))
        case n.Call(function):
            yield _unit_end(_ENDS.get(function, "day"), expressions)
        case n.Streak(kind, unit, window):
            yield _unit_end(unit, expressions)
            yield from _window(kind, window, expressions)
        case n.Sequence(steps):
            for step in steps:
                yield _next_event(step.kind, step.where, expressions)
        case n.Did(kind, window) | n.Count(kind, window):
            yield from _window(kind, window, expressions)
        case n.Aggregate(kind=kind, window=window) | n.Edge(kind=kind, window=window):
            yield from _window(kind, window, expressions)


def _flips(operator: str, exact: Decimal, unit: int) -> list[int]:
    """After how many microseconds the rounded value crosses the limit."""
    slack = _HALF_STEP * unit
    reaches = int((exact - slack).to_integral_value(ROUND_CEILING))
    exceeds = int((exact + slack).to_integral_value(ROUND_CEILING))
    match operator:
        case ">=" | "<":
            return [reaches]
        case ">" | "<=":
            return [exceeds]
        case _:
            return [reaches, exceeds]


def _unit_end(unit: str, expressions: Expressions) -> SQL:
    return expressions.unit_start(unit, ahead=1)


def _window(kind: str, window: n.Window, expressions: Expressions) -> Iterator[SQL]:
    """Events leave a sliding window one by one, a calendar window all at once; later-dated ones enter."""
    yield _next_event(kind, window.where, expressions)
    inside = expressions.filter(kind, window)
    earliest = expressions.scans.column(sql.function("min", column("e", "at")), inside)
    match window.within:
        case Duration() as duration:
            yield exp.paren(earliest + sql.micros(duration.seconds * 1_000_000))
        case str() as calendar:
            yield sql.when(sql.not_null(earliest), _unit_end(_CALENDAR[calendar], expressions))


def _next_event(kind: str, where: n.Node | None, expressions: Expressions) -> SQL:
    conditions = [kind_condition(kind)]
    if where is not None:
        conditions.append(expressions.boolean(where))
    next_ = Filter(kind, sql.every(conditions), None)
    return expressions.scans.column(sql.function("min", column("e", "at")), next_, future=True)


def _later_attributes(expressions: Expressions) -> SQL:
    """The next stored change of an attribute that the condition reads."""
    frame, wanted = expressions.frame, expressions.attributes.wanted
    if not wanted:
        return sql.cast(sql.NULL, "TIMESTAMP")
    one_of = [
        sql.every([column("a", "area").eq(sql.text(area)), column("a", "name").eq(sql.text(name))])
        for area, name in wanted
    ]
    earliest = exp.alias_(sql.function("min", column("a", "at")), "next", quoted=True)
    relation = frame.read("attributes", "a", [earliest], [sql.any_of(one_of)], (), after=True)
    name = expressions.scans.own(relation.group_by(frame.row_of("a").copy()))
    return column(name, "next")


def _later_membership(expressions: Expressions) -> SQL:
    """The next merge or un-merge of anyone whose person this is, or will become part of it."""
    frame = expressions.frame
    parts = []
    for edge in ("since", "until"):
        for side in ("person", "root"):
            of = exp.alias_(column("i", side), "of", quoted=True)
            later = exp.alias_(column("i", edge), "edge", quoted=True)
            finite = sql.function("isfinite", column("i", edge))
            parts.append(
                exp.select(of, later).from_("members AS i").where(column("i", edge) > frame.now, finite)
            )
    union: exp.Query = parts[0]
    for each in parts[1:]:
        union = union.union(each, distinct=False)
    earliest = exp.alias_(sql.function("min", column("z", "edge")), "next", quoted=True)
    relation = exp.select(column("z", "of"), earliest).from_(union.subquery("z")).group_by(column("z", "of"))
    return column(expressions.scans.own(relation), "next")
