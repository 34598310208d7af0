"""Every room's addresses, and the three by which machines look after this one.

A room's ``urls.py`` (for programs: ``v1/batch``) and ``pages_urls.py`` (for people) have ``urlpatterns`` with whole paths.
Its ``api.py`` has ``router``, a ninja Router, found under ``/api/v1/``; ``prefix`` says where (default: the room's name).
"""

from importlib import import_module

from django.urls import URLPattern, URLResolver, include, path

from yutang.project import health
from yutang.project.rooms import offering


def _management() -> list[URLPattern | URLResolver]:
    if not offering("api"):
        return []
    from yutang.project.management import api

    return [path("api/v1/", api.urls)]


urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("metrics", health.metrics),
    *_management(),
    *(path("", include(import_module(name))) for name in (*offering("urls"), *offering("pages_urls"))),
]

handler400 = "yutang.web.errors.bad_request"
handler403 = "yutang.web.errors.forbidden"
handler404 = "yutang.web.errors.not_found"
handler500 = "yutang.web.errors.server_error"
