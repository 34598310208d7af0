"""From Python's calls to nodes, by the table of functions."""

from __future__ import annotations

import ast
import re
from typing import Protocol, get_args

from yutang.language.durations import Duration, parse_duration
from yutang.language.functions import CALENDARS, FUNCTIONS, UNITS, VALUE_FUNCTIONS, Function, Parameter
from yutang.language.nodes import (
    Aggregate,
    Calendar,
    Call,
    Count,
    Did,
    Edge,
    Node,
    Sequence,
    Step,
    Streak,
    Unit,
    Value,
    Window,
)
from yutang.language.problem import Span
from yutang.language.suggest import nearest

LONGEST_WORD = 200
"""Characters of a kind, property, tag or relation; the data has no longer ones."""
_SPOKEN = re.compile(r"\s*([0-9]{1,10})\s*([^\W\d]+)\s*")
_SPOKEN_UNITS = {
    "s": "s", "sec": "s", "secs": "s", "second": "s", "seconds": "s", "秒": "s",
    "m": "m", "min": "m", "mins": "m", "minute": "m", "minutes": "m", "分": "m", "分钟": "m",
    "h": "h", "hr": "h", "hrs": "h", "hour": "h", "hours": "h", "时": "h", "小时": "h", "个小时": "h",
    "d": "d", "day": "d", "days": "d", "天": "d", "日": "d",
    "w": "w", "week": "w", "weeks": "w", "周": "w", "星期": "w", "个星期": "w",
}  # fmt: skip
_SPOKEN_DAYS = {
    "month": 30,
    "months": 30,
    "mo": 30,
    "月": 30,
    "个月": 30,
    "y": 365,
    "year": 365,
    "years": 365,
    "年": 365,
}
_OTHER_NAMES = {
    "average": "avg", "mean": "avg", "total": "sum", "minimum": "min", "maximum": "max", "nunique": "distinct",
    "ifnull": "coalesce", "nvl": "coalesce", "lowercase": "lower", "length": "len", "size": "len", "has_tag": "tagged",
    "tag": "tagged", "has": "did", "includes": "contains", "starts_with": "startswith", "isnull": "exists", "is_null": "exists",
    "defined": "exists", "birthday": "is_anniversary", "today": "date", "day_of_week": "weekday", "trunc": "floor",
    "int": "floor", "then": "sequence",
}  # fmt: skip


class Reader(Protocol):
    """What is needed of the reader of expressions."""

    def span(self, item: ast.expr | ast.keyword) -> Span: ...
    def written(self, item: ast.expr | ast.keyword) -> str: ...
    def refuse(self, code: str, place: ast.expr | ast.keyword | Span, **params: object) -> Node: ...
    def node(self, item: ast.expr) -> Node: ...


class CallReader:
    """Reads one call: which function, how many arguments, which of them must be literals, which keywords."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def call(self, item: ast.Call) -> Node:
        if not isinstance(item.func, ast.Name):
            return self.method(item)
        function = FUNCTIONS.get(item.func.id)
        if function is None:
            instead = _OTHER_NAMES.get(item.func.id.lower(), "") or nearest(item.func.id, FUNCTIONS)
            return self.reader.refuse(
                "language.unknown_function", item.func, name=item.func.id, instead=instead
            )
        if function.name == "step":
            return self.reader.refuse("language.step_outside", item)
        if not self.has_right_arguments(item, function):
            return Value(False, span=self.reader.span(item))
        return self.build(item, function)

    def method(self, item: ast.Call) -> Node:
        if not isinstance(item.func, ast.Attribute):
            return self.reader.refuse("language.call", item)
        name = item.func.attr
        inside = ", ".join([self.reader.written(item.func.value), *map(self.reader.written, item.args)])
        known = name if name in VALUE_FUNCTIONS else nearest(name, VALUE_FUNCTIONS)
        return self.reader.refuse(
            "language.no_methods", item, name=name, instead=f"{known}({inside})" if known else ""
        )

    # -- the number and names of arguments

    def has_right_arguments(self, item: ast.Call, function: Function) -> bool:
        own = {each.name for each in function.parameters}
        fine = any(each.arg in own for each in item.keywords) or self.has_right_number(item, function)
        seen: set[str] = set()
        for each in item.keywords:
            name = each.arg or "**"
            if name not in function.keywords:
                fine = self.wrong_keyword(each, name, function)
            elif name in seen:
                self.reader.refuse("language.repeated_keyword", each, name=name)
                fine = False
            seen.add(name)
        return fine

    def has_right_number(self, item: ast.Call, function: Function) -> bool:
        starred = next((each for each in item.args if isinstance(each, ast.Starred)), None)
        if starred is not None:
            self.reader.refuse("language.syntax", starred)
            return False
        given = len(item.args)
        if function.name == "sequence":
            return True  # the number of steps is the shape's to judge
        if given < function.least or (function.most is not None and given > function.most):
            extra = item.args[function.most] if function.most is not None and given > function.most else item
            wanted = _count(function)
            self.reader.refuse(
                "language.arguments",
                extra,
                name=function.name,
                given=given,
                wanted=wanted,
                instead=function.signature,
            )
            return False
        return True

    def wrong_keyword(self, item: ast.keyword, name: str, function: Function) -> bool:
        known = (*function.keywords, *(each.name for each in function.parameters))
        positional = any(each.name == name for each in function.parameters)
        unknown = "language.unknown_keyword" if function.keywords else "language.no_keywords"
        code = "language.positional" if positional else unknown
        start = self.reader.span(item).start
        instead = function.signature if positional or not function.keywords else nearest(name, known)
        self.reader.refuse(
            code, Span(start, start + len(name)), name=name, function=function.name, instead=instead
        )
        return False

    # -- nodes

    def build(self, item: ast.Call, function: Function) -> Node:
        span = self.reader.span(item)
        if function.name in VALUE_FUNCTIONS:
            arguments = (self.argument(each, function, index) for index, each in enumerate(item.args))
            return Call(function.name, tuple(arguments), span=span)
        if function.name == "sequence":
            return self.sequence(item, function)
        window = self.window(item)
        words = [
            self.words(each, function, function.parameter(index)) for index, each in enumerate(item.args)
        ]
        return question(function.name, words, window, span)

    def argument(self, item: ast.expr, function: Function, index: int) -> Node:
        parameter = function.parameter(index)
        match parameter.asked:
            case "words":
                return Value(self.words(item, function, parameter), span=self.reader.span(item))
            case "whole" | "places":
                return self.whole(item, function, parameter)
        return self.reader.node(item)

    def whole(self, item: ast.expr, function: Function, parameter: Parameter) -> Node:
        least, most = (1, 10**12 - 1) if parameter.asked == "whole" else (0, 6)
        if (
            isinstance(item, ast.Constant)
            and isinstance(item.value, int | float)
            and not isinstance(item.value, bool)
        ):
            found = self.reader.node(item)
            if (
                isinstance(found, Value)
                and found.value == int(found.value)
                and least <= int(found.value) <= most
            ):
                return found
        params = {"name": parameter.name, "function": function.name, "least": least, "most": most}
        return self.reader.refuse("language.whole_number", item, **params)

    def words(self, item: ast.expr, function: Function, parameter: Parameter) -> str:
        """A quoted text that must stand there itself: a kind, a property, a unit, a tag."""
        if not isinstance(item, ast.Constant) or not isinstance(item.value, str):
            instead = f'"{_bare(self.reader.written(item))}"'
            self.reader.refuse(
                "language.quoted", item, name=parameter.name, function=function.name, instead=instead
            )
            return "?"
        value = item.value
        if parameter.asked == "unit" and value not in UNITS:
            self.reader.refuse("language.unit", item, written=value, instead=nearest(value, UNITS))
        elif not value.strip() or (value == ".*" and parameter.asked == "kind"):
            self.reader.refuse("language.empty_text", item, name=parameter.name, function=function.name)
        elif len(value) > LONGEST_WORD:
            self.reader.refuse("language.long_text", item, name=parameter.name, limit=LONGEST_WORD)
        return value

    # -- sequences

    def sequence(self, item: ast.Call, function: Function) -> Node:
        steps = tuple(self.step(each, function) for each in item.args)
        found = next((each for each in item.keywords if each.arg == "within"), None)
        span = self.reader.span(item)
        if found is None:
            self.reader.refuse("language.sequence_within", item)
            return Value(False, span=span)
        within = self.within(found.value)
        if isinstance(within, str):
            self.reader.refuse("language.sequence_calendar", found.value, written=within)
        return Sequence(steps, within if isinstance(within, Duration) else Duration(1, "d"), span=span)

    def step(self, item: ast.expr, function: Function) -> Step:
        if not (isinstance(item, ast.Call) and isinstance(item.func, ast.Name) and item.func.id == "step"):
            return Step(self.words(item, function, function.parameters[0]))
        step = FUNCTIONS["step"]
        if not self.has_right_arguments(item, step):
            return Step("?")
        where = next((self.reader.node(each.value) for each in item.keywords), None)
        return Step(self.words(item.args[0], step, step.parameters[0]), where)

    # -- windows

    def window(self, item: ast.Call) -> Window:
        given = {each.arg: each.value for each in item.keywords}

        def read(name: str) -> Node | None:
            return self.reader.node(given[name]) if name in given else None

        within = self.within(given["within"]) if "within" in given else None
        return Window(within, read("since"), read("until"), read("where"))

    def within(self, item: ast.expr) -> Duration | Calendar | None:
        match item:
            case ast.Constant(value=str() as text):
                if text in CALENDARS:
                    return calendar(text)
                found = parse_duration(text)
                if found is None:
                    self.reader.refuse("language.duration", item, written=text, instead=_spoken(text))
                return found
            case _:
                written = self.reader.written(item)
                self.reader.refuse("language.duration", item, written=written, instead=_spoken(f"{written}d"))
        return None


def question(name: str, words: list[str], window: Window, span: Span) -> Node:
    """The node of a question over events; ``words`` are its kind and its property or unit."""
    match name, words:
        case "did", [kind]:
            return Did(kind, window, span=span)
        case "count", [kind]:
            return Count(kind, window, span=span)
        case "streak", [kind, asked]:
            return Streak(kind, unit(asked), window, span=span)
        case ("first" | "last") as function, [kind, *rest]:
            return Edge(function, kind, rest[0] if rest else None, window, span=span)
        case ("sum" | "avg" | "min" | "max" | "distinct") as function, [kind, asked]:
            return Aggregate(function, kind, asked, window, span=span)
    raise ValueError(name)


def unit(text: str) -> Unit:
    return next((each for each in get_args(Unit) if each == text), "day")


def calendar(text: str) -> Calendar:
    return next(each for each in get_args(Calendar) if each == text)


def _count(function: Function) -> str:
    if function.most is None:
        return f"{function.least}+"
    return str(function.least) if function.most == function.least else f"{function.least}–{function.most}"


def _bare(written: str) -> str:
    return written.strip("\"'") if len(written) <= 40 else "…"


def _spoken(text: str) -> str:
    """The duration that somebody who wrote ``30 days`` or ``-1个月`` surely meant, or ""."""
    match = _SPOKEN.fullmatch(text.strip().lstrip("-").lower())
    if match is None:
        return ""
    amount, word = int(match[1]), match[2]
    shown = (
        f"{amount}{_SPOKEN_UNITS[word]}"
        if word in _SPOKEN_UNITS
        else f"{amount * _SPOKEN_DAYS.get(word, 0)}d"
    )
    return f'"{shown}"' if parse_duration(shown) and not shown.startswith("0") else ""
