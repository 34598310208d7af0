"""The nearest of the words there are, for "did you mean"."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

_LONGEST = 60
"""Longer words are not compared: the table grows with the square of the length."""
_MOST = 5_000
"""Words that are compared; a data set may have very many tags."""


def distance(left: str, right: str) -> int:
    """Damerau–Levenshtein distance (optimal string alignment): inserts, deletes, replacements and swaps of neighbours."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and b == left[i - 2]:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]


def nearest(word: str, words: Iterable[str]) -> str:
    """The one of ``words`` most like ``word``, ignoring case, or "" where none is close enough to be meant."""
    wanted = word.casefold()
    if not wanted or len(wanted) > _LONGEST:
        return ""
    allowed = max(1, len(wanted) // 3)
    ranked = sorted(
        (distance(wanted, each.casefold()), each)
        for each in islice(words, _MOST)
        if abs(len(each) - len(word)) <= allowed
    )
    return ranked[0][1] if ranked and ranked[0][0] <= allowed else ""
