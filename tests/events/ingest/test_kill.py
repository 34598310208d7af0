"""A 200 is durable: the real processes are killed, and every event is there once."""

from typing import Any

import pytest
from tests.events.ingest.live import Live, stream

import yutang.events.admission
import yutang.events.intake  # noqa: F401 - declares its crash points
from yutang.kernel.crash import POINTS

pytestmark = pytest.mark.process

MINE = sorted(point for point in POINTS if point.startswith(("events.ingest.", "events.admit.")))


def test_there_is_a_crash_point_between_every_two_steps() -> None:
    assert MINE == [
        "events.admit.after_commit",
        "events.admit.after_identity",
        "events.admit.after_log",
        "events.admit.before_commit",
        "events.admit.before_log",
        "events.ingest.after_commit",
        "events.ingest.before_commit",
    ]


def test_what_was_answered_with_200_survives_kill_9_right_after_it(
    live: Live, undisturbed: dict[str, Any]
) -> None:
    for call in stream():
        live.start()
        assert live.post(call).status_code == 200
        live.kill()
    assert live.settled_state() == undisturbed


@pytest.mark.parametrize("point", MINE)
def test_at_every_crash_point_every_event_is_there_once(
    live: Live, undisturbed: dict[str, Any], point: str
) -> None:
    calls = stream()
    live.start(f"{point}:2")
    for call in calls:
        live.deliver(call)
        if not live.restarts:
            live.eventually(lambda: live.has_died() or live.is_empty())
    assert live.restarts or live.has_died(), "the asked-for crash did not happen"
    assert live.settled_state() == undisturbed


def test_the_undisturbed_run_has_everything(undisturbed: dict[str, Any]) -> None:
    groups, aliases = 30, 5  # a group is two facts, an alias is no log entry
    assert undisturbed["events"]["facts"]["count"] == 6 * 40 + groups - aliases


def test_everything_sent_twice_is_there_once(live: Live, undisturbed: dict[str, Any]) -> None:
    live.start()
    for call in [*stream(), *stream()]:
        live.deliver(call)
    live.kill()
    assert live.settled_state() == undisturbed
