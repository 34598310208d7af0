"""The language's functions in SQL, as tables: a gap is a missing row, found when the question is compiled."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from sqlglot import exp

from yutang.language import nodes as n
from yutang.language.compiling import sql, times
from yutang.language.compiling.arithmetic import rounded
from yutang.language.compiling.sources import Frame
from yutang.language.compiling.sql import SQL, column
from yutang.language.compiling.typed import MISSING, Typed, merged

Instant = Callable[[str], int]
Zone = Callable[[], SQL]
_HASH_DIGITS = 15  # 60 bits


def as_time(value: Typed, zone: Zone) -> SQL:
    """The instant: a time, or a text that names one in ISO 8601; anything else is missing."""
    found = [each for each in (value.get("time"), _parsed(value, zone)) if each is not None]
    return sql.coalesce(*found) if found else sql.cast(sql.NULL, "TIMESTAMP")


def _parsed(value: Typed, zone: Zone) -> SQL | None:
    written = value.get("text")
    return None if written is None else times.from_text(written, zone())


def _as_date(value: Typed, zone: SQL) -> SQL:
    found: list[SQL] = []
    if (moment := value.get("time")) is not None:
        found.append(times.local_date(moment, zone))
    if (written := value.get("text")) is not None:
        found.append(times.date_from_text(written, zone))
    return sql.coalesce(*found) if found else sql.cast(sql.NULL, "DATE")


# -- time --------------------------------------------------------------------------------------------------------------


def _since(unit_micros: float) -> Callable[[Typed, SQL, Zone], Typed]:
    def since(value: Typed, now: SQL, zone: Zone) -> Typed:
        passed = exp.Sub(
            this=sql.function("epoch_us", now), expression=sql.function("epoch_us", as_time(value, zone))
        )
        return Typed(
            {
                "double": rounded(
                    exp.Div(this=sql.cast(exp.paren(passed), "DOUBLE"), expression=sql.double(unit_micros))
                )
            }
        )

    return since


def _hour(value: Typed, _now: SQL, zone: Zone) -> Typed:
    return Typed({"number": sql.function("hour", times.local(as_time(value, zone), zone()))})


def _weekday(value: Typed, _now: SQL, zone: Zone) -> Typed:
    return Typed({"number": sql.function("isodow", _as_date(value, zone()))})


def _date(value: Typed, _now: SQL, zone: Zone) -> Typed:
    return Typed({"text": sql.function("strftime", _as_date(value, zone()), sql.text("%Y-%m-%d"))})


TIMED: dict[str, Callable[[Typed, SQL, Zone], Typed]] = {
    "days_since": _since(86_400e6),
    "hours_since": _since(3_600e6),
    "hour": _hour,
    "weekday": _weekday,
    "date": _date,
}


def part(name: str, day: SQL) -> SQL:
    return sql.function(name, day.copy())


def is_anniversary(value: Typed, now: SQL, zone: SQL) -> SQL:
    born, today = _as_date(value, zone), times.local_date(now, zone)
    same = sql.every([part("month", born).eq(part("month", today)), part("day", born).eq(part("day", today))])
    leapling = sql.every([part("month", born).eq(2), part("day", born).eq(29)])
    last = sql.every(
        [part("month", today).eq(2), part("day", today).eq(28), part("day", part("last_day", today)).eq(28)]
    )
    return sql.every(
        [part("year", today) > part("year", born), sql.any_of([same, sql.every([leapling, last])])]
    )


# -- texts and lists ---------------------------------------------------------------------------------------------------


def _contains(whole: Typed, piece: Typed) -> SQL:
    found: list[SQL] = []
    if (text := whole.get("text")) is not None and (sought := piece.get("text")) is not None:
        found.append(sql.function("contains", text.copy(), sought.copy()))
    if (items := whole.get("list")) is not None:
        found.extend(_has_item(items, type_, sought) for type_, sought in piece.parts.items())
    return sql.coalesce(*found) if found else sql.cast(sql.NULL, "BOOLEAN")


_JSON_TYPES = {
    "text": ("VARCHAR",),
    "boolean": ("BOOLEAN",),
    "number": ("UBIGINT", "BIGINT", "DOUBLE", "HUGEINT", "UHUGEINT"),
    "double": ("UBIGINT", "BIGINT", "DOUBLE", "HUGEINT", "UHUGEINT"),
}
_READ_AS = {"text": "VARCHAR", "boolean": "BOOLEAN", "number": "DECIMAL(18, 6)", "double": "DOUBLE"}


def _has_item(items: SQL, type_: str, sought: SQL) -> SQL:
    """Whether a JSON list has an element of that type and value; null when the list or the value is."""
    if type_ not in _JSON_TYPES:
        return sql.cast(sql.NULL, "BOOLEAN")
    item = exp.column("item", quoted=True)
    is_type: SQL = sql.function("json_type", item).isin(*(sql.text(each) for each in _JSON_TYPES[type_]))
    read = sql.function("json_extract_string", item.copy(), sql.text("$"))
    if type_ == "number":
        exact = sql.function("json_extract_string", item.copy(), sql.text('$."$number"'))
        is_type = exp.or_(is_type, sql.not_null(exact))
        read = sql.coalesce(exact, read)
    equal = exp.TryCast(this=read, to=exp.DataType.build(_READ_AS[type_], dialect="duckdb")).eq(sought.copy())
    each = exp.Lambda(
        this=exp.and_(exp.paren(is_type), equal), expressions=[exp.to_identifier("item", quoted=True)]
    )
    hits = sql.function("list_filter", sql.cast(items, "JSON[]"), each)
    return sql.when(sql.not_null(sought), sql.function("len", hits) > sql.integer(0))


def _startswith(whole: Typed, piece: Typed) -> SQL:
    text, sought = whole.get("text"), piece.get("text")
    if text is None or sought is None:
        return sql.cast(sql.NULL, "BOOLEAN")
    return sql.function("starts_with", text.copy(), sought.copy())


BOOLEAN: dict[str, Callable[[Typed, Typed], SQL]] = {"contains": _contains, "startswith": _startswith}


def _lower(value: Typed) -> Typed:
    text = value.get("text")
    return MISSING if text is None else Typed({"text": sql.function("lower", text.copy())})


def _len(value: Typed) -> Typed:
    found: list[SQL] = []
    if (text := value.get("text")) is not None:
        found.append(sql.function("length", text.copy()))
    if (items := value.get("list")) is not None:
        found.append(sql.cast(sql.function("json_array_length", items.copy()), "BIGINT"))
    return Typed({"number": sql.coalesce(*found)}) if found else MISSING


# -- numbers -----------------------------------------------------------------------------------------------------------


def _apart(value: Typed, exactly: Callable[[SQL], SQL], inexactly: Callable[[SQL], SQL]) -> Typed:
    """An exact number stays exact, a double a double."""
    parts: dict[str, SQL] = {}
    if (exact := value.as_exact()) is not None:
        parts["number"] = sql.cast(exactly(exact), "DECIMAL(38, 6)")
    if (inexact := value.get("double")) is not None:
        parts["double"] = sql.cast(inexactly(inexact.copy()), "DOUBLE")
    return Typed(parts)


def _abs(value: Typed) -> Typed:
    absolute = partial(sql.function, "abs")
    return _apart(value, absolute, absolute)


def _floor(value: Typed) -> Typed:
    floor = partial(sql.function, "floor")
    return _apart(value, floor, floor)


def _printed(inexact: SQL) -> SQL:
    """A double as the decimal it prints as; a direct cast would multiply it first and lose its last digits."""
    return sql.function("TRY", sql.cast(sql.cast(inexact, "VARCHAR"), "DECIMAL(38, 9)"))


def _round(value: Typed, places: Typed | None = None) -> Typed:
    to = places.parts["number"] if places is not None else sql.integer(0)

    def even(each: SQL) -> SQL:
        return sql.function("round_even", each, to.copy())

    return _apart(value, even, lambda each: even(_printed(each)))


def _coalesce(*values: Typed) -> Typed:
    return merged(list(values))


VALUES: dict[str, Callable[..., Typed]] = {
    "lower": _lower,
    "len": _len,
    "abs": _abs,
    "floor": _floor,
    "round": _round,
    "coalesce": _coalesce,
}


# -- chance ------------------------------------------------------------------------------------------------------------


def hash_bucket(frame: Frame, arguments: tuple[n.Node, ...]) -> Typed:
    """The first 60 bits of sha256(salt, 0x1f, key of the oldest origin) modulo n: the same for life, on every engine."""
    match arguments:
        case (n.Value(value=str() as salt), n.Value(value=buckets)):
            salted = sql.function("concat", sql.text(salt + "\x1f"), column("k", "key"))
            digits = sql.function(
                "substr", sql.function("sha256", salted), sql.integer(1), sql.integer(_HASH_DIGITS)
            )
            bits = sql.cast(sql.function("concat", sql.text("0x"), digits), "BIGINT")
            return Typed({"number": exp.Mod(this=bits, expression=sql.integer(int(buckets)))})
    raise ValueError(arguments)
