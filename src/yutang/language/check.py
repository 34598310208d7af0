"""Whether a condition makes sense: types, names, and what would surprise whoever wrote it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from yutang.language.durations import SECONDS, Duration
from yutang.language.functions import FUNCTIONS, OWN_OF_EVENT, Asked
from yutang.language.iso import read_iso
from yutang.language.lexical import MOST_PROBLEMS
from yutang.language.needs import needs, window_of
from yutang.language.nodes import (
    Aggregate,
    And,
    Arithmetic,
    Call,
    Compare,
    Count,
    Did,
    Edge,
    Member,
    Name,
    Negative,
    Node,
    Not,
    Now,
    Or,
    Sequence,
    Streak,
    Value,
    Window,
)
from yutang.language.problem import Invalid, Problem, Span
from yutang.language.shape import conditions, in_order, shape_problems, walk
from yutang.language.show import show
from yutang.language.suggest import nearest
from yutang.language.types import is_never_time, type_of
from yutang.language.zones import known_zones

__all__ = ["Known", "check", "type_of"]


@dataclass(frozen=True, slots=True)
class Known:
    """What the data has; None where that is not known. ``hot_days``: how far back a question stays in the fast lane."""

    kinds: frozenset[str] | None = None
    properties: frozenset[str] | None = None
    traits: frozenset[str] | None = None
    tags: frozenset[str] | None = None
    relations: frozenset[str] | None = None
    hot_days: int = 90


def check(
    node: Node, known: Known | None = None, has_event: bool = False, has_entry: bool = False
) -> tuple[Problem, ...]:
    """The warnings about ``node`` in text order. Raises ``Invalid`` with all errors and warnings if there is an error.

    ``has_event``: asked of a trigger; ``has_entry``: asked in a journey.
    """
    shape = shape_problems(node)
    if shape:
        raise Invalid(*shape, source=show(node))
    known = known or Known()
    found = [*_must_be_boolean(node), *_names(node, has_event=has_event, has_entry=has_entry)]
    for each in walk(node):
        found += _types(each)
        found += _unknown(each, known)
    if has_event or has_entry:
        found += _reach(node, known)
    errors = [each for each in found if each.severity == "error"]
    if errors:
        raise Invalid(*in_order(found if len(found) <= MOST_PROBLEMS else errors), source=show(node))
    return in_order(found)


def _warning(code: str, span: Span, **params: object) -> Problem:
    return Problem(code, params, span, severity="warning")


# -- scopes and reach --------------------------------------------------------------------------------------------------


def _names(node: Node, *, has_event: bool, has_entry: bool) -> Iterator[Problem]:
    for each in walk(node):
        if isinstance(each, Name) and each.scope == "event" and not has_event:
            yield Problem("language.no_event", {"name": show(each)}, each.span)
        elif isinstance(each, Name) and each.scope == "entry" and not has_entry:
            yield Problem("language.no_entry", {"name": show(each)}, each.span)


def _reach(node: Node, known: Known) -> Iterator[Problem]:
    reach = needs(node).reach_seconds
    if reach is None or reach > known.hot_days * SECONDS["d"]:
        yield _warning("language.reads_history", node.span, days=known.hot_days)


# -- types -------------------------------------------------------------------------------------------------------------


def _types(node: Node) -> Iterable[Problem]:
    match node:
        case And(items=items) | Or(items=items):
            return [problem for each in items for problem in _must_be_boolean(each)]
        case Not(item=item):
            return _must_be_boolean(item)
        case Compare():
            return _comparison(node)
        case Member():
            return _member(node)
        case Arithmetic():
            return _arithmetic(node)
        case Negative(item=item):
            return _must_be_number(item)
        case Call():
            return _arguments(node)
    wheres = [problem for each in conditions(node) for problem in _must_be_boolean(each)]
    window = window_of(node)
    return [*wheres, *_window(window, node.span)] if window is not None else wheres


def _must_be_boolean(node: Node) -> list[Problem]:
    found = type_of(node)
    if found == "boolean":
        return []
    if found == "any":
        return [Problem("language.not_boolean", {"instead": f"{show(node)} == True"}, node.span)]
    example = {"number": "> 0", "time": ">= now"}.get(found, '== "…"')
    return [
        Problem("language.not_condition", {"type": found, "instead": f"{show(node)} {example}"}, node.span)
    ]


def _arithmetic(node: Arithmetic) -> list[Problem]:
    if node.operator == "-" and isinstance(node.left, Now) and type_of(node.right) == "time":
        instead = f"days_since({show(node.right)})"
        return [Problem("language.not_number", {"type": "time", "instead": instead}, node.span)]
    return [*_must_be_number(node.left), *_must_be_number(node.right)]


def _must_be_number(node: Node) -> list[Problem]:
    found = type_of(node)
    return (
        []
        if found in ("number", "any")
        else [Problem("language.not_number", {"type": found, "instead": ""}, node.span)]
    )


# -- comparisons -------------------------------------------------------------------------------------------------------


def _comparison(node: Compare) -> list[Problem]:
    left, right = type_of(node.left), type_of(node.right)
    for literal, other in ((node.left, node.right), (node.right, node.left)):
        if isinstance(literal, Value) and isinstance(literal.value, str):
            if type_of(other) == "time":
                return _must_be_iso(literal)
            if node.operator in ("==", "!="):
                odd = _odd_text(literal, other)
                if odd:
                    return odd
    if left == right == "boolean" and node.operator not in ("==", "!="):
        return [_warning("language.boolean_order", node.span, operator=node.operator)]
    if _differ(node.left, node.right):
        code = "language.always_true" if node.operator == "!=" else "language.always_false"
        params = {"left": _word(node.left), "right": _word(node.right), "instead": _as_dates(node)}
        return [_warning(code, node.span, **params)]
    return []


def _as_dates(node: Compare) -> str:
    """The same comparison with dates, where a time is compared with what may be the text of a date; else ""."""
    if "any" not in (type_of(node.left), type_of(node.right)):
        return ""
    left, right = (
        f"date({show(each)})" if type_of(each) == "time" else show(each) for each in (node.left, node.right)
    )
    return f"{left} {node.operator} {right}"


def _member(node: Member) -> list[Problem]:
    if not node.choices.items:
        return [_warning("language.empty_list", node.choices.span)]
    problems: list[Problem] = []
    for each in node.choices.items:
        if isinstance(each.value, str) and type_of(node.item) == "time":
            problems += _must_be_iso(each)
        elif _differ(node.item, each):
            problems.append(
                _warning("language.never_in", each.span, left=_word(node.item), right=_word(each))
            )
        elif isinstance(each.value, str):
            problems += _odd_text(each, node.item)
    return problems


def _differ(left: Node, right: Node) -> bool:
    """Whether the two can never be of one type, whatever the data."""
    types = {type_of(left), type_of(right)}
    if "any" in types:
        other = left if type_of(right) == "any" else right
        return "time" in types and is_never_time(right if other is left else left)
    return len(types) == 2


def _word(node: Node) -> str:
    """The type to name; what is read from data and never a time is a text at best."""
    return "text" if type_of(node) == "any" else type_of(node)


def _must_be_iso(literal: Value) -> list[Problem]:
    if isinstance(literal.value, str) and read_iso(literal.value) is None:
        return [Problem("language.not_iso", {"written": literal.value}, literal.span)]
    return []


def _odd_text(literal: Value, other: Node) -> list[Problem]:
    """Texts that a zone or a date can never be equal to."""
    text = str(literal.value)
    if isinstance(other, Name) and (other.scope, other.path) == ("person", "timezone"):
        zones = known_zones()
        if text not in zones:
            return [
                _warning("language.unknown_zone", literal.span, written=text, instead=nearest(text, zones))
            ]
    if isinstance(other, Call) and other.function == "date":
        read = read_iso(text)
        if read is None or not read.is_date:
            return [_warning("language.not_date", literal.span, written=text)]
    return []


# -- arguments and windows ---------------------------------------------------------------------------------------------

_FITTING: dict[Asked, frozenset[str]] = {
    "number": frozenset({"number"}),
    "text": frozenset({"text"}),
    "time": frozenset({"time", "text"}),
    "text or list": frozenset({"text", "list"}),
}


def _arguments(node: Call) -> list[Problem]:
    function = FUNCTIONS[node.function]
    problems: list[Problem] = []
    for index, each in enumerate(node.arguments):
        asked = function.parameter(index).asked
        found = type_of(each)
        if asked == "time" and isinstance(each, Value) and isinstance(each.value, str):
            if read_iso(each.value) is None:
                problems.append(_warning("language.never_time", each.span, written=each.value))
        elif asked in _FITTING and found != "any" and found not in _FITTING[asked]:
            params = {"function": node.function, "wanted": asked, "type": found}
            problems.append(_warning("language.wrong_argument", each.span, **params))
    return problems or _contains(node)


def _contains(node: Call) -> list[Problem]:
    if node.function != "contains" or type_of(node.arguments[0]) != "text":
        return []
    inner = type_of(node.arguments[1])
    if inner in ("text", "any"):
        return []
    return [
        _warning(
            "language.wrong_argument", node.arguments[1].span, function="contains", wanted="text", type=inner
        )
    ]


def _window(window: Window, span: Span) -> Iterator[Problem]:
    if isinstance(window.within, Duration) and window.within.seconds == 0:
        yield _warning("language.empty_window", span, written=str(window.within))
    for keyword, bound in (("since", window.since), ("until", window.until)):
        if isinstance(bound, Value) and isinstance(bound.value, str):
            yield from _must_be_iso(bound)
        elif bound is not None and type_of(bound) not in ("time", "text", "any"):
            yield Problem("language.not_time", {"keyword": keyword, "type": type_of(bound)}, bound.span)


# -- names the data does not have --------------------------------------------------------------------------------------


def _unknown(node: Node, known: Known) -> Iterator[Problem]:
    match node:
        case Did(kind=kind) | Count(kind=kind) | Streak(kind=kind) | Edge(kind=kind, property=None):
            yield from _unknown_kind(kind, node, known)
        case Aggregate(kind=kind, property=asked) | Edge(kind=kind, property=str() as asked):
            yield from _unknown_kind(kind, node, known)
            yield from _unknown_path("property", asked, node, known.properties)
        case Sequence(steps=steps):
            for step in steps:
                yield from _unknown_kind(step.kind, node, known)
        case Name(scope="person", path=path) if path not in ("kind", "timezone"):
            yield from _unknown_path("trait", path, node, known.traits)
        case Name(scope="it" | "event", path=path) if path not in OWN_OF_EVENT:
            yield from _unknown_path("property", path, node, known.properties)
        case Call(function="tagged", arguments=(Value(value=str() as tag),)):
            yield from _unknown_word("tag", tag, node, known.tags)
        case Call(function="has_relation", arguments=(Value(value=str() as relation),)):
            yield from _unknown_word("relation", relation, node, known.relations)


def _unknown_kind(kind: str, node: Node, known: Known) -> Iterator[Problem]:
    prefix = kind.removesuffix("*") if kind.endswith(".*") else ""
    if "*" in (prefix or kind):
        yield _warning("language.kind_star", node.span, written=kind)
    if known.kinds is None or kind in known.kinds:
        return
    if not prefix:
        yield from _unknown_word("kind", kind, node, known.kinds)
    elif not any(each.startswith(prefix) for each in known.kinds):
        beginnings = {f"{each.rpartition('.')[0]}.*" for each in known.kinds if "." in each}
        yield _warning("language.unknown_kind", node.span, written=kind, instead=nearest(kind, beginnings))


def _unknown_path(what: str, path: str, node: Node, names: frozenset[str] | None) -> Iterator[Problem]:
    """A path is known, too, where the data has its first name (an object) or, as paths, what is inside it."""
    if names is None or path.partition(".")[0] in names or any(each.startswith(f"{path}.") for each in names):
        return
    yield from _unknown_word(what, path, node, names)


def _unknown_word(what: str, word: str, node: Node, words: frozenset[str] | None) -> Iterator[Problem]:
    if words is not None and word not in words:
        yield _warning(f"language.unknown_{what}", node.span, written=word, instead=nearest(word, words))
