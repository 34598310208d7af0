"""Documentation that nobody checks goes stale: its links, its commands, its two languages."""

import re

import pytest
from tests.house.documents import Page, pages
from tests.house.tree import ROOT, lesson

ENGLISH_ONLY = {"docs/benchmarks.md", "docs/tutorial-cdnow.md"}
"""Every other page in docs/ is for users, and in both languages; decisions and contributing are for developers."""
BOTH_LANGUAGES = [
    page.path.removesuffix(".md")
    for page in pages()
    if re.fullmatch(r"(docs/[\w-]+|README)\.md", page.path) and page.path not in ENGLISH_ONLY
]


def _by_path() -> dict[str, Page]:
    return {page.path: page for page in pages()}


@pytest.mark.parametrize("name", BOTH_LANGUAGES)
def test_user_pages_are_in_both_languages_with_the_same_parts(name: str) -> None:
    english, chinese = _by_path()[f"{name}.md"], _by_path()[f"{name}.zh.md"]
    assert chinese.headings == english.headings, "the same headings in the same order"
    assert len(chinese.blocks) == len(english.blocks), "the same number of code blocks"
    assert re.search(r"[\u4e00-\u9fff]", chinese.text)


def test_every_chinese_page_has_its_english_one() -> None:
    found = [
        path
        for path in _by_path()
        if path.endswith(".zh.md") and path.replace(".zh.md", ".md") not in _by_path()
    ]
    assert not found, lesson(found, "Write the English page too.")


def test_every_link_inside_the_repository_leads_somewhere() -> None:
    found = [
        f"{page.path}: {link}"
        for page in pages()
        for link in page.links
        if not ((ROOT / page.path).parent / link).exists()
    ]
    assert not found, lesson(found, "Correct the link, or write the page.")


def test_every_make_target_that_is_mentioned_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    found = [
        f"{page.path}: make {target}"
        for page in pages()
        for target in re.findall(r"(?:^|`)make ([a-z-]+)", page.text, re.MULTILINE)
        if target not in targets
    ]
    assert not found, lesson(found, "Name a target of the Makefile.")


def test_the_first_commands_of_the_readmes_are_the_two_that_matter() -> None:
    for name in ("README.md", "README.zh.md"):
        assert _by_path()[name].commands[:2] == ["make demo", "make test"]
