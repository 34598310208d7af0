"""The worker loop: poison does not stop it, and settling ends when nothing is left."""

import time
from threading import Event

import pytest

from yutang.kernel.rooms import Room
from yutang.kernel.text import Text
from yutang.project import worker


@pytest.fixture
def house(home, monkeypatch):
    """Rooms of this test's own: ``house(step, …, pending=…)``."""

    def build(*steps, slow=(), pending=lambda: 0):
        room = Room(
            name="test", title=Text("测试", "Test"), worker_steps=steps, slow_steps=slow, pending=pending
        )
        monkeypatch.setattr(worker, "rooms", lambda: (room,))

    return build


def later(seconds=30):
    return time.monotonic() + seconds


def test_settling_works_until_a_round_finds_nothing(house, clock):
    left = [3]

    def dig(_):
        left[0] -= bool(left[0])
        return left[0] > 0

    house(dig, pending=lambda: left[0])
    assert worker.settle(clock, deadline=later()) == worker.Settled(0)
    assert left == [0]


def test_a_poison_step_does_not_keep_the_others_from_working(house, clock):
    done = []

    def poison(_):
        raise ValueError("broken")

    def dig(_):
        done.append(1)
        return len(done) < 3

    house(poison, dig, pending=lambda: 1)
    settled = worker.settle(clock, deadline=later(), sleep=lambda _: None)
    assert len(done) >= 3
    assert (settled.stuck.name, str(settled.stuck.error)) == ("test.poison", "broken")


def test_a_step_that_fails_and_recovers_is_forgiven(house, clock):
    tries = []

    def shaky(_):
        tries.append(1)
        if len(tries) < 4:
            raise OSError("not yet")
        return False

    house(shaky)
    assert worker.settle(clock, deadline=later(), sleep=lambda _: None) == worker.Settled(0)
    assert len(tries) == 4


def test_settling_waits_for_what_another_process_is_doing(house, clock):
    waiting = [2]

    def other_process(_):
        waiting[0] -= 1

    house(lambda _: False, pending=lambda: waiting[0])
    assert worker.settle(clock, deadline=later(), sleep=other_process) == worker.Settled(0)


def test_settling_gives_up_at_the_deadline(house, clock):
    house(lambda _: False, pending=lambda: 7)
    assert worker.settle(clock, deadline=later(-1)) == worker.Settled(7)


def test_a_failing_step_rests_while_the_worker_goes_on(house, clock):
    tries, rounds, stop = [], [], Event()

    def poison(_):
        tries.append(1)
        raise ValueError

    def count(_):
        rounds.append(1)
        if len(rounds) == 50:
            stop.set()
        return True

    house(poison, count)
    worker.work(clock, stop)
    assert len(rounds) == 50
    assert len(tries) == 1


@pytest.mark.django_db(transaction=True)
def test_a_slow_step_does_not_hold_up_the_others(house, clock):
    import_started, admitted, stop = Event(), Event(), Event()

    def import_file(_):
        import_started.set()
        assert admitted.wait(30)
        stop.set()
        return False

    def admit(_):
        if import_started.is_set():
            admitted.set()
        return False

    house(admit, slow=(import_file,))
    worker.work(clock, stop)
    assert admitted.is_set()


def test_settling_does_slow_work_too_and_then_what_came_of_it(house, clock):
    done = []

    def import_file(_):
        done.append("import")
        return done.count("import") == 1

    def admit(_):
        done.append("admit")
        return done[-2:] == ["import", "admit"] and done.count("admit") < 4

    house(admit, slow=(import_file,))
    assert worker.settle(clock, deadline=later()) == worker.Settled(0)
    assert done[:3] == ["admit", "import", "admit"]
