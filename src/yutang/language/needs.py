"""What a question reads, found from its nodes alone."""

from __future__ import annotations

from yutang.language.durations import SECONDS, Duration
from yutang.language.functions import OWN_OF_EVENT
from yutang.language.iso import read_iso
from yutang.language.nodes import (
    Aggregate,
    Call,
    Compare,
    Count,
    Did,
    Edge,
    Member,
    Name,
    Node,
    Sequence,
    Streak,
    Value,
    Window,
)
from yutang.language.relations import Needs
from yutang.language.shape import is_question, walk
from yutang.language.types import is_never_time, type_of

CALENDAR_SECONDS = {
    "today": SECONDS["d"] + 4 * SECONDS["h"],
    "this_week": 8 * SECONDS["d"],
    "this_month": 32 * SECONDS["d"],
}
"""Upper bounds, wherever a zone moves its clocks by up to four hours."""
_ALWAYS_ZONED = frozenset({"hour", "weekday", "date", "is_anniversary"})
_ZONED_UNLESS_TIME = frozenset({"days_since", "hours_since"})


def needs(node: Node) -> Needs:
    """Everything ``node`` reads; ``reach_seconds`` is an upper bound."""
    inside = tuple(walk(node))
    traits = {each.path for each in inside if isinstance(each, Name) and each.scope == "person"}
    if any(_needs_zone(each) for each in inside):
        traits.add("timezone")
    return Needs(
        kinds=frozenset(kind for each in inside for kind in _kinds(each)),
        properties=frozenset(_properties(inside)),
        traits=frozenset(traits),
        tags=_named(inside, "tagged"),
        relations=_named(inside, "has_relation"),
        reach_seconds=_furthest(inside),
        event_properties=_of_scope(inside, "event", OWN_OF_EVENT),
        entry_properties=_of_scope(inside, "entry", frozenset()),
    )


def _kinds(node: Node) -> tuple[str, ...]:
    match node:
        case Sequence(steps=steps):
            return tuple(step.kind for step in steps)
        case Did(kind=kind) | Count(kind=kind) | Aggregate(kind=kind) | Edge(kind=kind) | Streak(kind=kind):
            return (kind,)
    return ()


def _properties(inside: tuple[Node, ...]) -> set[str]:
    asked = {
        each.property for each in inside if isinstance(each, Aggregate | Edge) and each.property is not None
    }
    return asked | _of_scope(inside, "it", OWN_OF_EVENT)


def _of_scope(inside: tuple[Node, ...], scope: str, besides: frozenset[str]) -> frozenset[str]:
    return frozenset(
        each.path
        for each in inside
        if isinstance(each, Name) and each.scope == scope and each.path not in besides
    )


def _named(inside: tuple[Node, ...], function: str) -> frozenset[str]:
    calls = (each for each in inside if isinstance(each, Call) and each.function == function)
    return frozenset(str(each.arguments[0].value) for each in calls if isinstance(each.arguments[0], Value))


# -- how far back ------------------------------------------------------------------------------------------------------


def _furthest(inside: tuple[Node, ...]) -> int | None:
    reaches = [_reach(each) for each in inside if is_question(each)]
    if any(each is None for each in reaches):
        return None
    return max((each for each in reaches if each is not None), default=0)


def _reach(node: Node) -> int | None:
    """Seconds before the moment that one question can look; None without bound. ``since`` is not followed: it may be any time."""
    window = window_of(node)
    match window.within if window is not None else None:
        case Duration() as duration:
            return duration.seconds
        case str() as calendar:
            return CALENDAR_SECONDS[calendar]
    return None


def window_of(node: Node) -> Window | None:
    match node:
        case (
            Did(window=window)
            | Count(window=window)
            | Aggregate(window=window)
            | Edge(window=window)
            | Streak(window=window)
        ):
            return window
    return None


# -- the person's zone -------------------------------------------------------------------------------------------------


def _needs_zone(node: Node) -> bool:
    match node:
        case Streak():
            return True
        case Call(function=function, arguments=arguments) if function in _ALWAYS_ZONED | _ZONED_UNLESS_TIME:
            return function in _ALWAYS_ZONED or type_of(arguments[0]) != "time"
        case Compare(left=left, right=right):
            return _read_as_time(left, right) or _read_as_time(right, left)
        case Member(item=item, choices=choices):
            return any(_read_as_time(each, item) for each in choices.items)
    window = window_of(node)
    if window is None:
        return False
    bounds = [each for each in (window.since, window.until) if each is not None]
    return isinstance(window.within, str) or any(_is_zoned_bound(each) for each in bounds)


def _read_as_time(literal: Node, other: Node) -> bool:
    """Whether ``literal`` is a text that, beside ``other``, is read as a time in the person's zone."""
    return isinstance(literal, Value) and _is_local(literal.value) and not is_never_time(other)


def _is_local(value: object) -> bool:
    read = read_iso(value) if isinstance(value, str) else None
    return read is not None and read.offset is None


def _is_zoned_bound(bound: Node) -> bool:
    if isinstance(bound, Value):
        return _is_local(bound.value)
    return type_of(bound) != "time"
