"""What the rooms of the house put on the common table. Each registers itself in its ``apps.py``, from its ``room.py``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from yutang.kernel.clock import Clock
from yutang.kernel.text import Text, add_texts
from yutang.language.problem import Problem


@dataclass(frozen=True, slots=True)
class NavItem:
    """``path`` is relative to the workspace (``people/``); ``shown`` says for a workspace id whether there is anything to see."""

    path: str
    title: Text
    order: int
    icon: str = ""
    shown: Callable[[int], bool] | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """A piece of a page that another room owns: ``render(request, workspace, …)`` gives HTML, or None to stay away."""

    render: Callable[..., str | None]
    order: int


@dataclass(frozen=True, slots=True)
class Measure:
    """One number for ``/metrics``, with Prometheus' naming: ``yutang_intake_waiting_items``."""

    name: str
    help: str
    value: float
    labels: Mapping[str, str] = field(default_factory=dict)


def _none() -> int:
    return 0


def _no_digest(workspace_id: int) -> dict[str, Any]:
    return {}


def _no_problems() -> list[Problem]:
    return []


def _no_measures() -> Iterable[Measure]:
    return ()


@dataclass(frozen=True, slots=True)
class Room:
    """Everything one room offers.

    ``worker_steps`` take the clock, do one bounded piece of work and say whether there was any; two processes of one home
    never run them at once. ``slow_steps`` are the same for work of seconds and more (imports, compaction): they run beside
    the others, so that these do not wait. ``pending`` counts what both could do now. ``digest`` tells a workspace's state
    without wall clock or traces of the order of arrival. ``verify`` names what is broken. ``crash_modules`` declare crash
    points when they are imported.
    """

    name: str
    title: Text
    nav: tuple[NavItem, ...] = ()
    texts: Mapping[str, Text] = field(default_factory=dict)
    home_panels: tuple[Panel, ...] = ()
    person_panels: tuple[Panel, ...] = ()
    worker_steps: tuple[Callable[[Clock], bool], ...] = ()
    slow_steps: tuple[Callable[[Clock], bool], ...] = ()
    pending: Callable[[], int] = _none
    digest: Callable[[int], dict[str, Any]] = _no_digest
    verify: Callable[[], list[Problem]] = _no_problems
    metrics: Callable[[], Iterable[Measure]] = _no_measures
    crash_modules: tuple[str, ...] = ()


_rooms: dict[str, Room] = {}


def register(room: Room) -> None:
    """Raises ValueError when another room has the name, or says one of its codes in other words."""
    if _rooms.setdefault(room.name, room) is not room:
        raise ValueError(f"room {room.name!r} is there already")
    add_texts(room.texts)


def rooms() -> tuple[Room, ...]:
    """From the ground up."""
    return tuple(_rooms.values())
