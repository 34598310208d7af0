"""How long the texts around a fact may be. Every check raises ``Invalid``."""

from __future__ import annotations

from yutang.events.lines.batch import MAX_KIND, MAX_TEXT
from yutang.language.problem import Invalid, Problem


def check_id(value: str, field: str) -> None:
    _check(value, field, MAX_TEXT)


def check_name(value: str, field: str = "tag") -> None:
    _check(value, field, MAX_KIND)


def check_short(value: str | None, field: str) -> None:
    if value:
        _check(value, field, MAX_KIND)


def _check(value: str, field: str, most: int) -> None:
    if not value:
        raise Invalid(Problem("event.field_empty", {"field": field}))
    if len(value) > most:
        raise Invalid(Problem("event.field_too_long", {"field": field, "most": most}))
    if "\0" in value:
        raise Invalid(Problem("event.nul"))
