"""Words for people, in Simplified Chinese and English; codes become words here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from yutang.language.problem import Problem

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """One thing said in both languages. As a template it holds ``{param}``."""

    zh: str
    en: str

    def in_(self, language: Language) -> str:
        return self.en if language == "en" else self.zh


TEXTS: dict[str, Text] = {}


class _Params(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"


def add_texts(texts: Mapping[str, Text]) -> None:
    """Raises ValueError when a code already says something else: two rooms must not share one."""
    for code, text in texts.items():
        if TEXTS.setdefault(code, text) != text:
            raise ValueError(f"text {code!r} is said twice")


def add_language_texts() -> None:
    """The language stands below the kernel and keeps its words as plain ``(zh, en)`` pairs."""
    from yutang.language.texts import TEXTS as PAIRS

    add_texts({code: Text(*pair) for code, pair in PAIRS.items()})


def find_text(code: str) -> Text | None:
    return TEXTS.get(code)


def fill(text: Text, language: Language, params: Mapping[str, Any]) -> str:
    values = {
        name: value.in_(language) if isinstance(value, Text) else value for name, value in params.items()
    }
    return text.in_(language).format_map(_Params(values))


def word(code: str, language: Language, **params: Any) -> str:
    """The text ``code``; the code itself where no room has words for it (a test looks for those)."""
    text = TEXTS.get(code)
    return code if text is None else fill(text, language, params)


def say(problem: Problem, language: Language) -> str:
    """One sentence, without the place (``where``, ``span``): pages and command line show that in their own way."""
    if problem.code.startswith("language."):
        from yutang.language.texts import words

        return words(problem, language)
    text = TEXTS.get(problem.code)
    if text is not None:
        return fill(text, language, problem.params)
    return " ".join([problem.code, *(f"{name}={value}" for name, value in problem.params.items())])


def hint(problem: Problem, language: Language) -> str:
    """What to write instead; "" where there is nothing to suggest."""
    if not problem.code.startswith("language."):
        return ""
    from yutang.language.texts import hint

    return hint(problem, language)


def choose_language(chosen: str | None, accepted: str = "") -> Language:
    """What was chosen (cookie, session, YUTANG_LANG) wins, then an Accept-Language header; Chinese where neither says."""
    if chosen in ("zh", "en"):
        return chosen  # type: ignore[return-value]
    for part in accepted.lower().split(","):
        if part.strip().startswith("zh"):
            return "zh"
        if part.strip().startswith("en"):
            return "en"
    return "zh"


def language_of(environment: Mapping[str, str]) -> Language:
    """For the command line: YUTANG_LANG, else LC_ALL or LANG starting with "en", else Chinese."""
    chosen = environment.get("YUTANG_LANG")
    if chosen in ("zh", "en"):
        return chosen  # type: ignore[return-value]
    system = environment.get("LC_ALL") or environment.get("LANG") or ""
    return "en" if system.lower().startswith("en") else "zh"
