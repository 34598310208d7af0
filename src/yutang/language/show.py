"""The canonical text of a condition: one way to write each node, with as few brackets as possible."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

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
    Step,
    Streak,
    Value,
    Values,
    Window,
)

GROWTH = 6
"""The canonical text is never longer than so many times what was written (``1<1<1`` is written out as two comparisons)."""
_OR, _AND, _NOT, _COMPARISON, _SUM, _PRODUCT, _SIGN, _ATOM = range(8)
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Co", "Cn"})


def show(node: Node) -> str:
    """``parse(show(node)) == node`` for every node that can be written."""
    return _show(node, _OR)


def _show(node: Node, least: int) -> str:
    """``node``, in brackets if it binds less tightly than ``least``."""
    binding, text = _bound(node)
    return text if binding >= least else f"({text})"


def _bound(node: Node) -> tuple[int, str]:
    match node:
        case Or(items=items):
            return _OR, " or ".join(_show(each, _AND) for each in items)
        case And(items=items):
            return _AND, " and ".join(_show(each, _NOT) for each in items)
        case Not(item=item):
            return _NOT, f"not {_show(item, _NOT)}"
        case Compare(operator=operator, left=left, right=right):
            return _COMPARISON, f"{_show(left, _SUM)} {operator} {_show(right, _SUM)}"
        case Member(item=item, choices=choices, negated=negated):
            return _COMPARISON, f"{_show(item, _SUM)} {'not in' if negated else 'in'} {_show(choices, _ATOM)}"
        case Arithmetic(operator="+" | "-" as operator, left=left, right=right):
            return _SUM, f"{_show(left, _SUM)} {operator} {_show(right, _PRODUCT)}"
        case Arithmetic(operator=operator, left=left, right=right):
            return _PRODUCT, f"{_show(left, _PRODUCT)} {operator} {_show(right, _SIGN)}"
        case Negative(item=item):
            return _SIGN, f"-{_show(item, _SIGN)}"
    return _ATOM, _atom(node)


def _atom(node: Node) -> str:
    match node:
        case Value(value=bool() as value):
            return str(value)
        case Value(value=str() as value):
            return quoted(value)
        case Value(value=Decimal() as value):
            return plain(value)
        case Values(items=items):
            return f"[{', '.join(_atom(each) for each in items)}]"
        case Now():
            return "now"
        case Name(scope=scope, path=path):
            return f"{scope}.{path}"
        case Call(function=function, arguments=arguments):
            return f"{function}({', '.join(show(each) for each in arguments)})"
    return _question(node)


def _question(node: Node) -> str:
    match node:
        case Did(kind=kind, window=window):
            return _asked("did", [kind], window)
        case Count(kind=kind, window=window):
            return _asked("count", [kind], window)
        case Aggregate(function=function, kind=kind, property=asked, window=window):
            return _asked(function, [kind, asked], window)
        case Edge(function=function, kind=kind, property=None, window=window):
            return _asked(function, [kind], window)
        case Edge(function=function, kind=kind, property=str() as asked, window=window):
            return _asked(function, [kind, asked], window)
        case Streak(kind=kind, unit=unit, window=window):
            return _asked("streak", [kind, unit], window)
        case Sequence(steps=steps, within=within):
            return f"sequence({', '.join(map(_step, steps))}, within={quoted(str(within))})"
    raise TypeError(type(node))


def _asked(name: str, words: list[str], window: Window) -> str:
    parts = [quoted(each) for each in words]
    if window.within is not None:
        parts.append(f"within={quoted(str(window.within))}")
    for keyword, bound in (("since", window.since), ("until", window.until), ("where", window.where)):
        if bound is not None:
            parts.append(f"{keyword}={show(bound)}")
    return f"{name}({', '.join(parts)})"


def _step(step: Step) -> str:
    return quoted(step.kind) if step.where is None else f"step({quoted(step.kind)}, where={show(step.where)})"


def plain(number: Decimal) -> str:
    """Without exponent, trailing zeros or a negative zero."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def quoted(text: str) -> str:
    """In double quotes; what cannot be seen is written as an escape."""
    return f'"{"".join(_ESCAPES.get(char) or _seen(char) for char in text)}"'


def _seen(char: str) -> str:
    if unicodedata.category(char) not in _UNSEEN:
        return char
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
