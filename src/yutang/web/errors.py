"""Pages for what went wrong. Each carries a reference that also stands in the log, and nothing about the inside."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yutang.kernel.refused import Refused
from yutang.kernel.text import say
from yutang.kernel.write import machine_problem
from yutang.web.language import reader_language

KNOWN = (400, 403, 404, 500, 503)
LOG = logging.getLogger("yutang.web.errors")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return _page(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(request, 403, code="web.error.stale")


class PageProblems:
    """A full disk, a busy database or a refused write, on a page: words in the page's frame instead of a JSON document."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if "text/html" not in request.headers.get("accept", ""):
            return None
        match error:
            case Refused(problems=problems, status=status):
                return _page(request, status, said=say(problems[0], reader_language(request)))
            case DatabaseError() | OSError():
                problem = machine_problem(error)
                if problem is not None:
                    return _page(request, 503, said=say(problem, reader_language(request)))
        return None


def _page(request: HttpRequest, status: int, *, code: str = "", said: str = "") -> HttpResponse:
    reference = secrets.token_hex(4)
    LOG.warning("page answered %s, reference %s, path %s", status, reference, request.path)
    title = code or (f"web.error.{status}" if status in KNOWN else "web.error.refused")
    context: dict[str, Any] = {
        "status": status,
        "title_code": title,
        "hint_code": f"{title}.hint",
        "reference": reference,
        "said": said,
    }
    return render(request, "web/error.html", context, status=status)
