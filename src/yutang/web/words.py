"""Words in the language that is active for this request."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language

from yutang.kernel.text import Language, word


def current_language() -> Language:
    return "en" if (get_language() or "").startswith("en") else "zh"


def words(code: str, **params: Any) -> str:
    return word(code, current_language(), **params)
