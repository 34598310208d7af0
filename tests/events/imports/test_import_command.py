"""``yutang import`` as a user runs it."""

from __future__ import annotations

import csv

import pytest
from tests.events.imports.files import FLAGS, orders

pytestmark = pytest.mark.process


def _import(run_yutang, installation, *args, stdin=""):
    return run_yutang("import", *args, env=installation.environment, stdin=stdin)


def test_the_same_file_twice_adds_nothing_and_equal_rows_stay(run_yutang, installation, tmp_path):
    path = orders(tmp_path, 300)
    first = _import(run_yutang, installation, path, *FLAGS, "--json")
    assert first.code == 0, first.err
    assert (first.json["lines"], first.json["added"], first.json["known"]) == (302, 302, 0)
    renamed = path.rename(tmp_path / "renamed.csv")
    again = _import(run_yutang, installation, renamed, *FLAGS, "--json")
    assert (again.json["added"], again.json["known"]) == (0, 302)
    other = _import(run_yutang, installation, renamed, *FLAGS, "--source", "north", "--dry-run", "--json")
    assert other.json["added"] == 302


def test_bad_rows_are_refused_to_a_file_that_no_spreadsheet_runs(run_yutang, installation, tmp_path):
    path = tmp_path / "some.csv"
    path.write_text("user,time,amount\nu1,2025-01-01,1\n=cmd(),soon,1\nu2,2025-01-01,x\n0,2025-01-01,1\n")
    rejects = tmp_path / "rejects.csv"
    done = _import(run_yutang, installation, path, *FLAGS, "--rejects", rejects)
    assert done.code == 3
    assert "some.csv:3 (time): “soon” is not a time" in done.err
    assert "1 added" in done.out
    rows = list(csv.reader(rejects.read_text("utf-8-sig").splitlines()))
    assert rows[0] == ["file", "line", "code", "reason", "raw"]
    assert [row[1] for row in rows[1:]] == ["3", "4", "5"]
    assert rows[1][4] == "'=cmd(),soon,1"


def test_too_many_bad_rows_import_nothing(run_yutang, installation, tmp_path):
    path = tmp_path / "some.csv"
    path.write_text("user,time,amount\nu1,2025-01-01,1\nu2,soon,1\n")
    assert _import(run_yutang, installation, path, *FLAGS, "--max-bad", "0").code == 1
    assert _import(run_yutang, installation, path, *FLAGS, "--dry-run", "--json").json["added"] == 1


def test_a_dry_run_writes_nothing(run_yutang, installation, tmp_path):
    path = orders(tmp_path, 50)
    before = run_yutang("state", "--json", env=installation.environment).json
    done = _import(run_yutang, installation, path, *FLAGS, "--dry-run", "--json")
    assert (done.code, done.json["added"], done.json["dry_run"]) == (0, 52, True)
    assert run_yutang("state", "--json", env=installation.environment).json == before


def test_event_lines_come_through_standard_input(run_yutang, installation):
    lines = '{"person":"u1","kind":"a","at":"2025-01-01"}\n{"merge":["u1","u2"],"at":"2025-01-02"}\n'
    done = _import(run_yutang, installation, "-", "--json", stdin=lines)
    assert (done.code, done.json["added"]) == (0, 2)
    again = _import(run_yutang, installation, "-", "--json", stdin=lines)
    assert (again.json["added"], again.json["known"]) == (0, 2)
    asked = run_yutang("ask", 'did("a")', "--at", "2025-06-01", env=installation.environment)
    assert asked.out == "u1\n"


def test_a_preview_shows_what_the_first_lines_say(run_yutang, tmp_path):
    path = orders(tmp_path, 5)
    done = run_yutang("import", path, *FLAGS, "--preview", "2")
    assert done.code == 0, done.err
    assert done.out.count('"fact": "event"') == 2


def test_a_table_nobody_explained_gets_a_suggestion(run_yutang, installation, tmp_path):
    path = tmp_path / "some.csv"
    path.write_text("user_id,date,total\nu1,2025-01-01,1\n")
    done = _import(run_yutang, installation, path)
    assert done.code == 2
    assert "--person user_id --kind order.paid --at date --prop total:number=total" in done.err
    assert "a table needs to be told" in done.err


@pytest.mark.parametrize(
    ("args", "content", "code"),
    [
        ((), "", 2),
        ((), "user,time,amount\n", 2),
        ((), "user,time,amount\nu1,soon,1\n", 3),
        (("--max-bad", "0"), "user,time,amount\nu1,soon,1\nu2,2025-01-01,1\n", 1),
        (("--zone", "Mars/Base"), "user,time,amount\nu1,2025-01-01,1\n", 2),
        (("--encoding", "latin-9"), "user,time,amount\nu1,2025-01-01,1\n", 2),
        (("--prop", "x:money=amount"), "user,time,amount\nu1,2025-01-01,1\n", 2),
        (("--id", "nowhere"), "user,time,amount\nu1,2025-01-01,1\n", 2),
    ],
)
def test_the_exit_code_says_what_was_wrong(run_yutang, installation, tmp_path, args, content, code):
    path = tmp_path / "some.csv"
    path.write_text(content)
    done = _import(run_yutang, installation, path, *FLAGS, *args)
    assert done.code == code, done.err
    assert done.err.strip()
    assert "Traceback" not in done.err


def test_a_file_that_is_not_there_is_wrong_usage(run_yutang, installation, tmp_path):
    done = _import(run_yutang, installation, tmp_path / "nowhere.csv", *FLAGS)
    assert done.code == 2
    assert "cannot be opened" in done.err
