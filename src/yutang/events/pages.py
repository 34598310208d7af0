"""Imports: a file in, a look at it, what its columns mean, a rehearsal, and the run with its result."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yutang.events import uploads
from yutang.events.glance import Glance, glance, guess
from yutang.events.lines.formats import FORMATS, source_of
from yutang.events.lines.mapping import TYPES, Mapping, check_mapping, mapping_as_words
from yutang.events.mapping_form import AT_FORMATS, DELIMITERS, USES, form_of, how_written, mapping_of
from yutang.events.models import Import
from yutang.kernel.clock import SystemClock
from yutang.kernel.door import Actor, Refused
from yutang.kernel.text import say
from yutang.language.problem import Invalid, Problem
from yutang.language.zones import known_zones
from yutang.web.words import current_language, words
from yutang.workspaces.models import Membership, Workspace
from yutang.workspaces.pages import member_page

PER_PAGE = 30
REHEARSED = 64_000_000
"""Bytes; of a larger text file only the beginning is rehearsed."""
IMPORTERS = (Membership.Role.OWNER, Membership.Role.OPERATOR)


@require_safe
@member_page()
def imports(request: HttpRequest, workspace: Workspace) -> HttpResponse:
    before = request.GET.get("before", "")
    rows = Import.objects.filter(workspace_id=workspace.pk).order_by("-id")
    if before.isdecimal() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: PER_PAGE + 1])
    context = {
        "imports": found[:PER_PAGE],
        "is_running": any(each.state in ("waiting", "running") for each in found),
        "may_import": request.role in IMPORTERS,  # type: ignore[attr-defined]
        "most": uploads.MOST_BYTES,
        "next_url": f"?before={found[PER_PAGE - 1].pk}" if len(found) > PER_PAGE else "",
        "first_url": "?" if before else "",
    }
    template = "events/_imports.html" if request.htmx else "events/imports.html"  # type: ignore[attr-defined]
    return render(request, template, context)


@csrf_exempt  # checked below, after the size: the check reads the whole body
@require_POST
@member_page(*IMPORTERS)
def upload(request: HttpRequest, workspace: Workspace) -> HttpResponse:
    if int(request.META.get("CONTENT_LENGTH") or 0) > uploads.MOST_BYTES:
        messages.error(request, words("events.upload.too_large"))
        return redirect("imports", slug=workspace.slug)
    return _keep(request, workspace)


@csrf_protect
def _keep(request: HttpRequest, workspace: Workspace) -> HttpResponse:
    file = request.FILES.get("file")
    if file is None or not file.size:
        messages.error(request, words("events.upload.nothing"))
        return redirect("imports", slug=workspace.slug)
    waiting = Import.objects.filter(workspace_id=workspace.pk, state__in=("waiting", "running"))
    needed = set(waiting.values_list("path", flat=True))
    uploads.sweep(workspace.pk, needed=needed, now=SystemClock().now())
    token = uploads.keep(workspace.pk, file.name or "", file.chunks())
    return redirect("import-map", slug=workspace.slug, token=token)


# -- what its columns mean -------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@member_page(*IMPORTERS)
def map_columns(request: HttpRequest, workspace: Workspace, token: str) -> HttpResponse:
    """``do``: look (again, written otherwise), rehearse, start or drop."""
    path = uploads.find(workspace.pk, token)
    if path is None:
        raise Http404
    do, filled = request.POST.get("do", "look"), request.POST
    if do == "drop":
        uploads.drop(workspace.pk, token)
        return redirect("imports", slug=workspace.slug)
    context: dict[str, Any] = {"file": path.name, "size": path.stat().st_size, "token": token} | _CHOICES
    try:
        seen = glance(path, path.name, how_written(filled))
    except Invalid as invalid:
        context |= {"problems": _said(invalid.problems), "written": how_written(filled)}
        return render(request, "events/map.html", context, status=422)
    mapping = _mapping(seen, filled, workspace)
    context |= {"seen": seen, "form": form_of(seen, mapping), "written": how_written(filled)}
    try:
        match do:
            case "start":
                return _start(request, workspace, path, seen, mapping)
            case "rehearse":
                context |= _rehearse(workspace, path, seen, mapping)
    except (Invalid, Refused) as refused:
        context["problems"] = _said(refused.problems)
    status = 422 if context.get("problems") else 200
    return render(request, "events/map.html", context, status=status)


_CHOICES = {
    "uses": USES,
    "types": TYPES,
    "formats": [each for each in FORMATS if each != "fixed"],
    "encodings": ("utf-8", "gb18030"),
    "delimiters": DELIMITERS.items(),
    "at_formats": AT_FORMATS,
}


def _mapping(seen: Glance, filled: QueryDict, workspace: Workspace) -> Mapping:
    """What was filled in, or a guess when the columns are seen for the first time."""
    if "use-0" in filled and filled.get("columns_seen") == str(len(seen.columns)):
        return mapping_of(seen, filled, zone=workspace.timezone)
    return guess(seen, zone=workspace.timezone)


def _checked(seen: Glance, mapping: Mapping) -> Mapping | None:
    if not seen.is_table:
        return None
    if mapping.zone not in known_zones():
        raise Invalid(Problem("events.map.zone", {"zone": mapping.zone}))
    return check_mapping(mapping)


def _rehearse(workspace: Workspace, path: Path, seen: Glance, mapping: Mapping) -> dict[str, Any]:
    from yutang.events.importing import Task, rehearse

    wanted = _checked(seen, mapping)
    most = REHEARSED if seen.format != "parquet" and path.suffix != ".gz" else path.stat().st_size
    with uploads.beginning(path, most) as part:
        source = source_of(
            str(part), name=path.name, format=seen.format, encoding=seen.encoding, mapping=wanted
        )
        report = rehearse(workspace=workspace, task=Task((source,), mapping.zone), clock=SystemClock())
    rejects = [
        (each.problem.where, say(each.problem, current_language()), each.raw[:200])
        for each in report.rejects[:8]
    ]
    return {"report": report, "rejects": rejects, "is_partial": part != path}


def _start(
    request: HttpRequest, workspace: Workspace, path: Path, seen: Glance, mapping: Mapping
) -> HttpResponse:
    from yutang.events.importing import queue_import

    wanted = _checked(seen, mapping)
    user = request.user
    queue_import(
        workspace_id=workspace.pk,
        path=uploads.relative(path),
        name=path.name,
        mapping=mapping_as_words(wanted) if wanted else {},
        actor=Actor("user", str(user.pk), user.get_username()),
        clock=SystemClock(),
    )
    messages.success(request, words("events.import.queued", name=path.name))
    return redirect("imports", slug=workspace.slug)


def _said(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(each.where, say(each, current_language())) for each in problems]


# -- afterwards ------------------------------------------------------------------------------------------------------------


@require_safe
@member_page(*IMPORTERS)
def rejects(request: HttpRequest, workspace: Workspace, number: int) -> HttpResponseBase:
    """The refused lines with their reasons, as a CSV file; its cells are neutral already."""
    row = Import.objects.filter(workspace_id=workspace.pk, pk=number).first()
    path = Path(row.rejects_path) if row and row.rejects_path else None
    if row is None or path is None or not path.is_file():
        raise Http404
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=f"rejects-{row.name}.csv"[:150], content_type="text/csv"
    )
