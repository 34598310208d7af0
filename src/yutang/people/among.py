"""``column IN (many values)`` as one parameter, so that a statement has no limit of values and one text."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from django.db import connection


def among(column: str, values: Collection[Any]) -> tuple[str, Any]:
    """SQL condition and its one parameter. ``values``: all texts, or all integers."""
    if connection.vendor == "sqlite":
        return f"{column} IN (SELECT value FROM json_each(%s))", json.dumps(list(values))
    return f"{column} = ANY(%s)", list(values)
