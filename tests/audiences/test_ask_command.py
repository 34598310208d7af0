"""`yutang ask --events` as it is driven from outside: answers, exit codes, what is said of bad input."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.process

Run = Callable[..., Any]
GOOD = [
    {"person": "u2", "kind": "order.paid", "at": "2026-01-02T10:00:00+08:00", "props": {"amount": 100}},
    {"person": "u10", "kind": "order.paid", "at": "2026-01-01T10:00:00+08:00", "props": {"amount": 12.5}},
    {"person": "u1", "traits": {"city": "上海"}},
    {"merge": ["u1", "u3"], "at": "2026-01-03T10:00:00+08:00"},
]


@pytest.fixture
def events(tmp_path: Path) -> Callable[..., str]:
    def write(*lines: Any) -> str:
        path = tmp_path / "events.jsonl"
        texts = [each if isinstance(each, str) else json.dumps(each, ensure_ascii=False) for each in lines]
        path.write_text("".join(f"{each}\n" for each in texts), encoding="utf-8")
        return str(path)

    return write


def test_keys_are_printed_one_per_line_and_sorted(run_yutang: Run, events: Callable[..., str]) -> None:
    done = run_yutang("ask", "True", "--events", events(*GOOD))
    assert (done.code, done.out, done.err) == (0, "u1\nu10\nu2\n", "")


def test_nobody_is_an_answer(run_yutang: Run, events: Callable[..., str]) -> None:
    done = run_yutang("ask", 'did("live.entered")', "--events", events(*GOOD))
    assert (done.code, done.out) == (0, "")


def test_an_empty_file_has_nobody(run_yutang: Run, events: Callable[..., str]) -> None:
    done = run_yutang("ask", "True", "--events", events())
    assert (done.code, done.out) == (0, "")


def test_the_moment_can_be_given(run_yutang: Run, events: Callable[..., str]) -> None:
    file = events(*GOOD)
    assert run_yutang("ask", "True", "--events", file, "--at", "2026-01-02").out.split() == [
        "u1",
        "u10",
        "u2",
        "u3",
    ]
    assert run_yutang("ask", 'did("order.paid")', "--events", file, "--at", "2026-01-02").out.split() == [
        "u10"
    ]


def test_a_bad_expression_is_shown_with_a_caret_and_exits_2(
    run_yutang: Run, events: Callable[..., str]
) -> None:
    done = run_yutang("ask", 'cuont("order.paid") > 1', "--events", events(*GOOD))
    assert done.code == 2
    assert done.out == ""
    assert "^^^^^" in done.err
    assert "count" in done.err


def test_bad_lines_are_named_and_exit_3(run_yutang: Run, events: Callable[..., str]) -> None:
    file = events(GOOD[0], "not json", {"person": "u9", "kind": "a"}, GOOD[1])
    done = run_yutang("ask", "True", "--events", file)
    assert (done.code, done.out) == (3, "")
    assert "events.jsonl:2:" in done.err
    assert "events.jsonl:3:" in done.err


def test_the_good_lines_are_answered_when_bad_ones_may_be_skipped(
    run_yutang: Run, events: Callable[..., str]
) -> None:
    done = run_yutang("ask", "True", "--events", events(GOOD[0], "not json", GOOD[1]), "--skip-bad")
    assert (done.code, done.out) == (0, "u10\nu2\n")
    assert "events.jsonl:2:" in done.err


def test_a_missing_file_is_named(run_yutang: Run, tmp_path: Path) -> None:
    done = run_yutang("ask", "True", "--events", str(tmp_path / "nowhere.jsonl"))
    assert done.code == 2
    assert "nowhere.jsonl" in done.err


def test_an_unknown_zone_or_moment_is_refused(run_yutang: Run, events: Callable[..., str]) -> None:
    file = events(*GOOD)
    assert "Mars/Base" in run_yutang("ask", "True", "--events", file, "--tz", "Mars/Base").err
    assert run_yutang("ask", "True", "--events", file, "--at", "tomorrow").code == 2


def test_explain_prints_every_part(run_yutang: Run, events: Callable[..., str]) -> None:
    asked = 'person.city == "上海" or sum("order.paid", "amount") >= 100'
    done = run_yutang("ask", asked, "--events", events(*GOOD), "--explain", "--person", "u2", "--json")
    assert done.code == 0
    assert done.json["value"] is True
    assert [part["value"] for part in done.json["parts"]] == [False, True]


def test_lines_come_from_standard_input_too(run_yutang: Run) -> None:
    done = run_yutang("ask", "True", "--events", "-", stdin=json.dumps(GOOD[0]))
    assert (done.code, done.out) == (0, "u2\n")
