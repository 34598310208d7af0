"""What the text of a condition alone says about the type of each value."""

from __future__ import annotations

from yutang.language.functions import FUNCTIONS, TEXTS_OF_EVENT, TIMES_OF_EVENT, StaticType
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
    Values,
)


def type_of(node: Node) -> StaticType:
    """The type of ``node`` when it has a value at all; ``any`` where only the data can tell."""
    match node:
        case Value(value=value):
            return "boolean" if isinstance(value, bool) else "text" if isinstance(value, str) else "number"
        case And() | Or() | Not() | Compare() | Member() | Did() | Sequence():
            return "boolean"
        case Arithmetic() | Negative() | Count() | Aggregate() | Streak():
            return "number"
        case Now():
            return "time"
        case Edge(property=asked):
            return "time" if asked is None else "any"
        case Values():
            return "list"
        case Name():
            return _type_of_name(node)
        case Call():
            return _type_of_call(node)
    raise TypeError(type(node))


def _type_of_name(node: Name) -> StaticType:
    if node.scope in ("event", "it"):
        if node.path in TIMES_OF_EVENT:
            return "time"
        if node.path in TEXTS_OF_EVENT:
            return "text"
    return "any"


def _type_of_call(node: Call) -> StaticType:
    if node.function != "coalesce":
        return FUNCTIONS[node.function].result
    found = {type_of(each) for each in node.arguments}
    return found.pop() if len(found) == 1 else "any"


def is_never_time(node: Node) -> bool:
    """Whether ``node`` is read from data, which holds texts and numbers but no times."""
    if isinstance(node, Call) and node.function == "coalesce":
        return all(is_never_time(each) for each in node.arguments)
    return type_of(node) not in ("time", "any") or (isinstance(node, Name | Edge) and type_of(node) == "any")
