"""The operating page names every command, exit code and variable, in both languages."""

import re
from pathlib import Path

import pytest

from yutang.project.cli import COMMANDS
from yutang.project.exits import Exit

ROOT = Path(__file__).parents[2]
INTERNAL = {"YUTANG_PARENT"}


def variables():
    found = set()
    for file in (ROOT / "src").rglob("*.py"):
        found |= set(re.findall(r"\bYUTANG_[A-Z_]*[A-Z]\b", file.read_text(encoding="utf-8")))
    return found - INTERNAL


@pytest.mark.parametrize("page", ["operating.md", "operating.zh.md"])
def test_nothing_is_left_out(page):
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    wanted = [f"| `{name}` |" for name in [*COMMANDS, *variables()]] + [f"| {each.value} |" for each in Exit]
    assert [each for each in wanted if each not in text] == []
