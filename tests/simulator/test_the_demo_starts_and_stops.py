"""What ``make demo`` runs: started twice, stopped, started again over the same home."""

import json
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.process


def _demo(verb: str, home: Path) -> str:
    command = [
        sys.executable,
        "-m",
        "yutang.simulator.demo",
        verb,
        "--home",
        str(home),
        "--people",
        "60",
        "--days",
        "30",
    ]
    environment = {**os.environ, "YUTANG_HOME": "/nowhere", "YUTANG_DATABASE": "postgresql://nowhere/at-all"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "demo"
    if (tmp_path / "demo").exists():
        _demo("stop", tmp_path / "demo")


def _address(told: str) -> str:
    found = re.search(r"http://127\.0\.0\.1:\d+/", told)
    assert found is not None, told
    return found[0]


def test_it_is_ready_when_it_says_so_and_starting_it_again_changes_nothing(home: Path) -> None:
    first = _demo("start", home)
    with urllib.request.urlopen(_address(first) + "readyz", timeout=10) as answer:
        assert answer.status == 200
    again = _demo("start", home)
    assert "already running" in again
    assert _address(again) == _address(first)


def test_it_keeps_its_people_and_its_password_over_a_stop(home: Path) -> None:
    _demo("start", home)
    before = json.loads((home / "demo.json").read_text(encoding="utf-8"))
    assert "has stopped" in _demo("stop", home)
    assert "not running" in _demo("stop", home)
    told = _demo("start", home)
    assert "Simulating" not in told
    assert before["password"] in told


def test_what_it_remembers_is_for_its_owner_only(home: Path) -> None:
    _demo("start", home)
    assert (home / "demo.json").stat().st_mode & 0o077 == 0
