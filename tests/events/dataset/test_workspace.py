"""The relations over a workspace's log and history."""

from pathlib import Path
from typing import Any

import pytest
from tests.events.history.record import EVERYTHING, FACTS, enter, erase, merge, relations, retract

from yutang.events.workspace import open_workspace
from yutang.language.relations import Needs

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_log_alone_answers(home: Path, workspace: Any) -> None:
    enter(workspace.id)
    with open_workspace(workspace.id, EVERYTHING) as data:
        rows = data.connection.execute(
            'SELECT kind, "text:o.p", "number:o.p" FROM events ORDER BY seq'
        ).fetchall()
        assert rows == [
            ("b", None, None),
            ("a", None, 1),
            ("a", None, None),
            ("a", None, None),
            ("live.x", None, None),
            ("live.y", "literal", None),
        ]
        assert data.watermark == len(FACTS)
        assert data.relations.event_types["amount"] == {"number", "text", "boolean"}
        assert data.relations.event_types["rare"] == frozenset()
        assert data.relations.trait_types["address.city"] == {"text"}
        assert data.relations.zones == {"Europe/Paris"}
        assert data.relations.zone == "Asia/Shanghai"
        assert not data.relations.has_merges
        assert not data.relations.has_retractions


def test_an_empty_workspace_has_every_relation(home: Path, workspace: Any) -> None:
    assert relations(workspace.id) == {
        key: [] for key in ["events", "attributes", "people", "members", "retracted"]
    }
    assert relations(workspace.id, Needs())["events"] == []


def test_merges_retractions_and_erasures_are_seen(home: Path, workspace: Any) -> None:
    enter(workspace.id)
    merge(workspace.id, 3, 4, at=5)
    retract(workspace.id, 1, at=50)
    erase(workspace.id, 2, at=60)
    found = relations(workspace.id)
    assert {dict(event)["person"] for event in found["events"]} == {1, 3}
    assert {row[0] for row in found["attributes"]} == {1, 3}
    assert next(row for row in found["attributes"] if row[2] == "mentor")[6:] == (None,) * 4
    assert [key for _, key in found["people"]] == ["u1", "u3", "u4"]
    assert [row[:2] for row in found["members"]] == [(4, 3)]
    assert [row[0] for row in found["retracted"]] == [1]


def test_only_what_the_moments_can_see_is_read(home: Path, workspace: Any) -> None:
    enter(workspace.id, [("event", 1, "a", second * 1_000_000, {}) for second in range(10)])
    needs = Needs(kinds=frozenset({"a"}), reach_seconds=3)
    found = relations(workspace.id, needs, earliest=5_000_000, latest=6_000_000)
    assert [dict(event)["seq"] for event in found["events"]] == [3, 4, 5, 6, 7]


def test_another_workspace_is_not_seen(home: Path, world: Any) -> None:
    enter(world.elsewhere.id)
    merge(world.elsewhere.id, 1, 2, at=5)
    retract(world.elsewhere.id, 1, at=50)
    erase(world.elsewhere.id, 3, at=60)
    enter(world.workspace.id, [("event", 3, "a", 1, {})])
    found = relations(world.workspace.id)
    assert [dict(event)["seq"] for event in found["events"]] == [1]
    assert found["attributes"] == found["members"] == found["retracted"] == []
    assert len(found["people"]) == 4


def test_prefixes_and_quotes_in_kinds_are_literal(home: Path, workspace: Any) -> None:
    kinds = ["it's.a", "it's", "it'sXa", "IT'S.a", "%.a", "_.a"]
    enter(workspace.id, [("event", 1, kind, 1, {}) for kind in kinds])
    found = relations(workspace.id, Needs(kinds=frozenset({"it's.*", "_.a"}), reach_seconds=None))
    assert {dict(event)["kind"] for event in found["events"]} == {"_.a", "it's.a"}
