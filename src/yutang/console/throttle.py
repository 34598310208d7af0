"""Slows down guessing of passwords: after some failures for one name from one address, or many from one address, wait.

Counters live in the process's cache: each web process counts for itself, which only multiplies the bound by their number.
"""

from __future__ import annotations

import hashlib

from django.core.cache import cache

WINDOW = 15 * 60
MOST_PER_NAME = 5
MOST_PER_ADDRESS = 30


def is_held(name: str, address: str) -> bool:
    counts = cache.get_many(_keys(name, address))
    return any(counts.get(key, 0) >= most for key, most in _keys(name, address).items())


def count_failure(name: str, address: str) -> None:
    for key in _keys(name, address):
        cache.add(key, 0, timeout=WINDOW)
        cache.incr(key)


def forgive(name: str, address: str) -> None:
    cache.delete_many(_keys(name, address))


def _keys(name: str, address: str) -> dict[str, int]:
    digest = hashlib.sha256(f"{name.casefold()}\x1f{address}".encode()).hexdigest()[:32]
    return {f"sign-in:name:{digest}": MOST_PER_NAME, f"sign-in:address:{address[:64]}": MOST_PER_ADDRESS}
