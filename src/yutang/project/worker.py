"""The worker loop: every room's steps, in turn, for ever; and the same steps until nothing is left.

Quick steps and slow ones each have a thread, for admission must not wait for an import.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

import structlog
from django.conf import settings
from django.db import connection

from yutang.kernel.clock import Clock
from yutang.kernel.rooms import Room, rooms
from yutang.kernel.write import file_lock

log = structlog.get_logger("yutang.worker")

IDLE_FROM, IDLE_TO = 0.05, 0.5
PAIN_FROM, PAIN_TO = 0.5, 60.0
LAST_SECONDS = 5.0
PATIENCE = 5
"""How often a step may fail in a row before ``settle`` gives up."""


@dataclass(slots=True)
class Step:
    """One room's step, and how it has fared lately."""

    name: str
    function: Callable[[Clock], bool]
    failures: int = 0
    rests_until: float = 0.0
    error: Exception | None = None


@dataclass(slots=True)
class Round:
    """Steps that take turns. ``lock`` is the file that keeps worker and settle from running them at once."""

    lock: str
    steps: list[Step] = field(default_factory=list)

    def run(self, clock: Clock, *, patient: bool) -> bool:
        """Each step once; says whether any did something. ``patient``: a failing step rests longer each time."""
        worked = False
        for step in self.steps:
            if not patient or step.rests_until <= time.monotonic():
                worked |= _attempt(step, clock, self.lock)
        return worked


def quick_round() -> Round:
    return Round("worker.lock", [_step(room, each) for room in rooms() for each in room.worker_steps])


def slow_round() -> Round:
    return Round("worker.slow.lock", [_step(room, each) for room in rooms() for each in room.slow_steps])


def _step(room: Room, function: Callable[[Clock], bool]) -> Step:
    return Step(f"{room.name}.{getattr(function, '__name__', 'step')}", function)


def _attempt(step: Step, clock: Clock, lock: str) -> bool:
    try:
        with file_lock(Path(settings.YUTANG_HOME) / lock):
            worked = step.function(clock)
    except Exception as error:
        step.failures += 1
        step.error = error
        step.rests_until = time.monotonic() + min(PAIN_TO, PAIN_FROM * 2 ** min(step.failures, 10))
        log.exception("step failed", step=step.name, failures=step.failures)
        connection.close_if_unusable_or_obsolete()
        return False
    step.failures, step.rests_until, step.error = 0, 0.0, None
    return worked


def work(clock: Clock, stop: Event) -> None:
    """Until ``stop`` is set; the step that is running then is finished first, a slow one is given ``LAST_SECONDS``."""
    beside = Thread(target=_keep_on, args=(slow_round(), clock, stop), daemon=True)
    beside.start()
    _keep_on(quick_round(), clock, stop)
    # Longer than this would look like hanging; whatever is cut off here is made to survive a kill.
    beside.join(LAST_SECONDS)


def _keep_on(current: Round, clock: Clock, stop: Event) -> None:
    idle = IDLE_FROM
    while not stop.is_set():
        idle = IDLE_FROM if current.run(clock, patient=True) else min(IDLE_TO, idle * 2)
        if idle > IDLE_FROM:
            stop.wait(idle)
    connection.close()


def pending() -> int:
    return sum(room.pending() for room in rooms())


@dataclass(frozen=True, slots=True)
class Settled:
    """``stuck`` is the step that keeps failing; ``pending`` what is still waiting."""

    pending: int
    stuck: Step | None = None


def settle(clock: Clock, *, deadline: float, sleep: Callable[[float], None] = time.sleep) -> Settled:
    """Works until a whole round finds nothing to do and nothing is pending; ``deadline`` is of ``time.monotonic()``."""
    quick, slow, idle = quick_round(), slow_round(), IDLE_FROM
    steps = [*quick.steps, *slow.steps]
    while True:
        if quick.run(clock, patient=False) or slow.run(clock, patient=False):
            idle = IDLE_FROM
            continue
        waiting, ill = pending(), max(steps, key=lambda step: step.failures, default=None)
        if ill is not None and ill.failures >= PATIENCE:
            return Settled(waiting, stuck=ill)
        if (waiting == 0 and not (ill and ill.failures)) or time.monotonic() > deadline:
            return Settled(waiting)
        sleep(idle)
        idle = min(IDLE_TO, idle * 2)
