"""Problems as a person reads them: the line, a caret under the place, and a hint."""

from __future__ import annotations

import unicodedata

from yutang.language.problem import NOWHERE, Invalid, Problem
from yutang.language.texts import hint, words

_LABELS = {"error": ("错误：", "error: "), "warning": ("提醒：", "warning: "), "hint": ("提示：", "hint: ")}
_WIDEST = 100
"""Columns of a source line that are shown; of a longer one, the part around the place."""


def render(
    problem: Invalid | Problem, source: str, lang: str = "zh", *, file: str = "", line: int = 1
) -> str:
    """Each problem with its line of ``source``, carets as wide as on a terminal (Chinese takes two columns) and a hint.

    ``file`` and ``line``: where ``source`` begins, when it comes from a file.
    """
    if isinstance(problem, Invalid):
        return "\n\n".join(render(each, source, lang, file=file, line=line) for each in problem.problems)
    return "\n".join([_heading(problem, lang), *_place(problem, source, file, line), *_hint(problem, lang)])


def _heading(problem: Problem, lang: str) -> str:
    return f"{_label(problem.severity, lang)}{words(problem, lang)}"


def _label(name: str, lang: str) -> str:
    zh, en = _LABELS[name]
    return en if lang.startswith("en") else zh


def _hint(problem: Problem, lang: str) -> list[str]:
    found = hint(problem, lang)
    return [f"  {_label('hint', lang)}{found}"] if found else []


def _place(problem: Problem, source: str, file: str, line: int) -> list[str]:
    if problem.span == NOWHERE:
        return [f"  --> {problem.where}"] if problem.where else []
    start = min(max(problem.span.start, 0), len(source))
    before = source[:start].replace("\r\n", " \n")
    number = line + before.count("\n")
    begin = source.rfind("\n", 0, start) + 1
    end = source.find("\n", start)
    text = source[begin : end if end >= 0 else len(source)].rstrip("\r")
    where = f"  --> {file or problem.where}:{number}:{start - begin + 1}" if file or problem.where else ""
    return [*([where] if where else []), *_pictured(text, start - begin, problem.span.end - begin, number)]


def _pictured(text: str, start: int, end: int, number: int) -> list[str]:
    """The line and its caret line. A place over several lines is marked to the end of its first."""
    text, start, end = _shortened(text, start, max(end, start + 1))
    shown = "".join(char if char.isprintable() else " " for char in text)
    gutter = f"{number:>4} | "
    carets = "^" * max(1, width(shown[start:end]))
    return [f"{gutter}{shown}", f"{' ' * (len(gutter) - 2)}| {' ' * width(shown[:start])}{carets}"]


def _shortened(text: str, start: int, end: int) -> tuple[str, int, int]:
    if width(text) <= _WIDEST:
        return text, start, end
    first = max(0, start - _WIDEST // 4)
    last = first + _WIDEST // 2
    lead = "… " if first else ""
    tail = " …" if last < len(text) else ""
    cut = f"{lead}{text[first:last]}{tail}"
    return cut, start - first + len(lead), min(end, last) - first + len(lead)


def width(text: str) -> int:
    """Columns on a terminal: wide East Asian characters take two, combining ones none."""
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
