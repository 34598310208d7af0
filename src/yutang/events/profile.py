"""What is known of a person now: traits, tags, relations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from yutang.events.timeline import GROUPS, Happening, Wanted, read_timeline
from yutang.language.zones import known_zones

MOST_FACTS = 2000
"""Of the newest trait and tag lines; who has more shows the newest."""


@dataclass(frozen=True, slots=True)
class Known:
    name: str
    value: Any
    at: int | None


@dataclass(frozen=True, slots=True)
class Profile:
    traits: tuple[Known, ...] = ()
    tags: tuple[Known, ...] = ()
    relations: tuple[Known, ...] = ()

    def trait(self, name: str) -> Any:
        return next((each.value for each in self.traits if each.name == name), None)

    @property
    def zone(self) -> str | None:
        """The person's own time zone, when a trait names one that exists."""
        name = self.trait("timezone")
        return name if isinstance(name, str) and name in known_zones() else None


def read_profile(workspace_id: int, origins: Sequence[int], *, now: int) -> Profile:
    """As of ``now``, over all origins of one person."""
    facts = GROUPS["traits"] | GROUPS["tags"]
    lines, _ = read_timeline(Wanted(workspace_id, origins, facts=facts, limit=MOST_FACTS))
    return fold([each for each in lines if each.holds(now)])


def fold(newest_first: Iterable[Happening]) -> Profile:
    """Within one origin the newest line wins, null included; across origins the newest that is not null."""
    said: dict[tuple[str, int, str], Known] = {}
    for line in newest_first:
        for area, name, value in _statements(line):
            said.setdefault((area, line.origin, name), Known(name, value, line.at))
    return Profile(*(_across(said, area) for area in ("traits", "tags", "relate")))


def _statements(line: Happening) -> Iterable[tuple[str, str, Any]]:
    if line.fact in ("tag", "untag"):
        return [("tags", line.kind, True if line.fact == "tag" else None)]
    return [(line.fact, name, value) for name, value in line.props.items()]


def _across(said: dict[tuple[str, int, str], Known], wanted: str) -> tuple[Known, ...]:
    kept: dict[str, Known] = {}
    for (area, _, name), known in said.items():  # newest first, as they were said
        if area == wanted and known.value is not None:
            kept.setdefault(name, known)
    return tuple(sorted(kept.values(), key=lambda known: known.name))
