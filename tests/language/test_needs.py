"""What a question reads."""

import pytest

from yutang.language import needs, parse


def test_every_name_is_found():
    found = needs(
        parse(
            "person.city == 'a' and tagged('vip') and has_relation('mentor') and event.amount > entry.total and event.kind == 'x'"
            " and sum('order.*', 'amount', where=it.sku == event.sku and it.channel == 'w') > 1"
            " and sequence('a', step('b', where=it.c == 1), within='1d')"
        )
    )
    assert found.kinds == {"order.*", "a", "b"}
    assert found.properties == {"amount", "sku", "c"}
    assert found.traits == {"city"}
    assert found.tags == {"vip"}
    assert found.relations == {"mentor"}
    assert found.event_properties == {"amount", "sku"}
    assert found.entry_properties == {"total"}


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("person.a == 1", 0),
        ("did('a', within='30d')", 30 * 86_400),
        ("did('a', within='30d') or did('b', within='60d')", 60 * 86_400),
        ("did('a')", None),
        ("did('a', within='1d') and did('b')", None),
        ("did('a', since='2026-01-01')", None),
        ("did('a', since='2026-01-01', within='1d')", 86_400),
        ("did('a', until=now)", None),
        ("did('a', within='1h', since=first('b'))", None),
        ("sequence('a', 'b', within='1d')", None),
        ("streak('a', 'day') > 3", None),
        ("streak('a', 'day', within='10d') > 3", 864_000),
        ("did('a', within='this_week')", 8 * 86_400),
        ("did('a', within='this_month')", 32 * 86_400),
    ],
)
def test_how_far_back_it_looks(text, seconds):
    assert needs(parse(text)).reach_seconds == seconds


def test_a_day_of_clock_changes_is_longer_than_24_hours():
    reach = needs(parse("did('a', within='today')")).reach_seconds
    assert reach is not None
    assert reach > 25 * 3600


@pytest.mark.parametrize(
    "text",
    [
        "hour(now) > 3",
        "weekday(now) > 3",
        "date(now) == 'a'",
        "is_anniversary(person.a)",
        "did('a', within='today')",
        "streak('a', 'day') > 3",
        "did('a', since='2026-01-01')",
        "did('a', until='2026-01-01T10:00')",
        "now > '2026-01-01'",
        "now in ['2026-01-01']",
        "coalesce(first('a'), person.b) > '2026-01-01'",
        "days_since(person.birthday) > 3",
        "hours_since('2026-01-01') > 3",
    ],
)
def test_whatever_depends_on_the_zone_reads_it(text):
    assert "timezone" in needs(parse(text)).traits


@pytest.mark.parametrize(
    "text",
    [
        "now > '2026-01-01T10:00:00Z'",
        "did('a', since='2026-01-01T10:00:00+08:00', within='3d')",
        "days_since(first('a')) > 3",
        "person.day == '2026-01-01'",
        "first('a') < now",
    ],
)
def test_what_does_not_depend_on_the_zone_leaves_it(text):
    assert "timezone" not in needs(parse(text)).traits
