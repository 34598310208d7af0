"""Ingestion goes a short way past what only pages need; nothing that is answered may depend on which way a call went."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core import signals
from django.core.handlers.wsgi import WSGIHandler
from django.db import close_old_connections
from django.test import RequestFactory

from yutang.events import ingest
from yutang.events.intake import waiting
from yutang.kernel.clock import FixedClock
from yutang.kernel.door import SYSTEM
from yutang.project import wsgi
from yutang.project.wsgi import Application
from yutang.workspaces.actions import create_key

Said = tuple[str, dict[str, str], bytes]
ITEM = {"messageId": "1", "userId": "u1", "event": "order.paid", "timestamp": "2026-01-01T10:00:00Z"}


@pytest.fixture(autouse=True)
def _open_connection(db: None) -> Iterator[None]:
    """Like Django's test client: the connection with the test's transaction is not closed at the end of a call."""
    signals.request_started.disconnect(close_old_connections)
    signals.request_finished.disconnect(close_old_connections)
    yield
    signals.request_started.connect(close_old_connections)
    signals.request_finished.connect(close_old_connections)


@pytest.fixture
def key(home: object, workspace: Any, clock: FixedClock) -> str:
    made = create_key(workspace_id=workspace.pk, kind="write", name="shop", actor=SYSTEM, clock=clock)
    assert made.raw
    return made.raw


def ask(application: Callable[..., Any], method: str, path: str, body: Any = None, **more: Any) -> Said:
    content = json.dumps(body).encode()
    environ = RequestFactory().generic(method, path, content, content_type="application/json").environ
    environ |= {"wsgi.input": io.BytesIO(content), "SERVER_NAME": "localhost", **more}
    said: list[Any] = []
    response = application(environ, lambda status, headers: said.extend((status, dict(headers))))
    try:
        return said[0], said[1], b"".join(response)
    finally:
        response.close()


@pytest.fixture
def ways(db: None) -> list[Callable[..., Any]]:
    return [Application(), WSGIHandler()]


@pytest.mark.parametrize(
    ("method", "path", "status", "more"),
    [
        ("POST", "/v1/batch", "200 OK", {}),
        ("POST", "/v1/b", "200 OK", {"HTTP_ACCEPT_LANGUAGE": "zh-CN"}),
        ("POST", "/v1/track", "200 OK", {}),
        ("POST", "/v1/batch", "413 Request Entity Too Large", {"CONTENT_LENGTH": "600000"}),
        ("POST", "/v1/batch", "415 Unsupported Media Type", {"HTTP_CONTENT_ENCODING": "br"}),
        ("GET", "/v1/batch", "405 Method Not Allowed", {}),
        ("OPTIONS", "/v1/track", "204 No Content", {}),
        ("POST", "/v1/track", "400 Bad Request", {"HTTP_HOST": "elsewhere.example"}),
        ("POST", "/v1/nothing", "404 Not Found", {}),
    ],
)
def test_both_ways_say_the_same(
    ways: list[Any], key: str, method: str, path: str, status: str, more: dict[str, str]
) -> None:
    body = {**ITEM, "batch": [{**ITEM, "type": "track"}, {}], "writeKey": key}
    short, long = (ask(each, method, path, body, **more) for each in ways)
    assert short[0] == status
    if path == "/v1/nothing" or "HTTP_HOST" in more:
        assert (short[0], short[1].keys()) == (
            long[0],
            long[1].keys(),
        )  # a page; it carries a reference of its own
    else:
        assert short == long


def test_a_wrong_key_is_401_either_way(ways: list[Any], workspace: Any) -> None:
    short, long = (ask(each, "POST", "/v1/track", {**ITEM, "writeKey": "yt_write_wrong"}) for each in ways)
    assert short == long
    assert short[0] == "401 Unauthorized"
    assert waiting(workspace.pk) == 0


def test_the_short_way_does_not_meet_the_pages_middleware(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("the long way")

    application = Application()
    monkeypatch.setattr(application, "_middleware_chain", never)
    assert ask(application, "POST", "/v1/track", {**ITEM, "writeKey": key})[0] == "200 OK"


def test_a_bug_is_500_either_way_and_logged(
    ways: list[Any], key: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(ingest, "enqueue", broken)
    with caplog.at_level(logging.ERROR, "django.request"):
        short, long = (ask(each, "POST", "/v1/track", {**ITEM, "writeKey": key}) for each in ways)
    assert short[0] == long[0] == "500 Internal Server Error"
    assert [each.levelname for each in caplog.records if each.name == "django.request"] == ["ERROR"] * 2
    assert b"ZeroDivision" not in short[2]


def test_over_plain_http_an_installation_with_tls_sends_elsewhere(key: str, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 60
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    application, body = Application(), {**ITEM, "writeKey": key}
    assert ask(application, "POST", "/v1/track", body)[0] == "301 Moved Permanently"
    status, headers, _ = ask(application, "POST", "/v1/track", body, HTTP_X_FORWARDED_PROTO="https")
    assert (status, headers["Strict-Transport-Security"]) == ("200 OK", "max-age=60")


def test_every_ingest_address_of_the_long_way_is_on_the_short_one() -> None:
    from yutang.events.urls import urlpatterns

    assert {f"/{each.pattern}" for each in urlpatterns} == set(wsgi.ADDRESSES)
