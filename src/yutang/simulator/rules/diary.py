"""Event lines of one person, as DESIGN's event files have them, written as text without a detour through dictionaries.

Every text that goes in is the simulator's own and needs no escaping.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from yutang.simulator.rules.rhythm import Rhythm


@dataclass(slots=True)
class Diary:
    """Collects one person's lines; ``at`` is in China's seconds. Lines later than the simulation's end are left out."""

    who: str
    mark: str
    """Begins the ids, so that two different simulations never share one."""
    rhythm: Rhythm
    written: int = 0
    lines: list[tuple[int, int, str, str]] = field(default_factory=list)

    def _note(self, at: int, before: str, after: str) -> None:
        self.written += 1
        if at <= self.rhythm.end:
            self.lines.append((at, self.written, before, after))

    def event(self, at: int, kind: str, channel: str, props: str, *, who: str = "") -> str:
        """One event; ``props`` is the inside of a JSON object. Answers its id."""
        name = f"{self.mark}{self.who}-{self.written}"
        self._note(
            at,
            f'{{"person":"{who or self.who}","kind":"{kind}","at":"',
            f'","id":"{name}","channel":"{channel}","source":"simulator","props":{{{props}}}}}\n',
        )
        return name

    def say(self, at: int, what: str) -> None:
        """A line about the person that is no event: ``"tag":"vip"``, ``"traits":{…}``, ``"relate":{…}``."""
        self._note(at, f'{{"person":"{self.who}",{what},"at":"', '"}\n')

    def join(self, at: int, verb: str, other: str) -> None:
        """``merge`` or ``unmerge`` with another key."""
        self._note(at, f'{{"{verb}":["{other}","{self.who}"],"at":"', '"}\n')

    def retract(self, at: int, name: str) -> None:
        self._note(at, f'{{"retract":"{name}","at":"', '"}\n')

    def text(self) -> str:
        """All lines in time order; at one instant, as they were written."""
        self.lines.sort()
        text = self.rhythm.text
        return "".join([f"{before}{text(at)}{after}" for at, _, before, after in self.lines])
