"""The repository's prose, taken apart: pages, headings, code blocks, links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tests.house.tree import ROOT, files

_FENCE = re.compile(r"^```([a-z]*)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
SHELL = ("sh", "bash", "console", "shell")


@dataclass(frozen=True, slots=True)
class Page:
    """One Markdown file. ``blocks`` are its fenced code blocks as (language, text)."""

    path: str
    text: str
    blocks: tuple[tuple[str, str], ...]

    @property
    def prose(self) -> str:
        return _FENCE.sub("", self.text)

    @property
    def headings(self) -> list[str]:
        """Each heading's level, as ``##``, in order."""
        return re.findall(r"^(#+) ", self.prose, re.MULTILINE)

    @property
    def links(self) -> list[str]:
        """Targets inside the repository."""
        return [link for link in _LINK.findall(self.prose) if not re.match(r"[a-z]+:", link)]

    @property
    def commands(self) -> list[str]:
        """The command lines of its shell blocks, continuation lines joined, comments and prompts off."""
        found = []
        for language, text in self.blocks:
            if language in SHELL:
                for line in text.replace("\\\n", " ").splitlines():
                    line = line.removeprefix("$ ").split(" #")[0].strip()
                    if line and not line.startswith("#"):
                        found.append(line)
        return found


@cache
def pages() -> tuple[Page, ...]:
    """Every Markdown file of the repository."""
    return tuple(_page(name) for name in files() if name.endswith(".md"))


def _page(name: str) -> Page:
    text = (ROOT / name).read_text(encoding="utf-8")
    return Page(name, text, tuple(_FENCE.findall(text)))
