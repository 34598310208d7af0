"""What only a real server shows: large bodies, bodies without a length, several processes at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from tests.events.ingest.live import Live, stream

pytestmark = pytest.mark.process


def test_a_large_body_is_refused_and_the_server_goes_on(live: Live) -> None:
    live.start()
    for body in (b"x" * 2_000_000, b'{"batch":[' + b"[" * 300_000, b'{"batch":' + b"\xff" * 1000):
        response = httpx.post(f"{live.address}/v1/batch", content=body, auth=(live.key, ""), timeout=60)
        assert response.status_code in (400, 413)
        assert response.json()["status"] == response.status_code
    assert live.post(stream()[0]).status_code == 200


def test_a_body_without_a_length_is_bounded_too(live: Live) -> None:
    def pieces(count: int) -> Iterator[bytes]:
        yield b'{"batch":['
        for n in range(count):
            comma = b"," if n else b""
            said = {
                "type": "track",
                "event": "e",
                "userId": "u1",
                "messageId": str(n),
                "properties": {"x": "y" * 9000},
            }
            yield comma + json.dumps(said).encode()
        yield b"]}"

    live.start()
    for count, status in ((5, 200), (100, 413)):
        response = httpx.post(
            f"{live.address}/v1/batch", content=pieces(count), auth=(live.key, ""), timeout=60
        )
        assert response.status_code == status


def test_two_web_processes_and_a_worker_share_one_database(live: Live, undisturbed: dict[str, Any]) -> None:
    live.start("", "--web-processes", "2")
    with ThreadPoolExecutor(8) as pool:
        told = [each.status_code for each in pool.map(live.post, stream()[:1] * 20)]
    assert told == [200] * 20
    for call in stream():
        live.deliver(call)
    live.kill()
    assert live.settled_state() == undisturbed
