"""Whole questions: a condition, its values or its horizon, compiled to one SELECT."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from sqlglot import exp

from yutang.language import nodes as n
from yutang.language.compiling import sql
from yutang.language.compiling.attributes import TABLE
from yutang.language.compiling.expressions import Expressions
from yutang.language.compiling.horizon import Polled, horizon
from yutang.language.compiling.sources import Frame, join
from yutang.language.compiling.sql import SQL, column
from yutang.language.relations import Relations

_DIALECT = "duckdb"


def members(node: n.Node, relations: Relations, at: int) -> str:
    """SQL whose rows are the persons (column ``person``: the root origin's number) for whom ``node`` holds at ``at`` (µs UTC)."""
    expressions = Expressions(Frame(relations, at))
    condition = expressions.boolean(node)
    needed = required(node, expressions)
    narrow(node, expressions, needed)
    return _render(expressions, [], where=condition, needed=needed)


def narrow(node: n.Node, expressions: Expressions, needed: frozenset[str]) -> None:
    """Look up attributes only of those whom one scan's own conjuncts let through, when all conjuncts must hold.

    The newest of an attribute costs far more per person than an aggregate that was made anyway.
    """
    if not isinstance(node, n.And) or TABLE not in needed or expressions.scans.read(TABLE):
        return
    alone: dict[str, list[SQL]] = {}
    for each in node.items:
        condition = expressions.boolean(each)
        match sql.tables(condition):
            case tables if len(tables) == 1 and tables <= needed - {TABLE}:
                alone.setdefault(min(tables), []).append(condition)
    if alone:
        scan = min(alone)
        chosen = exp.select(column(scan, "of")).from_(exp.to_table(scan)).where(*alone[scan])
        expressions.attributes.among = chosen


def moments(node: n.Node, relations: Relations, *, by_admission: bool = False) -> str:
    """SQL whose rows are the moments (column ``moment_id``) at which ``node`` holds."""
    expressions = Expressions(Frame(relations, None, by_admission=by_admission))
    return _render(expressions, [], where=expressions.boolean(node))


def values(columns: dict[str, n.Node], relations: Relations, at: int, person: int) -> str:
    """SQL with one row: for each named node its value as of ``at`` for one person, a column ``name/type`` per possible type."""
    expressions = Expressions(Frame(relations, at, only=person))
    found = []
    for name, node in columns.items():
        for type_, part in expressions.value(node).parts.items():
            found.append(exp.alias_(part.copy(), f"{name}/{type_}", quoted=True))
    return _render(expressions, found)


def _render(
    expressions: Expressions,
    columns: list[SQL],
    *,
    where: SQL | None = None,
    needed: frozenset[str] = frozenset(),
) -> str:
    outputs = [*columns, *([where] if where is not None else [])]
    return select(expressions, columns, where, sql.tables(*outputs) if outputs else set(), needed).sql(
        _DIALECT
    )


def select(
    expressions: Expressions,
    columns: Iterable[SQL],
    where: SQL | None,
    reads: set[str],
    needed: frozenset[str],
) -> exp.Select:
    frame = expressions.frame
    start = min(needed, default="m") if frame.at is not None else "m"
    of = column(start, "of")
    name = "moment_id" if frame.at is None else "person"
    chosen = exp.select(exp.alias_(of.copy(), name, quoted=True), *columns).from_(exp.to_table(start))
    person = column("m", "person") if start == "m" else of
    chosen = join(chosen, reads - {start}, of=of, person=person, required=needed)
    if where is not None:
        chosen = chosen.where(where)
    return _with(chosen, expressions, rows_needed=start == "m")


def _with(chosen: exp.Select, expressions: Expressions, *, rows_needed: bool) -> exp.Select:
    frame = expressions.frame
    scans = expressions.scans.relations()
    rows = [("m", frame.rows())] if rows_needed or frame.at is None else []
    preludes = frame.preludes()
    parts = [*preludes, *rows] if frame.at is not None else [*rows, *preludes]
    attributes = [(TABLE, expressions.attributes.relation())] if expressions.attributes.wanted else []
    ordered = [*scans, *attributes] if expressions.attributes.among is not None else [*attributes, *scans]
    for name, relation in [*parts, *ordered]:
        chosen = chosen.with_(name, as_=relation)
    return chosen


def required(node: n.Node, expressions: Expressions) -> frozenset[str]:
    """The relations in which a person must have a row for ``node`` to hold: they can lead instead of the whole population."""
    match node:
        case n.And(items):
            return frozenset().union(*(required(each, expressions) for each in items))
        case n.Or(items):
            return frozenset.intersection(*(required(each, expressions) for each in items))
        case n.Did():
            return _relations_of(node, expressions)
        case n.Sequence():
            return sql_tables(expressions.boolean(node))
        case n.Call(function="tagged" | "has_relation"):
            return frozenset({TABLE})
        case n.Compare(operator, left, n.Value(value=Decimal() as limit)) if _fails_for_none(operator, limit):
            return _relations_of(left, expressions)
        case n.Compare(_, left, right):
            return _missing_without(left, expressions) | _missing_without(right, expressions)
        case n.Member(item=item):
            return _missing_without(item, expressions)
    return frozenset()


def sql_tables(*expressions: SQL) -> frozenset[str]:
    return frozenset(sql.tables(*expressions) - {"m", "k"})


def _fails_for_none(operator: str, limit: Decimal) -> bool:
    """Whether 0, the count of nothing, fails the comparison."""
    match operator:
        case "==":
            return limit != 0
        case "!=":
            return limit == 0
        case ">":
            return limit >= 0
        case ">=":
            return limit > 0
        case "<":
            return limit <= 0
        case _:
            return limit < 0


def _relations_of(node: n.Node, expressions: Expressions) -> frozenset[str]:
    match node:
        case n.Did() | n.Count() | n.Aggregate() | n.Edge() | n.Streak():
            return sql_tables(*expressions.value(node).parts.values()) - {TABLE}
    return _missing_without(node, expressions)


def _missing_without(node: n.Node, expressions: Expressions) -> frozenset[str]:
    match node:
        case n.Name(scope="person", path=path) if path not in ("kind", "timezone"):
            return sql_tables(*expressions.value(node).parts.values())
        case n.Edge() | n.Aggregate(function="avg" | "min" | "max"):
            return sql_tables(*expressions.value(node).parts.values()) - {TABLE}
    return frozenset()


def horizons(node: n.Node, relations: Relations, at: int, *, check_every: int = 900) -> str:
    """SQL with a row per person: ``next`` TIMESTAMP, before which the answer of ``at`` stays (null: it stays for ever by itself).

    A condition for which no instant can be derived is to be asked again after ``check_every`` seconds.
    """
    expressions = Expressions(Frame(relations, at))
    try:
        found = horizon(node, expressions)
    except Polled:
        found = sql.timestamp(at + check_every * 1_000_000)
    return _render(expressions, [exp.alias_(found, "next", quoted=True)])
