"""One walk as an operator takes it: sign in, import a file, find a person, ask, be corrected, learn why. In a real browser."""

from __future__ import annotations

import json
import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.process]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ORDERS = "用户ID,下单时间,订单号,金额\n" + "".join(
    f"u{number % 7},2025-{number % 12 + 1:02d}-{number % 27 + 1:02d} 10:{number % 60:02d},o-{number},{number}.5\n"
    for number in range(60)
)
LONG = "a_name_longer_than_a_phone_is_wide_and_then_some"
WORDS = {
    "zh": {
        "home": "工作台",
        "done": "完成",
        "function": "没有函数 cuont",
        "yes": "符合",
        "all": "全部",
    },
    "en": {
        "home": "Home",
        "done": "Done",
        "function": "no function cuont",
        "yes": "meets it",
        "all": "All",
    },
}


@dataclass(frozen=True, slots=True)
class Site:
    url: str
    username: str
    password: str


@pytest.fixture
def site(installation: Any, start_yutang: Callable[..., Any]) -> Site:
    process = start_yutang(
        "up", "--home", str(installation.home), "--port", "0", "--json", env=installation.environment
    )
    line = process.stdout.readline()
    made = installation.made["sign_in"]
    url = json.loads(line)["address"]
    _wait_for(url + "/healthz")
    return Site(url, made["username"], made["password"])


def _wait_for(url: str) -> None:
    for _ in range(200):
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError):
            pass
        time.sleep(0.1)  # polling
    pytest.fail(f"{url} never answered")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("NO CHROMIUM: the browser walk was not tried (apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass(slots=True)
class Walk:
    """A browser window of one width and language; every step ends on a tidy page."""

    page: Any
    width: int
    words: dict[str, str]

    def go(self, place: str) -> None:
        bar = ".side .nav" if self.width > 760 else ".bottom-nav"
        self.page.locator(f"{bar} a[href$='/{place}/']").click()

    def sign_in(self, site: Site) -> None:
        self.page.goto(site.url)
        self.page.fill("#username", site.username)
        self.page.fill("#password", site.password)
        self.page.locator("button.primary").click()
        expect(self.page.locator("h1")).to_have_text(self.words["home"])
        self.is_tidy()

    def import_file(self, file: Path) -> None:
        page = self.page
        self.go("imports")
        page.set_input_files("input[type=file]", file)
        page.wait_for_url("**/imports/new/**")
        expect(page.locator("#encoding")).to_have_value("gb18030")
        expect(page.locator("#use-0")).to_have_value("person")
        page.fill("#kind", "order.paid")
        page.fill("input[name=name-3]", "amount")
        self.is_tidy()
        page.locator("button[value=rehearse]").click()
        expect(page.locator(".tiles.three")).to_contain_text("60")
        page.locator("button[value=start]").click()
        expect(page.locator("#imports .badge.good")).to_have_text(self.words["done"], timeout=60_000)
        self.is_tidy()

    def look_at(self, key: str) -> None:
        page = self.page
        self.go("people")
        page.locator("tbody a", has_text=key).click()
        expect(page.locator("h1")).to_have_text(key)
        expect(page.locator(".timeline .moment").first).to_contain_text("order.paid")
        expect(page.locator(".tabs [aria-current]")).to_have_text(self.words["all"])
        self.is_tidy()

    def ask_wrongly(self) -> None:
        page = self.page
        self.go("ask")
        page.fill("#text", 'cuont("order.paid") >= 9')
        page.locator("#question button").click()
        wrong, message = page.locator(".wrong-line mark"), page.locator(".wrong-under .words")
        expect(wrong).to_have_text("cuont")
        expect(message).to_contain_text(self.words["function"])
        word, under = wrong.bounding_box(), message.bounding_box()
        assert abs(word["x"] - under["x"]) < 4, "the message does not begin under the word"
        assert under["y"] > word["y"]
        expect(page.locator(".backdrop mark")).to_have_text("cuont")
        self.is_tidy()
        page.fill("#text", f'did("order.paid") and "{LONG}" == "x" and {LONG}("order.paid") >= 9')
        page.locator("#question button").click()
        expect(message).to_contain_text(LONG)
        box, told = page.locator(".card", has=message).first.bounding_box(), message.bounding_box()
        assert told["x"] + told["width"] <= box["x"] + box["width"], "the message runs out of its box"
        self.is_tidy()

    def ask_and_learn_why(self, key: str) -> None:
        page = self.page
        page.fill("#text", 'count("order.paid") >= 9')
        page.locator("#question button").click()
        expect(page.locator(".answer .figure")).to_contain_text("4")
        page.locator(".keys li", has_text=key).locator("button").click()
        expect(page.locator("#why")).to_contain_text(self.words["yes"])
        expect(page.locator("#why .value").last).to_have_text("9")
        self.is_tidy()

    def is_tidy(self) -> None:
        assert self.page.evaluate("document.documentElement.scrollWidth") <= self.width


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_operator_walks_from_sign_in_to_why(
    site: Site, chromium: Any, tmp_path: Path, language: str, width: int
) -> None:
    file = tmp_path / "orders.csv"
    file.write_bytes(ORDERS.encode("gb18030"))
    locale = {"zh": "zh-CN", "en": "en-GB"}[language]
    page = chromium.new_context(viewport={"width": width, "height": 900}, locale=locale).new_page()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.on("console", lambda said: broken.append(said.text) if "Content Security" in said.text else None)
    walk = Walk(page, width, WORDS[language])
    walk.sign_in(site)
    walk.import_file(file)
    walk.look_at("u3")
    walk.ask_wrongly()
    walk.ask_and_learn_why("u3")
    assert not broken
    page.context.close()
