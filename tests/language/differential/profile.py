"""How much Hypothesis tries: little by default, the same every time where CI is set, as much as YUTANG_EXAMPLES says."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, Phase, settings


def tried(examples: int) -> Callable[[Any], Any]:
    """Without shrinking, which takes minutes here: the tests look for a small case themselves."""
    return settings(
        max_examples=int(os.environ.get("YUTANG_EXAMPLES", examples)),
        derandomize=bool(os.environ.get("CI")),
        deadline=None,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
