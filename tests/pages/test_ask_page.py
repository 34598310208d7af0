"""The question box: how many, who, why; and what is wrong, under the very word."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from yutang.people.models import Origin

pytestmark = pytest.mark.django_db(transaction=True)  # the engine reads what is committed
HTMX = {"HX-Request": "true"}


def ask(client: Client, text: str) -> Any:
    return client.post("/w/pond/ask/", {"text": text}, headers=HTMX)


def why(client: Client, text: str, **who: str) -> str:
    return client.post("/w/pond/ask/why/", {"text": text, **who}, headers=HTMX).content.decode()


def test_an_answer_has_count_share_and_people(at_work: Client, pond: Any) -> None:
    html = ask(at_work, 'count("order.paid") >= 2').content.decode()
    assert "占全部 2 人的 50%" in html
    assert ">u2</a>" in html


def test_nobody_is_an_answer_too(at_work: Client, pond: Any) -> None:
    assert "没有人符合" in ask(at_work, 'count("order.paid") >= 99').content.decode()


def test_an_error_stands_under_the_wrong_word_with_a_hint(at_work: Client, pond: Any) -> None:
    response = ask(at_work, 'cuont("order.paid") >= 2')
    html = response.content.decode()
    assert response.status_code == 422
    assert "<mark>cuont</mark>" in html
    assert 'data-wrong-start="0" data-wrong-end="5"' in html
    assert "是不是想写 count" in html


def test_an_error_in_the_second_line_shows_that_line(at_work: Client, pond: Any) -> None:
    html = ask(at_work, 'did("a")\r\nand nmae == 1').content.decode()
    assert "<mark>nmae</mark>" in html
    assert "did(" not in html


@pytest.mark.parametrize(
    "text", ["(", "a" * 12_000, "1 +", "person.", "\x00", "did('a') and", "<b>x</b>", "📦 == 1"]
)
def test_whatever_is_typed_gets_words_back(at_work: Client, pond: Any, text: str) -> None:
    response = ask(at_work, text)
    assert response.status_code == 422
    assert "这个条件还不能查询" in response.content.decode()
    assert "<b>x</b>" not in response.content.decode()


def test_an_empty_question_asks_for_one(at_work: Client, pond: Any) -> None:
    assert "先写一个条件" in ask(at_work, "  ").content.decode()


def test_why_shows_every_part_with_its_value(at_work: Client, pond: Any) -> None:
    html = why(at_work, 'count("order.paid") >= 2 and person.city == "杭州"', person="u1")
    assert "不符合" in html
    assert "上海" in html
    assert "count(&quot;order.paid&quot;) &gt;= 2" in html


def test_why_of_somebody_unknown_says_so(at_work: Client, pond: Any) -> None:
    assert "没有“nobody”这个用户" in why(at_work, 'did("order.paid")', person="nobody")


@pytest.mark.parametrize("key", ["u4", "u4 "])
def test_why_of_an_erased_person_says_there_is_nobody(at_work: Client, pond: Any, key: str) -> None:
    assert "没有“" in why(at_work, 'did("order.paid")', person=key)


@pytest.mark.parametrize("number", ["999999", "x", "9" * 30, "-1"])
def test_a_number_of_nobody_is_no_error_page(at_work: Client, pond: Any, number: str) -> None:
    response = at_work.post("/w/pond/ask/why/", {"text": "True", "number": number}, headers=HTMX)
    assert response.status_code in (404, 422)


def test_the_page_works_without_scripts(at_work: Client, pond: Any) -> None:
    page = at_work.post("/w/pond/ask/", {"text": 'did("order.paid")'}).content.decode()
    assert "<html" in page
    assert ">u2</a>" in page
    number = Origin.objects.get(workspace_id=pond.pk, key="u2").number
    reason = at_work.post(
        "/w/pond/ask/why/", {"text": 'did("order.paid")', "number": str(number)}
    ).content.decode()
    assert "<html" in reason
    assert "符合" in reason
