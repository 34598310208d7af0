"""``yutang compact``."""

from collections.abc import Callable
from typing import Any

import pytest

LINES = '{"person":"u1","kind":"order.paid","at":"2026-01-01T10:00:00+08:00","props":{"amount":1}}\n'


@pytest.mark.process
def test_it_says_what_it_moved(installation: Any, run_yutang: Callable[..., Any]) -> None:
    env = installation.environment
    imported = run_yutang("import", "-", "--format", "jsonl", env=env, stdin=LINES)
    assert imported.code == 0, imported.err
    done = run_yutang("compact", "--json", env=env)
    assert done.code == 0, done.err
    assert done.json == {"moved": 0, "log": 1, "files": 0}, "it is not ninety days old"
    assert "0 facts moved" in run_yutang("compact", env=env).out
