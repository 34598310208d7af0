"""What a workspace has seen: kinds of events and their properties."""

from __future__ import annotations

from django.db.models import Max

from yutang.events.models import Property
from yutang.events.overview import latest_events, open_roll


def frequent_kinds(workspace_id: int, limit: int, *, now: int) -> list[str]:
    """Kinds of events, those with most values first; where nothing is catalogued yet, those of the latest events."""
    seen = Property.objects.filter(workspace_id=workspace_id).exclude(kind="").exclude(type="tag")
    found = list(seen.values_list("kind").annotate(most=Max("count")).order_by("-most", "kind")[:limit])
    if found:
        return [kind for kind, _ in found]
    return list(
        dict.fromkeys(
            each.kind for each in latest_events(workspace_id, open_roll(workspace_id, now=now), 20, now=now)
        )
    )[:limit]
