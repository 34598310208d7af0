"""A problem that somebody may meet has words in both languages."""

import re
from pathlib import Path

import pytest

from yutang.kernel.text import TEXTS, add_texts
from yutang.project.texts import TEXTS as PROJECT_TEXTS

SOURCE = Path(__file__).parents[2] / "src" / "yutang"
CODE = re.compile(r'Problem\(\s*"([a-z_]+(?:\.[a-z_]+)+)"')


def codes():
    for file in sorted(SOURCE.rglob("*.py")):
        for code in CODE.findall(file.read_text()):
            yield pytest.param(code, id=f"{file.relative_to(SOURCE)}-{code}")


@pytest.mark.parametrize("code", list(codes()))
def test_a_code_has_words(code):
    add_texts(PROJECT_TEXTS)
    assert code in TEXTS
