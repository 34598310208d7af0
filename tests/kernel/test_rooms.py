import pytest

from yutang.kernel.rooms import Room, register, rooms
from yutang.kernel.text import Text


def test_the_rooms_that_register_stand_on_the_common_table():
    assert rooms()[0].name == "kernel"
    assert "workspaces" in [room.name for room in rooms()]


def test_two_rooms_cannot_have_one_name():
    with pytest.raises(ValueError, match="kernel"):
        register(Room(name="kernel", title=Text("别的", "Other")))


def test_a_room_that_offers_nothing_has_nothing_to_do():
    room = Room(name="empty", title=Text("空", "Empty"))
    assert (room.pending(), room.digest(1), room.verify(), list(room.metrics())) == (0, {}, [], [])
