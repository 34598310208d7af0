"""Ids that sort by the time they were made."""

from __future__ import annotations

import secrets

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford: nothing that is misread aloud


def _base32(number: int, digits: int) -> str:
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(digits)))


def new_id(prefix: str, now: int) -> str:
    """``imp_06gk…``: 11 digits of ``now`` (microseconds), then 80 random bits."""
    return f"{prefix}_{_base32(now, 11)}{_base32(secrets.randbits(80), 16)}"
