"""Calls that wait at the same time share a transaction; each is answered for itself, and only when it is committed."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from yutang.events import intake
from yutang.events.intake import Offer, Together, waiting
from yutang.events.rules import Fact

pytestmark = pytest.mark.django_db(transaction=True)


def offer(workspace_id: int, id: str) -> Offer:
    return Offer(workspace_id, 0, [Fact("event", id, 0, (("user_id", "u"),), "k")])


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The ids of every transaction that was tried."""
    tried: list[list[str]] = []
    write = intake._write

    def noted(offers: Any) -> None:
        tried.append([each.facts[0].id for each in offers])
        write(offers)

    monkeypatch.setattr(intake, "_write", noted)
    return tried


def test_whoever_has_the_turn_writes_what_the_others_offered(
    home: object, workspace: Any, written: list[list[str]]
) -> None:
    together, first, second = Together(), offer(workspace.pk, "1"), offer(workspace.pk, "2")
    together._offers.append(second)
    together.keep(first)
    assert written == [["1", "2"]]
    assert (first.is_kept, second.is_kept) == (True, True)
    assert waiting(workspace.pk) == 2


def test_nobody_is_refused_for_anothers_sake(
    home: object, workspace: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(offers: Any) -> None:
        if any(each.facts[0].id == "bad" for each in offers):
            raise OperationalError("database or disk is full")
        write(offers)

    write = intake._write
    monkeypatch.setattr(intake, "_write", full)
    together, good, bad = Together(), offer(workspace.pk, "1"), offer(workspace.pk, "bad")
    together._offers.append(bad)
    together.keep(good)
    assert (good.is_kept, bad.is_kept) == (True, False)
    with pytest.raises(OperationalError):
        together.keep(bad)
    assert not bad.is_kept
    assert waiting(workspace.pk) == 1


def test_many_at_once_are_each_kept_once(
    home: object, workspace: Any, together: Callable[..., list[Any]]
) -> None:
    def send() -> None:
        for n in range(20):
            intake.enqueue(workspace.pk, offer(workspace.pk, str(n)).facts, received_at=0)

    assert together(send, 4) == [None] * 4
    assert waiting(workspace.pk) == 80


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL commits in groups by itself")
def test_in_a_transaction_of_the_callers_nothing_is_kept_before_it_ends(home: object, workspace: Any) -> None:
    with transaction.atomic():
        intake.enqueue(workspace.pk, offer(workspace.pk, "1").facts, received_at=0)
        assert intake._together._offers == deque()
        transaction.set_rollback(True)
    assert waiting(workspace.pk) == 0
