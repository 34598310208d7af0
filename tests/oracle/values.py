"""Values of a condition and how they compare. None is missing; a list is a tuple; a time is a datetime."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

Scalar = Decimal | float | str | bool | datetime
Value = Any
"""A ``Scalar``, a tuple or None."""


def value_of(json: Any) -> Value:
    """JSON as a value. Null is missing, and an object is not a value."""
    match json:
        case Mapping():
            return None
        case list():
            return tuple(json)
        case _:
            return json


def reach(json: Mapping[str, Any], path: str) -> Any:
    """What stands at a dotted path, None when nothing does. A property whose own name has the dots wins."""
    if path in json:
        return json[path]
    found: Any = json
    for name in path.split("."):
        if not isinstance(found, Mapping):
            return None
        found = found.get(name)
    return found


def type_of(value: Value) -> str:
    match value:
        case bool():
            return "boolean"
        case Decimal() | float():
            return "number"
        case str():
            return "text"
        case datetime():
            return "time"
        case _:
            return "list"


def compare(operator: str, left: Value, right: Value) -> bool:
    if left is None or right is None:
        return False
    if type_of(left) != type_of(right) or type_of(left) == "list":
        return operator == "!="
    if isinstance(left, float) or isinstance(right, float):
        left, right = float(left), float(right)
    match operator:
        case "==":
            return left == right
        case "!=":
            return left != right
    if type_of(left) == "boolean":
        return False
    match operator:
        case "<":
            return left < right
        case "<=":
            return left <= right
        case ">":
            return left > right
        case _:
            return left >= right


def equal(left: Any, right: Value) -> bool:
    """Whether an element of a list, as JSON, is that value."""
    return compare("==", value_of(left), right)
