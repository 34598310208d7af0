"""The question box: an expression in; how many, who, and why, or what is wrong where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from yutang.audiences.wrong import place
from yutang.events.names import names_of
from yutang.events.overview import find_active, open_roll
from yutang.events.seen import frequent_kinds
from yutang.events.values import parse_time
from yutang.kernel.clock import SystemClock
from yutang.language.problem import Invalid
from yutang.people.listing import find_by_name
from yutang.web.formats import stamp
from yutang.web.words import current_language
from yutang.workspaces.models import Workspace
from yutang.workspaces.pages import member_page

if TYPE_CHECKING:
    from yutang.audiences.questions import Why

LONGEST = 10_000
SAMPLE = 30
CHEATS = ("count", "sum", "did", "last", "sequence", "streak", "trait", "tag", "days", "where", "missing")


@require_http_methods(["GET", "POST"])
@member_page()
def ask(request: HttpRequest, workspace: Workspace) -> HttpResponse:
    """GET shows the box (``?q=`` fills it); POST answers, a part of the page for htmx and the whole page otherwise."""
    text = _text(request)
    context: dict[str, Any] = {
        "text": text,
        "cheats": [(f"audiences.cheat.{each}", _CHEATS[each]) for each in CHEATS],
    }
    status = 200
    if request.method == "POST":
        answer = _answer(workspace, text)
        context |= answer
        status = 422 if answer.get("wrong") else 200
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "audiences/_answer.html", context, status=status)
    context["examples"] = _examples(frequent_kinds(workspace.pk, 12, now=SystemClock().now()))
    return render(request, "audiences/ask.html", context, status=status)


def _text(request: HttpRequest) -> str:
    """As typed, with one kind of line break so that offsets agree with the browser's."""
    given = request.POST if request.method == "POST" else request.GET
    return (
        given.get("text" if request.method == "POST" else "q", "")
        .replace("\r\n", "\n")
        .strip()[: LONGEST + 1]
    )


def _answer(workspace: Workspace, text: str) -> dict[str, Any]:
    from yutang.audiences.ask import ask_workspace  # the compiler and its engine load at the first question

    language = current_language()
    if not text:
        return {"nothing_asked": True}
    now = SystemClock().now()
    try:
        answer = ask_workspace(workspace.pk, text, at=now, limit=SAMPLE)
    except Invalid as invalid:
        return {"wrong": [place(each, text, language) for each in invalid.problems]}
    return {
        "answer": answer,
        "names": _names(workspace, [number for number, _ in answer.people], now),
        "share": answer.count / answer.population if answer.population else None,
        "warnings": [place(each, text, language) for each in answer.warnings],
    }


def _names(workspace: Workspace, numbers: list[int], now: int) -> dict[int, str]:
    return names_of(workspace.pk, open_roll(workspace.pk, now=now).standing, numbers, now=now)


# -- why -----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Leaf:
    """One part with its value, ready to show; ``verdict``: yes, no, missing or empty (not a yes-or-no part)."""

    text: str
    value: str
    verdict: str
    children: tuple[Leaf, ...]


@require_POST
@member_page()
def why(request: HttpRequest, workspace: Workspace) -> HttpResponse:
    """Of a person by number (from the sample) or by ``person``, a key or other identity as typed."""
    from yutang.audiences.ask import why_workspace

    text, number = _text(request), _number(request, workspace)
    context: dict[str, Any] = {"text": text, "asked": request.POST.get("person", "")}
    template = "audiences/_why_tree.html" if request.htmx else "audiences/why_page.html"  # type: ignore[attr-defined]
    now = SystemClock().now()
    who = None if number is None else find_active(open_roll(workspace.pk, now=now), number)
    if who is None:
        return render(request, template, context, status=422)
    try:
        found = why_workspace(workspace.pk, text, who.number, at=now)
    except Invalid as invalid:
        context["wrong"] = [place(each, text, current_language()) for each in invalid.problems]
        return render(request, template, context, status=422)
    context |= {"who": who, "tree": leaf(found), "names": _names(workspace, [who.number], now)}
    return render(request, template, context)


def _number(request: HttpRequest, workspace: Workspace) -> int | None:
    if given := request.POST.get("number"):
        if not given.isdecimal() or len(given) > 18:
            raise Http404
        return int(given)
    name = request.POST.get("person", "").strip()[:255]
    return min(find_by_name(workspace.pk, name, exact=True), default=None) if name else None


def leaf(why: Why) -> Leaf:
    match why.type, why.value:
        case "boolean", bool() as held:
            value, verdict = "", "yes" if held else "no"
        case "missing", _:
            value, verdict = "", "missing"
        case "time", str() as text:
            value, verdict = _time(text), ""
        case "text", str() as text:
            value, verdict = f'"{text}"', ""
        case _, found:
            value, verdict = str(found), ""
    return Leaf(why.text, value, verdict, tuple(leaf(each) for each in why.children))


def _time(text: str) -> str:
    at, _ = parse_time(text)
    return stamp(at, timezone.get_current_timezone(), seconds=True)


# -- examples --------------------------------------------------------------------------------------------------------------


def _examples(kinds: list[str]) -> list[tuple[str, str]]:
    """Questions in the workspace's own kinds of events where it has some."""
    kinds = sorted(kinds, key=lambda kind: not any(word in kind for word in ("paid", "order", "purchase")))
    first, *others = kinds or ["order.paid", "page.viewed"]
    second = others[0] if others else first
    return [
        ("audiences.example.often", f'count("{first}", within="30d") >= 3'),
        ("audiences.example.lapsed", f'did("{first}") and not did("{first}", within="90d")'),
        ("audiences.example.once", f'count("{first}") == 1'),
        ("audiences.example.quiet", f'days_since(last("{second}")) > 30'),
    ]


_CHEATS = {
    "count": 'count("order.paid", within="30d") >= 3',
    "sum": 'sum("order.paid", "amount", within="90d") > 500',
    "did": 'not did("live.*", within="7d")',
    "last": 'last("order.paid", "sku") == "A-1"',
    "sequence": 'sequence("page.viewed", "order.paid", within="7d")',
    "streak": 'streak("checked.in", "day") >= 7',
    "trait": 'person.city in ["上海", "杭州"]',
    "tag": 'tagged("vip")',
    "days": 'days_since(first("order.paid")) > 365',
    "where": 'count("order.paid", where=it.channel == "wecom") >= 1',
    "missing": "exists(person.birthday)",
}
