from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yutang.kernel.clock import FixedClock, SystemClock, from_micros, to_micros
from yutang.kernel.ids import new_id


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_moment_survives_being_stored(moment):
    assert from_micros(to_micros(moment)) == moment


def test_an_offset_is_taken_into_account():
    assert to_micros(datetime(1970, 1, 1, 8, tzinfo=timezone(timedelta(hours=8)))) == 0


def test_a_naive_datetime_is_refused():
    with pytest.raises(ValueError, match="naive"):
        to_micros(datetime(2026, 1, 1))  # noqa: DTZ001


def test_a_fixed_clock_stands_until_it_is_moved():
    clock = FixedClock(5)
    clock.advance(1.5)
    assert clock.now() == 1_500_005


def test_the_systems_clock_tells_microseconds():
    assert (
        to_micros(datetime(2020, 1, 1, tzinfo=UTC))
        < SystemClock().now()
        < to_micros(datetime(2200, 1, 1, tzinfo=UTC))
    )


@given(st.lists(st.integers(min_value=0, max_value=2**54), min_size=2, unique=True))
def test_ids_sort_by_the_time_they_were_made(moments):
    ids = {moment: new_id("imp", moment) for moment in moments}
    assert sorted(moments) == sorted(moments, key=lambda moment: ids[moment])


def test_ids_of_one_instant_differ():
    assert len({new_id("x", 1) for _ in range(1000)}) == 1000
