"""What every page carries: language, colours, headers, navigation, and words for what went wrong."""

from __future__ import annotations

import errno
import re
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
PAGES = ("/w/pond/", "/w/pond/people/", "/w/pond/ask/", "/w/pond/imports/")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_speaks_both_languages(at_work: Client, pond: Any, path: str) -> None:
    chinese = at_work.get(path, headers={"accept-language": "zh-CN"})
    english = at_work.get(path, headers={"accept-language": "en-GB"})
    assert '<html lang="zh-Hans"' in chinese.content.decode()
    assert '<html lang="en"' in english.content.decode()
    assert "工作台" in chinese.content.decode()
    assert "Home" in english.content.decode()
    assert english["Content-Language"] == "en"


@pytest.mark.parametrize("path", PAGES)
def test_no_word_is_missing_in_english(at_work: Client, pond: Any, path: str) -> None:
    html = at_work.get(path, headers={"accept-language": "en"}).content.decode()
    seen = re.sub(r'上海|杭州|老客|阿狸的鱼塘|中文|<button type="button" data-fill.*?</button>', "", html)
    assert not re.findall(r"[\u4e00-\u9fff]+", seen)
    assert not re.findall(r">\s*(?:web|console|events|audiences)\.[a-z_.]+\s*<", html)


@pytest.mark.parametrize("path", [*PAGES, "/sign-in", "/nowhere"])
def test_the_policy_allows_no_inline_script_and_pages_have_none(
    at_work: Client, pond: Any, path: str
) -> None:
    response = at_work.get(path, follow=True)
    html = response.content.decode()
    policy = response["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<script(?![^>]*\ssrc=)|\sstyle=|\son[a-z]+=|<style", html)
    assert response["X-Content-Type-Options"] == "nosniff"


def test_the_reader_chooses_language_and_colours(at_work: Client, pond: Any) -> None:
    response = at_work.post("/preferences", {"lang": "en", "theme": "dark", "next": "/w/pond/"})
    assert response["Location"] == "/w/pond/"
    html = at_work.get("/w/pond/").content.decode()
    assert '<html lang="en" data-theme="dark">' in html


def test_a_choice_that_is_none_changes_nothing(at_work: Client, pond: Any) -> None:
    response = at_work.post("/preferences", {"lang": "xx", "theme": "<b>", "next": "https://evil.example"})
    assert response["Location"] == "/"
    assert not response.cookies


def test_a_missing_page_says_so_with_a_reference(at_work: Client, world: Any) -> None:
    response = at_work.get("/w/pond/nothing")
    assert response.status_code == 404
    html = response.content.decode()
    assert "找不到这一页" in html
    assert re.search(r"<code>[0-9a-f]{8}</code>", html)


def test_a_broken_page_says_so_and_shows_nothing_of_the_inside(
    at_work: Client, pond: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr("yutang.console.pages.today", broken)
    at_work.raise_request_exception = False
    response = at_work.get("/w/pond/")
    assert response.status_code == 500
    assert "服务器出错了" in response.content.decode()
    assert "secret" not in response.content.decode()


def test_an_empty_workspace_shows_the_next_steps(at_work: Client, home: Any) -> None:
    html = at_work.get("/w/pond/").content.decode()
    assert "先把数据接进来" in html
    assert "curl http://testserver/v1/track" in html


def test_home_counts_today_and_names_people(at_work: Client, pond: Any) -> None:
    html = at_work.get("/w/pond/").content.decode()
    assert "先把数据接进来" not in html
    assert "累计用户" in html
    assert ">u3</a>" in html


def test_a_full_disk_is_told_in_words_on_a_page(
    at_work: Client, pond: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("yutang.console.pages.today", full)
    response = at_work.get("/w/pond/", headers={"accept": "text/html"})
    assert response.status_code == 503
    assert "现在处理不了" in response.content.decode()
    assert "磁盘" in response.content.decode()
