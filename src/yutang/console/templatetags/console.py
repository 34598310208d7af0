"""Words for what is stored in code."""

from __future__ import annotations

from django import template

from yutang.kernel.text import find_text
from yutang.web.words import words

register = template.Library()


@register.simple_tag
def namespace(name: str) -> str:
    """``手机号`` for ``phone``; a namespace of the workspace's own is shown as it is written."""
    code = f"people.namespace.{name}"
    return words(code) if find_text(code) else name
