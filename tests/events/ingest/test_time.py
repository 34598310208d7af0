"""When a call happened, by our clock."""

import pytest
from tests.events.ingest.calls import HOUR, NOON, SECOND, fact, item, problem

AT_TEN = "2026-01-01T10:00:00+08:00"
TEN = NOON - 2 * HOUR


def test_without_a_time_it_is_now() -> None:
    assert fact(item()).at == NOON


def test_a_clients_clock_is_corrected_by_when_it_says_it_sent() -> None:
    sent = TEN + 5 * SECOND  # two hours slow: it sent now
    assert fact(item(timestamp=AT_TEN), sent_at=sent).at == NOON - 5 * SECOND


def test_an_items_own_sending_time_goes_before_the_batchs() -> None:
    said = item(timestamp=AT_TEN, sentAt="2026-01-01T10:00:01+08:00")
    assert fact(said, sent_at=TEN + HOUR).at == NOON - SECOND


def test_without_a_sending_time_or_with_a_bad_one_the_time_stands() -> None:
    assert fact(item(timestamp=AT_TEN)).at == TEN
    assert fact(item(timestamp=AT_TEN, sentAt="yesterday")).at == TEN


def test_an_original_timestamp_alone_is_corrected_and_beside_a_timestamp_already_was() -> None:
    sent = TEN + 5 * SECOND
    assert fact(item(originalTimestamp=AT_TEN), sent_at=sent).at == NOON - 5 * SECOND
    both = item(originalTimestamp="2026-01-01T09:00:00+08:00", timestamp=AT_TEN)
    assert fact(both, sent_at=sent).at == TEN


def test_a_time_without_a_zone_is_the_devices_or_the_workspaces() -> None:
    assert fact(item(timestamp="2026-01-01T10:00:00")).at == TEN
    tokyo = item(timestamp="2026-01-01T11:00:00", context={"timezone": "Asia/Tokyo"})
    nowhere = item(timestamp="2026-01-01T10:00:00", context={"timezone": "../etc/passwd"})
    assert fact(tokyo).at == TEN
    assert fact(nowhere).at == TEN


def test_numbers_are_seconds_or_milliseconds_since_1970() -> None:
    assert fact(item(timestamp=TEN // 10**6)).at == TEN
    assert fact(item(timestamp=TEN // 10**3)).at == TEN


def test_a_day_ahead_is_allowed_and_no_more() -> None:
    assert fact(item(timestamp="2026-01-02T12:00:00+08:00")).at == NOON + 24 * HOUR
    found = problem(item(timestamp="2026-01-02T12:00:00.000001+08:00"))
    assert (found.code, found.where) == ("event.too_far_ahead", "timestamp")


def test_a_clock_that_is_ahead_is_first_corrected_then_judged() -> None:
    year_ahead = "2027-01-01T12:00:00+08:00"
    assert fact(item(timestamp=year_ahead, sentAt=year_ahead)).at == NOON


@pytest.mark.parametrize(
    ("timestamp", "code"),
    [
        ("1970-01-01T00:00:00Z", "event.too_old"),
        ("1979-12-31T23:59:59Z", "event.too_old"),
        ("2100-01-01T00:00:00Z", "event.too_far_ahead"),
        ("2026-02-30", "event.bad_time"),
        ("soon", "event.bad_time"),
        (0, "event.too_old"),
        (True, "ingest.wrong_type"),
        ({"a": 1}, "ingest.wrong_type"),
    ],
)
def test_impossible_times_are_refused(timestamp: object, code: str) -> None:
    found = problem(item(timestamp=timestamp))
    assert (found.code, found.where) == (code, "timestamp")
