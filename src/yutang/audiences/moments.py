"""Questions at triggers: many moments, each with its own time, person and event, answered in one pass."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa

from yutang.events.dataset import Dataset
from yutang.language.relations import Needs, column

OWN = ("kind", "at", "channel", "source")


@dataclass(frozen=True, slots=True)
class Moment:
    """``person`` is an origin's key, ``at`` µs UTC, ``event`` the id of the trigger, if there is one."""

    person: str
    at: int
    event: str | None = None


def make_moments(dataset: Dataset, asked: Iterable[Moment], needs: Needs) -> None:
    """Make the relation ``moments`` (ids 0, 1, … in the given order) with the triggers' columns."""
    rows = list(asked)
    cursor = dataset.connection.cursor()
    cursor.register(
        "asked_moments",
        pa.table(
            {
                "moment_id": pa.array(range(len(rows)), pa.int64()),
                "key": pa.array([each.person for each in rows], pa.string()),
                "micros": pa.array([each.at for each in rows], pa.int64()),
                "event_id": pa.array([each.event for each in rows], pa.string()),
            }
        ),
    )
    types = dataset.relations.event_types
    names = [
        column(type_, name)
        for name in sorted(needs.event_properties)
        for type_ in sorted(types.get(name, ()))
    ]
    trigger = "".join(f', e."{_quoted(name)}" AS "event.{_quoted(name)}"' for name in (*OWN, *names))
    cursor.execute(
        f"""CREATE OR REPLACE TABLE moments AS
            SELECT moment_id, people.person, make_timestamp(micros) AS "at"{trigger}
            FROM asked_moments JOIN people ON people.key = asked_moments.key
            LEFT JOIN events e ON e.id = event_id"""
    )
    cursor.close()


def _quoted(name: str) -> str:
    return name.replace('"', '""')
