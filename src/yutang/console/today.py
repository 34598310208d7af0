"""The numbers of the first page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from yutang.events import overview
from yutang.events.models import Import
from yutang.events.names import names_of
from yutang.kernel.clock import from_micros, to_micros
from yutang.people.listing import list_keys
from yutang.people.models import Origin
from yutang.workspaces.models import Workspace

DAYS = 14
LATEST = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """One day of the trend, in the drawing's own units (0 0 280 96)."""

    at: int
    count: int
    x: int
    y: float
    height: float
    is_today: bool


@dataclass(frozen=True, slots=True)
class Row:
    at: int
    kind: str
    number: int
    key: str


@dataclass(frozen=True, slots=True)
class Today:
    is_empty: bool
    events: int
    events_before: int
    """Yesterday up to the same time of day, to compare like with like."""
    events_yesterday: int
    events_week: int
    people: int
    new_people: int
    waiting: int
    refused: int
    bars: tuple[Bar, ...]
    latest: tuple[Row, ...]
    names: Mapping[int, str]
    imports: tuple[Import, ...]


def today(workspace: Workspace, *, now: int) -> Today:
    """Days are the workspace's; the week is today and the six days before it."""
    zone = ZoneInfo(workspace.timezone)
    starts = day_starts(now, zone, DAYS)
    midnight, yesterday = starts[-1], starts[-2]
    same_time = yesterday + (now - midnight)
    counts = overview.count_events(workspace.pk, [*starts[:-1], same_time, midnight, now + 1])
    *full, before, rest, events = counts
    daily = [*full, before + rest, events]
    roll = overview.open_roll(workspace.pk, now=now)
    latest = tuple(_latest(workspace.pk, roll, now))
    return Today(
        is_empty=not overview.has_facts(workspace.pk),
        events=events,
        events_before=before,
        events_yesterday=before + rest,
        events_week=sum(daily[-7:]),
        people=roll.people,
        new_people=Origin.objects.filter(workspace_id=workspace.pk, first_at__gte=midnight).count(),
        waiting=overview.count_waiting(workspace.pk),
        refused=overview.count_refused(workspace.pk, since=midnight),
        bars=tuple(_bars(starts, daily)),
        latest=latest,
        names=names_of(workspace.pk, roll.standing, {each.number for each in latest}, now=now),
        imports=tuple(Import.objects.filter(workspace_id=workspace.pk).order_by("-started_at")[:3]),
    )


def day_starts(now: int, zone: ZoneInfo, days: int) -> list[int]:
    """Midnights of the last ``days`` days, today's last, whatever daylight saving does to them."""
    date = from_micros(now).astimezone(zone).date()
    dates = (date - timedelta(days=back) for back in range(days - 1, -1, -1))
    return [to_micros(datetime(day.year, day.month, day.day, tzinfo=zone)) for day in dates]


def _bars(starts: list[int], daily: list[int]) -> list[Bar]:
    most = max(*daily, 1)
    bars = []
    for index, (at, count) in enumerate(zip(starts, daily, strict=True)):
        height = max(2.0, round(90 * count / most, 1)) if count else 1.0
        bars.append(Bar(at, count, index * 20 + 2, round(96 - height, 1), height, index == len(daily) - 1))
    return bars


def _latest(workspace_id: int, roll: overview.Roll, now: int) -> list[Row]:
    found = overview.latest_events(workspace_id, roll, LATEST, now=now)
    keys = list_keys(workspace_id, {each.person for each in found})
    return [Row(each.at, each.kind, each.person, keys.get(each.person, "")) for each in found]
