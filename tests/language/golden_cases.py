"""Golden files: a condition, and what is said about it in Chinese and English.

Each file of ``golden/`` has three parts: ``=== condition`` (followed by words of ``OPTIONS`` where it is asked somewhere
special), ``=== zh`` and ``=== en``. ``pytest tests/language --update-golden`` writes the last two anew.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from yutang.language import Invalid, Known, check, parse, render

FOLDER = Path(__file__).parent / "golden"
OPTIONS = ("event", "entry", "known", "file")
KNOWN = Known(
    kinds=frozenset({"order.paid", "order.refunded", "friend.added", "page.viewed", "live.entered"}),
    properties=frozenset({"amount", "sku", "address.city"}),
    traits=frozenset({"city", "level", "birthday"}),
    tags=frozenset({"vip", "do-not-disturb"}),
    relations=frozenset({"mentor"}),
)
_PARTS = re.compile(r"^=== (condition|zh|en)\b(.*)\n", re.MULTILINE)


@dataclass(frozen=True)
class Case:
    path: Path
    condition: str
    options: tuple[str, ...]
    zh: str = ""
    en: str = ""

    def said(self, lang: str) -> str:
        """The problems of the condition, errors or warnings, as they are shown."""
        file = "rules.yaml" if "file" in self.options else ""
        return render(Invalid(*self.problems()), self.condition, lang, file=file, line=12 if file else 1)

    def problems(self):
        try:
            return check(
                parse(self.condition),
                KNOWN if "known" in self.options else None,
                has_event="event" in self.options,
                has_entry="entry" in self.options,
            )
        except Invalid as invalid:
            return invalid.problems

    def write(self) -> None:
        heading = " ".join(["=== condition", *self.options])
        parts = [heading, self.condition, "=== zh", self.said("zh"), "=== en", self.said("en")]
        self.path.write_text("\n".join(parts) + "\n", encoding="utf-8")


def read(path: Path) -> Case:
    _, *parts = _PARTS.split(path.read_text(encoding="utf-8"))
    found = {parts[i]: parts[i + 2].removesuffix("\n") for i in range(0, len(parts), 3)}
    return Case(path, found["condition"], tuple(parts[1].split()), found.get("zh", ""), found.get("en", ""))


def every_case() -> list[Case]:
    return [read(each) for each in sorted(FOLDER.glob("*.txt"))]
