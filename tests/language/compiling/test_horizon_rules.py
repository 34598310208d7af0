"""Which conditions have a next moment of change, and which must be asked again and again."""

from __future__ import annotations

import pytest

from yutang.language.compiling import is_polled
from yutang.language.parse import parse

DERIVED = [
    'count("a", within="30d") >= 3',
    'did("a", within="today")',
    'days_since(first("a")) > 30',
    '30 <= hours_since(last("a"))',
    "hour(now) >= 9 and weekday(now) <= 5",
    "is_anniversary(person.birthday)",
    'streak("a", "day") >= 7',
    'sequence("a", "b", within="1d")',
    'count("a", since=first("b")) > 1',
    'now > "2026-01-01"',
    'did("a", where=hour(it.at) == 9)',
]
POLLED = [
    'did("a", where=days_since(it.at) > 3)',
    'days_since(first("a")) > days_since(last("b"))',
    "floor(days_since(person.birthday) / 365) == 30",
    'days_since(first("a")) * 2 > 30',
    'did("a", since=now)',
]


@pytest.mark.parametrize("text", DERIVED)
def test_a_next_moment_is_derived_for(text: str) -> None:
    assert not is_polled(parse(text))


@pytest.mark.parametrize("text", POLLED)
def test_no_next_moment_is_derived_for(text: str) -> None:
    assert is_polled(parse(text))
