"""One fragment per change in changes/, ``<issue>-<word>.<kind>.md``; a release gathers them."""

import re

from tests.house.tree import ROOT, files, lesson

KINDS = ("added", "changed", "fixed", "removed", "security")


def _fragments() -> list[str]:
    return [name for name in files() if name.startswith("changes/") and name != "changes/README.md"]


def test_there_is_a_fragment_for_the_change() -> None:
    assert _fragments(), "say in changes/ what a user will notice; changes/README.md tells how"


def test_fragments_are_named_and_short() -> None:
    shape = re.compile(rf"changes/\d+-[a-z0-9-]+\.({'|'.join(KINDS)})\.md")
    found = [name for name in _fragments() if not shape.fullmatch(name)]
    found += [
        name
        for name in _fragments()
        if not 1 <= len((ROOT / name).read_text(encoding="utf-8").split()) <= 250
    ]
    assert not found, lesson(
        found, f"<issue>-<word>.<kind>.md, kind one of {', '.join(KINDS)}; a few lines of prose."
    )
