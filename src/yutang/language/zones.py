"""The time zones that a person or a workspace may be in."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones


@cache
def known_zones() -> frozenset[str]:
    """IANA names that mean the same on every machine; ``localtime`` is whatever this one is set to."""
    return frozenset(available_timezones() - {"localtime"})
