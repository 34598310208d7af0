"""Segment's addresses, with the short forms that its browser client uses."""

from django.urls import path

from yutang.events.ingest import receive

_CALLS = {
    "batch": ("batch", "b", "import"),  # first: the busiest address is found soonest
    "identify": ("identify", "i"),
    "track": ("track", "t"),
    "page": ("page", "p"),
    "screen": ("screen", "s"),
    "group": ("group", "g"),
    "alias": ("alias", "a"),
}

ADDRESSES = {f"/v1/{address}": call for call, addresses in _CALLS.items() for address in addresses}
"""Path → ``call`` of ``receive``: for the short way that ``project/wsgi.py`` has."""

urlpatterns = [
    path(f"v1/{address}", receive, {"call": call}, name=f"ingest-{address}")
    for call, addresses in _CALLS.items()
    for address in addresses
]
