"""The body of an ingest call: unpacked within bounds, and cut into items that are still undecoded."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import msgspec

from yutang.events.segment import ITEM_BYTES, Context
from yutang.kernel.refused import Refused
from yutang.language.problem import Problem

BATCH_BYTES = 500 * 1024
BATCH_ITEMS = 10_000
"""No client sends so many; a body of brackets must not become an endless list of refusals."""


class Wire(msgspec.Struct, rename="camel"):
    """What stands around the items (or, in a single call, beside the rest of the one item)."""

    batch: list[msgspec.Raw] | None = None
    write_key: Any = None
    sent_at: Any = None
    context: msgspec.Raw = msgspec.Raw()


@dataclass(frozen=True, slots=True)
class Envelope:
    """``items`` hold undecoded JSON, or the problem that one has."""

    write_key: str
    sent_at: Any
    context: Context | None
    items: tuple[bytes | msgspec.Raw | Problem, ...]


_wire = msgspec.json.Decoder(Wire).decode
_context = msgspec.json.Decoder(Context).decode
_encode = msgspec.json.Encoder(decimal_format="number").encode


def plain(body: bytes, encoding: str) -> bytes:
    """The body as sent, unpacked if need be. Raises Refused 400, 413, 415."""
    if len(body) > BATCH_BYTES:
        raise _too_large()
    match encoding.strip().lower():
        case "" | "identity":
            return body
        case "gzip" | "x-gzip":
            return _unzip(body)
        case other:
            raise Refused(Problem("ingest.unknown_encoding", {"encoding": other[:60]}), status=415)


def _unzip(body: bytes) -> bytes:
    """Never more than the limit is unpacked, whatever the body promises."""
    unpacking = zlib.decompressobj(wbits=31)
    try:
        found = unpacking.decompress(body, BATCH_BYTES + 1)
    except zlib.error as error:
        raise Refused(Problem("ingest.bad_gzip", {"reason": str(error)}), status=400) from None
    if len(found) > BATCH_BYTES:
        raise _too_large()
    if not unpacking.eof:
        raise Refused(Problem("ingest.bad_gzip", {"reason": "incomplete"}), status=400)
    return found


def _too_large() -> Refused:
    return Refused(Problem("ingest.body_too_large", {"limit": BATCH_BYTES}), status=413)


def opened(body: bytes, *, is_batch: bool) -> Envelope:
    """Raises Refused 400 for a body that is no JSON object of the expected shape, 413 for a single call that is too large."""
    if not is_batch and len(body) > ITEM_BYTES:
        raise Refused(Problem("ingest.item_too_large", {"limit": ITEM_BYTES}), status=413)
    try:
        wire = _wire(body)
        items: list[Any] = wire.batch if is_batch and wire.batch is not None else [body]
        context = wire.context
    except (msgspec.ValidationError, RecursionError) as error:
        raise _unreadable(error) from None
    except (msgspec.MsgspecError, UnicodeDecodeError):
        wire, items = _loosely(body, is_batch=is_batch)
        context = msgspec.Raw()
    if is_batch and wire.batch is None:
        raise Refused(Problem("ingest.no_batch", where="batch"), status=400)
    if len(items) > BATCH_ITEMS:
        raise Refused(Problem("ingest.too_many", {"limit": BATCH_ITEMS}, where="batch"), status=413)
    key = wire.write_key if isinstance(wire.write_key, str) else ""
    return Envelope(key, wire.sent_at, _shared_context(context) if is_batch else None, tuple(items))


def _shared_context(raw: msgspec.Raw) -> Context | None:
    try:
        return _context(raw) if len(bytes(raw)) else None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def _unreadable(error: BaseException) -> Refused:
    if isinstance(error, RecursionError):
        return Refused(Problem("event.too_deep", {"most": 20}), status=400)
    return Refused(Problem("event.not_json", {"reason": str(error)}), status=400)


def _loosely(body: bytes, *, is_batch: bool) -> tuple[Wire, list[Any]]:
    """Python writes NaN and JavaScript half a surrogate pair, which are no JSON: only the items that have them are refused."""
    try:
        value = json.loads(body, parse_float=Decimal, parse_constant=float)
        if not isinstance(value, dict):
            raise ValueError("no object")
        items = value.pop("batch", None) if is_batch else [value]
        around = {name: value.get(name) for name in ("writeKey", "sentAt")}
        if items is not None and not isinstance(items, list):
            raise ValueError("batch is no list")
        wire = Wire(
            batch=[] if items is not None else None, write_key=around["writeKey"], sent_at=around["sentAt"]
        )
        return wire, list(_strictly(items or []))
    except (ValueError, RecursionError) as error:
        raise _unreadable(error) from None


def _strictly(items: list[Any]) -> Iterator[bytes | Problem]:
    for item in items:
        try:
            json.dumps(item, allow_nan=False, default=str)
            yield _encode(item)
        except UnicodeEncodeError:
            yield Problem("event.bad_unicode")
        except (ValueError, TypeError, OverflowError):
            yield Problem("event.not_finite")
