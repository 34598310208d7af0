"""Traits, tags and relations as of the moment: the relation ``p``, one row per person that has any."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlglot import exp

from yutang.language.compiling import sql
from yutang.language.compiling.sources import Frame
from yutang.language.compiling.sql import SQL, column
from yutang.language.compiling.typed import MISSING, Typed
from yutang.language.relations import column as _named

TABLE = "p"
_NEWEST = "arg_max_null"


@dataclass(slots=True)
class Attributes:
    """Collects which attributes the question reads, then reads them in one scan."""

    frame: Frame
    wanted: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    among: exp.Query | None = None
    """Rows (column ``of``) outside which nobody's attributes matter."""

    def trait(self, name: str) -> Typed:
        types = sorted(self.frame.relations.trait_types.get(name, ()))
        if not types:
            return MISSING
        self.wanted["trait", name] = tuple(types)
        found = column(TABLE, _named("trait", name))
        return Typed({each: sql.part(found, each) for each in types})

    def tagged(self, name: str) -> SQL:
        self.wanted["tag", name] = ("boolean",)
        return sql.settled(column(TABLE, _named("tag", name)))

    def related(self, name: str) -> SQL:
        self.wanted["relation", name] = ("text",)
        return sql.settled(column(TABLE, _named("relation", name)))

    def relation(self) -> exp.Select:
        columns = [
            exp.alias_(self._newest(area, name, types), _named(area, name), quoted=True)
            for (area, name), types in self.wanted.items()
        ]
        where = [sql.any_of(_is(area, name) for area, name in self.wanted)]
        if self.among is not None:
            where.append(exp.In(this=self.frame.row_of("a").copy(), query=self.among.subquery()))
        if not self.frame.relations.has_merges:
            finished = self.frame.read("attributes", "a", columns, where, ())
            return self._finish(finished.group_by(self.frame.row_of("a").copy()))
        return self._across_origins(columns, where)

    def _newest(self, area: str, name: str, types: tuple[str, ...]) -> SQL:
        if area == "trait":
            value: SQL = sql.struct(**{each: column("a", each) for each in types})
        else:
            value = column("a", types[0])
        return sql.filtered(sql.function(_NEWEST, value, sql.time_order("a")), _is(area, name))

    def _finish(self, newest: exp.Select) -> exp.Select:
        """Without merges a person is one origin: the newest row of it is the answer."""
        if not any(area == "relation" for area, _ in self.wanted):
            return newest
        columns = [self._presence(area, name) for area, name in self.wanted]
        return exp.select(column("o", "of"), *columns).from_(newest.subquery("o"))

    @staticmethod
    def _presence(area: str, name: str) -> SQL:
        found: SQL = column("o", _named(area, name))
        if area == "relation":
            found = sql.not_null(found)
        return exp.alias_(found, _named(area, name), quoted=True)

    def _across_origins(self, columns: list[SQL], where: list[SQL]) -> exp.Select:
        """Newest per origin first, null included; then across origins the newest that says something."""
        orders = [
            exp.alias_(
                sql.filtered(sql.function("max", sql.time_order("a")), _is(area, name)),
                "order " + _named(area, name),
                quoted=True,
            )
            for area, name in self.wanted
        ]
        of = self.frame.row_of("a")
        inner = self.frame.read("attributes", "a", [*columns, *orders], where, ())
        inner = inner.group_by(of.copy(), column("a", "person"))
        outer = [self._best(area, name, types) for (area, name), types in self.wanted.items()]
        return exp.select(column("o", "of"), *outer).from_(inner.subquery("o")).group_by(column("o", "of"))

    @staticmethod
    def _best(area: str, name: str, types: tuple[str, ...]) -> SQL:
        found = column("o", _named(area, name))
        match area:
            case "trait":
                newest = sql.function("arg_max", found, column("o", "order " + _named(area, name)))
                best = sql.filtered(newest, sql.any_of(sql.not_null(sql.part(found, each)) for each in types))
            case "tag":
                best = sql.function("bool_or", sql.settled(found))
            case _:
                best = sql.function("bool_or", sql.not_null(found))
        return exp.alias_(best, _named(area, name), quoted=True)


def _is(area: str, name: str) -> SQL:
    return sql.every([column("a", "area").eq(sql.text(area)), column("a", "name").eq(sql.text(name))])
