"""Small constructors of SQLGlot expressions: every identifier quoted, every literal typed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

from sqlglot import exp

SQL = exp.Expr
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - relations hold naive UTC
TRUE, FALSE, NULL = exp.true(), exp.false(), exp.null()


def column(table: str, name: str) -> exp.Column:
    return exp.column(name, table=table, quoted=True)


def function(name: str, *arguments: SQL) -> SQL:
    return exp.func(name, *arguments)


def text(value: str) -> SQL:
    return exp.Literal.string(value)


def integer(value: int) -> SQL:
    return exp.Literal.number(value) if value >= 0 else exp.Neg(this=exp.Literal.number(-value))


def number(value: Decimal) -> SQL:
    """An exact number: an integer literal where it is whole, so that counts compare as integers."""
    if value == value.to_integral_value():
        return integer(int(value))
    return exp.cast(text(format(value, "f")), "DECIMAL(18, 6)")


def double(value: float) -> SQL:
    return exp.cast(text(repr(value)), "DOUBLE")


def timestamp(micros: int) -> SQL:
    """A moment as naive UTC ``TIMESTAMP``."""
    return exp.cast(text(str(EPOCH + timedelta(microseconds=micros))), "TIMESTAMP")


def micros(amount: int) -> SQL:
    """An interval."""
    return function("to_microseconds", integer(amount))


def cast(value: SQL, to: str) -> SQL:
    return exp.cast(value.copy(), to)


def every(conditions: Iterable[SQL]) -> SQL:
    return (
        exp.and_(*(each.copy() for each in conditions)) if (conditions := list(conditions)) else TRUE.copy()
    )


def any_of(conditions: Iterable[SQL]) -> SQL:
    return (
        exp.or_(*(each.copy() for each in conditions)) if (conditions := list(conditions)) else FALSE.copy()
    )


def negate(condition: SQL) -> SQL:
    return exp.Not(this=exp.paren(condition.copy()))


def coalesce(*values: SQL) -> SQL:
    return values[0].copy() if len(values) == 1 else function("COALESCE", *(each.copy() for each in values))


def settled(condition: SQL) -> SQL:
    """Two-valued: unknown becomes false."""
    return coalesce(condition, FALSE)


def is_null(value: SQL) -> SQL:
    return exp.Is(this=value.copy(), expression=NULL.copy())


def not_null(value: SQL) -> SQL:
    return exp.Not(this=is_null(value))


def when(condition: SQL, value: SQL, otherwise: SQL | None = None) -> SQL:
    case = exp.Case().when(condition.copy(), value.copy())
    return case.else_(otherwise.copy()) if otherwise is not None else case


def filtered(aggregate: SQL, condition: SQL) -> SQL:
    return exp.Filter(this=aggregate, expression=exp.Where(this=condition.copy()))


def struct(**parts: SQL) -> SQL:
    return exp.Struct(
        expressions=[
            exp.PropertyEQ(this=exp.to_identifier(name, quoted=True), expression=part.copy())
            for name, part in parts.items()
        ]
    )


def part(value: SQL, name: str) -> SQL:
    return function("struct_extract", value.copy(), text(name))


def tables(*expressions: SQL) -> set[str]:
    """The aliases that the expressions read (the item of a list has none)."""
    return {found.table for each in expressions for found in each.find_all(exp.Column)} - {""}


def time_order(table: str) -> SQL:
    """The declared order of facts: time, then length of id, then id."""
    return function("ROW", column(table, "at"), function("length", column(table, "id")), column(table, "id"))
