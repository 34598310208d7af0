"""From bytes to text: UTF-8 with or without its mark, GB18030, and which of them a file is in when nobody said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from yutang.language.problem import Invalid, Problem

Encoding = Literal["utf-8", "gb18030"]
ENCODINGS: dict[str, Encoding] = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "gb18030": "gb18030",
    "gbk": "gb18030",
    "gb2312": "gb18030",
}
"""GB18030 contains GBK and GB2312."""

_MARK = b"\xef\xbb\xbf"
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


def find_encoding(name: str) -> Encoding:
    """Raises ``Invalid`` for one that is not read."""
    known = ENCODINGS.get(name.lower().replace("_", "-"))
    if known is None:
        raise Invalid(Problem("import.unknown_encoding", {"name": name, "known": "utf-8, gb18030"}))
    return known


def without_mark(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Drops UTF-8's byte order mark. Raises ``Invalid`` for UTF-16, which has one too."""
    for first in blocks:
        if first.startswith(_WIDE_MARKS):
            raise Invalid(Problem("import.utf16"))
        yield first.removeprefix(_MARK)
        break
    yield from blocks


def detect(block: bytes) -> Encoding | None:
    """What most of the block's lines beyond ASCII are; None while there is none. UTF-8 when it could be both or neither."""
    if block.isascii():
        return None
    if _decodes(block, "utf-8"):
        return "utf-8"
    lines = [line for line in block.split(b"\n") if not line.isascii()]
    wide = sum(_decodes(line, "utf-8") for line in lines)
    chinese = sum(_decodes(line, "gb18030") for line in lines)
    return "gb18030" if wide * 2 < len(lines) and chinese > wide else "utf-8"


def _decodes(raw: bytes, encoding: Encoding) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def decode_line(raw: bytes, encoding: Encoding) -> tuple[str, Problem | None]:
    """The text, or a readable rest of it and where it breaks: ``byte`` counts from 1."""
    try:
        return raw.decode(encoding), None
    except UnicodeDecodeError as error:
        params = {"encoding": encoding.upper(), "byte": error.start + 1, "value": f"0x{raw[error.start]:02X}"}
        return raw.decode(encoding, "replace"), Problem("event.undecodable", params)


class Decoder:
    """Turns a file's blocks into text lines, settling the encoding at the first block that shows it."""

    def __init__(self, declared: Encoding | None) -> None:
        self.encoding = declared

    def settle(self, block: bytes) -> Encoding:
        if self.encoding is None:
            self.encoding = detect(block)
        return self.encoding or "utf-8"

    def lines(self, block: bytes) -> tuple[list[str], dict[int, Problem]]:
        """The block's lines without their ends, and the problems of those that do not decode, by index."""
        encoding = self.settle(block)
        try:
            return _split(block.decode(encoding)), {}
        except UnicodeDecodeError:
            pairs = [decode_line(line.removesuffix(b"\r"), encoding) for line in _split_bytes(block)]
        return [text for text, _ in pairs], {index: bad for index, (_, bad) in enumerate(pairs) if bad}


def _split(text: str) -> list[str]:
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    return lines


def _split_bytes(block: bytes) -> list[bytes]:
    lines = block.split(b"\n")
    if not lines[-1]:
        lines.pop()
    return lines
