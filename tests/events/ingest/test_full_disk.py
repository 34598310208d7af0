"""A database that cannot grow: it says so, keeps what it said it kept, and goes on when there is room."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from tests.events.admission.worlds import logged, settle
from tests.events.ingest.calls import item

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own way of being full"),
]


@pytest.fixture
def let_grow() -> Iterator[Callable[[int], None]]:
    """``let_grow(3)``: by three pages more and no further; it may grow freely again afterwards."""

    def pages(more: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA page_count")
            cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0] + more}")

    yield pages
    pages(1_000_000)


def test_a_full_disk_is_503_and_nothing_that_was_accepted_is_lost(
    post: Callable[..., Any], workspace: Any, let_grow: Callable[[int], None]
) -> None:
    let_grow(40)
    statuses: dict[str, int] = {}
    for n in range(60):
        body = {"batch": [item(messageId=f"{n}", properties={"x": "y" * 9000})]}
        response = post("batch", body)
        statuses[str(n)] = response.status_code
        if response.status_code == 503:
            assert json.loads(response.content)["code"] == "kernel.disk_full"
            assert int(response["Retry-After"]) > 0
    assert set(statuses.values()) == {200, 503}
    let_grow(1_000_000)
    assert post("batch", {"batch": [item(messageId="after")]}).status_code == 200
    settle(workspace.pk)
    accepted = [id for id, status in statuses.items() if status == 200]
    assert logged(workspace.pk, "id") == [*accepted, "after"]
