"""Pages say the same whether facts lie in the log, in history files, or in both."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from tests.pages.facts import DAY, admit, event, tag, traits

from yutang.events import overview
from yutang.events.compaction import compact_now
from yutang.events.models import HistoryFile, LogEntry
from yutang.kernel.clock import FixedClock, SystemClock
from yutang.people.models import Origin

pytestmark = pytest.mark.django_db(transaction=True)  # compaction reads what is committed


def shown(client: Client, workspace: Any) -> list[str]:
    """The bodies of the pages, without what changes by the second."""
    overview.forget_rolls()
    numbers = [Origin.objects.get(workspace_id=workspace.pk, key=key).number for key in ("u2", "u3")]
    paths = ["/w/pond/", "/w/pond/people/", "/w/pond/people/?sort=events&q=u"]
    paths += [f"/w/pond/people/{number}/" for number in numbers]
    pages = [client.get(path).content.decode().partition("<main")[2] for path in paths]
    return [re.sub(r"csrfmiddlewaretoken.*?>|\d+(分钟|秒)前|刚刚", "", page) for page in pages]


def test_pages_say_the_same_after_everything_moved_to_history(at_work: Client, pond: Any) -> None:
    before = shown(at_work, pond)
    compact_now(pond.pk, FixedClock(SystemClock().now()), everything=True)
    assert not LogEntry.objects.filter(workspace_id=pond.pk).exists()
    assert HistoryFile.objects.filter(workspace_id=pond.pk, dropped_at=None).exists()
    assert shown(at_work, pond) == before


def test_a_timeline_goes_on_from_the_log_into_history(at_work: Client, pond: Any) -> None:
    now = SystemClock().now()
    clock = FixedClock(now)
    odd = {"orderId": "X-1", "nested": {"a": [1, 2]}, "gift": True, "note": None}
    admit(
        pond.pk,
        [event("u3", "old.one", now - (200 - n) * DAY, f"old-{n}", n=n, **odd) for n in range(70)],
        clock,
    )
    admit(
        pond.pk,
        [traits("u3", None, name="三儿", address={"city": "上海"}), tag("u3", "早鸟", now - 300 * DAY)],
        clock,
    )
    compact_now(pond.pk, clock, everything=True)
    admit(pond.pk, [event("u3", "new.one", now - n * 60_000_000, f"new-{n}") for n in range(30)], clock)
    number = Origin.objects.get(workspace_id=pond.pk, key="u3").number
    path, seen, turned = f"/w/pond/people/{number}/", [], 0
    while path:
        html = at_work.get(path).content.decode()
        seen += re.findall(r'<span class="what">\s*(.*?)\s*</span>', html)
        after = re.search(r'href="(\?[^"]*after=[^"]+)"', html)
        path = f"/w/pond/people/{number}/{after[1]}".replace("&amp;", "&") if after else ""
        turned += 1
    assert turned == 3
    assert seen.count("new.one") == 30
    assert seen.count("old.one") == 70
    assert seen[-1] == "资料变更"
    html = at_work.get(f"/w/pond/people/{number}/?kind=old.one").content.decode()
    assert "<h1>三儿</h1>" in html
    for said in (
        "orderId",
        "X-1",
        "gift",
        "true",
        "早鸟",
        "{&quot;a&quot;: [1, 2]}",
        "{&quot;city&quot;: &quot;上海&quot;}",
    ):
        assert said in html


@pytest.mark.parametrize("is_moved", [False, True])
def test_the_latest_events_are_as_new_as_the_count_while_an_older_roll_is_shown(
    at_work: Client, pond: Any, monkeypatch: pytest.MonkeyPatch, is_moved: bool
) -> None:
    clock = FixedClock(SystemClock().now())
    monkeypatch.setattr(overview, "_is_good", lambda *_: True)  # as if it had taken long to make
    at_work.get("/w/pond/")
    admit(pond.pk, [event("u9", "brand.new", clock.now() - 1, "n-1")], clock)
    if is_moved:
        compact_now(pond.pk, clock, everything=True)
    page = at_work.get("/w/pond/").content.decode()
    assert re.findall(r'<td class="nowrap">(.*?)</td>', page)[0] == "brand.new"
    assert ">u9<" in page
