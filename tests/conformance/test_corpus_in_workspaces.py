"""The corpus asked of workspaces: imported into the log, then again when compaction has moved all of it into history files."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest
from tests.conformance.corpus import Case, all_cases

from yutang.audiences.ask import list_workspace
from yutang.audiences.questions import read_question
from yutang.events.compaction import compact_now
from yutang.events.importing import Task, run_import
from yutang.events.lines.formats import source_of
from yutang.events.models import HistoryFile, LogEntry
from yutang.kernel.clock import FixedClock
from yutang.kernel.door import SYSTEM
from yutang.language.compiling.times import parse_instant
from yutang.workspaces.models import Workspace

pytestmark = [pytest.mark.store, pytest.mark.django_db(transaction=True)]

LATER = 1_924_992_000_000_000  # 2031-01-01, later than every line of the corpus


def _histories() -> Iterator[tuple[str, list[Case]]]:
    def history(case: Case) -> tuple[str, str]:
        return case.history.name, case.zone

    asked = sorted((case for case in all_cases() if not case.moments), key=history)
    for (name, zone), cases in groupby(asked, key=history):
        yield f"{name} {zone}", list(cases)


def _answers(workspace: Workspace, cases: list[Case]) -> dict[str, list[str]]:
    return {
        case.name: list_workspace(
            workspace.pk, read_question(case.expression), at=parse_instant(case.at or "", case.zone) or 0
        )
        for case in cases
    }


@pytest.mark.parametrize(
    "cases", [cases for _, cases in _histories()], ids=[name for name, _ in _histories()]
)
def test_log_and_history_answer_as_written(cases: list[Case], home: Path, tmp_path: Path) -> None:
    clock = FixedClock(LATER)
    workspace = Workspace.objects.create(
        name="corpus", slug="corpus", timezone=cases[0].zone, created_at=clock.now()
    )
    file = tmp_path / "lines.jsonl"
    file.write_text("\n".join(cases[0].history.lines) + "\n", encoding="utf-8")
    report = run_import(
        workspace=workspace,
        task=Task((source_of(str(file)),), zone=workspace.timezone),
        actor=SYSTEM,
        clock=clock,
    )
    assert report.refused == 0
    dated = [case for case in cases if case.at is not None]
    written = {case.name: list(case.who) for case in dated}
    assert _answers(workspace, dated) == written

    compact_now(workspace.pk, clock, everything=True)
    assert not LogEntry.objects.filter(workspace_id=workspace.pk).exists()
    assert HistoryFile.objects.filter(workspace_id=workspace.pk).exists()
    assert _answers(workspace, dated) == written
