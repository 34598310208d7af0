"""The least a durable ingest server can do: parse, validate, commit one row per call, answer 200. What ours is measured against.

``python -m benchmarks.bare PORT DATABASE``: same server, threads and durability as ``yutang up``; no keys, no canonical form.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import msgspec
from granian import Granian
from granian.constants import Interfaces


class Item(msgspec.Struct, rename="camel"):
    type: str
    message_id: str
    event: str
    user_id: str
    timestamp: datetime
    properties: dict[str, Any]


class Batch(msgspec.Struct, rename="camel"):
    batch: list[Item]
    sent_at: datetime


_decode = msgspec.json.Decoder(Batch).decode
_encode = msgspec.msgpack.Encoder().encode
_writing = threading.Lock()
_connection: sqlite3.Connection | None = None


def _open() -> sqlite3.Connection:
    global _connection
    if _connection is None:
        _connection = sqlite3.connect(
            os.environ["BARE_DATABASE"], check_same_thread=False, isolation_level=None
        )
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            _connection.execute(f"PRAGMA {pragma}")
        _connection.execute(
            "CREATE TABLE IF NOT EXISTS intake (id INTEGER PRIMARY KEY, items BLOB, count INTEGER)"
        )
    return _connection


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    batch = _decode(environ["wsgi.input"].read())
    items = _encode(batch.batch)
    with _writing:
        _open().execute("INSERT INTO intake (items, count) VALUES (?, ?)", (items, len(batch.batch)))
    start_response("200 OK", [("Content-Type", "application/json")])
    return [b'{"success":true}']


if __name__ == "__main__":
    os.environ["BARE_DATABASE"] = sys.argv[2]
    Granian(
        "benchmarks.bare:application",
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
    ).serve()
