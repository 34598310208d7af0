"""A misspelt kind, trait, tag or property is told with the nearest name that there is; the answer still comes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from yutang.audiences.ask import ask_workspace
from yutang.audiences.files import staged_lines
from yutang.audiences.known import known_of_files, warnings
from yutang.audiences.questions import read_question
from yutang.events.importing import Task, run_import
from yutang.events.lines.formats import source_of
from yutang.kernel.clock import FixedClock
from yutang.kernel.door import SYSTEM

LINES = [
    '{"person": "u1", "kind": "order.paid", "at": "2026-01-01T10:00:00Z", "props": {"amount": 1}}',
    '{"person": "u1", "kind": "live.left", "at": "2026-01-01T11:00:00Z"}',
    '{"person": "u1", "traits": {"city": "上海"}}',
    '{"person": "u1", "tag": "vip", "at": "2026-01-01T10:00:00Z"}',
]
MISSPELT = {
    'did("order.payd")': ("language.unknown_kind", "order.paid"),
    'person.ctiy == "上海"': ("language.unknown_trait", "city"),
    'tagged("vpi")': ("language.unknown_tag", "vip"),
    'did("order.paid", where=it.amuont > 3)': ("language.unknown_property", "amount"),
}
RIGHT = ['did("live.left")', 'did("live.*")', 'tagged("vip") and person.city == "上海"']


@pytest.mark.parametrize("text", MISSPELT)
def test_in_files(text: str) -> None:
    question = read_question(text)
    with staged_lines(LINES) as staged:
        (told,) = warnings(question, known_of_files(staged.connection, question))
    assert (told.code, told.params["instead"]) == MISSPELT[text]


@pytest.mark.parametrize("text", RIGHT)
def test_nothing_is_told_of_names_that_are_there(text: str) -> None:
    question = read_question(text)
    with staged_lines(LINES) as staged:
        assert warnings(question, known_of_files(staged.connection, question)) == ()


@pytest.mark.store
@pytest.mark.django_db(transaction=True)
def test_in_a_workspace(workspace: Any, home: Path, tmp_path: Path, clock: FixedClock) -> None:
    file = tmp_path / "lines.jsonl"
    file.write_text("\n".join(LINES) + "\n", encoding="utf-8")
    later = FixedClock(1_800_000_000_000_000)
    run_import(workspace=workspace, task=Task((source_of(str(file)),), zone="UTC"), actor=SYSTEM, clock=later)
    for text, (code, instead) in MISSPELT.items():
        (told,) = ask_workspace(workspace.pk, text, at=later.now()).warnings
        assert (told.code, told.params["instead"]) == (code, instead)
    for text in RIGHT:
        assert ask_workspace(workspace.pk, text, at=later.now()).warnings == ()
