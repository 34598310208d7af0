"""The slow, obvious meaning of the condition language: what docs/language.md says, one thing after another, in plain Python.

It shares nothing with the engine but the nodes a condition is parsed into, and it never hurries: every question reads all facts
again. ``answer`` asks everyone at one moment, ``value`` gives any expression's value for one person, ``holds`` asks many moments.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from tests.oracle import functions, numbers
from tests.oracle.facts import Fact, Line
from tests.oracle.moments import (
    Moment,
    about,
    about_event,
    about_person,
    has_relation,
    hash_bucket,
    is_tagged,
    own_facts,
)
from tests.oracle.people import History, history_of, known_at, name_of, person_of
from tests.oracle.times import (
    DEFAULT_ZONE,
    first_instant,
    from_micros,
    read_time,
    unit_before,
    unit_of,
)
from tests.oracle.values import Value, compare, type_of

from yutang.language import nodes as n
from yutang.language.durations import Duration

At = str | int | datetime | None
"""A moment's time: an ISO text, microseconds since 1970, a datetime, or None: the last time in the lines."""


# -- asking ------------------------------------------------------------------------------------------------------------


def answer(
    node: n.Node, lines: Iterable[Line], at: At = None, zone: str = DEFAULT_ZONE, trigger: str | None = None
) -> list[str]:
    """The keys of the persons for whom the condition holds, sorted. ``trigger``: the id of the event that is ``event``."""
    history = history_of(lines, zone)
    return sorted(each.name for each in everyone_at(history, at, zone, trigger) if is_true(node, each))


def value(
    node: n.Node,
    lines: Iterable[Line],
    person: str,
    at: At = None,
    zone: str = DEFAULT_ZONE,
    trigger: str | None = None,
    entry: str | None = None,
) -> Value:
    """What the expression is for the person that this key belongs to. None: missing."""
    return evaluate(node, moment_of(history_of(lines, zone), person, at, zone, trigger, entry))


def holds(
    node: n.Node, lines: Iterable[Line], moments: Sequence[tuple[str, At, str]], zone: str = DEFAULT_ZONE
) -> list[bool]:
    """For each ``(person, at, event id)`` whether the condition holds; of an erased person nothing does."""
    history = history_of(lines, zone)
    return [
        person not in history.erased and is_true(node, moment_of(history, person, at, zone, trigger))
        for person, at, trigger in moments
    ]


def everyone_at(history: History, at: At, zone: str, trigger: str | None = None) -> list[Moment]:
    """One moment for each person there is at that time."""
    now = instant_of(at, history, zone)
    known = known_at(history.facts, now)
    persons = {person_of(key, known) for key in history.everyone}
    event = fact_with(history, trigger)
    return [
        Moment(each, name_of(each, history, now), now, tuple(known), history, zone, event=event)
        for each in persons
    ]


def moment_of(
    history: History, person: str, at: At, zone: str, trigger: str | None = None, entry: str | None = None
) -> Moment:
    now = instant_of(at, history, zone)
    known = tuple(known_at(history.facts, now))
    origins = person_of(person, known)
    name = name_of(origins, history, now)
    return Moment(
        origins,
        name,
        now,
        known,
        history,
        zone,
        event=fact_with(history, trigger),
        entry=fact_with(history, entry),
    )


def instant_of(at: At, history: History, zone: str) -> datetime:
    match at:
        case None:
            return max(each.at for each in history.facts)
        case str():
            instant = read_time(at, zone)
            assert instant is not None, f"not a time: {at}"
            return instant
        case int():
            return from_micros(at)
        case _:
            return at


def fact_with(history: History, identifier: str | None) -> Fact | None:
    return next((each for each in history.facts if each.id == identifier), None)


# -- expressions -------------------------------------------------------------------------------------------------------


def is_true(node: n.Node, moment: Moment) -> bool:
    """A missing boolean is as good as false."""
    return evaluate(node, moment) is True


def evaluate(node: n.Node, moment: Moment) -> Value:
    match node:
        case n.Value(value=Decimal() as number):
            return numbers.stored(number)
        case n.Value(value=value):
            return value
        case n.Now():
            return moment.now
        case n.Name(scope="person", path=path):
            return about_person(moment, path)
        case n.Name(scope=scope, path=path):
            return about_event(getattr(moment, scope), path)
        case n.And(items=items):
            return all(is_true(each, moment) for each in items)
        case n.Or(items=items):
            return any(is_true(each, moment) for each in items)
        case n.Not(item=item):
            return not is_true(item, moment)
        case n.Compare(operator=operator, left=left, right=right):
            return compared(operator, left, right, moment)
        case n.Member(item=item, choices=choices, negated=False):
            return any(compared("==", item, each, moment) for each in choices.items)
        case n.Member(item=item, choices=choices):
            return evaluate(item, moment) is not None and all(
                compared("!=", item, each, moment) for each in choices.items
            )
        case n.Arithmetic(operator=operator, left=left, right=right):
            return arithmetic(operator, evaluate(left, moment), evaluate(right, moment))
        case n.Negative(item=item):
            return arithmetic("-", Decimal(0), evaluate(item, moment))
        case n.Call(function=function, arguments=arguments):
            return call(function, arguments, moment)
        case n.Sequence():
            return has_sequence(node, moment)
        case _:
            return question(node, moment)


def compared(operator: str, left: n.Node, right: n.Node, moment: Moment) -> bool:
    """A text literal compared with a time is read as a time."""
    a, b = evaluate(left, moment), evaluate(right, moment)
    if isinstance(a, datetime) and isinstance(right, n.Value) and isinstance(b, str):
        b = read_time(b, moment.zone)
    if isinstance(b, datetime) and isinstance(left, n.Value) and isinstance(a, str):
        a = read_time(a, moment.zone)
    return compare(operator, a, b)


def arithmetic(operator: str, left: Value, right: Value) -> Value:
    if left is None or right is None or type_of(left) != "number" or type_of(right) != "number":
        return None
    return numbers.calculate(operator, left, right)


def call(function: str, arguments: tuple[n.Node, ...], moment: Moment) -> Value:
    values = [evaluate(each, moment) for each in arguments]
    match function, values:
        case "exists", [x]:
            return x is not None
        case "coalesce", _:
            return next((each for each in values if each is not None), None)
        case "days_since", [t]:
            return functions.elapsed(t, moment.now, moment.zone, timedelta(days=1))
        case "hours_since", [t]:
            return functions.elapsed(t, moment.now, moment.zone, timedelta(hours=1))
        case "hour", [t]:
            return functions.hour(t, moment.zone)
        case "weekday", [t]:
            return functions.weekday(t, moment.zone)
        case "date", [t]:
            return functions.date_text(t, moment.zone)
        case "is_anniversary", [t]:
            return functions.is_anniversary(t, moment.now, moment.zone)
        case "contains", [a, b]:
            return functions.contains(a, b)
        case "startswith", [a, b]:
            return functions.startswith(a, b)
        case "lower", [a]:
            return functions.lower(a)
        case "len", [a]:
            return functions.length(a)
        case "abs", [x]:
            return functions.of_number(abs, x)
        case "floor", [x]:
            return functions.of_number(numbers.floor, x)
        case "round", [x]:
            return functions.of_number(lambda number: numbers.round_half_even(number, 0), x)
        case "round", [x, places]:
            return functions.of_number(lambda number: numbers.round_half_even(number, int(places)), x)
        case "tagged", [tag]:
            return is_tagged(moment, str(tag))
        case "has_relation", [name]:
            return has_relation(moment, str(name))
        case "hash_bucket", [salt, buckets]:
            return hash_bucket(moment, str(salt), int(buckets))
        case _:
            raise NotImplementedError(function)


# -- questions over events ---------------------------------------------------------------------------------------------


def question(node: n.Node, moment: Moment) -> Value:
    match node:
        case n.Did(kind=kind, window=window):
            return bool(asked(kind, window, moment))
        case n.Count(kind=kind, window=window):
            return Decimal(len(asked(kind, window, moment)))
        case n.Aggregate(function=function, kind=kind, property=path, window=window):
            return aggregate(function, [about(each, path) for each in asked(kind, window, moment)])
        case n.Edge(function=function, kind=kind, property=path, window=window):
            events = asked(kind, window, moment)
            if not events:
                return None
            event = events[0] if function == "first" else events[-1]
            return event.at if path is None else about(event, path)
        case n.Streak(kind=kind, unit=unit, window=window):
            return streak(unit, asked(kind, window, moment), moment)
        case _:
            raise NotImplementedError(type(node).__name__)


def asked(kind: str, window: n.Window, moment: Moment) -> list[Fact]:
    """The person's events of that kind within all the given bounds, in time order."""
    return [
        each
        for each in own_facts(moment, "event")
        if is_kind(each, kind)
        and is_within(each.at, window.within, moment)
        and (window.since is None or is_from(each.at, window.since, moment))
        and (window.until is None or is_before(each.at, window.until, moment))
        and (window.where is None or is_true(window.where, replace(moment, it=each)))
    ]


def is_kind(event: Fact, kind: str) -> bool:
    return event.says.startswith(kind[:-1]) if kind.endswith(".*") else event.says == kind


def is_within(at: datetime, within: Duration | str | None, moment: Moment) -> bool:
    match within:
        case None:
            return True
        case Duration():
            return at > moment.now - timedelta(seconds=within.seconds)
        case _:
            unit = {"today": "day", "this_week": "week", "this_month": "month"}[within]
            return at >= first_instant(unit_of(moment.now, unit, moment.zone), moment.zone)


def is_from(at: datetime, since: n.Node, moment: Moment) -> bool:
    bound = functions.instant(evaluate(since, moment), moment.zone)
    return bound is not None and at >= bound


def is_before(at: datetime, until: n.Node, moment: Moment) -> bool:
    bound = functions.instant(evaluate(until, moment), moment.zone)
    return bound is not None and at < bound


def aggregate(function: str, values: list[Value]) -> Value:
    if function == "distinct":
        return Decimal(
            len({(type_of(each), each) for each in values if each is not None and type_of(each) != "list"})
        )
    amounts = [each for each in values if isinstance(each, Decimal)]
    if function == "sum":
        return numbers.total(amounts)
    if not amounts:
        return None
    match function:
        case "min":
            return min(amounts)
        case "max":
            return max(amounts)
        case _:
            whole = numbers.total(amounts)
            return None if whole is None else numbers.divide(whole, Decimal(len(amounts)))


def streak(unit: str, events: list[Fact], moment: Moment) -> Decimal:
    held = {unit_of(each.at, unit, moment.zone) for each in events}
    length, current = 0, unit_of(moment.now, unit, moment.zone)
    while current in held:
        length, current = length + 1, unit_before(current, unit)
    return Decimal(length)


def has_sequence(node: n.Sequence, moment: Moment) -> bool:
    """Whether some event for each step can be chosen, each later in time order, the last soon enough after the first."""
    fits = [
        [
            each
            for each in own_facts(moment, "event")
            if is_kind(each, step.kind) and passes(step, each, moment)
        ]
        for step in node.steps
    ]

    def goes_on(before: Fact, rest: list[list[Fact]], latest: datetime) -> bool:
        if not rest:
            return True
        return any(
            each.order > before.order and each.at <= latest and goes_on(each, rest[1:], latest)
            for each in rest[0]
        )

    span = timedelta(seconds=node.within.seconds)
    return any(goes_on(first, fits[1:], first.at + span) for first in fits[0])


def passes(step: n.Step, event: Fact, moment: Moment) -> bool:
    return step.where is None or is_true(step.where, replace(moment, it=event))
