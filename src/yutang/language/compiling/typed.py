"""A value whose type is known only row by row: one SQL column per type it may have, at most one of them not null.

Property values of events and traits are dynamic: ``1``, ``"1"`` and ``True`` are three things. A column per type keeps
comparisons native, and a property that only ever held texts costs exactly what hand-written SQL would.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from sqlglot import exp

from yutang.language.compiling import sql
from yutang.language.compiling.sql import SQL
from yutang.language.nodes import Comparator

NUMERIC = frozenset({"number", "double"})
ORDERED = NUMERIC | {"text", "time"}
_COMPARE: Mapping[str, type[exp.Binary]] = {
    "==": exp.EQ, "<": exp.LT, "<=": exp.LTE, ">": exp.GT, ">=": exp.GTE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Typed:
    """``parts`` maps a type (number, double, text, boolean, time, list) to its column; none at all is always missing.

    ``sure`` says that the value is never missing.
    """

    parts: Mapping[str, SQL] = field(default_factory=dict)
    sure: bool = False

    def get(self, type_: str) -> SQL | None:
        return self.parts.get(type_)

    @property
    def is_double(self) -> bool:
        return "double" in self.parts

    def as_double(self) -> SQL | None:
        return _either(self.parts.get("double"), _cast(self.parts.get("number"), "DOUBLE"))

    def as_exact(self) -> SQL | None:
        """The exact number as DECIMAL(38, 6), the widest: sums of it do not overflow before 10³²."""
        return _cast(self.parts.get("number"), "DECIMAL(38, 6)")


MISSING = Typed()


def _cast(value: SQL | None, to: str) -> SQL | None:
    return None if value is None else sql.cast(value, to)


def _either(one: SQL | None, other: SQL | None) -> SQL | None:
    if one is None or other is None:
        return one or other
    return sql.coalesce(one, other)


def present(value: Typed) -> SQL:
    if value.sure:
        return sql.TRUE.copy()
    return sql.any_of(sql.not_null(each) for each in value.parts.values())


def _comparable(left: Typed, right: Typed, *, ordered: bool) -> Iterator[tuple[SQL, SQL]]:
    for (one, a), (other, b) in product(left.parts.items(), right.parts.items()):
        if one in NUMERIC and other in NUMERIC:
            exact = one == other == "number"
            yield (a, b) if exact else (sql.cast(a, "DOUBLE"), sql.cast(b, "DOUBLE"))
        elif one == other and one != "list" and (one in ORDERED or not ordered):
            yield a, b


def compare(operator: Comparator, left: Typed, right: Typed) -> SQL:
    """The comparison as declared: unknown (or false) when a side is missing; false, for ``!=`` true, between types."""
    if operator == "!=":
        return _differ(left, right)
    build = _COMPARE[operator]
    pairs = _comparable(left, right, ordered=operator != "==")
    return sql.any_of(build(this=a.copy(), expression=b.copy()) for a, b in pairs)


def _differ(left: Typed, right: Typed) -> SQL:
    pairs = list(_comparable(left, right, ordered=False))
    if len(left.parts) == len(right.parts) == len(pairs) == 1:
        ((a, b),) = pairs
        return exp.NEQ(this=a.copy(), expression=b.copy())
    both = [present(left), present(right)]
    if pairs:
        equal = sql.any_of(exp.EQ(this=a.copy(), expression=b.copy()) for a, b in pairs)
        both.append(sql.negate(sql.settled(equal)))
    return sql.every(both)


def merged(values: list[Typed]) -> Typed:
    """``coalesce``: the first value that is not missing, with its type."""
    first, *others = values
    if not others or first.sure:
        return first
    rest = merged(others)
    parts: dict[str, SQL] = {}
    for type_ in {**first.parts, **rest.parts}:
        own, later = first.parts.get(type_), rest.parts.get(type_)
        if later is not None and len(first.parts) > (own is not None):
            later = sql.when(sql.negate(present(first)), later)
        found = _either(own, later)
        if found is not None:
            parts[type_] = found
    return Typed(parts, sure=rest.sure)
