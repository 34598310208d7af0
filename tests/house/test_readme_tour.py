"""The tour of both READMEs, typed as it stands there, against a small demo."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.house.documents import SHELL, pages

pytestmark = pytest.mark.process
BIN = Path(sys.executable).parent
PEOPLE = {"README.md": ("ana", "ben"), "README.zh.md": ("小安", "小本")}


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who types what the page says, in a folder where ``make demo`` has been run."""

    folder: Path
    port: int
    key: str

    def types(self, text: str, *program: str) -> str:
        environment = {
            **{
                name: value
                for name, value in os.environ.items()
                if not name.startswith(("YUTANG_", "DJANGO_"))
            },
            "PATH": f"{BIN}:{os.environ['PATH']}",
            "KEY": self.key,
            "YUTANG_LANG": "en",
        }
        done = subprocess.run(
            [*program, text.replace(":8000", f":{self.port}")],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, f"{text}\n{done.stdout}\n{done.stderr}"
        return done.stdout


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    demo = Reader(tmp_path, 0, "")
    start = f"{sys.executable} -m yutang.simulator.demo start --home demo --people 80 --days 30"
    demo.types(start, "bash", "-c")
    memory = json.loads((tmp_path / "demo" / "demo.json").read_text(encoding="utf-8"))
    yield Reader(tmp_path, memory["port"], memory["write_key"])
    demo.types(f"{sys.executable} -m yutang.simulator.demo stop --home demo", "bash", "-c")


@pytest.mark.parametrize("path", PEOPLE)
def test_everything_in_the_tour_works_as_it_is_written(path: str, reader: Reader) -> None:
    page = next(page for page in pages() if page.path == path)
    told = []
    for language, text in page.blocks:
        if language == "python":
            reader.types(text, sys.executable, "-c")
        elif language in SHELL and "make " not in text and "yutang up" not in text:
            told.append(reader.types(text, "bash", "-euo", "pipefail", "-c"))
    asked, imported, sent, explained, offline = told
    first, second = PEOPLE[path]
    assert "order.paid" in imported, "the preview shows what the lines say"
    assert imported.splitlines()[-2:] == [first, second], "both bought coats for 120 or more"
    assert '"success":true' in sent.replace(" ", "")
    assert "did" in asked
    counted = explained.splitlines()[-1].split()
    assert counted == ["4", 'count("order.paid")'], "two imported, one from curl, one from the library"
    assert int(offline) > 0
