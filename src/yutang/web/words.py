"""From a code to words in the reader's language. A missing code shows itself: a page never fails for want of a word."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language

from yutang.kernel.text import find_text


def current_language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh"


def words(code: str, lang: str | None = None, **params: Any) -> str:
    """The text of ``code`` with its ``{names}`` filled in."""
    text = find_text(code)
    if text is None:
        return code
    said = text.in_(lang or current_language())
    return said.format(**params) if params else said
