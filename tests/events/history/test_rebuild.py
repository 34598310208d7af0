"""Facts that went into history come back as they were."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.events.history.raw import raw
from tests.events.history.record import FACTS

from yutang.events import rebuild
from yutang.events.history import listed, write_history
from yutang.events.values import canonical_props

NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=5) | st.sampled_from(
    ["a", "A", "a.b", "*", "0"]
)
NUMBERS = st.decimals(-(10**12) + 1, 10**12 - 1, places=6) | st.integers(-5, 5)
SCALARS = (
    st.none()
    | st.booleans()
    | NUMBERS
    | st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)
PROPS = st.dictionaries(NAMES, VALUES, max_size=5)


def came_back(facts: list[tuple[Any, ...]], props: list[str], limit: int) -> None:
    connection = raw(*facts)
    for seq, text in enumerate(props, start=1):
        connection.execute("UPDATE raw SET props = ? WHERE seq = ?", [text, seq])
    expected = connection.execute(
        'SELECT seq, id, fact, person, kind, epoch_us("at"), channel, source, props FROM raw ORDER BY seq'
    ).fetchall()
    files = write_history(connection, 7, "raw", now=1, column_limit=limit)
    found = [
        *rebuild.events(connection, [listed(file) for file in files if file.table == "events"]),
        *rebuild.attributes(connection, [listed(file) for file in files if file.table == "attributes"]),
    ]
    assert sorted(found) == expected


@pytest.mark.parametrize("limit", [0, 2, 200])
def test_every_kind_of_fact_comes_back(home: Path, limit: int) -> None:
    came_back(FACTS, [canonical_props(props) for *_, props in FACTS], limit)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PROPS, min_size=1, max_size=5), st.sampled_from([0, 2, 200]))
def test_any_props_come_back_as_events_and_as_traits(
    home: Path, props: list[dict[str, Any]], limit: int
) -> None:
    texts = [canonical_props(each) for each in props]
    came_back([("event", 1, "a", 1, {}) for _ in texts], texts, limit)
    came_back([("traits", 1, "", 1, {}) for _ in texts], texts, limit)
