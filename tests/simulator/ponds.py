"""A small simulated pond, generated once for all tests of a process."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from yutang.simulator.rules.population import Plan, stories

END = 1_793_462_399
"""2026-10-31T23:59:59+08:00."""
SMALL = Plan(people=400, days=120, end=END, seed=7)


@cache
def text() -> str:
    return "".join(stories(SMALL))


@cache
def lines() -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(line) for line in text().splitlines())


def events(kind: str) -> list[dict[str, Any]]:
    return [line for line in lines() if line.get("kind") == kind]
