"""However lines are ordered or cut into files, the staged facts are the same."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.events.lines.reading import staged, write

from yutang.events.values import parse_time


def _micros(text: str) -> int:
    return parse_time(text)[0]


def test_equal_lines_stay_as_many_as_they_are_and_the_same_file_gives_the_same_ids(tmp_path):
    line = '{"person":"u1","kind":"a","at":"2026-01-01","props":{"a":1}}\n'
    other = '{"kind":"a", "person":"u1", "props":{"a":1.0},"at":"2026-01-01"}\n'
    facts, _ = staged(write(tmp_path, "a.jsonl", line * 2 + other))
    again, _ = staged(write(tmp_path, "renamed.jsonl", other + line * 2))
    assert len({each["id"] for each in facts}) == 3
    assert facts == again
    more, _ = staged(write(tmp_path, "more.jsonl", line * 4))
    assert {each["id"] for each in facts} < {each["id"] for each in more}


def test_shops_are_told_apart_by_source_name(tmp_path):
    path = write(tmp_path, "a.jsonl", '{"person":"u1","kind":"a","at":"2026-01-01"}\n')
    here, _ = staged(path)
    there, _ = staged(path, source_name="north")
    assert here[0]["id"] != there[0]["id"]


def test_of_lines_with_one_id_the_first_in_time_then_in_text_counts(tmp_path):
    lines = [
        '{"person":"u1","kind":"b","at":"2026-01-01T00:00:00Z","id":"x"}',
        '{"person":"u1","kind":"a","at":"2026-01-01T08:00:00+08:00","id":"x"}',
        '{"person":"u1","kind":"0","at":"2026-01-02T00:00:00Z","id":"x"}',
    ]
    for each in (lines, lines[::-1]):
        facts, _ = staged(write(tmp_path, "a.jsonl", "\n".join(each)))
        assert [fact["kind"] for fact in facts] == ["a"]


@pytest.mark.parametrize(
    ("shown", "zone"),
    [
        ("2026-01-01T00:00:00", "Asia/Shanghai"),
        ("2025-10-26T02:30:00", "Europe/Berlin"),
        ("2025-03-30T02:30:00", "Europe/Berlin"),
        ("2025-03-30T03:00:00", "Europe/Berlin"),
        ("2025-10-26T03:00:00", "Europe/Berlin"),
        ("1986-05-04T02:30:00", "Asia/Shanghai"),
        ("2025-04-06T01:45:00", "Australia/Lord_Howe"),
        ("2099-07-01T12:00:00", "America/New_York"),
        ("1980-02-01T12:00:00", "America/New_York"),
    ],
)
def test_a_naive_time_is_of_the_zones_clock_the_first_of_two(tmp_path, shown, zone):
    facts, _ = staged(write(tmp_path, "a.jsonl", f'{{"person":"u1","kind":"a","at":"{shown}"}}'), zone=zone)
    expected = datetime.fromisoformat(shown).replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)
    assert facts[0]["at"] == round(expected.timestamp() * 1_000_000)


def test_a_persons_newest_zone_counts_for_all_their_naive_times(tmp_path):
    lines = [
        '{"person":"u1","kind":"a","at":"2026-01-01T00:00:00"}',
        '{"person":"u1","kind":"b","at":"2026-01-01T00:00:00Z"}',
        '{"person":"u1","traits":{"timezone":"Asia/Tokyo"},"at":"2025-01-01"}',
        '{"person":"u1","traits":{"timezone":"America/New_York"},"at":"2025-06-01"}',
        '{"person":"u2","kind":"a","at":"2026-01-01T00:00:00"}',
        '{"person":"u3","kind":"a","at":"2026-01-01T00:00:00"}',
        '{"person":"u3","traits":{"timezone":"Mars/Base"}}',
        '{"merge":["u1","u2"],"at":"2026-01-01T00:00:00"}',
    ]
    facts, _ = staged(write(tmp_path, "a.jsonl", "\n".join(lines)), zone="Asia/Shanghai")
    at = {(each["fact"], each["who"], each["kind"]): each["at"] for each in facts}
    assert at["event", "u1", "a"] == _micros("2026-01-01T05:00:00Z")
    assert at["event", "u1", "b"] == _micros("2026-01-01T00:00:00Z")
    assert (
        at["event", "u2", "a"]
        == at["event", "u3", "a"]
        == at["merge", "u1", ""]
        == _micros("2025-12-31T16:00:00Z")
    )


def test_an_id_does_not_depend_on_where_the_person_lives(tmp_path):
    line = '{"person":"u1","kind":"a","at":"2026-01-01T00:00:00"}\n'
    before, _ = staged(write(tmp_path, "a.jsonl", line))
    after, _ = staged(
        write(tmp_path, "b.jsonl", line + '{"person":"u1","traits":{"timezone":"Asia/Tokyo"},"id":"t"}')
    )
    assert before[0]["id"] in {each["id"] for each in after}


_LINES = st.sampled_from(
    [
        '{"person":"u1","kind":"a","at":"2026-01-01"}',
        '{"person":"u1","kind":"a","at":"2026-01-01","props":{"n":1}}',
        '{"person":"u1","kind":"b","at":"2026-01-01T00:00:00Z","id":"x"}',
        '{"person":"u2","kind":"a","at":"2026-01-01T00:00:00Z","id":"x"}',
        '{"person":"u2","kind":"a","at":"2025-01-01T00:00:00Z","id":"x","channel":"c"}',
        '{"person":"u1","traits":{"timezone":"Asia/Tokyo"}}',
        '{"person":"u1","traits":{"timezone":"Europe/Berlin"},"at":"2025-01-01"}',
        '{"person":"u1","kind":',
    ]
)


@settings(
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(st.lists(_LINES, max_size=12), st.integers(0, 2**32), st.integers(0, 12))
def test_no_order_and_no_cut_into_files_changes_anything(tmp_path, lines, seed, cut):
    shuffled = list(lines)
    random.Random(seed).shuffle(shuffled)
    whole, report = staged(write(tmp_path, "a.jsonl", "\n".join(lines)))
    parts = [
        write(tmp_path, "b.jsonl", "\n".join(shuffled[:cut])),
        write(tmp_path, "c.jsonl", "\n".join(shuffled[cut:])),
    ]
    again, second = staged(parts)
    assert again == whole
    assert second.refused == report.refused
