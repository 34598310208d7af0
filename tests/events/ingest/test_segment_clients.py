"""Segment's own clients work unchanged against a live server."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.events.ingest.live import Live

pytestmark = pytest.mark.process

NODE = Path(__file__).parent / "node"
AT_TEN = 1_767_232_800_000_000
"""2026-01-01T02:00:00Z"""


@pytest.fixture
def rows(live: Live) -> Callable[..., list[tuple[Any, ...]]]:
    """Reads the settled installation's database."""
    if live.installation.database:
        pytest.skip("looks into SQLite")

    def read(sql: str) -> list[tuple[Any, ...]]:
        live.settled_state()
        with sqlite3.connect(f"file:{live.installation.home}/yutang.sqlite3?mode=ro", uri=True) as connection:
            found = connection.execute(sql).fetchall()
        connection.close()
        return found

    return read


@pytest.fixture
def node(tmp_path: Path) -> Callable[[str, str], dict[str, Any]]:
    """Installs the client as its lock file says and runs ``send.mjs``."""
    if not shutil.which("node") or not shutil.which("npm"):
        pytest.skip("NODE IS MISSING: Segment's Node client is not tried")
    folder = tmp_path / "node"
    shutil.copytree(NODE, folder)
    install = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    done = subprocess.run(install, cwd=folder, capture_output=True, text=True, timeout=300)
    if done.returncode:
        pytest.skip(f"NPM CANNOT INSTALL: Segment's Node client is not tried: {done.stderr[-500:]}")

    def send(host: str, key: str) -> dict[str, Any]:
        ran = subprocess.run(
            ["node", "send.mjs", host, key], cwd=folder, capture_output=True, text=True, timeout=60
        )
        assert ran.returncode == 0, ran.stderr
        return json.loads(ran.stdout)

    return send


def kinds(rows: Callable[..., list[tuple[Any, ...]]]) -> dict[str, int]:
    return dict(rows("SELECT fact || ' ' || kind, count(*) FROM events_logentry GROUP BY 1"))


EXPECTED = {
    "traits ": 1,
    "event order.paid": 1,
    "event page.viewed": 1,
    "event screen.viewed": 1,
    "event group.joined": 1,
    "relate ": 1,
    "event page.opened": 20,
    "event twice": 1,
}


def python_client(live: Live, **options: Any) -> tuple[Any, list[str]]:
    from segment.analytics.client import Client

    failed: list[str] = []
    client = Client(
        live.key,
        host=live.address,
        on_error=lambda error, items: failed.append(str(error)),
        upload_size=5,
        max_retries=1,
        **options,
    )
    return client, failed


@pytest.mark.parametrize("gzip", [False, True])
def test_the_python_client(live: Live, rows: Callable[..., list[tuple[Any, ...]]], gzip: bool) -> None:
    live.start()
    client, failed = python_client(live, gzip=gzip)
    client.identify("u1", {"city": "上海", "vip": True})
    props = {"amount": 12.5, "sku": "茶"}
    at = datetime(2026, 1, 1, 2, tzinfo=UTC)
    client.track("u1", "order.paid", props, anonymous_id="a1", timestamp=at)
    client.page("u1", "Docs", "Home", {"url": "/"})
    client.screen(None, None, "Cart", anonymous_id="a1")
    client.group("u1", "g1", {"plan": "pro"})
    client.alias("old", "u1")
    for n in range(20):
        client.track(f"many-{n}", "page.opened", message_id=f"python-{n}")
    for _ in range(2):
        client.track("u2", "twice", message_id="same")
    client.shutdown()
    assert failed == []
    assert kinds(rows) == EXPECTED
    _check_the_order(rows, "analytics-python")
    assert rows("SELECT count(*) FROM people_mergefact") == [(1,)]


def test_the_node_client(
    live: Live, rows: Callable[..., list[tuple[Any, ...]]], node: Callable[[str, str], dict[str, Any]]
) -> None:
    live.start()
    assert node(live.address, live.key) == {"failed": []}
    assert kinds(rows) == EXPECTED
    _check_the_order(rows, "@segment/analytics-node")
    assert rows("SELECT count(*) FROM people_mergefact") == [(1,)]


def _check_the_order(rows: Callable[..., list[tuple[Any, ...]]], source: str) -> None:
    """Its time is corrected by the moment between sending and receipt, never by more."""
    [(at, props, found)] = rows("SELECT at, props, source FROM events_logentry WHERE kind = 'order.paid'")
    assert 0 <= at - AT_TEN < 60_000_000
    assert (json.loads(props), found) == ({"amount": 12.5, "sku": "茶"}, source)


def test_the_python_client_hears_why_it_was_refused(live: Live) -> None:
    live.start()
    client, failed = python_client(live)
    client.write_key = client.consumers[0].write_key = "wrong"
    client.track("u1", "order.paid")
    client.shutdown()
    assert len(failed) == 1
    assert "ingest.bad_key" in failed[0]
