"""Every word a person reads is there in Chinese and English, and every code that is used has words."""

import ast
import importlib
import re
from collections.abc import Iterator
from functools import cache

import pytest
from tests.house.tree import ROOT, files, lesson, modules

PLACEHOLDER = re.compile(r"\{(\w*)[^{}]*\}")
SAME_IN_BOTH = re.compile(r"[\W\d_a-zA-Z]*")
"""A text without a word to translate, such as ``CSV`` or ``{count}``."""


def _pair(text: object) -> tuple[str, str]:
    if isinstance(text, tuple):
        zh, en = text
        return zh, en
    return text.zh, text.en  # type: ignore[attr-defined]


@cache
def texts() -> dict[str, tuple[str, str]]:
    """Code → (Chinese, English), gathered from every ``TEXTS`` of the package."""
    found: dict[str, tuple[str, str]] = {}
    for module in modules("src/yutang"):
        if not re.search(r"/(texts|\w+_texts)\.py$", module.path):
            continue
        name = module.path.removeprefix("src/").removesuffix(".py").replace("/", ".")
        for code, text in importlib.import_module(name).TEXTS.items():
            assert code not in found, f"{code} is defined twice, the second time in {module.path}"
            found[code] = _pair(text)
    return found


def test_every_text_is_in_both_languages() -> None:
    found = [code for code, (zh, en) in texts().items() if not zh.strip() or not en.strip()]
    found += [code for code, (zh, en) in texts().items() if zh == en and not SAME_IN_BOTH.fullmatch(zh)]
    assert not found, lesson(
        found, "Write it as a Chinese operator would say it, and as an English one would."
    )


def test_chinese_texts_are_chinese_and_english_ones_are_not() -> None:
    han = re.compile(r"[\u4e00-\u9fff]")
    found = [
        code
        for code, (zh, en) in texts().items()
        if (han.search(en) and not han.search(zh)) or (zh != en and not han.search(zh))
    ]
    assert not found, lesson(found, "zh first, then en.")


def test_both_languages_name_the_same_parameters() -> None:
    found = [
        code
        for code, (zh, en) in texts().items()
        if set(PLACEHOLDER.findall(zh)) != set(PLACEHOLDER.findall(en))
    ]
    assert not found, lesson(found, "A reader of either language deserves the same facts.")


def _codes_in_python() -> Iterator[tuple[str, str]]:
    makers = {"Problem", "problem", "warning", "_problem", "_warning"}
    for module in modules("src/yutang"):
        for node in ast.walk(module.tree):
            match node:
                case ast.Call(
                    func=ast.Name(id=name) | ast.Attribute(attr=name),
                    args=[ast.Constant(value=str(code)), *_],
                ) if name in makers and re.fullmatch(r"[a-z_]+(\.[a-z_]+)+", code):
                    yield code, f"{module.path}:{node.lineno}"


def _codes_in_templates() -> Iterator[tuple[str, str]]:
    for name in files():
        if name.startswith("src/yutang/") and name.endswith((".html", ".txt")):
            text = (ROOT / name).read_text(encoding="utf-8")
            for match in re.finditer(r"{%\s*say\s+\"([^\"]+)\"", text):
                yield match[1], f"{name}:{text.count(chr(10), 0, match.start()) + 1}"


@pytest.mark.parametrize("codes", [_codes_in_python, _codes_in_templates])
def test_every_code_that_is_used_has_words(codes) -> None:  # type: ignore[no-untyped-def]
    found = [f"{place}: {code}" for code, place in codes() if code not in texts()]
    assert not found, lesson(found, "Add it to the room's texts.py, in both languages.")
