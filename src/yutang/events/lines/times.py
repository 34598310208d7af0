"""Reading millions of times: days and times of day repeat, so each is read once."""

from __future__ import annotations

from yutang.events.values import EARLIEST, parse_time
from yutang.language.problem import Invalid

_MOST = 200_000
_SOME_DAY = "2000-01-01"


class Times:
    """``parse_time`` with a memory. A text is its day and the rest; each day goes with each rest."""

    def __init__(self) -> None:
        self._days: dict[str, int] = {}
        self._rests: dict[str, tuple[int, bool]] = {}

    def read(self, text: str) -> tuple[int, bool]:
        day = self._days.get(text[:10])
        rest = self._rests.get(text[10:])
        if day is None or rest is None:
            return self._learn(text)
        micros = day + rest[0]
        return (micros, rest[1]) if micros >= EARLIEST else parse_time(text)

    def _learn(self, text: str) -> tuple[int, bool]:
        whole = parse_time(text)
        day = self._days.get(text[:10])
        if day is None:
            try:
                day = parse_time(text[:10])[0]
            except Invalid:
                return whole
        if len(self._rests) > _MOST:
            self._rests.clear()
        self._days[text[:10]] = day
        self._rests[text[10:]] = (whole[0] - day, whole[1])
        return whole
