"""A real ``yutang up`` that the tests send to, kill, and start again."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from subprocess import Popen
from typing import Any

import httpx

Start = Callable[..., Popen[str]]
Run = Callable[..., Any]


@dataclass(slots=True)
class Live:
    """``crash`` is what YUTANG_CRASH asks of the first start; every later start is an ordinary one."""

    installation: Any
    start_yutang: Start
    run_yutang: Run
    process: Popen[str] | None = None
    address: str = ""
    restarts: int = 0

    @property
    def key(self) -> str:
        return str(self.installation.made["keys"]["write"])

    def start(self, crash: str = "", *options: str) -> None:
        environment = self.installation.environment | ({"YUTANG_CRASH": crash} if crash else {})
        self.process = self.start_yutang("up", "--port", "0", "--json", *options, env=environment)
        assert self.process.stdout
        self.address = json.loads(self.process.stdout.readline())["address"]

    def kill(self) -> None:
        assert self.process
        self.process.kill()
        self.process.wait()

    def post(self, body: Any, call: str = "batch") -> httpx.Response:
        return httpx.post(f"{self.address}/v1/{call}", json=body, auth=(self.key, ""), timeout=60)

    def deliver(self, body: Any) -> None:
        """As a client does it: again and again until it is told 200; whoever died meanwhile is started again."""
        while True:
            try:
                if self.post(body).status_code == 200:
                    return
            except httpx.TransportError:
                assert self.process
                self.process.wait(timeout=60)
                self.restart()

    def restart(self) -> None:
        self.restarts += 1
        self.start()

    def has_died(self) -> bool:
        assert self.process
        return self.process.poll() is not None

    def is_empty(self) -> bool:
        """Whether all that was sent so far is admitted."""
        try:
            told = httpx.get(f"{self.address}/metrics", timeout=60).text
        except httpx.TransportError:
            return False
        return "yutang_intake_waiting_items 0.0" in told

    def settled_state(self) -> dict[str, Any]:
        """What the two rooms hold once nothing is left to do."""
        environment = self.installation.environment
        settled = self.run_yutang("settle", "--json", env=environment)
        assert settled.code == 0, settled.err
        told = self.run_yutang("state", "--json", env=environment)
        assert told.code == 0, told.err
        rooms = told.json["workspaces"]["main"]["rooms"]
        return {room: rooms[room] for room in ("events", "people")}

    def eventually(self, question: Callable[[], Any], seconds: float = 30) -> Any:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if found := question():
                return found
            time.sleep(0.05)  # polling
        raise AssertionError("it did not happen")


def stream() -> list[dict[str, Any]]:
    """Six calls with users, devices that sign in, an alias and a group; no time depends on when they are sent."""
    return [{"batch": [_item(call, n) for n in range(40)]} for call in range(6)]


def _item(call: int, n: int) -> dict[str, Any]:
    user, id = f"u{n % 7}", f"{call}-{n}"
    at = f"2026-01-{call + 1:02}T10:{n:02}:00+08:00"
    base: dict[str, Any] = {"messageId": id, "timestamp": at, "userId": user}
    match n % 8:
        case 0:
            return {**base, "type": "identify", "traits": {"city": "上海", "n": n}}
        case 1:
            return {**base, "type": "group", "groupId": f"g{call}"}
        case 2:
            return {**base, "type": "page", "name": "Home", "userId": None, "anonymousId": f"a{n % 5}"}
        case 3:
            return {**base, "type": "track", "event": "signed.in", "anonymousId": f"a{n % 5}"}
        case 4 if call == 3:
            return {**base, "type": "alias", "previousId": f"old-{n}"}
        case _:
            return {**base, "type": "track", "event": "order.paid", "properties": {"amount": n / 4}}
