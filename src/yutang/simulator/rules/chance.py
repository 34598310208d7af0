"""Draws that ``random.Random`` does not have. Every function takes its source of chance."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


def poisson(chance: Random, mean: float) -> int:
    """A count with this mean; beyond 30 by the normal approximation, rounded and never negative."""
    if mean > 30:
        return max(0, round(chance.gauss(mean, math.sqrt(mean))))
    limit, product, count = math.exp(-mean), chance.random(), 0
    while product > limit:
        product *= chance.random()
        count += 1
    return count


class Weighted(Generic[T]):
    """Picks one of its choices in proportion to their weights."""

    __slots__ = ("_bounds", "_choices", "_total")

    def __init__(self, pairs: Sequence[tuple[T, float]]) -> None:
        self._choices = tuple(choice for choice, _ in pairs)
        self._bounds = tuple(accumulate(weight for _, weight in pairs))
        self._total = self._bounds[-1]

    def pick(self, chance: Random) -> T:
        return self._choices[bisect_right(self._bounds, chance.random() * self._total)]
