"""Reads the cases in ``cases/*.yaml``; the format is described in docs/conformance.md.

YAML is read by the core schema of YAML 1.2 (``on`` and ``no`` are words, nothing is a date), and numbers stay exactly as written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

CASES = Path(__file__).parent / "cases"
DEFAULT_ZONE = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class History:
    """Event lines as JSON texts, under a name that is unique in the corpus."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    person: str
    at: str
    event: str


@dataclass(frozen=True, slots=True)
class Case:
    """One question and its answer: ``who`` of everyone at ``at``, or which of ``moments`` (by their event) it holds at."""

    name: str
    history: History
    expression: str
    zone: str
    at: str | None
    who: tuple[str, ...]
    moments: tuple[Moment, ...] = ()
    holds: tuple[str, ...] = ()


class _Core(yaml.SafeLoader):
    """The core schema: null, true and false, integers, decimals; everything else is text."""


_Core.yaml_implicit_resolvers = {}
for _tag, _shape, _first in (
    ("null", r"null|~|", "n~\0"),
    ("bool", r"true|false", "tf"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    _Core.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_shape})$"), list(_first))


def _mapping(loader: _Core, node: yaml.MappingNode) -> dict[str, Any]:
    pairs = loader.construct_pairs(node, deep=True)
    if len(dict(pairs)) != len(pairs):
        raise yaml.constructor.ConstructorError(None, None, "the same key twice", node.start_mark)
    return dict(pairs)


_Core.add_constructor("tag:yaml.org,2002:map", _mapping)
_Core.add_constructor("tag:yaml.org,2002:float", lambda loader, node: Decimal(loader.construct_scalar(node)))
_Core.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(loader.construct_scalar(node)))


def read_yaml(path: Path) -> dict[str, Any]:
    return yaml.load(path.read_text("utf-8"), Loader=_Core)


def json_text(value: Any) -> str:
    """JSON with decimals as they were written (without exponent)."""
    match value:
        case Decimal():
            return f"{value:f}"
        case Mapping():
            return "{" + ",".join(f"{json_text(key)}:{json_text(each)}" for key, each in value.items()) + "}"
        case list():
            return "[" + ",".join(json_text(each) for each in value) + "]"
        case _:
            return json.dumps(value, ensure_ascii=False)


@cache
def all_cases() -> tuple[Case, ...]:
    return tuple(case for path in sorted(CASES.glob("*.yaml")) for case in cases_of(path))


def cases_of(path: Path) -> Iterator[Case]:
    said = read_yaml(path)
    histories = said.get("histories", {})
    lines = {
        name: History(f"{path.stem}.{name}", tuple(map(json_text, each["events"])))
        for name, each in histories.items()
    }
    for case in said["cases"]:
        events = case["events"]
        own = isinstance(events, list)
        shared: dict[str, Any] = {} if own else histories[events]
        moments = case.get("moments", [])
        yield Case(
            name=case["name"],
            history=History(case["name"], tuple(map(json_text, events))) if own else lines[events],
            expression=case["expression"],
            zone=case.get("zone", shared.get("zone", DEFAULT_ZONE)),
            at=case.get("at", shared.get("at")),
            who=tuple(case.get("who", ())),
            moments=tuple(
                Moment(**each) for each in (said["moments"][moments] if isinstance(moments, str) else moments)
            ),
            holds=tuple(case.get("holds", ())),
        )
