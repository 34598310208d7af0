"""A condition as somebody wrote it, read and checked: ready to be asked of a data set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from yutang.language.check import check
from yutang.language.compiling import is_polled
from yutang.language.needs import needs
from yutang.language.nodes import Node
from yutang.language.parse import parse
from yutang.language.problem import Invalid, Problem
from yutang.language.relations import Needs


@dataclass(frozen=True, slots=True)
class Question:
    """``warnings`` do not stop it: a comparison that is always false, a kind that nobody has seen."""

    text: str
    node: Node
    needs: Needs
    warnings: tuple[Problem, ...]
    has_event: bool = False


def read_question(text: str, *, has_event: bool = False) -> Question:
    """Raises Invalid with every problem and its place in the text. ``has_event``: asked at triggers, ``event.`` is allowed."""
    node = parse(text)
    try:
        warnings = list(check(node, has_event=has_event))
    except Invalid as invalid:
        raise Invalid(*invalid.problems, source=text) from None
    if is_polled(node):
        warnings.append(Problem("audiences.polled", severity="warning"))
    return Question(text, node, needs(node), tuple(warnings), has_event)


def all_needs(question: Question) -> Needs:
    """What must be extracted from events: for the questions about them, and of the trigger itself."""
    needs = question.needs
    return replace(needs, properties=needs.properties | needs.event_properties | needs.entry_properties)


@dataclass(frozen=True, slots=True)
class Why:
    """One part of a condition with the value it had, and the parts inside it.

    ``type`` is number, text, boolean, time, list or missing; numbers are text as they print, times ISO 8601 in UTC.
    """

    text: str
    value: str | bool | None
    type: str
    children: tuple[Why, ...] = ()

    def as_json(self) -> Mapping[str, object]:
        found: dict[str, object] = {"expression": self.text, "value": self.value, "type": self.type}
        if self.children:
            found["parts"] = [each.as_json() for each in self.children]
        return found
