"""Times, zones and calendars in SQL. Relations hold naive UTC; the wall clock is asked for only where a question needs it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlglot import exp

from yutang.language.compiling import sql
from yutang.language.compiling.sql import SQL
from yutang.language.iso import read_iso

DATE = r"\d{4}-\d{2}-\d{2}"
CLOCK = DATE + r"[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?"
OFFSET = r"(Z|[+-]\d{2}:\d{2})"
_HOUR = timedelta(hours=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_micros(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


def from_micros(micros: int) -> datetime:
    return _EPOCH + timedelta(microseconds=micros)


# -- known at compile time ---------------------------------------------------------------------------------------------


def instant_of(wall: datetime, zone: str) -> datetime:
    """The first instant that the zone's clock shows ``wall``; in a gap, the instant the clock jumps over it."""
    return wall.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def day_start(day: date, zone: str) -> datetime:
    return instant_of(datetime(day.year, day.month, day.day), zone)  # noqa: DTZ001 - instant_of gives the zone


def unit_start(unit: str, at: int, zone: str, *, ahead: int = 0) -> int:
    """First instant (µs) of the moment's hour, day, week or month in ``zone``, or of the unit ``ahead`` units later."""
    local = from_micros(at).astimezone(ZoneInfo(zone))
    if unit == "hour":
        return _hour_start(local, ahead)
    day = local.date()
    match unit:
        case "day":
            start = day + timedelta(days=ahead)
        case "week":
            start = day - timedelta(days=day.weekday()) + timedelta(weeks=ahead)
        case _:
            month = day.year * 12 + day.month - 1 + ahead
            start = date(month // 12, month % 12 + 1, 1)
    return to_micros(day_start(start, zone))


def _hour_start(local: datetime, ahead: int) -> int:
    passed = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    return to_micros(local.astimezone(UTC) - passed + ahead * _HOUR)


def parse_instant(value: str, zone: str) -> int | None:
    """The instant (µs) that an ISO text names, a date being its first instant; None where it names none."""
    read = read_iso(value)
    if read is None:
        return None
    try:
        if read.offset is None:
            return to_micros(instant_of(read.local, zone))
        return to_micros(read.local.replace(tzinfo=UTC) - read.offset)
    except OverflowError:
        return None


# -- row by row --------------------------------------------------------------------------------------------------------


def local(instant: SQL, zone: SQL) -> SQL:
    """The wall clock in ``zone`` as naive TIMESTAMP."""
    aware = sql.function("timezone", sql.text("UTC"), instant.copy())
    return sql.function("timezone", zone.copy(), aware)


def local_date(instant: SQL, zone: SQL) -> SQL:
    return sql.cast(local(instant, zone), "DATE")


_SET_BACK_MINUTES = (120, 60, 30)
"""By how much clocks have ever gone back at once."""


def instant(wall: SQL, zone: SQL) -> SQL:
    """``instant_of`` in SQL. The engine takes the later of two equal wall times; a little before may show the same."""
    naive = sql.cast(wall, "TIMESTAMP")
    found = sql.function("timezone", sql.text("UTC"), sql.function("timezone", zone.copy(), naive))
    first = exp.Case()
    for minutes in _SET_BACK_MINUTES:
        earlier = exp.Sub(this=found.copy(), expression=sql.micros(minutes * 60_000_000))
        first = first.when(exp.EQ(this=local(earlier, zone), expression=naive.copy()), earlier)
    return first.else_(found)


def _matches(value: SQL, shape: str) -> SQL:
    return sql.function("regexp_full_match", value.copy(), sql.text(shape))


def from_text(value: SQL, zone: SQL) -> SQL:
    """The instant an ISO text names, else null."""
    aware = sql.function(
        "timezone", sql.text("UTC"), exp.TryCast(this=value.copy(), to=exp.DataType.build("TIMESTAMPTZ"))
    )
    naive = exp.TryCast(this=value.copy(), to=exp.DataType.build("TIMESTAMP"))
    case = exp.Case().when(_matches(value, f"{DATE}|{CLOCK}"), instant(naive, zone))
    return case.when(_matches(value, CLOCK + OFFSET), aware)


def date_from_text(value: SQL, zone: SQL) -> SQL:
    """The calendar date an ISO text names (of a date-time: in the zone), else null."""
    plain = exp.TryCast(this=value.copy(), to=exp.DataType.build("DATE"))
    return sql.when(_matches(value, DATE), plain, local_date(from_text(value, zone), zone))


def unit_number(day: SQL, unit: str) -> SQL:
    """Consecutive numbers of calendar units: days since 1970-01-01, weeks from Monday, months."""
    days = exp.Sub(this=sql.cast(day, "DATE"), expression=sql.cast(sql.text("1970-01-01"), "DATE"))
    match unit:
        case "day":
            return days
        case "week":
            shifted = exp.Add(this=exp.paren(days), expression=sql.integer(3))
            return sql.cast(
                sql.function("floor", exp.Div(this=exp.paren(shifted), expression=sql.double(7.0))), "BIGINT"
            )
        case _:
            year = exp.Mul(this=sql.function("year", day.copy()), expression=sql.integer(12))
            return exp.Add(this=year, expression=sql.function("month", day.copy()))


def unit_start_sql(unit: str, moment: SQL, zone: SQL, *, ahead: int = 0) -> SQL:
    """``unit_start`` in SQL, for day, week and month."""
    start = sql.function("date_trunc", sql.text(unit), local(moment, zone))
    if ahead:
        step = exp.Interval(this=sql.text(str(ahead)), unit=exp.var(unit.upper()))
        start = exp.Add(this=exp.paren(start), expression=step)
    return instant(start, zone)
