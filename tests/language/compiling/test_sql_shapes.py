"""The shape of compiled questions, kept as text: a change of shape is seen in review before it is felt in production.

`pytest tests/language --update-golden` writes the files anew.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlglot

from yutang.language.compiling import horizons, members, moments
from yutang.language.parse import parse
from yutang.language.relations import Relations

HERE = Path(__file__).parent / "sql"
AT = 1_767_225_600_000_000  # 2026-01-01T00:00:00Z
PLAIN = Relations(
    event_types={"amount": frozenset({"number"}), "sku": frozenset({"text", "number"})},
    trait_types={"city": frozenset({"text"})},
    has_merges=False,
    has_retractions=False,
    has_zones=False,
)
FULL = Relations(
    event_types=PLAIN.event_types,
    trait_types={"city": frozenset({"text"}), "timezone": frozenset({"text"})},
    zones=frozenset({"Europe/Berlin"}),
)
SHAPES = {
    "one_scan_for_three_conditions": (
        members,
        'count("order.paid", within="90d") >= 2 and sum("order.paid", "amount", within="90d") > 500'
        ' and not did("live.entered", within="7d")',
        PLAIN,
    ),
    "traits_only_of_those_the_scan_lets_through": (
        members,
        'person.city in ["上海", "杭州"] and count("order.paid", within="90d") >= 2',
        PLAIN,
    ),
    "nobody_is_enough_asks_everybody": (members, 'count("order.paid") < 2', PLAIN),
    "two_types_of_one_property": (members, 'did("order.paid", where=it.sku == "a")', PLAIN),
    "merges_retractions_zones": (
        members,
        'did("order.paid", within="today") and person.city != "上海"',
        FULL,
    ),
    "a_window_that_begins_at_another_event": (
        members,
        'count("live.entered", since=first("order.paid")) >= 1',
        PLAIN,
    ),
    "sequence": (members, 'sequence("a", step("b", where=it.amount > 1), "c", within="7d")', PLAIN),
    "streak": (members, 'streak("a", "week") >= 3', PLAIN),
    "at_triggers": (
        moments,
        'event.amount >= 100 and count("order.paid", within="90d", where=it.sku == event.sku) == 1',
        PLAIN,
    ),
    "horizon_of_a_sliding_window": (horizons, 'count("order.paid", within="30d") >= 3', PLAIN),
    "horizon_of_days": (horizons, 'days_since(last("order.paid")) > 30', PLAIN),
}


@pytest.mark.parametrize("name", SHAPES)
def test_compiled_sql_has_the_shape_on_file(name: str, request: pytest.FixtureRequest) -> None:
    compile_, text, relations = SHAPES[name]
    node = parse(text)
    sql = compile_(node, relations) if compile_ is moments else compile_(node, relations, AT)
    pretty = f"-- {text}\n" + sqlglot.transpile(sql, read="duckdb", write="duckdb", pretty=True)[0] + "\n"
    file = HERE / f"{name}.sql"
    if request.config.getoption("--update-golden", default=False):
        file.write_text(pretty, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == pretty
