"""``yutang simulate``: a population with habits, as event lines in a file or straight into a home."""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Annotated

import typer

from yutang.kernel.clock import SystemClock
from yutang.kernel.home import enter
from yutang.kernel.refused import Refused
from yutang.kernel.text import add_texts, language_of, word
from yutang.language.problem import Problem
from yutang.simulator.rules.population import Plan, stories
from yutang.simulator.rules.rhythm import CHINA
from yutang.simulator.texts import TEXTS
from yutang.workspaces.options import Database, Home, Json, WorkspaceName

BAD_LINES = 3


def simulate(
    home: Home = None,
    to: Annotated[
        str | None, typer.Option("--to", help="Write event lines to this file instead; - is stdout. 写到文件")
    ] = None,
    people: Annotated[int, typer.Option(min=1, max=10_000_000, help="How many people. 人数")] = 3000,
    days: Annotated[int, typer.Option(min=1, max=3660, help="Over how many days. 天数")] = 180,
    seed: Annotated[int, typer.Option(help="The same seed gives the same bytes. 随机种子")] = 7,
    end: Annotated[
        str | None,
        typer.Option(
            help="Last day (2026-10-31: to its end, China time) or instant; default now. 截止日期或时间"
        ),
    ] = None,
    workspace: WorkspaceName = "",
    database: Database = None,
    is_json: Json = False,
) -> None:
    """Simulate a pond of people with habits, into a home or a file. 生成一个有习惯的人群的事件，导入家目录或写到文件

    Deterministic: give --seed and --end and the same lines come out, byte for byte.
    --seed 和 --end 相同，生成的每个字节都相同。
    """
    add_texts(TEXTS)
    plan = Plan(people=people, days=days, end=_end(end), seed=seed)
    if to is None:
        _import(plan, home, database, workspace, is_json=is_json)
    elif to == "-":
        _write(sys.stdout.buffer, plan)
    else:
        with Path(to).open("wb") as file:
            _write(file, plan)


def _end(text: str | None) -> int:
    """Seconds since 1970 UTC. Raises Refused ``simulator.end`` for a text that is neither a day nor an instant."""
    if text is None:
        return SystemClock().now() // 1_000_000
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise Refused(Problem("simulator.end", {"text": text}), status=422) from error
    if at.tzinfo is None:
        whole_day = 86_399 if len(text) <= len("2026-10-31") else 0
        return int(at.replace(tzinfo=UTC).timestamp()) - CHINA + whole_day
    return int(at.timestamp())


def _write(file: IO[bytes], plan: Plan) -> None:
    for story in stories(plan):
        file.write(story.encode())


def _import(plan: Plan, home: Path | None, database: str | None, workspace: str, *, is_json: bool) -> None:
    """Through a file in the home, as any import: the same plan again adds nothing."""
    enter(home, database)
    from django.conf import settings

    from yutang.events.importing import Task, run_import
    from yutang.events.lines.formats import source_of
    from yutang.kernel.door import SYSTEM
    from yutang.workspaces.queries import choose_workspace

    chosen = choose_workspace(workspace)
    with NamedTemporaryFile(dir=settings.YUTANG_HOME / "staging", suffix=".jsonl") as file:
        _write(file, plan)
        file.flush()
        source = source_of(file.name, name=f"simulated-{plan.people}x{plan.days}-{plan.seed}.jsonl")
        task = Task((source,), chosen.timezone, source_name="simulator")
        report = run_import(workspace=chosen, task=task, actor=SYSTEM, clock=SystemClock())
    counts = {name: getattr(report, name) for name in ("lines", "people", "added", "known", "refused")}
    if is_json:
        print(json.dumps(counts))
    else:
        shown = {name: f"{count:,}" for name, count in counts.items()}
        print(word("simulator.imported", language_of(os.environ), **shown))
    if report.refused:
        raise typer.Exit(BAD_LINES)
