"""``make demo``: a home with a simulated pond, web and worker running behind it, and how to sign in.

Drives the ``yutang`` command from outside, as a person would, and keeps what it must remember in ``demo.json`` in the home.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

FIRST_PORT = 8000
TRIES = 5
PATIENCE = 90
"""Seconds to wait for the web server, and for it to stop."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="demo", description=__doc__)
    parser.add_argument("verb", choices=("start", "stop"))
    parser.add_argument("--home", type=Path, default=Path("demo"))
    parser.add_argument("--people", type=int, default=3000)
    parser.add_argument("--days", type=int, default=180)
    given = parser.parse_args()
    home = given.home.absolute()
    if given.verb == "stop":
        _stop(home)
    else:
        _start(home, people=given.people, days=given.days)


def _start(home: Path, *, people: int, days: int) -> None:
    memory = _remember(home)
    if _answers(memory):
        _tell(home, memory, "演示已经在运行", "The demo is already running")
        return
    if memory.get("filled"):
        _yutang(home, "init", "--json")  # brings the tables of an older version up to date
    else:
        memory = _fill(home, memory, people=people, days=days)
    with _one_at_a_time():
        _serve(home, memory)
    _tell(home, memory, "演示已就绪", "The demo is ready")


def _fill(home: Path, memory: dict[str, Any], *, people: int, days: int) -> dict[str, Any]:
    """A home with a simulated pond in it. What must stay the same is kept first: an interrupted start is simply gone on with."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    memory = {"password": secrets.token_urlsafe(9), "end": now} | memory
    _keep(home, memory)
    _say("正在建立演示空间 …", f"Making a home in {home} …")
    made = json.loads(
        _yutang(home, "init", "--json", "--name", "演示鱼塘", YUTANG_PASSWORD=memory["password"])
    )
    if made["is_new"]:
        memory |= {"user": made["sign_in"]["username"], "write_key": made["keys"]["write"]}
        _keep(home, memory)
    _say("正在生成并导入模拟用户 …", f"Simulating {people:,} people over {days} days and importing them …")
    size = ("--people", str(people), "--days", str(days), "--seed", "7", "--end", memory["end"])
    _yutang(home, "simulate", *size)
    return memory | {"filled": True}


def _stop(home: Path) -> None:
    memory = _remember(home)
    if not _answers(memory):
        _say("演示没有在运行", "The demo is not running")
        return
    os.killpg(memory["pid"], signal.SIGTERM)
    deadline = time.monotonic() + PATIENCE
    while _is_alive(memory["pid"]) and time.monotonic() < deadline:
        time.sleep(0.1)
    _say("演示已停止，数据保留", f"The demo has stopped; {home} keeps its data")


def _yutang(home: Path, verb: str, *arguments: str, **extra: str) -> str:
    """Runs the command and gives what it printed; ends this program as it ended when it failed."""
    command = [_program(), verb, "--home", str(home), *arguments]
    done = subprocess.run(
        command,
        env=_environment() | extra,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    if done.returncode:
        sys.stdout.write(done.stdout)
        sys.exit(done.returncode)
    return done.stdout


def _program() -> str:
    return str(Path(sys.executable).with_name("yutang"))


def _environment() -> dict[str, str]:
    """The demo is a home of its own on SQLite, whatever else this shell works with."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("YUTANG_", "DJANGO_"))}


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """The web server shares a port with whoever opens it at the same instant: two demos of one user choose one after another."""
    with (Path(tempfile.gettempdir()) / f"yutang-demo-{os.getuid()}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _serve(home: Path, memory: dict[str, Any]) -> None:
    """Starts web and worker in the background and returns when they can serve; another port where somebody was quicker."""
    port = FIRST_PORT
    for _ in range(TRIES):
        port = _free_port(port)
        memory |= {"port": port, "pid": _launch(home, port)}
        _keep(home, memory)
        if _becomes_ready(home, memory):
            return
        port += 1
    _say("演示没有启动成功，日志：", f"The demo did not start; the end of {home / 'demo.log'}:")
    sys.stdout.writelines(f"{line}\n" for line in (home / "demo.log").read_text().splitlines()[-20:])
    sys.exit(1)


def _launch(home: Path, port: int) -> int:
    command = [_program(), "up", "--home", str(home), "--port", str(port), "--json"]
    with (home / "demo.log").open("ab") as log:
        started = subprocess.Popen(
            command,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    return started.pid


def _becomes_ready(home: Path, memory: dict[str, Any]) -> bool:
    """Waits for it; False when the process ended. That it is ours that answers, and not another on this port, its log says."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and _is_alive(memory["pid"]):
        if _has_opened(home, memory["pid"]) and _answers(memory):
            return True
        time.sleep(0.2)
    return False


def _has_opened(home: Path, pid: int) -> bool:
    lines = (home / "demo.log").read_text(encoding="utf-8").splitlines()
    return any('"address"' in line and f'"pid": {pid}' in line for line in lines)


def _answers(memory: dict[str, Any]) -> bool:
    """Whether the process we started is there and ready to serve."""
    if not _is_alive(memory.get("pid", 0)):
        return False
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{memory['port']}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _is_alive(pid: int) -> bool:
    if pid <= 0:
        return False
    try:
        ended, _ = os.waitpid(pid, os.WNOHANG)
        return ended == 0
    except ChildProcessError:
        pass
    try:
        os.kill(pid, 0)
        return not _is_zombie(pid)
    except OSError:
        return False


def _is_zombie(pid: int) -> bool:
    """In a container without an init process, what has ended stays listed."""
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z"


def _free_port(first: int) -> int:
    """The first from there on that nobody listens on."""
    for port in range(first, first + 1000):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    sys.exit("no free port / 没有空闲端口")


def _remember(home: Path) -> dict[str, Any]:
    try:
        memory: dict[str, Any] = json.loads((home / "demo.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return memory


def _keep(home: Path, memory: dict[str, Any]) -> None:
    """Readable by its owner only: it holds the demo's password."""
    draft = home / "demo.json.new"
    with os.fdopen(
        os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
    ) as file:
        json.dump(memory, file, ensure_ascii=False, indent=1)
    draft.replace(home / "demo.json")


def _say(zh: str, en: str) -> None:
    print(f"{zh}  {en}", flush=True)


def _tell(home: Path, memory: dict[str, Any], zh: str, en: str) -> None:
    print(
        f"""
{zh}
{en}

  地址 address      http://127.0.0.1:{memory["port"]}/
  用户 user         {memory.get("user", "admin")}
  密码 password     {memory["password"]}
  写入密钥 write key {memory.get("write_key", "")}

  停止 stop         make demo-stop{"" if home == Path("demo").absolute() else f" HOME_OF_DEMO={home}"}
  日志 log          {home / "demo.log"}
""",
        flush=True,
    )


if __name__ == "__main__":
    main()
