"""An item that cannot be admitted is kept with its reason; the others go on."""

from typing import Any

import pytest
from tests.events.admission.worlds import T0, admitted, event, logged, settle

from yutang.events.intake import enqueue, waiting
from yutang.events.models import IntakeBatch, SetAside
from yutang.events.room import ROOM
from yutang.events.rules import Fact, pack

pytestmark = pytest.mark.usefixtures("home")


def test_a_bad_fact_among_good_ones_is_set_aside_alone(
    workspace: Any, caplog: pytest.LogCaptureFixture
) -> None:
    bad = event("bad", props="{no json")
    facts = [event("1"), event("2"), bad, event("3"), event("4", "u2")]
    done = admitted(workspace.pk, facts)
    assert logged(workspace.pk, "seq", "id") == [(1, "1"), (2, "2"), (3, "3"), (4, "4")]
    assert (done.facts, done.logged, done.set_aside) == (5, 4, 1)
    kept = SetAside.objects.get(workspace_id=workspace.pk)
    assert bytes(kept.item) == pack([bad])
    assert "malformed" in kept.reason
    assert "set aside" in caplog.text
    assert [problem.code for problem in ROOM.verify()] == ["events.set_aside"]


def test_a_row_that_cannot_be_read_is_set_aside_whole(workspace: Any) -> None:
    enqueue(workspace.pk, [event("1")], received_at=T0)
    IntakeBatch.objects.create(workspace_id=workspace.pk, received_at=T0, count=1, items=b"\xc1rubbish")
    enqueue(workspace.pk, [event("2")], received_at=T0)
    assert settle(workspace.pk).set_aside == 1
    assert waiting(workspace.pk) == 0
    assert logged(workspace.pk, "id") == ["1", "2"]
    assert bytes(SetAside.objects.get(workspace_id=workspace.pk).item) == b"\xc1rubbish"


def test_one_item_of_another_shape_does_not_take_its_neighbours_along(workspace: Any) -> None:
    import msgspec

    items = msgspec.msgpack.encode([event("1"), ["event", 5], event("2")])
    IntakeBatch.objects.create(workspace_id=workspace.pk, received_at=T0, count=3, items=items)
    settle(workspace.pk)
    assert logged(workspace.pk, "id") == ["1", "2"]
    assert SetAside.objects.filter(workspace_id=workspace.pk).count() == 1


def test_the_machines_trouble_is_nobodys_fault(workspace: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    from yutang.events import log
    from yutang.kernel.refused import Refused

    def full(*_: object) -> None:
        raise OperationalError("database or disk is full")

    enqueue(workspace.pk, [event("1"), Fact("retract", "r", T0, target="1")], received_at=T0)
    with monkeypatch.context() as patched:
        patched.setattr(log, "append", full)
        with pytest.raises(Refused, match="disk_full"):
            settle(workspace.pk)
    assert not SetAside.objects.filter(workspace_id=workspace.pk).exists()
    assert waiting(workspace.pk) == 2
    assert settle(workspace.pk).logged == 1
