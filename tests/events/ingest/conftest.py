"""A caller of the Segment API, with a write key."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.events.ingest.live import Live, stream

from yutang.kernel.clock import FixedClock
from yutang.kernel.door import SYSTEM
from yutang.workspaces.actions import create_key

Post = Callable[..., HttpResponse]


def basic(key: str) -> str:
    return "Basic " + base64.b64encode(f"{key}:".encode()).decode()


@pytest.fixture
def make_key(home: object, clock: FixedClock) -> Callable[..., str]:
    def make(workspace: Any, kind: str = "write") -> str:
        raw = create_key(workspace_id=workspace.pk, kind=kind, name="shop", actor=SYSTEM, clock=clock).raw
        assert raw
        return raw

    return make


@pytest.fixture
def key(make_key: Callable[..., str], workspace: Any) -> str:
    return make_key(workspace)


@pytest.fixture
def post(key: str, client: Client) -> Post:
    """``post("batch", {...})``; ``key=None`` sends no Basic header; bytes are sent as they are."""

    def post(call: str, body: Any, *, key: str | None = key, **headers: str) -> HttpResponse:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        if key is not None:
            headers["authorization"] = basic(key)
        return client.post(f"/v1/{call}", content, content_type="application/json", headers=headers)

    return post


@pytest.fixture
def live(installation: Any, start_yutang: Any, run_yutang: Any) -> Live:
    return Live(installation, start_yutang, run_yutang)


@pytest.fixture(scope="session")
def undisturbed(template: Any, tmp_path_factory: Any, run_yutang: Any, start_yutang: Any) -> dict[str, Any]:
    """What ``stream()`` comes to when nothing goes wrong."""
    home = tmp_path_factory.mktemp("undisturbed") / "home"
    done = run_yutang("init", "--home", str(home), "--json", env={"YUTANG_DATABASE": ""})
    assert done.code == 0, done.err
    live = Live(type(template)(home, "", done.json), start_yutang, run_yutang)
    live.start()
    for call in stream():
        live.deliver(call)
    live.kill()
    return live.settled_state()
