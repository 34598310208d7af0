"""The application as a server sees it: Django's, with a short way for the busiest addresses."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import django
from django.core.exceptions import DisallowedHost
from django.core.handlers.exception import convert_exception_to_response
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.middleware.security import SecurityMiddleware
from django.utils.log import log_response

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yutang.project.settings")
django.setup(set_prefix=False)

from yutang.events.ingest import receive  # noqa: E402 - models need the set-up
from yutang.events.urls import ADDRESSES  # noqa: E402
from yutang.web.security import SecurityHeaders  # noqa: E402


class Application(WSGIHandler):
    """Ingestion passes by what only pages need (sessions, users, CSRF, static files, addresses by pattern).

    It keeps TLS, the check of the host, the headers every answer carries, the log of errors, and Django's care for database
    connections, which is in the handler. Over the ordinary way the same addresses answer the same.
    """

    def __init__(self) -> None:
        super().__init__()
        guarded: Callable[..., Any] = (
            convert_exception_to_response  # its stubs know of asynchronous ones, too
        )
        self._short = guarded(SecurityMiddleware(SecurityHeaders(guarded(_ingest))))

    def get_response(self, request: HttpRequest) -> Any:
        if request.path_info not in ADDRESSES or not _is_asked_for(request):
            return super().get_response(request)
        response = self._short(request)
        response._resource_closers.append(request.close)
        if response.status_code >= 400:
            log_response("%s: %s", response.reason_phrase, request.path, response=response, request=request)
        return response


def _is_asked_for(request: HttpRequest) -> bool:
    """Whether the host is one that this installation answers to; Django refuses it on the ordinary way."""
    try:
        return bool(request.get_host())
    except DisallowedHost:
        return False


def _ingest(request: HttpRequest) -> HttpResponse:
    response = receive(request, ADDRESSES[request.path_info])
    response["Content-Length"] = str(len(response.content))
    return response


application = Application()
