"""Conditions as JSON, for storage and for other programs: one object per node, named by ``node``.

Reading is strict: what JSON can say is exactly what text can say, so after its shape is read, a condition is written as
canonical text and parsed. The nodes that come back have places in that text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any, get_args

from yutang.language.calls import calendar, question
from yutang.language.durations import Duration, parse_duration
from yutang.language.functions import CALENDARS, SCOPES, UNITS, VALUE_FUNCTIONS
from yutang.language.lexical import DEEPEST, LONGEST, MOST_PROBLEMS
from yutang.language.nodes import (
    And,
    Arithmetic,
    Call,
    Comparator,
    Compare,
    Member,
    Name,
    Node,
    Not,
    Now,
    Operator,
    Or,
    Sequence,
    Step,
    Value,
    Values,
    Window,
)
from yutang.language.parse import negative, parse
from yutang.language.problem import NOWHERE, Invalid, Problem
from yutang.language.show import GROWTH, plain, show

MOST_NODES = 20_000
"""More than any text has."""
_NUMBER = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,6})?")
_QUESTIONS = ("did", "count", "aggregate", "edge", "streak")
_AGGREGATES = ("sum", "avg", "min", "max", "distinct")
_EDGES = ("first", "last")
_WINDOW = ("within", "since", "until", "where")


# -- to JSON -----------------------------------------------------------------------------------------------------------


def to_json(node: Node) -> dict[str, Any]:
    """``from_json(to_json(node)) == node``. Numbers are texts, so that no reader makes floats of them."""
    match node:
        case Value():
            return {"node": "value", **_literal(node)}
        case Sequence(steps=steps, within=within):
            return {"node": "sequence", "steps": [_step(each) for each in steps], "within": str(within)}
        case Values():
            raise TypeError("a list stands only in a member")
    found: dict[str, Any] = {"node": type(node).__name__.lower()}
    for part in fields(node):
        value = getattr(node, part.name)
        if part.name == "window":
            found |= _window(value)
        elif part.name != "span" and value is not None:
            found[part.name] = _part(value)
    return found


def _part(value: object) -> Any:
    match value:
        case Values(items=items):
            return [to_json(each) for each in items]
        case Node():
            return to_json(value)
        case tuple():
            return [to_json(each) for each in value]
    return value


def _literal(node: Value) -> dict[str, Any]:
    match node.value:
        case bool() as value:
            return {"boolean": value}
        case str() as value:
            return {"text": value}
    return {"number": plain(node.value)}


def _step(step: Step) -> dict[str, Any]:
    return {"kind": step.kind} if step.where is None else {"kind": step.kind, "where": to_json(step.where)}


def _window(window: Window) -> dict[str, Any]:
    bounds = {"since": window.since, "until": window.until, "where": window.where}
    found: dict[str, Any] = {} if window.within is None else {"within": str(window.within)}
    return found | {name: to_json(bound) for name, bound in bounds.items() if bound is not None}


# -- from JSON ---------------------------------------------------------------------------------------------------------


def from_json(value: object) -> Node:
    """The condition in ``value`` (as ``json.loads`` gives it).

    Raises ``Invalid``: for a wrong shape with JSON pointers in ``where``, else with places in the canonical text, its ``source``.
    """
    reader = _Reader()
    node = reader.node(value, "", 1)
    if reader.problems:
        raise Invalid(*reader.problems)
    parsed = parse(show(node), limit=GROWTH * LONGEST)
    if parsed != node:
        raise Invalid(Problem("language.json_other", {"text": show(node)}), source=show(node))
    return parsed


class _Reader:
    """Leaves a problem and a placeholder where the shape is wrong, and reads on. ``at`` is a JSON pointer (RFC 6901)."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.count = 0

    def refuse(self, code: str, at: str, **params: object) -> None:
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(f"language.json_{code}", params, NOWHERE, where=at or "/"))

    def node(self, value: object, at: str, depth: int) -> Node:
        self.count += 1
        if depth > DEEPEST or self.count > MOST_NODES:
            if self.count <= MOST_NODES + 1:
                self.refuse("too_big", at, depth=DEEPEST, nodes=MOST_NODES)
            return Now()
        given = self.mapping(value, at)
        match given.get("node"):
            case "value":
                return self.value(given, at)
            case "now":
                self.keys(given, at, ("node",))
                return Now()
            case "name":
                return self.name(given, at)
            case "and" | "or" as name:
                items = self.nodes(given, "items", at, depth, least=2)
                self.keys(given, at, ("node", "items"))
                return And(items) if name == "and" else Or(items)
            case "not" | "negative" as name:
                self.keys(given, at, ("node", "item"))
                item = self.inner(given, "item", at, depth)
                return Not(item) if name == "not" else negative(item, NOWHERE)
            case "compare" | "arithmetic":
                return self.two_sided(given, at, depth)
            case "member":
                return self.member(given, at, depth)
            case "call":
                self.keys(given, at, ("node", "function", "arguments"))
                function = self.one_of(given, "function", at, tuple(sorted(VALUE_FUNCTIONS)))
                return Call(function, self.nodes(given, "arguments", at, depth, least=1))
            case "sequence":
                return self.sequence(given, at, depth)
            case str() as name if name in _QUESTIONS:
                return self.question(name, given, at, depth)
        if isinstance(value, Mapping):
            self.refuse("node", at, written=str(given.get("node")))
        return Now()

    # -- shapes

    def mapping(self, value: object, at: str) -> Mapping[str, object]:
        if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
            return value
        self.refuse("object", at)
        return {}

    def keys(self, given: Mapping[str, object], at: str, allowed: tuple[str, ...]) -> None:
        for key in given:
            if key not in allowed:
                self.refuse("key", f"{at}/{_pointed(key)}", allowed=", ".join(allowed))

    def inner(self, given: Mapping[str, object], key: str, at: str, depth: int) -> Node:
        if key not in given:
            self.refuse("missing", at, key=key)
            return Now()
        return self.node(given[key], f"{at}/{key}", depth + 1)

    def items(self, given: Mapping[str, object], key: str, at: str, least: int) -> list[object]:
        value = given.get(key)
        if not isinstance(value, list) or len(value) < least:
            self.refuse("list", f"{at}/{key}", least=least)
            return []
        return value

    def nodes(
        self, given: Mapping[str, object], key: str, at: str, depth: int, least: int
    ) -> tuple[Node, ...]:
        items = self.items(given, key, at, least)
        return tuple(self.node(each, f"{at}/{key}/{index}", depth + 1) for index, each in enumerate(items))

    def text(self, given: Mapping[str, object], key: str, at: str) -> str:
        value = given.get(key)
        if isinstance(value, str) and value and _can_be_shown(value):
            return value
        self.refuse("text", f"{at}/{key}")
        return "?"

    def one_of(self, given: Mapping[str, object], key: str, at: str, allowed: tuple[str, ...]) -> str:
        value = given.get(key)
        if isinstance(value, str) and value in allowed:
            return value
        self.refuse("choice", f"{at}/{key}", allowed=", ".join(allowed))
        return allowed[0]

    # -- nodes

    def value(self, given: Mapping[str, object], at: str) -> Value:
        self.keys(given, at, ("node", "text", "boolean", "number"))
        match [(key, value) for key, value in given.items() if key != "node"]:
            case [("text", str() as text)] if _can_be_shown(text):
                return Value(text)
            case [("boolean", bool() as boolean)]:
                return Value(boolean)
            case [("number", str() as number)] if _NUMBER.fullmatch(number):
                return Value(Decimal(number) or Decimal(0))
        self.refuse("value", at)
        return Value(False)

    def name(self, given: Mapping[str, object], at: str) -> Node:
        self.keys(given, at, ("node", "scope", "path"))
        scope = self.one_of(given, "scope", at, SCOPES)
        path = self.text(given, "path", at)
        if not all(each.isidentifier() for each in path.split(".")):
            self.refuse("path", f"{at}/path", written=path)
        return Name(next(each for each in ("person", "event", "entry", "it") if each == scope), path)

    def two_sided(self, given: Mapping[str, object], at: str, depth: int) -> Node:
        self.keys(given, at, ("node", "operator", "left", "right"))
        left, right = self.inner(given, "left", at, depth), self.inner(given, "right", at, depth)
        comparators, operators = get_args(Comparator), get_args(Operator)
        if given["node"] == "compare":
            sign = self.one_of(given, "operator", at, comparators)
            return Compare(next(each for each in comparators if each == sign), left, right)
        sign = self.one_of(given, "operator", at, operators)
        return Arithmetic(next(each for each in operators if each == sign), left, right)

    def member(self, given: Mapping[str, object], at: str, depth: int) -> Node:
        self.keys(given, at, ("node", "item", "choices", "negated"))
        item = self.inner(given, "item", at, depth)
        choices = self.nodes(given, "choices", at, depth, least=0)
        if not all(isinstance(each, Value) for each in choices):
            self.refuse("choices", f"{at}/choices")
        negated = given.get("negated", False)
        if not isinstance(negated, bool):
            self.refuse("boolean", f"{at}/negated")
        return Member(
            item, Values(tuple(each for each in choices if isinstance(each, Value))), negated is True
        )

    def sequence(self, given: Mapping[str, object], at: str, depth: int) -> Node:
        self.keys(given, at, ("node", "steps", "within"))
        steps = [
            self.step(each, f"{at}/steps/{index}", depth)
            for index, each in enumerate(self.items(given, "steps", at, 2))
        ]
        within = self.within(given, at)
        if not isinstance(within, Duration):
            self.refuse("duration", f"{at}/within")
            within = Duration(1, "d")
        return Sequence(tuple(steps), within)

    def step(self, value: object, at: str, depth: int) -> Step:
        given = self.mapping(value, at)
        self.keys(given, at, ("kind", "where"))
        where = self.inner(given, "where", at, depth + 1) if "where" in given else None
        return Step(self.text(given, "kind", at), where)

    def question(self, name: str, given: Mapping[str, object], at: str, depth: int) -> Node:
        own = {
            "aggregate": ("function", "property"),
            "edge": ("function", "property"),
            "streak": ("unit",),
        }.get(name, ())
        self.keys(given, at, ("node", "kind", *own, *_WINDOW))
        words = [self.text(given, "kind", at)]
        function = name
        if name in ("aggregate", "edge"):
            function = self.one_of(given, "function", at, _AGGREGATES if name == "aggregate" else _EDGES)
        if name == "aggregate" or (name == "edge" and "property" in given):
            words.append(self.text(given, "property", at))
        if name == "streak":
            words.append(self.one_of(given, "unit", at, UNITS))
        return question(function, words, self.window(given, at, depth), NOWHERE)

    def window(self, given: Mapping[str, object], at: str, depth: int) -> Window:
        def bound(name: str) -> Node | None:
            return self.inner(given, name, at, depth) if name in given else None

        return Window(self.within(given, at), bound("since"), bound("until"), bound("where"))

    def within(self, given: Mapping[str, object], at: str) -> Any:
        if "within" not in given:
            return None
        value = given["within"]
        if isinstance(value, str) and value in CALENDARS:
            return calendar(value)
        found = parse_duration(value) if isinstance(value, str) else None
        if found is None:
            self.refuse("duration", f"{at}/within")
        return found


def _can_be_shown(text: str) -> bool:
    """NUL and halves of surrogate pairs are in no data."""
    return "\0" not in text and not any(0xD800 <= ord(each) <= 0xDFFF for each in text)


def _pointed(key: str) -> str:
    return key[:80].replace("~", "~0").replace("/", "~1")
