"""Bytes from disk or standard input, packed with gzip or not, cut into blocks of whole lines."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

from yutang.language.problem import Invalid, Problem

STDIN = "-"
BLOCK_BYTES = 4 * 1024 * 1024
LONGEST_LINE = 1024 * 1024
_GZIP = b"\x1f\x8b"


class Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...

    def readline(self, size: int = -1, /) -> bytes: ...


@contextmanager
def open_bytes(path: str) -> Iterator[tuple[Readable, Callable[[], int]]]:
    """The unpacked bytes, and a function telling how many bytes of the file itself are read. Raises ``Invalid``."""
    try:
        raw = sys.stdin.buffer if path == STDIN else Path(path).open("rb")  # noqa: SIM115 - closed below
    except OSError as error:
        raise Invalid(Problem("import.cannot_open", {"reason": error.strerror}, where=path)) from error
    try:
        counted = _Counted(raw)
        buffered = io.BufferedReader(counted, BLOCK_BYTES)
        packed = buffered.peek(2)[:2] == _GZIP
        yield (gzip.GzipFile(fileobj=buffered) if packed else buffered), lambda: counted.count
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise Invalid(Problem("import.broken_gzip", {"reason": str(error)}, where=path)) from error
    finally:
        if path != STDIN:
            raw.close()


class _Counted(io.RawIOBase):
    def __init__(self, below: IO[bytes]) -> None:
        self.below = below
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        chunk = self.below.read(len(buffer))
        buffer[: len(chunk)] = chunk
        self.count += len(chunk)
        return len(chunk)


def blocks(stream: Readable) -> Iterator[bytes]:
    """Whole lines, some megabytes at a time. The last may lack its line end.

    A line longer than ``LONGEST_LINE`` comes cut to just over that, so that memory stays flat and the reader can refuse it.
    """
    rest = b""
    while chunk := stream.read(BLOCK_BYTES):
        rest += chunk
        end = rest.rfind(b"\n") + 1
        if end:
            yield rest[:end]
            rest = rest[end:]
        elif len(rest) > LONGEST_LINE + BLOCK_BYTES:
            yield rest[: LONGEST_LINE + 1] + _end_of_line(stream)
            rest = b""
    if rest:
        yield rest


def _end_of_line(stream: Readable) -> bytes:
    """Skips to the next line and gives what follows there."""
    while chunk := stream.read(BLOCK_BYTES):
        if (end := chunk.find(b"\n")) >= 0:
            return b"\n" + chunk[end + 1 :] + stream.readline()
    return b"\n"
