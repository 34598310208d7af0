"""People: everyone once, found by any of their names, with everything that happened."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from yutang.people.models import Origin

pytestmark = pytest.mark.django_db


def number(workspace: Any, key: str) -> int:
    return Origin.objects.get(workspace_id=workspace.pk, key=key).number


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_a_merged_person_is_listed_once_under_the_oldest_origin(at_work: Client, pond: Any) -> None:
    html = page(at_work, "/w/pond/people/")
    assert "共 2 人" in html
    assert ">u2</a>" in html
    assert ">u1</a>" not in html
    assert "2 个身份合并" in html


def test_an_erased_person_is_nowhere(at_work: Client, pond: Any) -> None:
    assert ">u4</a>" not in page(at_work, "/w/pond/people/")
    assert at_work.get(f"/w/pond/people/{number(pond, 'u4')}/").status_code == 404
    assert ">u4</a>" not in page(at_work, "/w/pond/")


def test_search_finds_a_person_by_any_of_their_names(at_work: Client, pond: Any) -> None:
    html = page(at_work, "/w/pond/people/?q=u1")
    assert ">u2</a>" in html
    assert ">u3</a>" not in html


def test_a_search_without_a_match_says_so(at_work: Client, pond: Any) -> None:
    assert "没有匹配的用户" in page(at_work, "/w/pond/people/?q=nobody")


@pytest.mark.parametrize("sort", ["last", "first", "events", "nonsense"])
@pytest.mark.parametrize("way", ["up", "down"])
def test_every_order_lists_everyone(at_work: Client, pond: Any, sort: str, way: str) -> None:
    assert "共 2 人" in page(at_work, f"/w/pond/people/?sort={sort}&way={way}")


def test_another_origin_of_a_person_leads_to_that_person(at_work: Client, pond: Any) -> None:
    response = at_work.get(f"/w/pond/people/{number(pond, 'u1')}/")
    assert response.status_code == 302
    assert response["Location"].endswith(f"/people/{number(pond, 'u2')}/")


def test_a_person_shows_traits_tags_and_the_whole_timeline(at_work: Client, pond: Any) -> None:
    html = page(at_work, f"/w/pond/people/{number(pond, 'u2')}/")
    for each in ("上海", "老客", "order.paid", "12.5", "page.viewed", "/spring", "身份合并"):
        assert each in html


def test_a_retracted_event_is_grey_and_says_since_when(at_work: Client, pond: Any) -> None:
    html = page(at_work, f"/w/pond/people/{number(pond, 'u2')}/")
    assert html.count("moment gone") == 1
    assert "撤回" in html
    assert "&lt;time" not in html


def test_the_timeline_can_be_narrowed_to_one_kind(at_work: Client, pond: Any) -> None:
    html = page(at_work, f"/w/pond/people/{number(pond, 'u2')}/?kind=page.viewed")
    assert "/spring" in html
    assert "12.5" not in html


def test_what_others_wrote_is_text_never_markup(at_work: Client, pond: Any) -> None:
    html = page(at_work, f"/w/pond/people/{number(pond, 'u3')}/")
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;" in html


def test_pages_take_a_bounded_number_of_queries(
    at_work: Client, pond: Any, django_assert_max_num_queries: Any
) -> None:
    for path in ("/w/pond/", "/w/pond/people/", f"/w/pond/people/{number(pond, 'u2')}/"):
        with django_assert_max_num_queries(40):
            page(at_work, path)
