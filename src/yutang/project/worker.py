"""The worker loop: every room's steps, in turn, for ever; and the same steps until nothing is left."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import structlog
from django.conf import settings
from django.db import connection

from yutang.kernel.clock import Clock
from yutang.kernel.rooms import rooms
from yutang.kernel.write import file_lock

log = structlog.get_logger("yutang.worker")

IDLE_FROM, IDLE_TO = 0.05, 0.5
PAIN_FROM, PAIN_TO = 0.5, 60.0
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
    steps: list[Step] = field(default_factory=list)

    def run(self, clock: Clock, *, patient: bool) -> bool:
        """Each step once; says whether any did something. ``patient``: a failing step rests longer each time."""
        worked = False
        for step in self.steps:
            if not patient or step.rests_until <= time.monotonic():
                worked |= _attempt(step, clock)
        return worked


def all_steps() -> Round:
    return Round(
        [Step(f"{room.name}.{each.__name__}", each) for room in rooms() for each in room.worker_steps]
    )


def _attempt(step: Step, clock: Clock) -> bool:
    try:
        # Worker and settle may run at once; a step never meets itself.
        with file_lock(Path(settings.YUTANG_HOME) / "worker.lock"):
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
    """Until ``stop`` is set; the step that is running then is finished first."""
    current, idle = all_steps(), IDLE_FROM
    while not stop.is_set():
        idle = IDLE_FROM if current.run(clock, patient=True) else min(IDLE_TO, idle * 2)
        if idle > IDLE_FROM:
            stop.wait(idle)


def pending() -> int:
    return sum(room.pending() for room in rooms())


@dataclass(frozen=True, slots=True)
class Settled:
    """``stuck`` is the step that keeps failing; ``pending`` what is still waiting."""

    pending: int
    stuck: Step | None = None


def settle(clock: Clock, *, deadline: float, sleep: Callable[[float], None] = time.sleep) -> Settled:
    """Works until a whole round finds nothing to do and nothing is pending; ``deadline`` is of ``time.monotonic()``."""
    current, idle = all_steps(), IDLE_FROM
    while True:
        if current.run(clock, patient=False):
            idle = IDLE_FROM
            continue
        waiting, ill = pending(), max(current.steps, key=lambda step: step.failures, default=None)
        if ill is not None and ill.failures >= PATIENCE:
            return Settled(waiting, stuck=ill)
        if (waiting == 0 and not (ill and ill.failures)) or time.monotonic() > deadline:
            return Settled(waiting)
        sleep(idle)
        idle = min(IDLE_TO, idle * 2)
