"""What two runs over the same facts must agree on, however the facts came in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from yutang.events import log
from yutang.events.models import Retraction
from yutang.people.queries import erased_origins, origin_keys
from yutang.people.rules import fingerprint


def digest(workspace_id: int) -> dict[str, Any]:
    """Counts and content hashes of facts and retractions; nothing of sequence numbers or times of receipt."""
    said = Retraction.objects.filter(workspace_id=workspace_id)
    return {
        "facts": fingerprint(_facts(workspace_id)),
        "retractions": fingerprint(said.values_list("fact_id", "target_id", "at")),
    }


def _facts(workspace_id: int) -> Iterator[tuple[Any, ...]]:
    """The same whether a fact is in the log still or in a history file."""
    keys = origin_keys(workspace_id)
    erased = erased_origins(workspace_id)
    for _, id, fact, origin, kind, at, channel, source, props in _everywhere(workspace_id):
        if origin not in erased:
            yield id, fact, kind, at, keys[origin], channel, source, props


def _everywhere(workspace_id: int) -> Iterator[tuple[Any, ...]]:
    yield from log.entries(workspace_id)
    if log.has_history(workspace_id):
        from yutang.events.rebuild import in_history  # DuckDB, only where there are files

        yield from in_history(workspace_id)
