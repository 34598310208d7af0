"""A decision is one page: context, decision, consequences, alternatives, and the check that enforces it."""

import re
from functools import cache

import pytest
from tests.house.documents import Page, pages
from tests.house.tree import ROOT

PARTS = ["Context", "Decision", "Consequences", "Alternatives", "Enforced by"]


@cache
def _decisions() -> tuple[Page, ...]:
    return tuple(page for page in pages() if re.match(r"docs/decisions/\d{4}-", page.path))


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(page.path.split("/")[-1][:4]) for page in _decisions()]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("page", _decisions(), ids=lambda page: page.path)
def test_a_decision_has_all_its_parts_on_one_page(page: Page) -> None:
    assert re.findall(r"^## (.+)$", page.text, re.MULTILINE) == PARTS
    assert len(page.text.split()) < 700, "one page"


@pytest.mark.parametrize("page", _decisions(), ids=lambda page: page.path)
def test_a_decision_cites_checks_that_exist(page: Page) -> None:
    cited = re.findall(r"`([\w./-]+?)(?:::\w+)?`", page.text.split("## Enforced by")[1])
    paths = [name for name in cited if "/" in name or name.startswith(".")]
    assert paths, "cite the test or contract by its path"
    missing = [name for name in paths if not (ROOT / name).exists()]
    assert not missing, f"{page.path} cites what is not there: {missing}"
