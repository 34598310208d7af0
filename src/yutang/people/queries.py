"""Reading origins, identities and what connects them."""

from __future__ import annotations

from typing import Any

from yutang.people import rules
from yutang.people.actions import list_erasures
from yutang.people.models import Erasure, Identity, MergeFact, Origin
from yutang.people.rules import Book


def origin_keys(workspace_id: int) -> dict[int, str]:
    """Origin number → key, of everybody."""
    return dict(Origin.objects.filter(workspace_id=workspace_id).values_list("number", "key"))


def find_origin(workspace_id: int, namespace: str, value: str) -> int | None:
    """The number of the origin that this identity names."""
    named = Identity.objects.filter(workspace_id=workspace_id, namespace=namespace, value=value)
    return named.values_list("origin__number", flat=True).first()


def erased_origins(workspace_id: int) -> set[int]:
    """Every origin of the erased persons, as all the merges said so far tell it."""
    erasures = list_erasures(workspace_id)
    if not erasures:
        return set()
    book = Book(next_number=0)
    for fact_id, one, other, joins, at in _said(workspace_id):
        book.enter(rules.say(fact_id=fact_id, pair=(one, other), joins=joins, at=at), known=True)
    return rules.erased(book, erasures)


def _said(workspace_id: int) -> list[tuple[str, int, int, bool, int]]:
    facts = MergeFact.objects.filter(workspace_id=workspace_id)
    return list(facts.values_list("fact_id", "one__number", "other__number", "joins", "at"))


def digest(workspace_id: int) -> dict[str, Any]:
    """Who is known by which names, who was connected and who erased; nothing of origin numbers."""
    keys = origin_keys(workspace_id)
    named = Identity.objects.filter(workspace_id=workspace_id)
    identities = named.values_list("namespace", "value", "origin__key")
    merges = [
        [fact_id, *sorted((keys[one], keys[other])), joins, at]
        for fact_id, one, other, joins, at in _said(workspace_id)
    ]
    erasures = Erasure.objects.filter(workspace_id=workspace_id).values_list("fact_id", "origin__key", "at")
    firsts = Origin.objects.filter(workspace_id=workspace_id).values_list("key", "first_at", "first_id")
    return {
        "origins": rules.fingerprint(firsts),
        "identities": rules.fingerprint(identities),
        "merges": rules.fingerprint(merges),
        "erasures": rules.fingerprint(erasures),
    }
