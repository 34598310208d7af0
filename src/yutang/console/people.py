"""People: the list, and everything known of one person."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yutang.console.masking import mask
from yutang.events import overview
from yutang.events.names import NAME, names_of
from yutang.events.overview import Active, Sort
from yutang.events.profile import read_profile
from yutang.events.timeline import (
    EVERYTHING,
    GROUPS,
    Happening,
    Wanted,
    count_kinds,
    decode_place,
    read_timeline,
)
from yutang.kernel.clock import SystemClock
from yutang.kernel.rooms import rooms
from yutang.people.listing import find_by_name, list_names
from yutang.web.formats import day
from yutang.web.words import current_language
from yutang.workspaces.models import Workspace
from yutang.workspaces.pages import member_page

PER_PAGE = 50
DEFAULT_SORT: Sort = "last"


@dataclass(frozen=True, slots=True)
class Column:
    sort: Sort
    title_code: str
    url: str
    state: str
    """``ascending``, ``descending`` or empty, as ARIA has it."""


@require_safe
@member_page()
def people(request: HttpRequest, workspace: Workspace) -> HttpResponse:
    sort = _sort(request)
    descending = request.GET.get("way") != "up"
    wanted = request.GET.get("q", "")[:255].strip()
    now = SystemClock().now()
    roll = overview.open_roll(workspace.pk, now=now)
    page = overview.list_people(
        roll,
        sort=sort,
        descending=descending,
        among=find_by_name(workspace.pk, wanted) if wanted else None,
        after=_after(request.GET.get("after", "")),
        limit=PER_PAGE,
    )
    state = {"q": wanted, "sort": sort, "way": "down" if descending else "up"}
    context = {
        "page": page,
        "names": names_of(workspace.pk, roll.standing, [each.number for each in page.rows], now=now),
        "q": wanted,
        "columns": {each.sort: each for each in _columns(state)},
        "next_url": _url(state, after=f"{page.next[0]}_{page.next[1]}") if page.next else "",
        "first_url": _url(state) if request.GET.get("after") else "",
        "is_empty": roll.people == 0,
    }
    return render(request, "console/people.html", context)


def _sort(request: HttpRequest) -> Sort:
    wanted = request.GET.get("sort", DEFAULT_SORT)
    return wanted if wanted in overview.SORTS else DEFAULT_SORT


def _after(text: str) -> tuple[int, int] | None:
    value, _, number = text.partition("_")
    try:
        return (int(value), int(number)) if text and len(text) < 50 else None
    except ValueError:
        return None


def _columns(state: dict[str, str]) -> list[Column]:
    columns = []
    for sort in overview.SORTS:
        is_here = state["sort"] == sort
        way = "up" if is_here and state["way"] == "down" else "down"
        shown = ("descending" if state["way"] == "down" else "ascending") if is_here else ""
        columns.append(Column(sort, f"console.people.{sort}", _url(state, sort=sort, way=way), shown))
    return columns


def _url(state: dict[str, str], **changes: str) -> str:
    return "?" + urlencode({name: value for name, value in (state | changes).items() if value})


# -- one person ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the timeline, ready to show. ``day`` is its heading."""

    happening: Happening
    day: str
    icon: str
    title_code: str
    title: str
    details: tuple[tuple[str, str], ...]


@require_safe
@member_page()
def person(request: HttpRequest, workspace: Workspace, number: int) -> HttpResponse:
    now = SystemClock().now()
    roll = overview.open_roll(workspace.pk, now=now)
    who = overview.find_active(roll, number)
    if who is None:
        raise Http404
    if who.number != number:
        return redirect("person", slug=workspace.slug, number=who.number)
    origins = roll.standing.members(who.number)
    profile = read_profile(workspace.pk, origins, now=now)
    timezone.activate(ZoneInfo(profile.zone or workspace.timezone))
    context = _timeline(request, workspace, who, origins) | {
        "who": who,
        "name": shown_name if isinstance(shown_name := profile.trait(NAME), str) else "",
        "now": now,
        "known": {
            area: [(each.name, shown(each.value)) for each in getattr(profile, area)]
            for area in ("traits", "tags", "relations")
        },
        "zone": profile.zone or workspace.timezone,
        "identities": [
            (each.namespace, mask(each.namespace, each.value, request))
            for each in list_names(workspace.pk, origins)
        ],
    }
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "console/_timeline.html", context)
    context |= {
        "kinds": count_kinds(workspace.pk, origins, now=now),
        "panels": [html for panel in _panels() if (html := panel.render(request, workspace, who.number))],
    }
    return render(request, "console/person.html", context)


def _panels() -> list[Any]:
    return sorted((panel for room in rooms() for panel in room.person_panels), key=lambda panel: panel.order)


def _timeline(request: HttpRequest, workspace: Workspace, who: Active, origins: list[int]) -> dict[str, Any]:
    show, kind = request.GET.get("show", ""), request.GET.get("kind", "")[:200]
    facts: Collection[str] = GROUPS["events"] if kind else GROUPS.get(show, EVERYTHING)
    after = decode_place(request.GET.get("after", ""))
    found, more = read_timeline(Wanted(workspace.pk, origins, facts, kind, after, PER_PAGE))
    state = {"show": show, "kind": kind}
    return {
        "entries": [_entry(each) for each in found],
        "show": show,
        "kind": kind,
        "groups": [(name, f"console.person.show.{name}") for name in GROUPS],
        "more_url": _url(state, after=more.encoded()) if more else "",
        "last_day": request.GET.get("day", ""),
        "who": who,
    }


def _entry(each: Happening) -> Entry:
    heading = "" if each.at is None else day(each.at, timezone.get_current_timezone(), current_language())
    title = each.kind if each.fact in ("event", "tag", "untag") else ""
    details = [(name, shown(value)) for name, value in each.props.items()]
    return Entry(each, heading, _ICONS[each.fact], f"console.fact.{each.fact}", title, tuple(details))


_ICONS = {"event": "event", "traits": "trait", "tag": "tag", "untag": "untag"} | {
    "relate": "relate",
    "merge": "merge",
    "unmerge": "unmerge",
}


def shown(value: Any) -> str:
    """A property's value on one line: texts as they are, the rest as JSON."""
    match value:
        case None:
            return "–"
        case str():
            return value
        case {"$number": text}:
            return str(text)
        case dict() | list() | bool():
            return json.dumps(value, ensure_ascii=False, default=str)
        case _:
            return str(value)
