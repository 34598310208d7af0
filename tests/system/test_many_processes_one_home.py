"""Two web processes, a worker and two imports write to one home at once: nothing is lost, nothing comes twice."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

pytestmark = [pytest.mark.process, pytest.mark.store]

SENDERS, BATCHES, EVENTS = 4, 10, 20
ORDERS = 400


def _batch(sender: int, number: int) -> dict[str, Any]:
    return {
        "batch": [
            {
                "type": "track",
                "userId": f"web-{sender}",
                "event": "page.viewed",
                "messageId": f"m-{sender}-{number}-{each}",
                "timestamp": "2026-01-05T10:00:00Z",
            }
            for each in range(EVENTS)
        ]
    }


def _orders(path: Path, prefix: str) -> Path:
    lines = [f"{prefix}-{i % 40},2026-01-0{1 + i % 5},{i}.50" for i in range(ORDERS)]
    path.write_text("\n".join(["buyer,day,amount", *lines]) + "\n", encoding="utf-8")
    return path


def test_web_processes_worker_and_imports_at_once(
    installation: Any, run_yutang: Callable[..., Any], start_yutang: Callable[..., Any], tmp_path: Path
) -> None:
    environment = installation.environment
    server = start_yutang("up", "--port", "0", "--web-processes", "2", "--json", env=environment)
    address = json.loads(server.stdout.readline())["address"]
    key = installation.made["keys"]["write"]

    def send(sender: int) -> list[int]:
        found = []
        for number in range(BATCHES):
            body = _batch(sender, number)
            first = httpx.post(f"{address}/v1/batch", json=body, auth=(key, ""), timeout=60)
            again = httpx.post(f"{address}/v1/batch", json=body, auth=(key, ""), timeout=60)
            found += [first.status_code, again.status_code]
        return found

    def bring(name: str) -> Any:
        file = _orders(tmp_path / f"{name}.csv", name)
        columns = ("--person", "buyer", "--kind", "order.paid", "--at", "day", "--prop", "amount=amount")
        return run_yutang("import", str(file), *columns, "--json", env=environment)

    with ThreadPoolExecutor(SENDERS + 2) as pool:
        sent = [pool.submit(send, each) for each in range(SENDERS)]
        imported = [pool.submit(bring, name) for name in ("one", "two")]
        assert {code for each in sent for code in each.result()} == {200}
        assert [(each.result().code, each.result().err) for each in imported] == [(0, "")] * 2

    settled = run_yutang("settle", env=environment)
    assert settled.code == 0, settled.err
    per_sender = f'count("page.viewed") == {BATCHES * EVENTS}'
    assert run_yutang("ask", per_sender, env=environment).out.split() == [f"web-{i}" for i in range(SENDERS)]
    bought = run_yutang("ask", f'count("order.paid") == {ORDERS // 40}', "--json", env=environment)
    assert bought.json["count"] == 80
    assert run_yutang("verify", env=environment).code == 0
