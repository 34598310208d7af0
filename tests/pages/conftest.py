from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.pages.facts import DAY, HOUR, admit, erase, event, merge, retract, tag, traits

from yutang.events import overview
from yutang.kernel.clock import FixedClock, SystemClock


@pytest.fixture(autouse=True)
def _no_roll_of_another_test() -> None:
    overview.forget_rolls()


@pytest.fixture
def at_work(world: Any) -> Client:
    """Alice's browser."""
    client = Client(headers={"accept-language": "zh-CN"})
    client.force_login(world.alice)
    return client


@pytest.fixture
def pond(world: Any, home: Path) -> Any:
    """u1 bought three times and is the same human as u2; u3 only looked; u4 is erased."""
    now = SystemClock().now()
    clock = FixedClock(now)
    facts = [
        event("u1", "order.paid", now - 3 * DAY, "o-1", amount=12.5, sku="A-1"),
        event("u1", "order.paid", now - 2 * DAY, "o-2", amount=40),
        event("u1", "order.paid", now - HOUR, "o-3", amount=7),
        traits("u1", now - 3 * DAY, city="上海", vip=True),
        tag("u1", "老客", now - DAY),
        event("u2", "page.viewed", now - 40 * DAY, path="/spring"),
        merge("u1", "u2", now - 2 * DAY),
        event("u3", "page.viewed", now - 2 * HOUR, path="<script>alert(1)</script>"),
        retract("o-2", now - DAY),
        event("u4", "order.paid", now - DAY, amount=1),
        erase("u4", now - HOUR),
    ]
    admit(world.workspace.pk, facts, clock)
    return world.workspace
