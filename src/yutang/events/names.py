"""What people are called: the trait ``name``, for lists that would otherwise show keys."""

from __future__ import annotations

from collections.abc import Collection

from yutang.events.profile import fold
from yutang.events.timeline import Happening, Wanted, read_timeline
from yutang.people.listing import Standing

MOST_LINES = 2000
NAME = "name"


def names_of(workspace_id: int, standing: Standing, roots: Collection[int], *, now: int) -> dict[int, str]:
    """For those of the persons ``roots`` (a page of them) who have one, the name as of ``now``."""
    owner = {number: root for root in roots for number in standing.members(root)}
    if not owner:
        return {}
    lines, _ = read_timeline(
        Wanted(workspace_id, list(owner), facts={"traits"}, trait=NAME, limit=MOST_LINES)
    )
    said: dict[int, list[Happening]] = {}
    for line in lines:
        if line.holds(now) and NAME in line.props:
            said.setdefault(owner[line.origin], []).append(line)
    found = {root: fold(mine).trait(NAME) for root, mine in said.items()}
    return {root: name for root, name in found.items() if isinstance(name, str) and name.strip()}
