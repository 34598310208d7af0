"""Nodes to SQL expressions over a row: booleans that are two-valued where it matters, and values with their possible types."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from sqlglot import exp

from yutang.language import nodes as n
from yutang.language import relations
from yutang.language.compiling import functions, sql, times
from yutang.language.compiling.arithmetic import arithmetic, double_quotient, negative
from yutang.language.compiling.attributes import Attributes
from yutang.language.compiling.scans import Filter, Scans, kind_condition, sequence, streak
from yutang.language.compiling.sources import Frame
from yutang.language.compiling.sql import SQL, column
from yutang.language.compiling.typed import MISSING, Typed, compare, present
from yutang.language.durations import Duration

_UNIT_OF = {"today": "day", "this_week": "week", "this_month": "month"}
BOOLEAN_CALLS = frozenset({"is_anniversary", "contains", "startswith", "exists", "tagged", "has_relation"})


class Unsupported(Exception):
    """The compiler has no SQL for this node on this engine, or the moment has no such scope."""

    def __init__(self, node: n.Node, engine: str = "duckdb") -> None:
        super().__init__(f"{type(node).__name__} on {engine}")
        self.node = node
        self.engine = engine


@dataclass(slots=True)
class Expressions:
    """Turns nodes into SQL, and remembers which attributes and scans they read."""

    frame: Frame
    attributes: Attributes = field(init=False)
    scans: Scans = field(init=False)

    def __post_init__(self) -> None:
        self.attributes = Attributes(self.frame)
        self.scans = Scans(self.frame)

    # -- booleans ------------------------------------------------------------------------------------------------------

    def boolean(self, node: n.Node, *, strict: bool = False) -> SQL:
        """The condition. Unknown may stand for false unless ``strict``, which ``not`` and printing need."""
        found = self._boolean(node, strict=strict)
        return (
            sql.settled(found) if strict and not isinstance(node, n.And | n.Or | n.Not | n.Value) else found
        )

    def _boolean(self, node: n.Node, *, strict: bool) -> SQL:
        match node:
            case n.Value(value=bool() as value):
                return (sql.TRUE if value else sql.FALSE).copy()
            case n.And(items):
                return sql.every(self.boolean(each, strict=strict) for each in items)
            case n.Or(items):
                return sql.any_of(self.boolean(each, strict=strict) for each in items)
            case n.Not(item):
                return sql.negate(self.boolean(item, strict=True))
            case n.Compare(operator, left, right):
                return exp.paren(compare(operator, *self._sides(left, right)))
            case n.Member(item, choices, negated):
                return self._member(self.value(item), choices, negated)
            case n.Did(kind, window):
                return self._count(kind, window) > sql.integer(0)
            case n.Sequence(steps, within):
                return self._sequence(steps, within)
            case n.Call(function, arguments) if function in BOOLEAN_CALLS:
                return self._question(function, arguments)
        raise Unsupported(node)

    def _sides(self, left: n.Node, right: n.Node) -> tuple[Typed, Typed]:
        """Both values; a text literal beside a time is read as a time."""
        one, other = self.value(left), self.value(right)
        if "time" in other.parts and _is_text(left):
            one = self._literal_time(left)
        if "time" in one.parts and _is_text(right):
            other = self._literal_time(right)
        return one, other

    def _member(self, item: Typed, choices: n.Values, negated: bool) -> SQL:
        pairs = (compare("==", item, self.value(choice)) for choice in choices.items)
        found = exp.paren(sql.any_of(pairs)) if len(choices.items) < 2 else self._in(item, choices)
        if not negated:
            return found
        return sql.every([present(item), sql.negate(sql.settled(found))])

    def _in(self, item: Typed, choices: n.Values) -> SQL:
        by_type: dict[str, list[SQL]] = {}
        for choice in choices.items:
            ((type_, literal),) = self.value(choice).parts.items()
            by_type.setdefault(type_, []).append(literal)
        if "time" in item.parts:
            by_type["time"] = [
                self._literal_time(each).parts["time"] for each in choices.items if _is_text(each)
            ]
        if item.is_double:
            by_type["double"] = [sql.cast(each, "DOUBLE") for each in by_type.get("number", ())]
        tests = [
            exp.In(this=value.copy(), expressions=by_type[type_])
            for type_, value in item.parts.items()
            if by_type.get(type_)
        ]
        return exp.paren(sql.any_of(tests))

    def _sequence(self, steps: tuple[n.Step, ...], within: Duration) -> SQL:
        filters = [self.filter(step.kind, n.Window(where=step.where)) for step in steps]
        name = self.scans.own(sequence(self.frame, filters, within.seconds * 1_000_000))
        return sql.settled(column(name, "hit"))

    def _question(self, function: str, arguments: tuple[n.Node, ...]) -> SQL:
        match function, arguments:
            case "tagged", (n.Value(value=str() as name),):
                return self.attributes.tagged(name)
            case "has_relation", (n.Value(value=str() as name),):
                return self.attributes.related(name)
            case "exists", (argument,):
                return present(self.value(argument))
            case "is_anniversary", (argument,):
                return functions.is_anniversary(self.value(argument), self.frame.now, self.zone())
            case _:
                return functions.BOOLEAN[function](*(self.value(each) for each in arguments))

    # -- values --------------------------------------------------------------------------------------------------------

    def value(self, node: n.Node) -> Typed:
        match node:
            case n.Value(value=bool() as value):
                return Typed({"boolean": (sql.TRUE if value else sql.FALSE).copy()}, sure=True)
            case n.Value(value=str() as value):
                return Typed({"text": sql.text(value)}, sure=True)
            case n.Value(value=Decimal() as value):
                return Typed({"number": sql.number(value)}, sure=True)
            case n.Now():
                return Typed({"time": self.frame.now}, sure=True)
            case n.Name(scope, path):
                return self._name(node, scope, path)
            case n.Arithmetic(operator, left, right):
                return arithmetic(operator, self.value(left), self.value(right))
            case n.Negative(item):
                return negative(self.value(item))
            case n.Count(kind, window):
                return Typed({"number": self._count(kind, window)}, sure=True)
            case n.Aggregate():
                return self._aggregate(node)
            case n.Edge():
                return self._edge(node)
            case n.Streak(kind, unit, window):
                name = self.scans.own(streak(self.frame, self.filter(kind, window), unit, self.zone()))
                return Typed({"number": sql.coalesce(column(name, "length"), sql.integer(0))}, sure=True)
            case n.Call(function, arguments) if function not in BOOLEAN_CALLS:
                return self._call(function, arguments)
        found = exp.paren(self.boolean(node, strict=not self._may_miss(node)))
        return Typed({"boolean": found}, sure=not self._may_miss(node))

    @staticmethod
    def _may_miss(node: n.Node) -> bool:
        """Conditions are true or false, never missing; but a function of a missing value is missing, a boolean one too."""
        return isinstance(node, n.Call) and node.function in ("is_anniversary", "contains", "startswith")

    def _name(self, node: n.Node, scope: str, path: str) -> Typed:
        match scope:
            case "person":
                return self._trait(path)
            case "it":
                return self._property("e", "", path)
            case "event" | "entry" if self.frame.at is None:
                return self._property("m", f"{scope}.", path)
        raise Unsupported(node)

    def _trait(self, path: str) -> Typed:
        if path == "timezone":
            return Typed({"text": self.zone()}, sure=True)
        found = self.attributes.trait(path)
        if path != "kind":
            return found
        customer = sql.text("customer")
        others = [value for type_, value in found.parts.items() if type_ != "text"]
        written = sql.coalesce(*(each for each in [found.get("text"), customer] if each is not None))
        if others:
            written = sql.when(sql.every(sql.is_null(each) for each in others), written)
        return Typed({**found.parts, "text": written}, sure=True)

    def _property(self, table: str, prefix: str, path: str) -> Typed:
        match path:
            case "at":
                return Typed({"time": column(table, f"{prefix}at")}, sure=True)
            case "kind" | "channel" | "source":
                return Typed({"text": column(table, f"{prefix}{path}")})
        types = sorted(self.frame.relations.event_types.get(path, ()))
        return Typed({each: column(table, prefix + relations.column(each, path)) for each in types})

    # -- over events ---------------------------------------------------------------------------------------------------

    def _count(self, kind: str, window: n.Window) -> SQL:
        counted = self.scans.column(exp.Count(this=exp.Star()), self.filter(kind, window))
        return sql.coalesce(counted, sql.integer(0))

    def _aggregate(self, node: n.Aggregate) -> Typed:
        filter_ = self.filter(node.kind, node.window)
        found = self._property("e", "", node.property)
        if node.function == "distinct":
            return self._distinct(found, filter_)
        number = found.get("number")
        if number is None:
            return Typed({"number": sql.integer(0)}, sure=True) if node.function == "sum" else MISSING
        if node.function == "avg":
            total = self.scans.column(sql.function("sum", number.copy()), filter_)
            many = self.scans.column(exp.Count(this=number.copy()), filter_)
            return Typed({"double": double_quotient(total, many)})
        answer = self.scans.column(sql.function(node.function, number.copy()), filter_)
        if node.function == "sum":
            return Typed({"number": sql.coalesce(answer, sql.integer(0))}, sure=True)
        return Typed({"number": answer})

    def _distinct(self, found: Typed, filter_: Filter) -> Typed:
        total: SQL = sql.integer(0)
        for type_, value in found.parts.items():
            if type_ != "list":
                different = exp.Count(this=exp.Distinct(expressions=[value.copy()]))
                counted = sql.coalesce(self.scans.column(different, filter_), sql.integer(0))
                total = counted if isinstance(total, exp.Literal) else total + counted
        return Typed({"number": exp.paren(total)}, sure=True)

    def _edge(self, node: n.Edge) -> Typed:
        filter_ = self.filter(node.kind, node.window)
        if node.property is None:
            pick = "min" if node.function == "first" else "max"
            return Typed({"time": self.scans.column(sql.function(pick, column("e", "at")), filter_)})
        found = self._property("e", "", node.property)
        if not found.parts:
            return MISSING
        pick = "arg_min_null" if node.function == "first" else "arg_max_null"
        chosen = sql.function(pick, sql.struct(**found.parts), sql.time_order("e"))
        answer = self.scans.column(chosen, filter_)
        return Typed({each: sql.part(answer, each) for each in found.parts})

    def filter(self, kind: str, window: n.Window) -> Filter:
        at = column("e", "at")
        conditions = [kind_condition(kind)]
        earliest: int | None = None
        match window.within:
            case Duration() as duration if self.frame.at is not None:
                earliest = self.frame.at - duration.seconds * 1_000_000
                conditions.append(at > sql.timestamp(earliest))
            case Duration() as duration:
                conditions.append(at > exp.paren(self.frame.now - sql.micros(duration.seconds * 1_000_000)))
            case str() as calendar:
                conditions.append(at >= self.unit_start(_UNIT_OF[calendar]))
                earliest = self._earliest_start(_UNIT_OF[calendar])
        if window.since is not None:
            conditions.append(at >= self.bound(window.since))
        if window.until is not None:
            conditions.append(at < self.bound(window.until))
        if window.where is not None:
            conditions.append(self.boolean(window.where))
        return Filter(kind, sql.every(conditions), earliest)

    def bound(self, node: n.Node) -> SQL:
        """A window's bound, a time; a missing one makes the window empty."""
        found = self._literal_time(node) if _is_text(node) else self.value(node)
        return functions.as_time(found, self.zone)

    # -- time ----------------------------------------------------------------------------------------------------------

    def zone(self) -> SQL:
        """The person's zone: the trait where it names one, else the workspace's."""
        offered = self.frame.relations
        default = sql.text(offered.zone)
        if not offered.has_zones or not offered.zones:
            return default
        written = self.attributes.trait("timezone").get("text")
        if written is None:
            return default
        known = exp.In(this=written.copy(), expressions=[sql.text(each) for each in sorted(offered.zones)])
        return sql.when(known, written, default)

    def unit_start(self, unit: str, *, ahead: int = 0) -> SQL:
        """First instant of the moment's unit (or a later one) in the person's zone."""
        zone = self.zone()
        if self.frame.at is None:
            return times.unit_start_sql(unit, self.frame.now, zone, ahead=ahead)
        return self._by_zone(lambda name: times.unit_start(unit, self._at, name, ahead=ahead))

    def _by_zone(self, instant: functions.Instant) -> SQL:
        """A literal instant, or one for each zone that somebody is in."""
        offered = self.frame.relations
        usual = sql.timestamp(instant(offered.zone))
        if isinstance(zone := self.zone(), exp.Literal):
            return usual
        case = exp.Case(this=zone.copy())
        for name in sorted(offered.zones):
            case = case.when(sql.text(name), sql.timestamp(instant(name)))
        return case.else_(usual)

    @property
    def _at(self) -> int:
        assert self.frame.at is not None
        return self.frame.at

    def _earliest_start(self, unit: str) -> int | None:
        if self.frame.at is None:
            return None
        offered = self.frame.relations
        return min(times.unit_start(unit, self.frame.at, zone) for zone in {offered.zone, *offered.zones})

    def _literal_time(self, node: n.Node) -> Typed:
        assert isinstance(node, n.Value)
        assert isinstance(node.value, str)
        written = node.value
        if times.parse_instant(written, self.frame.relations.zone) is None:
            return MISSING
        instant = self._by_zone(lambda zone: times.parse_instant(written, zone) or 0)
        return Typed({"time": instant}, sure=True)

    # -- functions -----------------------------------------------------------------------------------------------------

    def _call(self, function: str, arguments: tuple[n.Node, ...]) -> Typed:
        if function == "hash_bucket":
            return functions.hash_bucket(self.frame, arguments)
        values = [self.value(each) for each in arguments]
        if function in functions.TIMED:
            return functions.TIMED[function](values[0], self.frame.now, self.zone)
        return functions.VALUES[function](*values)


def _is_text(node: n.Node) -> bool:
    return isinstance(node, n.Value) and isinstance(node.value, str)
