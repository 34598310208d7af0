"""A workspace's record made by hand: origins, log rows, merges, retractions, erasures; and its relations read back."""

from collections.abc import Iterable
from typing import Any

from tests.events.history.raw import canonical

from yutang.events.dataset import Dataset
from yutang.events.models import Cursor, LogEntry, Retraction
from yutang.events.workspace import open_workspace
from yutang.language.relations import Needs
from yutang.people.models import Erasure, Identity, MergeFact, Origin

Fact = tuple[str, int, str, int | None, dict[str, Any]]
"""Like in ``raw.py``: fact, origin, kind, at µs, props."""

EVERYTHING = Needs(
    kinds=frozenset({"a", "b", "live.*"}),
    properties=frozenset({"amount", "Amount", "items", "o.p", "o", "o.q.r", "ok", "rare", "gone"}),
    traits=frozenset({"city", "address.city", "address", "old", "likes", "timezone", "age"}),
    tags=frozenset({"vip"}),
    relations=frozenset({"mentor", "friend"}),
    reach_seconds=None,
)
FACTS: list[Fact] = [
    ("event", 1, "b", 10, {"amount": 1, "items": [1, 2], "gone": None}),
    ("event", 2, "a", 30, {"amount": "x", "o": {"p": 1}, "Amount": 2}),
    ("event", 1, "a", 20, {"amount": {"$number": "123456789012.123456"}, "ok": True}),
    ("event", 1, "a", 25, {}),
    ("event", 3, "live.x", 26, {"o": {"p": 1, "q": {"r": "deep"}}, "o.p": None, "amount": False}),
    ("event", 3, "live.y", 27, {"o": {"p": 1}, "o.p": "literal"}),
    ("event", 3, "other", 27, {"amount": 7}),
    ("traits", 1, "", None, {"city": "x", "old": None, "address": {"city": "y"}, "likes": ["z"]}),
    ("traits", 1, "", 11, {"address": None, "age": 7}),
    ("traits", 2, "", 12, {"address": {"city": "y"}, "address.city": "literal", "city": 5}),
    ("traits", 3, "", 13, {"timezone": "Europe/Paris", "address": "plain"}),
    ("tag", 1, "vip", 12, {}),
    ("untag", 1, "vip", 13, {}),
    ("tag", 1, "other", 13, {}),
    ("relate", 1, "", 14, {"mentor": "u2", "friend": None}),
    ("traits", 2, "", 15, {}),
]


def enter(workspace_id: int, facts: Iterable[Fact] = FACTS, *, received_at: int = 0, people: int = 4) -> None:
    """Appends to the log; ids are ``f<seq>``, keys ``u<number>``."""
    known = Origin.objects.filter(workspace_id=workspace_id).count()
    for number in range(known + 1, people + 1):
        origin = Origin.objects.create(workspace_id=workspace_id, number=number, key=f"u{number}")
        Identity.objects.create(
            workspace_id=workspace_id, namespace="user_id", value=f"u{number}", origin=origin
        )
    cursor, _ = Cursor.objects.get_or_create(workspace_id=workspace_id)
    rows = [
        LogEntry(
            workspace_id=workspace_id,
            seq=seq,
            id=f"f{seq}",
            fact=fact,
            origin=origin,
            kind=kind,
            at=at,
            received_at=received_at,
            channel="wecom" if seq % 2 else None,
            source=None,
            props=canonical(props),
        )
        for seq, (fact, origin, kind, at, props) in enumerate(facts, start=cursor.next_seq)
    ]
    LogEntry.objects.bulk_create(rows)
    Cursor.objects.filter(workspace_id=workspace_id).update(next_seq=cursor.next_seq + len(rows))


def _origin(workspace_id: int, number: int) -> Origin:
    return Origin.objects.get(workspace_id=workspace_id, number=number)


def merge(workspace_id: int, one: int, other: int, at: int, *, joins: bool = True) -> None:
    MergeFact.objects.create(
        workspace_id=workspace_id,
        fact_id=f"m{one}-{other}-{at}",
        one=_origin(workspace_id, one),
        other=_origin(workspace_id, other),
        joins=joins,
        at=at,
    )


def retract(workspace_id: int, seq: int, at: int) -> None:
    Retraction.objects.create(
        workspace_id=workspace_id, fact_id=f"r{seq}-{at}", target_id=f"f{seq}", target_seq=seq, at=at
    )


def erase(workspace_id: int, number: int, at: int) -> None:
    Erasure.objects.create(
        workspace_id=workspace_id, fact_id=f"x{number}", origin=_origin(workspace_id, number), at=at
    )


def relations(
    workspace_id: int, needs: Needs = EVERYTHING, **bounds: int
) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that a question can see, in one order; values of types that occur nowhere are left out."""
    with open_workspace(workspace_id, needs, **bounds) as data:
        return seen(data)


def seen(data: Dataset) -> dict[str, list[tuple[Any, ...]]]:
    def rows(query: str) -> list[tuple[Any, ...]]:
        return sorted(data.connection.execute(query).fetchall(), key=repr)

    return {
        "events": _events(data),
        "attributes": rows(
            'SELECT * REPLACE (epoch_us(nullif("at", \'-infinity\'::TIMESTAMP)) AS "at") FROM attributes'
        ),
        "people": rows("SELECT person, key FROM people"),
        "members": rows("SELECT * FROM members"),
        "retracted": rows("SELECT * FROM retracted"),
    }


def _events(data: Dataset) -> list[tuple[Any, ...]]:
    """Each event with its values by column name, whichever columns there are."""
    found = data.connection.execute("SELECT * FROM events")
    names = [each[0] for each in found.description or ()]
    return sorted(
        (
            tuple((name, value) for name, value in zip(names, row, strict=True) if value is not None)
            for row in found.fetchall()
        ),
        key=lambda row: repr(sorted(row)),
    )
