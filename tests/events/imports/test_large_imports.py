"""A large import goes straight into history, and comes to the same as the log."""

from __future__ import annotations

from itertools import pairwise

import duckdb
import pytest

from yutang.events import bulk
from yutang.events.bulk import admit_staged, count_known
from yutang.events.lines.formats import source_of
from yutang.events.models import HistoryFile, LogEntry, Property, Retraction
from yutang.events.staging import stage
from yutang.people.models import Identity, Origin

pytestmark = pytest.mark.django_db(transaction=True)

LINES = """
{"person":"u1","kind":"order.paid","at":"2025-01-02T00:00:00Z","id":"o1","props":{"amount":1.5,"sku":"a","to":{"city":"x"}}}
{"person":"u1","kind":"order.paid","at":"2025-01-01T00:00:00Z","id":"o0","props":{"amount":12345678901.123456}}
{"person":"u2","traits":{"vip":true,"tags":["a"]}}
{"person":"u2","tag":"gold","at":"2025-01-01T00:00:00Z"}
{"person":"u2","relate":{"mentor":"u9","was":null},"at":"2025-01-01T00:00:00Z"}
{"person":"u3","kind":"page.viewed","at":"2025-01-05T00:00:00Z"}
{"person":"u3","kind":"page.viewed","at":"2025-01-05T00:00:00Z"}
{"person":"u5","kind":"page.viewed","at":"2025-01-05T00:00:00Z"}
{"merge":["u3","u4"],"at":"2025-01-06T00:00:00Z"}
{"retract":"o1","at":"2025-01-07T00:00:00Z"}
{"erase":"u5","at":"2025-01-08T00:00:00Z"}
"""


def _admit(path, workspace, clock, few, part=3):
    with duckdb.connect() as connection:
        stage(connection, [source_of(str(path))], zone="Asia/Shanghai")
        expected = count_known(connection, workspace.pk)
        outcome = admit_staged(connection, workspace.pk, clock=clock, few=few, part=part)
    assert expected.known == outcome.known
    return outcome


def _learnt(workspace):
    """All that is known besides the facts themselves."""
    pk = workspace.pk
    return (
        sorted(Origin.objects.filter(workspace_id=pk).values_list("key", "first_at", "first_id")),
        sorted(Identity.objects.filter(workspace_id=pk).values_list("namespace", "value", "origin__key")),
        sorted(Property.objects.filter(workspace_id=pk).values_list("kind", "name", "type", "count")),
        sorted(Retraction.objects.filter(workspace_id=pk).values_list("target_id", "at")),
    )


def test_history_and_log_learn_the_same(home, world, clock, tmp_path):
    path = tmp_path / "lines.jsonl"
    path.write_text(LINES)
    through_log = _admit(path, world.workspace, clock, few=1000)
    into_files = _admit(path, world.elsewhere, clock, few=0)
    assert through_log == into_files
    assert (into_files.added, into_files.kept_out) == (10, 1)
    assert _learnt(world.workspace) == _learnt(world.elsewhere)
    assert LogEntry.objects.filter(workspace_id=world.elsewhere.pk).count() == 0
    files = HistoryFile.objects.filter(workspace_id=world.elsewhere.pk)
    assert {each.table for each in files} == {"events", "attributes"}
    retraction = Retraction.objects.get(workspace_id=world.elsewhere.pk)
    assert retraction.target_seq is not None


def test_a_second_import_adds_nothing_however_the_first_one_went(home, world, clock, tmp_path):
    path = tmp_path / "lines.jsonl"
    path.write_text(LINES)
    _admit(path, world.workspace, clock, few=1000)
    _admit(path, world.elsewhere, clock, few=0)
    for workspace in (world.workspace, world.elsewhere):
        for few in (0, 1000):
            before = _learnt(workspace)
            outcome = _admit(path, workspace, clock, few=few)
            assert outcome.added == 0
            assert _learnt(workspace) == before


def test_two_large_imports_at_once_both_succeed(home, world, clock, tmp_path, together, monkeypatch):
    monkeypatch.setattr(bulk, "ATTEMPTS", 3)
    numbers = iter(range(100))

    def one():
        path = tmp_path / f"{next(numbers)}.jsonl"
        path.write_text(
            "".join(f'{{"person":"{path.stem}-{i}","kind":"a","at":"2025-01-01"}}\n' for i in range(50))
        )
        return _admit(path, world.workspace, clock, few=0, part=20)

    outcomes = together(one, 2)
    assert [each.added for each in outcomes] == [50, 50]
    files = HistoryFile.objects.filter(workspace_id=world.workspace.pk).order_by("seq_from")
    spans = [(each.seq_from, each.seq_to) for each in files]
    assert spans[0][0] == 1
    assert all(before[1] + 1 == after[0] for before, after in pairwise(spans))
    assert Origin.objects.filter(workspace_id=world.workspace.pk).count() == 100
