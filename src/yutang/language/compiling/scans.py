"""Questions over events: one scan answers all that can be answered together.

An aggregate goes into the scan of those that depend on the same earlier relations (``since=first(…)`` depends on another scan);
nearly always there is one. Sequences and streaks need an order or distinct units and have a relation of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlglot import exp

from yutang.language.compiling import sql, times
from yutang.language.compiling.sources import Frame
from yutang.language.compiling.sql import SQL, column

_ALWAYS_JOINED = frozenset({"e", "m"})


@dataclass(frozen=True, slots=True)
class Filter:
    """Which events count: the whole condition, and what of it can be said without the row: kind and earliest time (µs)."""

    kind: str
    condition: SQL
    earliest: int | None


@dataclass(slots=True)
class Scan:
    """One pass over the events after (``future``) or up to the moment."""

    name: str
    joined: frozenset[str]
    future: bool = False
    columns: dict[str, str] = field(default_factory=dict)
    filters: list[Filter] = field(default_factory=list)

    def column(self, aggregate: SQL, filter_: Filter) -> SQL:
        """The column that holds ``aggregate`` over the events that pass; equal ones are shared."""
        rendered = sql.filtered(aggregate, filter_.condition).sql("duckdb")
        if rendered not in self.columns:
            self.columns[rendered] = f"c{len(self.columns) + 1}"
            self.filters.append(filter_)
            self._expressions.append(sql.filtered(aggregate, filter_.condition))
        return column(self.name, self.columns[rendered])

    _expressions: list[SQL] = field(default_factory=list)

    def relation(self, frame: Frame) -> exp.Select:
        columns = [
            exp.alias_(each, name, quoted=True)
            for each, name in zip(self._expressions, self.columns.values(), strict=True)
        ]
        found = frame.read("events", "e", columns, prefilter(self.filters), self.joined, after=self.future)
        return found.group_by(frame.row_of("e").copy())


@dataclass(slots=True)
class Scans:
    """All intermediate relations over events, in the order in which they can be made."""

    frame: Frame
    made: dict[str, Scan | exp.Select | exp.Query] = field(default_factory=dict)
    _shared: dict[tuple[frozenset[str], bool], Scan] = field(default_factory=dict)
    _known: dict[str, str] = field(default_factory=dict)

    def column(self, aggregate: SQL, filter_: Filter, *, future: bool = False) -> SQL:
        joined = frozenset(sql.tables(aggregate, filter_.condition) - _ALWAYS_JOINED)
        scan = self._shared.get((joined, future))
        if scan is None:
            scan = Scan(self._name("x"), joined, future)
            self._shared[joined, future] = scan
            self.made[scan.name] = scan
        return scan.column(aggregate, filter_)

    def own(self, relation: exp.Query) -> str:
        """Keep a relation of its own; an equal one is shared. Returns its name."""
        rendered = relation.sql("duckdb")
        if rendered not in self._known:
            name = self._known[rendered] = self._name("y")
            self.made[name] = relation
        return self._known[rendered]

    def _name(self, letter: str) -> str:
        return f"{letter}{len(self.made) + 1}"

    def read(self, alias: str) -> bool:
        """Whether one of the relations joins ``alias``."""
        return any(
            alias in each.joined if isinstance(each, Scan) else alias in sql.tables(each)
            for each in self.made.values()
        )

    def relations(self) -> list[tuple[str, exp.Query]]:
        return [
            (name, each.relation(self.frame) if isinstance(each, Scan) else each)
            for name, each in self.made.items()
        ]


def kind_condition(kind: str) -> SQL:
    found = column("e", "kind")
    if kind.endswith(".*"):
        return sql.function("starts_with", found, sql.text(kind[:-1]))
    return found.eq(sql.text(kind))


def prefilter(filters: list[Filter]) -> list[SQL]:
    """What prunes the scan: no event outside it passes any filter."""
    exact = sorted({each.kind for each in filters if not each.kind.endswith(".*")})
    kinds: list[SQL] = [
        kind_condition(kind) for kind in sorted({each.kind for each in filters if each.kind.endswith(".*")})
    ]
    if exact:
        kinds.append(
            column("e", "kind").isin(*(sql.text(kind) for kind in exact))
            if len(exact) > 1
            else kind_condition(exact[0])
        )
    found = [sql.any_of(kinds)]
    bounds = [each.earliest for each in filters]
    if all(bound is not None for bound in bounds):
        found.append(column("e", "at") >= sql.timestamp(min(bound for bound in bounds if bound is not None)))
    return found


def sequence(frame: Frame, steps: list[Filter], within_micros: int) -> exp.Query:
    """For each row whether the steps happened in order.

    Carries, for each event that ends a chain of k steps, the latest start such a chain can have: the latest start is the one that
    leaves the most room for the rest.
    """
    joined = sql.tables(*(each.condition for each in steps)) - _ALWAYS_JOINED
    flags = [exp.alias_(each.condition.copy(), f"is{i}", quoted=True) for i, each in enumerate(steps, 1)]
    kept = [column("e", "at"), column("e", "id"), *flags]
    where = [*prefilter(steps), sql.any_of(each.condition for each in steps)]
    found: exp.Select = frame.read("events", "e", kept, where, joined)
    started = sql.when(column("q", "is1"), column("q", "at"))
    for i in range(1, len(steps) + 1):
        if i > 1:
            latest = exp.Window(
                this=sql.function("max", column("q", f"start{i - 1}")),
                partition_by=[column("q", "of")],
                order=exp.Order(
                    expressions=[
                        column("q", "at"),
                        sql.function("length", column("q", "id")),
                        column("q", "id"),
                    ]
                ),
                spec=exp.WindowSpec(
                    kind="ROWS",
                    start="UNBOUNDED",
                    start_side="PRECEDING",
                    end=sql.integer(1),
                    end_side="PRECEDING",
                ),
            )
            started = sql.when(column("q", f"is{i}"), latest)
        found = exp.select("q.*", exp.alias_(started, f"start{i}", quoted=True)).from_(found.subquery("q"))
    took = exp.Sub(this=column("q", "at"), expression=column("q", f"start{len(steps)}"))
    hit = sql.function("bool_or", sql.settled(exp.paren(took) <= sql.micros(within_micros)))
    return (
        exp.select(column("q", "of"), exp.alias_(hit, "hit", quoted=True))
        .from_(found.subquery("q"))
        .group_by(column("q", "of"))
    )


def streak(frame: Frame, filter_: Filter, unit: str, zone: SQL) -> exp.Query:
    """For each row how many consecutive units end with the moment's own."""
    joined = sql.tables(filter_.condition, zone) - _ALWAYS_JOINED
    own = times.unit_number(times.local_date(column("e", "at"), zone), unit)
    current = times.unit_number(times.local_date(frame.now, zone), unit)
    kept = [exp.alias_(own, "unit", quoted=True), exp.alias_(current, "current", quoted=True)]
    units = frame.read(
        "events", "e", kept, [*prefilter([filter_]), filter_.condition.copy()], joined
    ).distinct()
    rank = exp.Window(
        this=exp.RowNumber(),
        partition_by=[column("u", "of")],
        order=exp.Order(expressions=[exp.Ordered(this=column("u", "unit"), desc=True)]),
    )
    ranked = exp.select("u.*", exp.alias_(rank, "rank", quoted=True)).from_(units.subquery("u"))
    unbroken = (column("v", "unit") + column("v", "rank") - sql.integer(1)).eq(column("v", "current"))
    length = exp.alias_(exp.Count(this=exp.Star()), "length", quoted=True)
    return (
        exp.select(column("v", "of"), length)
        .from_(ranked.subquery("v"))
        .where(unbroken)
        .group_by(column("v", "of"))
    )
