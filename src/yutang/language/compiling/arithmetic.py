"""Numbers: exact decimals as long as the operation is exact, doubles rounded to 9 decimals where it is not."""

from __future__ import annotations

from sqlglot import exp

from yutang.language.compiling import sql
from yutang.language.compiling.sql import SQL
from yutang.language.compiling.typed import MISSING, Typed
from yutang.language.nodes import Operator

_BUILD = {"+": exp.Add, "-": exp.Sub, "*": exp.Mul, "/": exp.Div}


def arithmetic(operator: Operator, left: Typed, right: Typed) -> Typed:
    """Missing when a side is missing or not a number; beyond what an exact number holds is missing too."""
    if operator == "/" or left.is_double or right.is_double:
        a, b = left.as_double(), right.as_double()
        return MISSING if a is None or b is None else Typed({"double": _double(operator, a, b)})
    one, other = left.as_exact(), right.as_exact()
    if one is None or other is None:
        return MISSING
    found: SQL = sql.function("TRY", _BUILD[operator](this=one, expression=other))
    if operator == "*":
        found = sql.function("round_even", found, sql.integer(6))
    return Typed({"number": found})


def _double(operator: Operator, a: SQL, b: SQL) -> SQL:
    if operator == "/":
        b = sql.function("NULLIF", b, sql.integer(0))
    return rounded(exp.paren(_BUILD[operator](this=a, expression=b)))


def double_quotient(total: SQL, many: SQL) -> SQL:
    """An exact total by a count, as a rounded double; missing for a count of zero."""
    return _double("/", sql.cast(total, "DOUBLE"), sql.cast(many, "DOUBLE"))


def rounded(value: SQL) -> SQL:
    """A double to 9 decimals, by operations that every IEEE engine does alike."""
    scaled = exp.Add(
        this=exp.Mul(this=exp.paren(value), expression=sql.double(1e9)), expression=sql.double(0.5)
    )
    return exp.paren(exp.Div(this=sql.function("floor", scaled), expression=sql.double(1e9)))


def negative(value: Typed) -> Typed:
    exact, inexact = value.as_exact(), value.get("double")
    parts = {
        name: exp.Neg(this=exp.paren(each))
        for name, each in (("number", exact), ("double", inexact))
        if each is not None
    }
    return Typed(parts, sure=value.sure and len(parts) == len(value.parts))
