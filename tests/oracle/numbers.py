"""Numbers as the language has them: exact (``Decimal``) or a double (``float``) kept to nine decimals. None is missing."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_EVEN, Context, Decimal

EXACT = Context(prec=200, rounding=ROUND_HALF_EVEN)
BEYOND = Decimal(10) ** 32
BEYOND_PRODUCT = Decimal(10) ** 26

Number = Decimal | float


def half_even(exact: Decimal, places: int) -> Decimal:
    return exact.quantize(Decimal(1).scaleb(-places), context=EXACT)


def stored(number: Decimal) -> Decimal:
    """As a number is kept: DECIMAL(18,6)."""
    return half_even(number, 6)


def held(exact: Decimal, beyond: Decimal = BEYOND) -> Decimal | None:
    return exact if abs(exact) < beyond else None


def nine(double: float) -> float | None:
    """A double as the language shows it: rounded to nine decimals, missing when it is none."""
    if not math.isfinite(double):
        return None
    return math.floor(double * 1e9 + 0.5) / 1e9


def as_shown(number: Number) -> Decimal:
    """Exactly the number; of a double, exactly its nine decimals."""
    if isinstance(number, Decimal):
        return number
    return half_even(Decimal(number), 9)


def calculate(operator: str, left: Number, right: Number) -> Number | None:
    if operator == "/":
        return divide(left, right)
    if isinstance(left, float) or isinstance(right, float):
        a, b = float(left), float(right)
        return nine(a + b if operator == "+" else a - b if operator == "-" else a * b)
    match operator:
        case "+":
            return held(EXACT.add(left, right))
        case "-":
            return held(EXACT.subtract(left, right))
        case _:
            return held(half_even(EXACT.multiply(left, right), 6), BEYOND_PRODUCT)


def divide(left: Number, right: Number) -> float | None:
    return None if right == 0 else nine(float(left) / float(right))


def total(numbers: list[Decimal]) -> Decimal | None:
    exact = Decimal(0)
    for each in numbers:
        exact = EXACT.add(exact, each)
    return held(exact)


def like(exact: Decimal, example: Number) -> Number | None:
    """``exact`` as the kind of number that ``example`` is."""
    kept = held(exact)
    return float(kept) if kept is not None and isinstance(example, float) else kept


def floor(number: Number) -> Number | None:
    return like(Decimal(math.floor(as_shown(number))), number)


def round_half_even(number: Number, places: int) -> Number | None:
    return like(half_even(as_shown(number), places), number)
