import pytest

from yutang.kernel.home import database_address, enter, home_path, make_home, remember_database
from yutang.kernel.refused import Refused


def test_what_was_asked_for_wins_over_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("YUTANG_HOME", str(tmp_path / "said"))
    assert home_path() == tmp_path / "said"
    assert home_path(tmp_path / "asked") == tmp_path / "asked"
    monkeypatch.delenv("YUTANG_HOME")
    monkeypatch.chdir(tmp_path)
    assert home_path() == tmp_path / "yutang-home"


def test_making_a_home_again_keeps_its_key(tmp_path):
    make_home(tmp_path)
    key = (tmp_path / "secret.key").read_text()
    make_home(tmp_path)
    assert (tmp_path / "secret.key").read_text() == key
    assert len(key) > 50


def test_the_database_that_is_said_wins_over_the_one_remembered(monkeypatch, tmp_path):
    monkeypatch.setenv("YUTANG_DATABASE", "")
    assert database_address(tmp_path) == ""
    remember_database(tmp_path, "postgresql:///remembered")
    assert database_address(tmp_path) == "postgresql:///remembered"
    monkeypatch.setenv("YUTANG_DATABASE", "postgresql:///said")
    assert database_address(tmp_path) == "postgresql:///said"


def test_entering_a_home_that_is_none_is_refused(tmp_path):
    with pytest.raises(Refused) as refused:
        enter(tmp_path)
    assert refused.value.problems[0].code == "home.missing"
