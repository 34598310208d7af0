"""A fact on its way to admission, as every door into the record makes it: the Segment API, imports, other rooms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

import msgspec

from yutang.people.rules import Name, Names

Kind = Literal["event", "traits", "tag", "untag", "relate", "merge", "unmerge", "retract", "erase"]
LOGGED = frozenset(("event", "traits", "tag", "untag", "relate"))
"""What becomes a log entry; the others have tables of their own."""
DAY = 86_400_000_000
ID_LENGTH = 255


class Fact(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """``at`` in microseconds UTC, None: always known. ``who``: strongest name first; empty only for a retraction.

    ``other``: the partner's names of a merge or un-merge (alternatives for one person); of a relation the targets that shall be
    people too. ``target``: the retracted fact's id. ``props``: canonical JSON object. ``kind``: the event's kind, the tag's name.
    """

    fact: Kind
    id: str
    at: int | None
    who: Names = ()
    kind: str = ""
    props: str = "{}"
    channel: str | None = None
    source: str | None = None
    other: tuple[Name, ...] = ()
    target: str = ""


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[msgspec.Raw]).decode
_decode_one = msgspec.msgpack.Decoder(Fact).decode
_decode_all = msgspec.msgpack.Decoder(list[Fact]).decode


def pack(facts: Sequence[Fact]) -> bytes:
    """As an intake row holds them."""
    return _encode(facts)


def unpack(items: bytes) -> Iterator[Fact | tuple[bytes, str]]:
    """The facts of an intake row, and those that cannot be read as they are, with the reason."""
    try:
        yield from _decode_all(items)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        yield from _one_by_one(items)


def _one_by_one(items: bytes) -> Iterator[Fact | tuple[bytes, str]]:
    try:
        each_raw = _decode(items)
    except msgspec.MsgspecError as error:
        yield items, str(error)
        return
    for raw in each_raw:
        try:
            yield _decode_one(raw)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            yield bytes(raw), str(error)


def rows(facts: Sequence[Fact], most: int) -> Iterator[Sequence[Fact]]:
    """Cut into intake rows of at most ``most`` facts, so that one admission step stays short."""
    for start in range(0, len(facts), most):
        yield facts[start : start + most]


_TYPES = {bool: "boolean", str: "text", int: "number", float: "number", list: "list"}


def types(props: dict[str, Any], *, prefix: str = "") -> Iterable[tuple[str, str]]:
    """``(path, type)`` of every value in decoded canonical props; objects are entered by dotted path, null has no type."""
    for name, value in props.items():
        known = _TYPES.get(type(value))
        if known:
            yield prefix + name, known
        elif isinstance(value, dict):
            if "$number" in value:
                yield prefix + name, "number"
            else:
                yield from types(value, prefix=f"{prefix}{name}.")
