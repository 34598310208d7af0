"""Pages for what went wrong. Each carries a reference that also stands in the log, and nothing about the inside."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

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


def _page(request: HttpRequest, status: int, *, code: str = "") -> HttpResponse:
    reference = secrets.token_hex(4)
    LOG.warning("page answered %s, reference %s, path %s", status, reference, request.path)
    context: dict[str, Any] = {
        "status": status,
        "title_code": code or f"web.error.{status}",
        "hint_code": f"{code or f'web.error.{status}'}.hint",
        "reference": reference,
    }
    return render(request, "web/error.html", context, status=status)
