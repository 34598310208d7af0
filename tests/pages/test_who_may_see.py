"""Every page of a workspace is for its members; others learn nothing, not even that it exists."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

pytestmark = pytest.mark.django_db

ARGUMENTS = {"slug": "pond", "number": "1", "token": "a" * 24}


def workspace_paths() -> list[str]:
    """Every address under /w/<slug>/, so that a page added tomorrow is asked too."""
    found = []
    for _, ((path, names), *_), *_ in _patterns():
        if path.startswith("w/%(slug)s"):
            found.append("/" + path % {name: ARGUMENTS[name] for name in names})
    return sorted(set(found))


def _patterns() -> list[Any]:
    return [
        (name, *value)
        for name in get_resolver().reverse_dict
        for value in get_resolver().reverse_dict.getlist(name)
    ]


def test_there_are_pages_to_guard() -> None:
    assert {"/w/pond/", "/w/pond/people/", "/w/pond/ask/", "/w/pond/imports/"} <= set(workspace_paths())


def test_anonymous_is_sent_to_sign_in(world: Any) -> None:
    for path in workspace_paths():
        for response in (Client().get(path), Client().post(path)):
            assert response.status_code in (302, 405), path
            assert response.status_code == 405 or response["Location"].startswith("/sign-in?next=")


def test_charlie_the_stranger_finds_nothing(world: Any, home: Any) -> None:
    client = Client()
    client.force_login(world.charlie)
    for path in workspace_paths():
        for response in (client.get(path), client.post(path)):
            assert response.status_code in (404, 405), path


def test_a_role_that_may_not_import_gets_403(world: Any, home: Any) -> None:
    from yutang.workspaces.models import Membership

    Membership.objects.filter(workspace=world.workspace, user=world.bob).update(role="analyst")
    client = Client()
    client.force_login(world.bob)
    assert client.get("/w/pond/").status_code == 200
    response = client.post("/w/pond/imports/upload")
    assert response.status_code == 403
    assert "没有权限" in response.content.decode()


def test_contacts_are_masked_for_roles_that_do_not_work_with_people(world: Any, pond: Any) -> None:
    from yutang.people.models import Identity, Origin
    from yutang.workspaces.models import Membership

    origin = Origin.objects.get(workspace_id=pond.pk, key="u3")
    Identity.objects.create(workspace_id=pond.pk, namespace="phone", value="13812345678", origin=origin)
    client = Client()
    client.force_login(world.bob)
    path = f"/w/pond/people/{origin.number}/"
    assert "13812345678" in client.get(path).content.decode()
    Membership.objects.filter(workspace=world.workspace, user=world.bob).update(role="analyst")
    html = client.get(path).content.decode()
    assert "138****5678" in html
    assert "13812345678" not in html
