"""What every page may say: words, numbers, times, icons. Load with ``{% load yutang %}``.

Times are microseconds since 1970 UTC and are shown in the page's active time zone.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from yutang.web import formats, icons
from yutang.web.words import current_language, words

register = template.Library()


@register.simple_tag
def say(code: str, **params: Any) -> str:
    """The words of ``code``; whole numbers among ``params`` are written with separators."""
    lang = current_language()
    shown = {
        name: formats.number(value, lang)
        if isinstance(value, int | Decimal) and not isinstance(value, bool)
        else value
        for name, value in params.items()
    }
    if any(isinstance(value, SafeString) for value in shown.values()):  # markup of our own, such as a <time>
        escaped = {name: conditional_escape(value) for name, value in shown.items()}
        return mark_safe(words(code, **escaped))  # noqa: S308 - texts are ours, parameters are escaped
    return words(code, **shown)


@register.simple_tag
def icon(name: str) -> SafeString:
    return mark_safe(icons.drawing(name))  # noqa: S308 - our own constants


@register.simple_tag
def logo() -> SafeString:
    return mark_safe(icons.LOGO)  # noqa: S308 - our own constant


@register.simple_tag
def person_name(number: int, key: str, names: Mapping[int, str] | None) -> SafeString | str:
    """A person's name with the key behind it; the key alone where there is no name."""
    name = names.get(number) if names else None
    return format_html('{} <span class="faint">{}</span>', name, key) if name and name != key else key


@register.filter
def number(value: int | float | Decimal | None) -> str:
    return "–" if value is None else formats.number(value, current_language())


@register.filter
def percent(value: float | None) -> str:
    return "–" if value is None else formats.percent(value, current_language())


@register.filter
def filesize(value: int | None) -> str:
    return "–" if value is None else formats.size(value)


@register.filter
def took(value: float) -> str:
    return formats.seconds(value, current_language())


@register.filter
def stamp(at: int | None) -> SafeString | str:
    """A ``<time>`` to the minute, exact to the second in its title; ``–`` for none."""
    if at is None:
        return "–"
    zone = timezone.get_current_timezone()
    return _time(at, formats.stamp(at, zone))


@register.filter
def clock(at: int) -> SafeString:
    return _time(at, formats.clock(at, timezone.get_current_timezone()))


@register.filter
def day(at: int) -> str:
    return formats.day(at, timezone.get_current_timezone(), current_language())


@register.filter
def short_day(at: int) -> str:
    return formats.short_day(at, timezone.get_current_timezone(), current_language())


@register.filter
def ago(at: int | None, now: int) -> SafeString | str:
    """How long before ``now``, as a ``<time>`` with the exact time in its title."""
    if at is None:
        return "–"
    zone = timezone.get_current_timezone()
    return _time(at, formats.ago(at, now, zone, current_language()))


def _time(at: int, shown: str) -> SafeString:
    zone = timezone.get_current_timezone()
    iso = formats.moment(at, zone).isoformat(timespec="seconds")
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', iso, formats.stamp(at, zone, seconds=True), shown
    )
