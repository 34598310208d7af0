"""What this room puts on the house's common table."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Max

from yutang.events import admission, importing, intake
from yutang.events.import_texts import TEXTS as IMPORT_TEXTS
from yutang.events.lines.texts import TEXTS as LINE_TEXTS
from yutang.events.models import HistoryFile, SetAside
from yutang.events.page_texts import TEXTS as PAGE_TEXTS
from yutang.events.state import digest
from yutang.events.texts import TEXTS
from yutang.kernel.clock import Clock
from yutang.kernel.rooms import Measure, NavItem, Room
from yutang.kernel.text import Text
from yutang.language.problem import Problem


def _pending() -> int:
    return intake.waiting_everywhere() + importing.waiting_imports()


def _compact(clock: Clock) -> bool:
    from yutang.events import compaction  # DuckDB and Arrow: only the worker pays for them

    return compaction.step(clock)


def _verify() -> list[Problem]:
    return [*_set_aside(), *_broken_files()]


def _broken_files() -> list[Problem]:
    """History files that are listed and not there, or not as long as they were written."""
    home = Path(settings.YUTANG_HOME) / "history"
    # every workspace: the installation is verified
    listed = HistoryFile.objects.filter(dropped_at=None).values_list("path", "bytes").order_by("path")
    return [
        Problem("events.history_broken", {"path": path})
        for path, size in listed
        if not (home / path).is_file() or (home / path).stat().st_size != size
    ]


def _set_aside() -> list[Problem]:
    # every workspace: the installation is verified
    found = SetAside.objects.values("workspace_id").annotate(count=Count("id"), reason=Max("reason"))
    return [
        Problem(
            "events.set_aside",
            {"count": each["count"], "reason": each["reason"]},
            where=f"workspace {each['workspace_id']}",
        )
        for each in found.order_by("workspace_id")
    ]


def _measures() -> Iterable[Measure]:
    return (
        Measure(
            "yutang_intake_waiting_items", "Accepted items not yet admitted", intake.waiting_everywhere()
        ),
    )


ROOM = Room(
    name="events",
    title=TEXTS["events.title"],
    nav=(NavItem("imports/", Text(zh="导入", en="Imports"), 80),),
    texts=TEXTS | LINE_TEXTS | IMPORT_TEXTS | PAGE_TEXTS,
    worker_steps=(admission.step,),
    slow_steps=(importing.run_waiting_import, _compact),
    pending=_pending,
    digest=digest,
    verify=_verify,
    metrics=_measures,
    crash_modules=(
        "yutang.events.intake",
        "yutang.events.admission",
        "yutang.events.bulk",
        "yutang.events.importing",
        "yutang.events.compaction",
    ),
)
