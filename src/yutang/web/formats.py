"""Numbers, times and sizes as the reader writes them. Times in are microseconds since 1970 UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal

from babel import Locale
from babel.dates import format_date, format_skeleton, format_timedelta
from babel.numbers import format_decimal, format_percent

LOCALES = {"zh": Locale.parse("zh_Hans_CN"), "en": Locale.parse("en")}
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SIZES = ("B", "kB", "MB", "GB", "TB")
SECOND = 1_000_000


def moment(at: int, zone: tzinfo) -> datetime:
    return (EPOCH + timedelta(microseconds=at)).astimezone(zone)


def number(value: int | float | Decimal, lang: str) -> str:
    """``23,570``; at most six decimals, none that say nothing."""
    return format_decimal(value, format="#,##0.######", locale=LOCALES[lang])


def percent(share: float, lang: str) -> str:
    """``12.4%`` of a share between 0 and 1; what is not nothing never shows as 0%."""
    if 0 < share < 0.001:
        return "<0.1%"
    return format_percent(share, format="0.#%", locale=LOCALES[lang])


def size(count: int) -> str:
    """``1.4 MB``: decimal units, one digit after the point from kB on."""
    value, unit = float(count), 0
    while value >= 999.95 and unit < len(SIZES) - 1:
        value, unit = value / 1000, unit + 1
    return f"{value:.0f} B" if unit == 0 else f"{value:.1f} {SIZES[unit]}"


def stamp(at: int, zone: tzinfo, *, seconds: bool = False) -> str:
    """``2026-01-31 09:05``, the same in both languages so that columns align."""
    return moment(at, zone).strftime("%Y-%m-%d %H:%M:%S" if seconds else "%Y-%m-%d %H:%M")


def clock(at: int, zone: tzinfo) -> str:
    return moment(at, zone).strftime("%H:%M")


def day(at: int, zone: tzinfo, lang: str) -> str:
    """A heading: ``2026年1月31日星期六``, ``Saturday, 31 January 2026``."""
    pattern = "y年M月d日 EEEE" if lang == "zh" else "EEEE, d MMMM y"
    return format_date(moment(at, zone).date(), format=pattern, locale=LOCALES[lang])


def short_day(at: int, zone: tzinfo, lang: str) -> str:
    """``1月31日``, ``31 Jan``."""
    return format_skeleton("MMMd", moment(at, zone), locale=LOCALES[lang])


def ago(at: int, now: int, zone: tzinfo, lang: str) -> str:
    """``3小时前`` within thirty days of ``now``, the date beyond."""
    gap = now - at
    if 0 <= gap < 45 * SECOND:
        return "刚刚" if lang == "zh" else "just now"
    if abs(gap) > 30 * 86_400 * SECOND:
        return moment(at, zone).strftime("%Y-%m-%d")
    return format_timedelta(
        timedelta(microseconds=-gap), add_direction=True, threshold=1.2, locale=LOCALES[lang]
    )


def seconds(value: float, lang: str) -> str:
    """A time taken: ``12 毫秒``, ``1.3 s``."""
    if value < 1:
        return f"{max(1, round(value * 1000))} {'毫秒' if lang == 'zh' else 'ms'}"
    return f"{value:.1f} {'秒' if lang == 'zh' else 's'}"
