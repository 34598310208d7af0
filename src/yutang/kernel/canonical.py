"""One text for one value: what is hashed must not depend on the order of keys."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any


def canonical(value: Any) -> str:
    """JSON with sorted keys and nothing between. Raises TypeError or ValueError for what JSON has no word for (also NaN)."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(*parts: str) -> str:
    """SHA-256 over the parts; each is preceded by its length, so that no two lists of parts read the same."""
    hashed = sha256()
    for part in parts:
        data = part.encode()
        hashed.update(len(data).to_bytes(8, "big") + data)
    return hashed.hexdigest()
