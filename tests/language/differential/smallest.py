"""A failing history with every line left out that need not be there: quicker than Hypothesis's own shrinking by far."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

Line = dict[str, Any]


def smallest(lines: list[Line], fails: Callable[[list[Line]], bool]) -> list[Line]:
    for left_out in range(len(lines)):
        fewer = [*lines[:left_out], *lines[left_out + 1 :]]
        if fewer and fails(fewer):
            return smallest(fewer, fails)
    return lines


def told(lines: list[Line]) -> str:
    """As JSON lines, to try with ``yutang ask --events``."""
    return "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
