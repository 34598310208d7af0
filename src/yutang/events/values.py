"""Property values and times in the one form they are stored in.

``props`` are stored as canonical JSON: keys sorted by code point, no blanks, UTF-8, a number without exponent, trailing zeros
or more than six decimals (half-even). DuckDB's JSON reads numbers as doubles, so a number of more than 15 significant digits
is written ``{"$number":"12345678901.123456"}``; that form is read back as the number it is.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any

import msgspec

from yutang.language.problem import Invalid, Problem

MAX_DEPTH = 20
MAX_KEY = 200
MAX_BYTES = 32_768
TOO_LARGE = Decimal(10) ** 12
EARLIEST = 315_532_800_000_000
"""1980-01-01T00:00:00Z in microseconds: what is older was stamped by an unset clock."""

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - naive arithmetic is exact and quick
_MICROSECOND = timedelta(microseconds=1)
_MILLIONTH = Decimal("0.000001")
_WIDE = Context(prec=60, rounding=ROUND_HALF_EVEN)
_EXACT_DIGITS = 15
_NUMBER_KEY = "$number"
_NUMBER_TEXT = re.compile(r"-?\d{1,12}(\.\d{1,6})?")
# A flat object of plain texts and numbers that a double holds and writes back as they are: nothing in it can be refused.
_SIMPLE = re.compile(
    rb'\{(?:"[^"\\$\x00-\x1f]{1,66}+": ?+'
    rb'(?:"[^"\\\x00-\x1f]*+"|(?!-?0\.000)-?+(?:[1-9]\d{0,8}+|0)(?:\.\d{0,5}[1-9])?+|true|false|null)(?:, ?+|(?=\})))*+\}'
)
_ISO = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)?)?",
    re.ASCII,
)

_plain = msgspec.json.Decoder().decode
_exact = msgspec.json.Decoder(float_hook=Decimal)
_encode = msgspec.json.Encoder(decimal_format="number", order="deterministic").encode


def canonical_props(props: dict[str, Any]) -> str:
    """The canonical text of decoded JSON. Raises ``Invalid`` with the first problem. A float stands for its shortest decimal."""
    if _NUMBER_KEY in props:
        raise _invalid("event.reserved_key", key=_NUMBER_KEY)
    return _checked(_encode(_canonical(props, 1)))


def canonical_json(raw: bytes) -> str:
    """The canonical text of an undecoded JSON object, numbers exact. Raises ``Invalid``. Several times quicker than decoding."""
    if len(raw) > 8 * MAX_BYTES:
        raise _invalid("event.props_too_long", bytes=len(raw), most=MAX_BYTES)
    if not _SIMPLE.fullmatch(raw):
        return _slowly(raw)
    try:
        value = _plain(raw)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return _slowly(raw)  # which says what is wrong
    return _checked(_encode(value))


def _slowly(raw: bytes) -> str:
    value = _decode(_exact, raw)
    if type(value) is not dict:
        raise _invalid("event.props_not_an_object")
    return canonical_props(value)


def _decode(decoder: msgspec.json.Decoder[Any], raw: bytes) -> Any:
    try:
        return decoder.decode(raw)
    except RecursionError:
        raise _invalid("event.too_deep", most=MAX_DEPTH) from None
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError) as error:
        raise _invalid("event.not_json", reason=str(error)) from None


def _checked(encoded: bytes) -> str:
    if len(encoded) > MAX_BYTES:
        raise _invalid("event.props_too_long", bytes=len(encoded), most=MAX_BYTES)
    return encoded.decode()


def _canonical(value: Any, depth: int) -> Any:
    match value:
        case None | bool():
            return value
        case str():
            return _text(value)
        case int() | float() | Decimal():
            return _number(value)
        case dict():
            return _object(value, depth)
        case list() | tuple():
            _check_depth(depth)
            return [_canonical(each, depth + 1) for each in value]
        case _:
            raise _invalid("event.not_a_value", type=type(value).__name__)


def _object(value: dict[str, Any], depth: int) -> Any:
    _check_depth(depth)
    if _NUMBER_KEY in value:
        return _wrapped_number(value)
    return {_key(name): _canonical(each, depth + 1) for name, each in value.items()}


def _wrapped_number(value: dict[str, Any]) -> Any:
    text = value[_NUMBER_KEY]
    if len(value) != 1 or not isinstance(text, str) or not _NUMBER_TEXT.fullmatch(text):
        raise _invalid("event.reserved_key", key=_NUMBER_KEY)
    return _number(Decimal(text))


def _check_depth(depth: int) -> None:
    if depth > MAX_DEPTH:
        raise _invalid("event.too_deep", most=MAX_DEPTH)


def _key(name: Any) -> str:
    if not isinstance(name, str):
        raise _invalid("event.not_a_value", type=type(name).__name__)
    if len(name) > MAX_KEY:
        raise _long_key(name)
    return _text(name)


def _long_key(name: str) -> Invalid:
    return _invalid("event.key_too_long", key=name[:20] + "…", most=MAX_KEY)


def _text(value: str) -> str:
    if "\0" in value:
        raise _invalid("event.nul")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise _invalid("event.bad_unicode") from None
    return value


def canonical_number(value: float | Decimal) -> int | Decimal:
    """The number as it is kept: an int when whole, else at most six decimals. Raises ``Invalid`` when it is out of range."""
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        raise _invalid("event.not_finite")
    if abs(number) >= TOO_LARGE:
        raise _invalid("event.number_too_large", number=f"{number:.6g}")
    rounded = number.quantize(_MILLIONTH, context=_WIDE)
    if abs(rounded) >= TOO_LARGE:
        raise _invalid("event.number_too_large", number=f"{number:.6g}")
    if rounded == rounded.to_integral_value():
        return int(rounded)
    return rounded.normalize(_WIDE)


def _number(value: float | Decimal) -> Any:
    kept = canonical_number(value)
    if isinstance(kept, Decimal) and len(kept.as_tuple().digits) > _EXACT_DIGITS:
        return {_NUMBER_KEY: format(kept, "f")}
    return kept


def parse_time(value: str | float) -> tuple[int, bool]:
    """Microseconds since 1970, and whether the text named no zone (then they are of that wall clock, still to be shifted).

    A text is a strict ISO 8601 date (its midnight) or date-time, fractions beyond microseconds are cut off. A number counts
    seconds, or from 10¹¹ milliseconds, from 10¹⁴ microseconds since 1970 UTC. Raises ``Invalid``, also for times before 1980.
    """
    if isinstance(value, str):
        micros, is_naive = _parse_iso(value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        micros, is_naive = _from_number(value), False
    else:
        raise _invalid("event.bad_time", value=_short(value))
    if micros < EARLIEST:
        raise _invalid("event.too_old", value=_short(value))
    return micros, is_naive


def _parse_iso(text: str) -> tuple[int, bool]:
    if not _ISO.fullmatch(text):
        raise _invalid("event.bad_time", value=_short(text))
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise _invalid("event.bad_time", value=_short(text)) from None
    if moment.tzinfo is None:
        return (moment - _EPOCH) // _MICROSECOND, True
    offset = moment.utcoffset() or timedelta()
    return (moment.replace(tzinfo=None) - _EPOCH - offset) // _MICROSECOND, False


def _from_number(value: float) -> int:
    if value != value or abs(value) >= 1e17:
        raise _invalid("event.bad_time", value=_short(value))
    if abs(value) < 1e11:
        return round(value * 1_000_000)
    return round(value * 1000) if abs(value) < 1e14 else round(value)


def iso_time(micros: int) -> str:
    """The canonical text of a stored time: UTC, a fraction only where there is one, ``Z``."""
    moment = datetime.fromtimestamp(micros // 1_000_000, UTC).replace(tzinfo=None)
    fraction = f".{micros % 1_000_000:06}".rstrip("0") if micros % 1_000_000 else ""
    return f"{moment.isoformat()}{fraction}Z"


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:59] + "…"


def _invalid(code: str, **params: Any) -> Invalid:
    return Invalid(Problem(code, params))
