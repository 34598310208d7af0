"""Times are strict ISO 8601, in microseconds; one without a zone is said to be so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yutang.events.values import EARLIEST, iso_time, parse_time
from yutang.language.problem import Invalid

NEW_YEAR = 1_767_225_600_000_000


@pytest.mark.parametrize(
    ("text", "micros", "is_naive"),
    [
        ("2026-01-01T00:00:00Z", NEW_YEAR, False),
        ("2026-01-01T08:00:00+08:00", NEW_YEAR, False),
        ("2026-01-01T00:00:00.123456789Z", NEW_YEAR + 123_456, False),
        ("2026-01-01T00:00:00.5Z", NEW_YEAR + 500_000, False),
        ("2026-01-01", NEW_YEAR, True),
        ("2026-01-01 00:00", NEW_YEAR, True),
        ("2026-01-01T00:00:00", NEW_YEAR, True),
        (1_767_225_600, NEW_YEAR, False),
        (1_767_225_600_000, NEW_YEAR, False),
        (1_767_225_600.5, NEW_YEAR + 500_000, False),
    ],
)
def test_a_time_is_read(text, micros, is_naive):
    assert parse_time(text) == (micros, is_naive)


@pytest.mark.parametrize(
    "text",
    ["", "20260101", "2026-02-30", "2026-1-1", "2026-01-01T24:00:00Z", "2026-01-01T10:00:60Z", "2026-01-01T10:00+8", "now",
     "2026-W01-1", "2026-01-01t10:00:00z", "2026-01-01T10:00:00,5Z", "２０２６-01-01", True, None, float("nan"), 1e30],
)  # fmt: skip
def test_anything_else_is_not_a_time(text):
    with pytest.raises(Invalid) as refused:
        parse_time(text)
    assert refused.value.problems[0].code == "event.bad_time"


@pytest.mark.parametrize("text", ["1970-01-01T00:00:00Z", "1979-12-31T23:59:59Z", 0])
def test_a_time_before_1980_is_an_unset_clock(text):
    with pytest.raises(Invalid) as refused:
        parse_time(text)
    assert refused.value.problems[0].code == "event.too_old"


@given(st.integers(EARLIEST, 4_000_000_000_000_000))
def test_a_stored_time_is_written_and_read_back(micros):
    assert parse_time(iso_time(micros)) == (micros, False)
