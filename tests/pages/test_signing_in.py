"""Signing in and out, and where one lands."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_has_failed_yet() -> None:
    cache.clear()


def sign_in(client: Client, password: str = "alice-password", next: str = "", **more: Any) -> Any:
    return client.post("/sign-in", {"username": "alice", "password": password, "next": next}, **more)


def test_the_right_password_leads_home(world: Any) -> None:
    client = Client()
    assert sign_in(client)["Location"] == "/"
    assert client.get("/")["Location"] == "/w/pond/"


def test_a_wrong_password_is_refused_without_saying_which_half(world: Any) -> None:
    response = sign_in(Client(), "wrong")
    assert response.status_code == 422
    assert "用户名或密码不对" in response.content.decode()


@pytest.mark.parametrize(
    "next", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "\\\\evil.example"]
)
def test_next_never_leaves_the_site(world: Any, next: str) -> None:
    assert sign_in(Client(), next=next)["Location"] == "/"


def test_next_leads_back_to_the_page_that_was_asked_for(world: Any) -> None:
    assert sign_in(Client(), next="/w/pond/people/?q=u1")["Location"] == "/w/pond/people/?q=u1"


def test_after_five_failures_even_the_right_password_waits(world: Any) -> None:
    client = Client()
    for _ in range(5):
        sign_in(client, "wrong")
    response = sign_in(client)
    assert response.status_code == 429
    assert "15 分钟" in response.content.decode()


def test_one_address_cannot_hold_up_another(world: Any) -> None:
    for _ in range(5):
        sign_in(Client(), "wrong", REMOTE_ADDR="10.0.0.1")
    assert sign_in(Client(), REMOTE_ADDR="10.0.0.2").status_code == 302


def test_signing_out_ends_the_session(at_work: Client) -> None:
    assert at_work.get("/sign-out").status_code == 405
    at_work.post("/sign-out")
    assert at_work.get("/w/pond/").status_code == 302


def test_a_form_of_an_old_page_is_refused_kindly(world: Any) -> None:
    response = Client(enforce_csrf_checks=True).post("/sign-in", {"username": "alice"})
    assert response.status_code == 403
    assert "页面已过期" in response.content.decode()


def test_who_is_in_no_workspace_is_told(world: Any) -> None:
    from yutang.workspaces.models import Membership

    Membership.objects.filter(user=world.alice, workspace=world.workspace).delete()
    client = Client()
    client.force_login(world.alice)
    response = client.get("/")
    assert response.status_code == 403
    assert "还不在任何工作区" in response.content.decode()
