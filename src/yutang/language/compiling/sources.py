"""Reading facts about the row's person: which rows of a relation belong to it, as of its moment.

A *row* of the question is a person (one moment for all) or a moment (each has its own); every intermediate relation has a column
``of`` that names its row, and is joined by it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlglot import exp

from yutang.language.compiling import sql
from yutang.language.compiling.sql import SQL, column
from yutang.language.relations import Relations


@dataclass(frozen=True, slots=True)
class Frame:
    """Whom the question is asked of, and when.

    ``at`` (µs) is the one moment for everybody; None: each row of ``moments`` has its own. ``only`` restricts the question to one
    person (its root). ``by_admission``: moments have ``seq``, and facts admitted later do not count.
    """

    relations: Relations
    at: int | None = None
    only: int | None = None
    by_admission: bool = False

    @property
    def now(self) -> SQL:
        return column("m", "at") if self.at is None else sql.timestamp(self.at)

    def row_of(self, table: str) -> SQL:
        """The row a fact belongs to. With many moments the facts were joined to their moments already."""
        if self.at is None:
            return column("m", "of")
        person = column(table, "person")
        return sql.coalesce(column("b", "root"), person) if self.relations.has_merges else person

    def rows(self) -> exp.Select:
        """The relation ``m``: every row with ``of``, ``person`` (its root), and for many moments all their columns."""
        if self.at is not None:
            return self._population()
        chosen = exp.select(exp.alias_(column("moments", "moment_id"), "of", quoted=True))
        known = column("people", "person").eq(column("moments", "person"))
        if not self.relations.has_merges:
            return chosen.select("moments.*").from_("moments").join("people", on=known)
        root = sql.coalesce(column("i", "root"), column("moments", "person"))
        replaced = exp.alias_(root, "person", quoted=True)
        star = exp.Star(except_=[exp.to_identifier("person", quoted=True)])
        chosen = chosen.select(exp.Column(this=star, table=exp.to_identifier("moments")), replaced)
        chosen = chosen.from_("moments").join("people", on=known)
        return chosen.join("members AS i", on=self._inside("i", "moments"), join_type="left")

    def _population(self) -> exp.Select:
        of = exp.alias_(column("people", "person"), "of", quoted=True)
        chosen = exp.select(of, column("people", "person")).from_("people")
        if self.relations.has_merges:
            chosen = chosen.join(
                "belongs AS b",
                on=exp.EQ(this=column("b", "person"), expression=column("people", "person")),
                join_type="left",
            )
            chosen = chosen.where(sql.is_null(column("b", "root")))
        if self.only is not None:
            chosen = chosen.where(column("people", "person").eq(self.only))
        return chosen

    @staticmethod
    def _inside(interval: str, moment: str) -> SQL:
        at = column(moment, "at")
        return sql.every(
            [
                column(interval, "person").eq(column(moment, "person")),
                column(interval, "since") <= at,
                column(interval, "until") > at,
            ]
        )

    def preludes(self) -> list[tuple[str, exp.Query]]:
        """Relations that reading facts needs: who belongs to whom at the moment."""
        if not self.relations.has_merges:
            return []
        if self.at is not None:
            belongs = (
                exp.select(column("members", "person"), column("members", "root"))
                .from_("members")
                .where(
                    column("members", "since") <= self.now,
                    column("members", "until") > self.now,
                    column("members", "root").neq(column("members", "person")),
                )
            )
            return [("belongs", belongs)]
        return [("hooks", self._hooks())]

    def _hooks(self) -> exp.Query:
        """Every origin of every row's person: the root itself and the others that have it at that moment."""
        own = exp.select(column("m", "of"), column("m", "person")).from_("m")
        same = sql.every(
            [
                column("i", "root").eq(column("m", "person")),
                column("i", "person").neq(column("m", "person")),
                column("i", "since") <= column("m", "at"),
                column("i", "until") > column("m", "at"),
            ]
        )
        others = exp.select(column("m", "of"), column("i", "person")).from_("m").join("members AS i", on=same)
        return own.union(others, distinct=False)

    def read(
        self,
        relation: str,
        alias: str,
        columns: Iterable[SQL],
        where: Iterable[SQL],
        joined: Iterable[str],
        *,
        after: bool = False,
    ) -> exp.Select:
        """Select ``columns`` over the facts known at the moment (``after``: those still to come) with their row as ``of``."""
        of = self.row_of(alias)
        chosen = exp.select(exp.alias_(of.copy(), "of", quoted=True), *columns)
        chosen = self._with_facts(chosen, relation, alias)
        chosen = join(chosen, joined, of=of, person=column("m", "person") if self.at is None else of)
        at = column(alias, "at")
        chosen = chosen.where((at > self.now) if after else (at <= self.now), *where)
        if self.by_admission:
            chosen = chosen.where(column(alias, "seq") <= column("m", "seq"))
        if self.relations.has_retractions:
            chosen = chosen.where(sql.negate(self._retracted(alias)))
        if self.only is not None:
            chosen = chosen.where(of.copy().eq(self.only))
        return chosen

    def _with_facts(self, chosen: exp.Select, relation: str, alias: str) -> exp.Select:
        if self.at is None:
            hooks = "hooks" if self.relations.has_merges else "m"
            chosen = chosen.from_("m")
            origin = column("m", "person")
            if hooks == "hooks":
                chosen = chosen.join("hooks AS h", on=column("h", "of").eq(column("m", "of")))
                origin = column("h", "person")
            return chosen.join(f"{relation} AS {alias}", on=column(alias, "person").eq(origin))
        chosen = chosen.from_(f"{relation} AS {alias}")
        if self.relations.has_merges:
            chosen = chosen.join(
                "belongs AS b", on=column("b", "person").eq(column(alias, "person")), join_type="left"
            )
        return chosen

    def _retracted(self, alias: str) -> SQL:
        found = (
            exp.select("1")
            .from_("retracted AS r")
            .where(column("r", "seq").eq(column(alias, "seq")), column("r", "at") <= self.now)
        )
        return exp.Exists(this=found)


def join(
    chosen: exp.Select,
    aliases: Iterable[str],
    *,
    of: SQL,
    person: SQL,
    required: frozenset[str] = frozenset(),
) -> exp.Select:
    """Join intermediate relations by their row; ``k`` is ``people``, by the row's person."""
    for alias in sorted(aliases):
        kind = "inner" if alias in required else "left"
        if alias == "k":
            chosen = chosen.join("people AS k", on=column("k", "person").eq(person.copy()), join_type="left")
        else:
            chosen = chosen.join(alias, on=column(alias, "of").eq(of.copy()), join_type=kind)
    return chosen
