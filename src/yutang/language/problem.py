"""Expected problems are values: a code, parameters for its words, and a place in the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple


class Span(NamedTuple):
    """Half-open character offsets in the source text."""

    start: int
    end: int


NOWHERE = Span(-1, -1)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong and where. ``code`` names an entry in a room's ``texts.py``; only pages, API and CLI turn it into words.

    ``where`` names the place outside a condition's text: ``orders.csv:17``, ``batch[3].timestamp``, a form field.
    """

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)
    span: Span = NOWHERE
    where: str = ""
    severity: Literal["error", "warning"] = "error"


class Invalid(Exception):
    """Raised by ``parse`` and ``check`` with every problem found, in text order."""

    def __init__(self, *problems: Problem, source: str = "") -> None:
        super().__init__("; ".join(each.code for each in problems))
        self.problems = problems
        self.source = source
