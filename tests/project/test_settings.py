"""How the environment becomes settings."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from yutang.project.database import configured


def asked(name, **environment):
    kept = {key: value for key, value in os.environ.items() if not key.startswith("YUTANG_")}
    source = f"from yutang.project import settings; print(settings.{name})"
    done = subprocess.run(
        [sys.executable, "-c", source],
        env={**kept, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_a_postgresql_address_becomes_djangos_settings():
    told = configured(Path("/h"), "postgresql://po%40nd:s%2Fe@db:5433/yutang?sslmode=require")
    assert {name: told[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")} == {
        "NAME": "yutang",
        "USER": "po@nd",
        "PASSWORD": "s/e",
        "HOST": "db",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


def test_a_socket_folder_is_a_host():
    assert configured(Path("/h"), "postgresql:///yutang?host=/run/pg")["HOST"] == "/run/pg"


def test_any_other_database_is_refused():
    with pytest.raises(ValueError, match="postgresql"):
        configured(Path("/h"), "mysql://x")


def test_sqlite_lies_in_the_home(tmp_path):
    assert configured(tmp_path, "")["NAME"] == str(tmp_path / "yutang.sqlite3")


@pytest.mark.parametrize(("https", "secure"), [("1", "True"), ("", "False")])
def test_cookies_are_secure_where_tls_is(https, secure):
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT")
    assert {asked(name, YUTANG_HTTPS=https) for name in names} == {secure}


def test_only_this_machine_is_answered_unless_names_are_given():
    assert asked("ALLOWED_HOSTS") == "['localhost', '127.0.0.1', '[::1]']"
    assert asked("ALLOWED_HOSTS", YUTANG_HOSTS="a.example, b.example") == "['a.example', 'b.example']"


def test_debug_is_never_on():
    assert asked("DEBUG", DEBUG="1", DJANGO_DEBUG="1") == "False"
