"""A problem under the very word it is about: the line it stands in, cut into before, word and after."""

from __future__ import annotations

from dataclasses import dataclass

from yutang.kernel.text import Language, say
from yutang.language import texts
from yutang.language.problem import Problem

NEAR = 12
LONGEST = 120
"""Characters of a line around the word that are shown."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """``start`` and ``end`` are offsets in the whole text, -1 when the problem has no place."""

    far: str
    """What stands before ``near``: left out where the page is narrow."""
    near: str
    word: str
    after: str
    message: str
    hint: str
    severity: str
    start: int
    end: int
    line: int


def place(problem: Problem, source: str, language: Language) -> Wrong:
    in_language = problem.code in texts.TEXTS
    message = texts.words(problem, language) if in_language else say(problem, language)
    hint = texts.hint(problem, language) if in_language else ""
    start, end = problem.span
    if start < 0:
        return Wrong("", "", "", "", message, hint, problem.severity, -1, -1, 0)
    start, end = min(start, len(source)), min(max(end, start), len(source))
    first = source.rfind("\n", 0, start) + 1
    last = source.find("\n", start)
    last = len(source) if last < 0 else last
    end = max(start, min(end, last)) if end > last else end
    before, after = source[first:start], source[end:last]
    if len(before) > LONGEST // 2:
        before = "…" + before[-LONGEST // 2 :]
    if len(after) > LONGEST // 2:
        after = after[: LONGEST // 2] + "…"
    shown = source[start:end] or " "
    line = source.count("\n", 0, start) + 1
    return Wrong(
        before[:-NEAR], before[-NEAR:], shown, after, message, hint, problem.severity, start, end, line
    )
