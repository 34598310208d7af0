"""Words in an order that no condition has: brackets without a partner, two values side by side, operators without a value."""

from __future__ import annotations

from yutang.language.lexical import DEEPEST, MOST_PROBLEMS, Word
from yutang.language.problem import Problem

_PAIRS = {"(": ")", "[": "]", "{": "}"}
_BINARY = frozenset({"and", "or", "in", "is", "==", "!=", "<", "<=", ">", ">=", "*", "/", "=", ",", "."})


def order_problems(words: tuple[Word, ...]) -> tuple[Problem, ...]:
    """What is wrong with the order of ``words``; after it, brackets match and nest at most ``DEEPEST`` deep."""
    brackets = _bracket_problems(words)
    return tuple(brackets or _neighbour_problems(words))[:MOST_PROBLEMS]


def _bracket_problems(words: tuple[Word, ...]) -> list[Problem]:
    """Brackets without a partner, and the place where they and prefixes nest too deep."""
    opened: list[tuple[Word, int]] = []
    prefixes = total = 0
    ended = False
    for word in words:
        if word.kind == "open":
            opened.append((word, prefixes))
            total, prefixes, ended = total + prefixes + 1, 0, False
        elif word.kind == "close":
            if not opened or _PAIRS[opened[-1][0].text] != word.text:
                return [_wrong_close(word, opened)]
            outer = opened.pop()[1]
            total, prefixes, ended = total - outer - 1, 0, True
        elif word.kind == "operator":
            prefixes, ended = prefixes + 1 if not ended and word.text in ("not", "-", "+") else 0, False
        else:
            prefixes, ended = 0, True
        if total + prefixes > DEEPEST:
            return [Problem("language.too_deep", {"limit": DEEPEST}, word.span)]
    return [
        Problem("language.unclosed", {"bracket": each.text, "close": _PAIRS[each.text]}, each.span)
        for each, _ in opened
    ]


def _wrong_close(word: Word, opened: list[tuple[Word, int]]) -> Problem:
    if not opened:
        return Problem("language.unopened", {"bracket": word.text}, word.span)
    return Problem(
        "language.crossed", {"bracket": word.text, "wanted": _PAIRS[opened[-1][0].text]}, word.span
    )


def _neighbour_problems(words: tuple[Word, ...]) -> list[Problem]:
    """Two values without an operator between them, operators without a value, and ``=`` for ``==``."""
    problems: list[Problem] = []
    calls: list[bool] = []
    for index, word in enumerate(words):
        before = words[index - 1] if index else None
        following = words[index + 1] if index + 1 < len(words) else None
        if word.text == "=" and not _is_keyword_sign(words, index, calls):
            problems.append(Problem("language.write_instead", {"written": "=", "instead": "=="}, word.span))
        elif problem := _neighbour_problem(before, word, following):
            problems.append(problem)
        if word.kind == "open":
            calls.append(
                word.text == "(" and before is not None and before.kind == "name" and _ends_value(before)
            )
        elif word.kind == "close":
            calls.pop()
    return problems


def _is_keyword_sign(words: tuple[Word, ...], index: int, calls: list[bool]) -> bool:
    """Whether the ``=`` at ``index`` names an argument: inside a call, behind a name that no dot or operator goes before."""
    if not (calls and calls[-1]) or index < 2 or words[index - 1].kind != "name":
        return False
    return words[index - 2].text in ("(", ",") or _ends_value(words[index - 2])


def _neighbour_problem(before: Word | None, word: Word, following: Word | None) -> Problem | None:
    if before is not None and (before.text, word.text) == ("not", "in"):
        return _nothing_behind(word) if following is None else None
    after_value = before is not None and _ends_value(before)
    if after_value and _starts_value(word, following):
        is_argument = word.kind == "name" and following is not None and following.text == "="
        listed = word.kind in ("text", "number") and before is not None and before.kind in ("text", "number")
        code = "language.missing_comma" if is_argument or listed else "language.missing_operator"
        return Problem(code, {"before": word.text}, word.span)
    if after_value or (before is None and not _needs_left(word)):
        return _nothing_behind(word) if following is None else None
    if _needs_left(word):
        return _nothing_between(before, word)
    return _nothing_behind(word) if following is None else None


def _nothing_behind(word: Word) -> Problem | None:
    if _ends_value(word):
        return None
    return Problem("language.missing_value_after", {"operator": word.text}, word.span)


def _nothing_between(before: Word | None, word: Word) -> Problem | None:
    """``before`` ends no value and ``word`` needs one on its left."""
    if word.kind == "close":
        fine = before is not None and (before.kind == "open" or before.text == ",")
        return (
            None
            if fine or before is None
            else Problem("language.missing_value_after", {"operator": before.text}, before.span)
        )
    return Problem("language.missing_value_before", {"operator": word.text}, word.span)


def _ends_value(word: Word) -> bool:
    return word.kind in ("text", "number", "close", "name")


def _starts_value(word: Word, following: Word | None) -> bool:
    if word.kind == "operator" and word.text == "not":
        return following is None or following.text != "in"
    return word.kind in ("text", "number", "name")


def _needs_left(word: Word) -> bool:
    return word.kind == "close" or (word.kind == "operator" and word.text in _BINARY)
