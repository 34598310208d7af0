from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.process
PLAN = ("--people", "30", "--days", "20", "--seed", "3", "--end", "2026-03-31")


def test_it_writes_the_same_lines_to_a_file_and_to_standard_output(
    run_yutang: Callable[..., Any], tmp_path: Path
) -> None:
    file = tmp_path / "pond.jsonl"
    assert run_yutang("simulate", "--to", file, *PLAN).code == 0
    shown = run_yutang("simulate", "--to", "-", *PLAN)
    assert shown.out == file.read_text(encoding="utf-8")
    assert shown.out.count('"friend.added"') > 20


def test_what_it_writes_can_be_asked(run_yutang: Callable[..., Any], tmp_path: Path) -> None:
    file = tmp_path / "pond.jsonl"
    run_yutang("simulate", "--to", file, *PLAN)
    asked = run_yutang("ask", 'did("friend.added")', "--events", file)
    assert asked.code == 0, asked.err
    assert len(asked.out.splitlines()) > 20


@pytest.mark.store
def test_the_same_plan_again_adds_nothing_to_a_home(
    run_yutang: Callable[..., Any], installation: Any
) -> None:
    first = run_yutang("simulate", "--json", *PLAN, env=installation.environment)
    assert first.code == 0, first.err
    again = run_yutang("simulate", "--json", *PLAN, env=installation.environment)
    assert first.json["added"] == first.json["lines"] > 0
    assert (again.json["added"], again.json["known"]) == (0, first.json["lines"])


def test_an_end_that_is_no_time_is_refused_with_an_example(run_yutang: Callable[..., Any]) -> None:
    done = run_yutang("simulate", "--to", "-", "--end", "soon")
    assert done.code == 1
    assert "2026-10-31" in done.err
    assert done.out == ""
