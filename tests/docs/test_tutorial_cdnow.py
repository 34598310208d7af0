"""The tutorial's commands run as they stand there and print what it says."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.process

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "tutorial-cdnow.md"
DATA = ROOT.parent / "shared" / "data" / "cdnow" / "CDNOW_master.txt"
BLOCK = re.compile(r"^```(sh|text)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def _steps() -> list[tuple[str, str | None]]:
    """Commands, and what they must print (None: not said)."""
    steps: list[tuple[str, str | None]] = []
    for language, text in BLOCK.findall(PAGE.read_text("utf-8")):
        if language == "sh":
            steps.append((text, None))
        else:
            steps[-1] = (steps[-1][0], text)
    return steps


def _run(command: str, folder: Path, data: Path) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("YUTANG_", "DJANGO_"))}
    path = f"{Path(sys.executable).parent}{os.pathsep}{kept['PATH']}"
    environment = {**kept, "PATH": path, "YUTANG_HOME": str(folder / "home"), "YUTANG_LANG": "en"}
    shell = command.replace("../shared/data/cdnow/CDNOW_master.txt", str(data))
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", shell],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode in (0, 141), f"{command}\n{done.stderr}"
    return done.stdout


def _matches(printed: str, expected: str) -> bool:
    pattern = ".*".join(re.escape(part) for part in expected.strip().split("…"))
    return re.fullmatch(pattern, printed.strip(), re.DOTALL) is not None


def test_the_tutorial_does_what_it_says(tmp_path):
    if not DATA.exists():
        pytest.skip(f"THE TUTORIAL IS NOT TESTED: there is no {DATA}")
    for command, expected in _steps():
        printed = _run(command, tmp_path, DATA)
        assert expected is None or _matches(printed, expected), (
            f"{command}\nprinted:\n{printed}\nexpected:\n{expected}"
        )


def test_the_tutorials_commands_read_any_file_of_that_format(tmp_path):
    chance = random.Random(7)
    rows = []
    for _ in range(2000):
        person, month, day = chance.randrange(1, 400), chance.randrange(1, 13), chance.randrange(1, 29)
        rows.append(
            f" {person:05} 1997{month:02}{day:02} {chance.randrange(1, 9):2} {chance.randrange(100, 9999) / 100:7.2f}"
        )
    data = tmp_path / "CDNOW_master.txt"
    data.write_text(" customer_id  date number_of_cds  dollar_value\n" + "\n".join([*rows, rows[0]]) + "\n")
    printed = [_run(command, tmp_path, data) for command, _ in _steps()]
    imports = [text for text in printed if "already known" in text]
    assert "2,001 added, 0 already known, 0 refused" in imports[0]
    assert "0 added, 2,001 already known" in imports[1]
