"""What the machines that look after this one are told."""

import pytest
from django.db import DatabaseError

from yutang.project import health


def test_alive_needs_nothing(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_ready_when_database_and_home_are_there(client, home):
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_not_ready_without_a_home(client, home, settings):
    settings.YUTANG_HOME = home / "nowhere"
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"home\n")


def test_not_ready_without_a_database(client, monkeypatch):
    class Away:
        def cursor(self):
            raise DatabaseError("away")

    monkeypatch.setattr(health, "connection", Away())
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"database\n")


@pytest.mark.django_db
def test_metrics_come_from_the_rooms(client, home):
    response = client.get("/metrics")
    assert response.status_code == 200
    assert b"yutang_audit_unsealed_rows 0.0" in response.content
