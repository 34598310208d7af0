"""A write key is remembered for a second: ingestion asks at every call."""

from __future__ import annotations

from typing import Any

import pytest

from yutang.kernel.clock import FixedClock
from yutang.kernel.door import SYSTEM
from yutang.workspaces.actions import create_key, revoke_key
from yutang.workspaces.queries import WRITER_AGE, KnownWriters

pytestmark = pytest.mark.django_db


def made(workspace: Any, clock: FixedClock) -> tuple[int, str]:
    key = create_key(workspace_id=workspace.pk, kind="write", name="shop", actor=SYSTEM, clock=clock)
    assert key.raw
    return key.id, key.raw


def test_a_revoked_key_opens_nothing_after_a_second(home: object, workspace: Any, clock: FixedClock) -> None:
    writers, (id, raw) = KnownWriters(), made(workspace, clock)
    now = clock.now()
    assert writers.find(raw, now=now)
    revoke_key(workspace_id=workspace.pk, key_id=id, actor=SYSTEM, clock=clock)
    assert writers.find(raw, now=now + WRITER_AGE - 1)
    assert writers.find(raw, now=now + WRITER_AGE) is None
    assert writers.find(raw, now=now) is None, "what was found to be revoked is forgotten"
    assert WRITER_AGE == 1_000_000


def test_it_is_read_once_in_that_time(
    home: object, workspace: Any, clock: FixedClock, django_assert_num_queries: Any
) -> None:
    writers, (_, raw) = KnownWriters(), made(workspace, clock)
    with django_assert_num_queries(1):
        found = [writers.find(raw, now=clock.now() + n) for n in range(5)]
    assert {each.name for each in found if each} == {"shop"}


def test_a_clock_that_was_set_back_does_not_keep_a_key_alive(
    home: object, workspace: Any, clock: FixedClock
) -> None:
    writers, (id, raw) = KnownWriters(), made(workspace, clock)
    assert writers.find(raw, now=clock.now())
    revoke_key(workspace_id=workspace.pk, key_id=id, actor=SYSTEM, clock=clock)
    assert writers.find(raw, now=clock.now() - 1) is None


def test_a_key_that_is_made_later_opens_at_once(home: object, workspace: Any, clock: FixedClock) -> None:
    writers = KnownWriters()
    assert writers.find("yt_write_unknown", now=clock.now()) is None
    assert not writers.known
    _, raw = made(workspace, clock)
    assert writers.find(raw, now=clock.now())
