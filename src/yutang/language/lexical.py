"""Reading a condition word by word, before Python's parser sees it.

Here and in ``order`` are found, with exact places, the mistakes that the parser would answer with a bare "invalid syntax",
and whatever could make it use too much stack. ``Words.prepared`` has as many characters as the source, so that every place
in it is a place in the source.
"""

from __future__ import annotations

import keyword
import re
import unicodedata
from decimal import Decimal
from typing import Literal, NamedTuple

from yutang.language.problem import Problem, Span

LONGEST = 10_000
"""Bytes of UTF-8 in a condition."""
DEEPEST = 50
MOST_PROBLEMS = 20
"""Whoever makes more at once is told of the first ones."""
LARGEST = Decimal(10) ** 12
DECIMALS = 6

Kind = Literal["name", "number", "text", "operator", "open", "close"]


class Word(NamedTuple):
    kind: Kind
    text: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


class Words(NamedTuple):
    words: tuple[Word, ...]
    prepared: str
    problems: tuple[Problem, ...]


_COMMENT = re.compile(r"#[^\n]*")
_TEXT = re.compile(r"""((?:[rbuft]|[rft]b|b?[rf]|[ft]r)?)(\"\"\"|'''|"|')""", re.IGNORECASE)
_NUMBER = re.compile(r"(?:[0-9]|\.[0-9])(?:[eE][+-][0-9]|[\w.])*")
_PLAIN = re.compile(r"(?:(?:0|[1-9][0-9]*(?:_[0-9]+)*)(?:\.[0-9]*)?|\.[0-9]+)")
_NAME = re.compile(r"[^\W\d]\w*")
_OPERATOR = re.compile(
    r"===|!==|==|!=|<=|>=|<>|=>|=<|&&|\|\||\*\*|//|:=|->|[-+*/%<>=!&|^~@.,:;?$`\\()\[\]{}]"
)
_ESCAPE = re.compile(
    r"\\(?:[\\'\"nrt]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|(?P<bad>.?))", re.DOTALL
)
_SHORT_DURATION = re.compile(r"[0-9]+[smhdw]")

_INSTEAD = {
    "===": "==", "!==": "!=", "<>": "!=", "=>": ">=", "=<": "<=", "&&": "and", "||": "or", "!": "not", "&": "and", "|": "or",
}  # fmt: skip
_FULL_WIDTH = dict(zip("，、。：；？（）【】《》〈〉×÷－—–−·", ",,.:;?()[]<><>*/----.", strict=True))
_FULL_WIDTH |= {"≥": ">=", "≤": "<=", "≠": "!="}
_QUOTES = {
    "“": "”“",
    "”": "”“",
    "‘": "’‘",
    "’": "’‘",
    "「": "」",
    "『": "』",
    "＂": "＂",
    "＇": "＇",
    "„": "“”",
    "«": "»",
}
_WORDS_INSTEAD = {
    "and": "and", "or": "or", "not": "not", "in": "in", "is": "==",
    "且": "and", "并且": "and", "而且": "and", "和": "and", "或": "or", "或者": "or", "非": "not", "不是": "!=", "等于": "==",
    "不等于": "!=", "大于": ">", "小于": "<", "属于": "in",
}  # fmt: skip
_NO_SUCH = {
    "lambda": "lambda", "if": "ternary", "else": "ternary", "for": "loop", "while": "loop", "await": "await", "async": "await",
    "yield": "yield",
}  # fmt: skip
_OPERATOR_WORDS = frozenset({"and", "or", "not", "in", "is"})
_VALUE_WORDS = frozenset({"True", "False", "None"})
_STRAY = frozenset({"^", "~", "@", ";", "?", "$", "`", "\\", ":=", "->"})
_NO_OPERATOR = {"**": "power", "//": "floor_division", "%": "remainder"}


def read(source: str) -> Words:
    """The words of ``source``, the text for Python's parser, and every problem that words alone show."""
    reader = _Reader(source)
    reader.run()
    if not reader.words and not reader.problems:
        reader.problems.append(Problem("language.empty", span=Span(0, len(source))))
    ordered = sorted(reader.problems, key=lambda each: each.span)
    return Words(tuple(reader.words), "".join(reader.prepared), tuple(ordered))


class _Reader:
    """One pass over the characters. ``prepared`` starts as the source; what Python must not see is written over."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.prepared = list(source)
        self.words: list[Word] = []
        self.problems: list[Problem] = []
        self.at = 0

    def run(self) -> None:
        while self.at < len(self.source) and len(self.problems) < MOST_PROBLEMS:
            char = self.source[self.at]
            if char.isspace() or char == "\ufeff":
                self.blank(self.at + 1)
            elif char == "#" and (comment := _COMMENT.match(self.source, self.at)):
                self.blank(comment.end())
            elif char in _QUOTES:
                self.curly()
            elif text := _TEXT.match(self.source, self.at):
                self.text(text)
            elif number := _NUMBER.match(self.source, self.at):
                self.number(number[0])
            elif name := _NAME.match(self.source, self.at):
                self.name(name[0])
            elif operator := _OPERATOR.match(self.source, self.at):
                self.operator(operator[0])
            else:
                self.stray(char)

    # -- the kinds of words

    def blank(self, end: int) -> None:
        self.prepared[self.at : end] = " " * (end - self.at)
        self.at = end

    def curly(self) -> None:
        """A text between Chinese or other typographic quotes."""
        closing = _QUOTES[self.source[self.at]]
        end = next((i for i in range(self.at + 1, len(self.source)) if self.source[i] in closing), -1)
        end = self.at + 1 if end < 0 or "\n" in self.source[self.at : end] else end + 1
        inside = self.source[self.at : end].strip("".join(_QUOTES) + closing)
        self.problem("language.curly_quotes", end, instead=f'"{inside or "…"}"')
        self.word("text", end)

    def text(self, opening: re.Match[str]) -> None:
        quote = opening[2]
        end = self.end_of_text(opening.end(), quote)
        if end < 0:
            line_end = self.line_end(opening.end())
            self.problem("language.unclosed_text", line_end, quote=quote)
            self.word("text", line_end)
            return
        if opening[1]:
            self.problem("language.text_prefix", end, prefix=opening[1])
        elif len(quote) == 3:
            self.problem("language.triple_quotes", end)
        else:
            self.escapes(opening.end(), end - 1)
        self.word("text", end)

    def end_of_text(self, start: int, quote: str) -> int:
        """Just behind the closing quote, or -1; only a text in triple quotes goes over lines."""
        at = start
        while at < len(self.source):
            if self.source.startswith(quote, at):
                return at + len(quote)
            if self.source[at] in "\r\n" and len(quote) == 1:
                return -1
            at += 1 if self.source[at] != "\\" or self.source[at + 1 : at + 2] in ("\n", "\r") else 2
        return -1

    def line_end(self, start: int) -> int:
        ends = [at for at in (self.source.find("\n", start), self.source.find("\r", start)) if at >= 0]
        return min(ends, default=len(self.source))

    def escapes(self, start: int, end: int) -> None:
        for found in _ESCAPE.finditer(self.source, start, end):
            span = Span(found.start(), found.end())
            if found["bad"] is not None:
                self.problems.append(Problem("language.escape", {"written": found[0]}, span))
            elif found[0][1] in "xuU" and not _is_character(int(found[0][2:], 16)):
                self.problems.append(Problem("language.character", {"written": found[0]}, span))
        for at in range(start, end):
            if not _is_character(ord(self.source[at])):
                self.problems.append(
                    Problem("language.character", {"written": _code(self.source[at])}, Span(at, at + 1))
                )

    def number(self, written: str) -> None:
        end = self.at + len(written)
        if _SHORT_DURATION.fullmatch(written):
            self.problem("language.bare_duration", end, instead=f'"{written}"')
        elif written.startswith("0") and self.source[self.at - 1 : self.at] == ",":
            self.problem("language.thousands", end)
        elif not _PLAIN.fullmatch(written):
            self.problem("language.number_shape", end, written=written)
        elif len(written.partition(".")[2]) > DECIMALS:
            self.problem("language.number_decimals", end, written=written)
        elif len(written) > 40 or Decimal(written) >= LARGEST:
            self.problem("language.number_size", end, written=written)
        self.prepared[self.at : end] = "1" * (end - self.at)
        self.word("number", end)

    def name(self, written: str) -> None:
        end = self.at + len(written)
        if self.words and self.words[-1][:2] == ("operator", "."):
            return self.attribute(written, end)
        plain = unicodedata.normalize("NFKC", written)
        if plain != written:
            self.problem("language.full_width", end, written=written, instead=plain)
        elif instead := self.word_instead(written):
            self.problem("language.write_instead", end, written=written, instead=instead)
            return self.word("operator", end, instead)
        elif written in _NO_SUCH:
            self.problem_once(f"language.no_{_NO_SUCH[written]}", end, written=written)
        elif keyword.iskeyword(written) and written not in _OPERATOR_WORDS | _VALUE_WORDS:
            self.problem("language.reserved", end, written=written)
        return self.word("operator" if written in _OPERATOR_WORDS else "name", end)

    def word_instead(self, written: str) -> str:
        return "" if written in _OPERATOR_WORDS else _WORDS_INSTEAD.get(written.lower(), "")

    def attribute(self, written: str, end: int) -> None:
        """A name behind a dot may be any word, Python's own included: ``it.from``."""
        plain = unicodedata.normalize("NFKC", written)
        if plain != written:
            self.problem("language.full_width", end, written=written, instead=plain)
        if keyword.iskeyword(written):
            self.prepared[self.at] = "_"
        self.word("name", end)

    def operator(self, written: str) -> None:
        end = self.at + len(written)
        kind: Kind = "open" if written in "([{" else "close" if written in ")]}" else "operator"
        if instead := _INSTEAD.get(written):
            self.problem("language.write_instead", end, written=written, instead=instead)
            return self.word("operator", end, instead)
        if what := _NO_OPERATOR.get(written):
            self.problem(f"language.no_{what}", end, written=written)
        elif written in "{}":
            if written == "{":
                self.problem("language.no_braces", end)
        elif written == ":":
            self.colon(end)
        elif written in _STRAY:
            self.problem("language.stray", end, written=written)
        return self.word(kind, end)

    def colon(self, end: int) -> None:
        """What is wrong is not the colon itself, but the slice or the lambda that it belongs to."""
        brackets = [each.text for each in self.words if each.text in ("[", "]")]
        if brackets and brackets[-1] == "[":
            self.problem("language.no_subscript", end)
        elif not any(each.code == "language.no_lambda" for each in self.problems):
            self.problem("language.stray", end, written=":")

    def stray(self, char: str) -> None:
        end = self.at + 1
        instead = _FULL_WIDTH.get(char) or unicodedata.normalize("NFKC", char)
        if instead != char and instead.isascii() and instead.isprintable():
            self.problem("language.full_width", end, written=char, instead=instead)
            kind: Kind = "open" if instead in "([{" else "close" if instead in ")]}" else "operator"
            return self.word(kind, end, instead)
        self.problem("language.stray", end, written=char if char.isprintable() else _code(char))
        self.at = end
        return None

    # -- what they leave behind

    def word(self, kind: Kind, end: int, text: str = "") -> None:
        self.words.append(Word(kind, text or self.source[self.at : end], self.at, end))
        self.at = end

    def problem_once(self, code: str, end: int, **params: str) -> None:
        if not any(each.code == code for each in self.problems):
            self.problem(code, end, **params)

    def problem(self, code: str, end: int, **params: str) -> None:
        self.problems.append(Problem(code, params, Span(self.at, end)))


def _is_character(code: int) -> bool:
    """Neither NUL, which no data can hold, nor half of a surrogate pair, nor beyond Unicode."""
    return 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF


def _code(char: str) -> str:
    return f"U+{ord(char):04X}"
