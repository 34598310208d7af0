"""Who is who as the pages show it: origins gathered into persons, found by what people call them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from yutang.people.membership import ALWAYS, Interval, Joint, Start, erased_origins, membership
from yutang.people.models import Erasure, Identity, MergeFact, Origin

MOST_FOUND = 1000
"""Identities a search looks at; more than that is no search."""
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Standing:
    """Persons as of one moment. ``root`` holds only origins that are named after another one."""

    root: Mapping[int, int] = field(default_factory=dict)
    erased: frozenset[int] = frozenset()

    def root_of(self, number: int) -> int:
        return self.root.get(number, number)

    def members(self, root: int) -> list[int]:
        return [root, *sorted(number for number, named in self.root.items() if named == root)]


@dataclass(frozen=True, slots=True)
class Name:
    namespace: str
    value: str
    origin: int


def standing(workspace_id: int, *, at: int, forgotten: Collection[str] = ()) -> Standing:
    """Persons at ``at`` (microseconds); ``forgotten``: ids of merge facts that are retracted by then."""
    said = MergeFact.objects.filter(workspace_id=workspace_id, at__lte=at).exclude(
        fact_id__in=list(forgotten)
    )
    facts = [
        Joint(*row) for row in said.values_list("one__number", "other__number", "joins", "at", "fact_id")
    ]
    gone = Erasure.objects.filter(workspace_id=workspace_id).values_list("origin__number", "at")
    erased = erased_origins(facts, list(gone))
    if not facts:
        return Standing(erased=erased)
    starts = _starts(workspace_id, {number for fact in facts for number in fact[:2]})
    return Standing(_now(membership(facts, starts, erased), at), erased)


def _now(intervals: Iterable[Interval], at: int) -> dict[int, int]:
    return {
        each.origin: each.root
        for each in intervals
        if each.since <= at and (each.until is None or at < each.until)
    }


def _starts(workspace_id: int, numbers: set[int]) -> dict[int, Start]:
    found: dict[int, Start] = {}
    for part in _parts(numbers):
        rows = Origin.objects.filter(workspace_id=workspace_id, number__in=part)
        for number, key, at, fact_id in rows.values_list("number", "key", "first_at", "first_id"):
            found[number] = Start(key, ALWAYS if at is None and fact_id else at, fact_id)
    return found


def _parts(numbers: Iterable[int]) -> Iterable[list[int]]:
    """Few enough at a time for one SQL statement."""
    whole = sorted(numbers)
    return (whole[start : start + CHUNK] for start in range(0, len(whole), CHUNK))


def find_by_name(workspace_id: int, text: str, *, exact: bool = False) -> set[int]:
    """Numbers of origins with an identity that starts or ends with ``text``, letters' case aside; at most about a thousand.

    ``exact``: with an identity that is just that.
    """
    names = Identity.objects.filter(workspace_id=workspace_id)
    found: set[int] = set()
    conditions = ({"value": text},) if exact else ({"value__istartswith": text}, {"value__iendswith": text})
    for condition in conditions:
        found.update(names.filter(**condition).values_list("origin__number", flat=True)[:MOST_FOUND])
    return found


def list_names(workspace_id: int, numbers: Collection[int]) -> list[Name]:
    """Every identity of these origins, oldest first."""
    names = Identity.objects.filter(workspace_id=workspace_id, origin__number__in=list(numbers)[:CHUNK])
    return [Name(*row) for row in names.order_by("pk").values_list("namespace", "value", "origin__number")]


def find_key(workspace_id: int, number: int) -> str | None:
    return (
        Origin.objects.filter(workspace_id=workspace_id, number=number).values_list("key", flat=True).first()
    )


def list_keys(workspace_id: int, numbers: Collection[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for part in _parts(numbers):
        rows = Origin.objects.filter(workspace_id=workspace_id, number__in=part)
        found.update(rows.values_list("number", "key"))
    return found
