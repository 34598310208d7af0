"""What a page tells a reader to type exists: the command, and each of its options."""

import re
import shlex
from collections.abc import Iterator
from functools import cache

import pytest
from tests.house.documents import pages
from tests.house.tree import lesson

from yutang.project import cli


def _yutang_calls() -> Iterator[tuple[str, list[str]]]:
    """(page, words after ``yutang``) for every call in a shell block, also behind a pipe or an assignment."""
    for page in pages():
        for line in page.commands:
            words = shlex.split(line, comments=True)
            for place, word in enumerate(words):
                if word.rpartition("/")[2] == "yutang":
                    rest = words[place + 1 :]
                    ends = [rest.index(mark) for mark in ("|", ">", "&&", ";") if mark in rest]
                    yield page.path, rest[: min(ends, default=len(rest))]


@cache
def _options(command: str) -> frozenset[str]:
    real = cli._load(command)
    return frozenset(name for each in real.params for name in (*each.opts, *each.secondary_opts)) | {"--help"}


def test_every_command_that_is_shown_exists() -> None:
    found = [
        f"{page}: yutang {' '.join(words[:1])}"
        for page, words in _yutang_calls()
        if words and not words[0].startswith("-") and words[0] not in cli.COMMANDS
    ]
    assert not found, lesson(found, "Correct the page, or add the command to project/cli.py.")


def test_every_option_that_is_shown_exists() -> None:
    found = [
        f"{page}: yutang {words[0]} {word}"
        for page, words in _yutang_calls()
        if words and words[0] in cli.COMMANDS
        for word in words[1:]
        if word.startswith("--") and word.partition("=")[0] not in _options(words[0])
    ]
    assert not found, lesson(found, "Correct the page, or the command's options.")


@pytest.mark.parametrize("path", ["docs/commands.md", "docs/commands.zh.md"])
@pytest.mark.parametrize("command", cli.COMMANDS)
def test_the_reference_has_every_command_with_all_its_options(command: str, path: str) -> None:
    text = next(page.text for page in pages() if page.path == path)
    _, heading, rest = text.partition(f"\n### yutang {command}\n")
    assert heading, f"{path} needs a section about yutang {command}"
    section = re.split(r"\n##+ ", rest)[0]
    told = set(re.findall(r"--[a-z-]+", section)) | {"--help"}
    expected = {name for name in _options(command) if name.startswith("--")}
    assert told == expected, f"{path}, yutang {command}: {sorted(told ^ expected)}"
