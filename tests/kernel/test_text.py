"""Codes become words, in the reader's language, and never fail to."""

import re
from importlib import import_module
from importlib.util import find_spec

import pytest

from yutang.kernel.text import Text, add_texts, choose_language, fill, language_of, say, word
from yutang.kernel.texts import TEXTS
from yutang.language.problem import Problem

ROOMS = ("kernel", "workspaces", "people", "events", "audiences", "simulator", "console", "web", "project")


def test_a_problem_is_said_in_both_languages():
    add_texts(TEXTS)
    problem = Problem("door.key_reused", {"key": "k1"})
    assert say(problem, "en") == "This idempotency key was used for another request: k1"
    assert say(problem, "zh") == "这个幂等键已经用于另一个请求：k1"


def test_a_code_without_words_shows_itself():
    assert say(Problem("no.such", {"n": 1}), "zh") == "no.such n=1"
    assert word("no.such", "zh") == "no.such"


def test_a_param_that_is_missing_stays_visible_and_a_text_param_is_said_too():
    assert fill(Text("{a}{b}", "{a}{b}"), "en", {"a": Text("鱼", "fish")}) == "fish{b}"


def test_two_rooms_cannot_give_one_code_different_words():
    add_texts({"test.word": Text("一", "one")})
    add_texts({"test.word": Text("一", "one")})
    with pytest.raises(ValueError, match=r"test\.word"):
        add_texts({"test.word": Text("二", "two")})


@pytest.mark.parametrize(
    ("chosen", "accepted", "language"),
    [
        (None, "", "zh"),
        (None, "en-GB,en;q=0.9", "en"),
        (None, "zh-CN,en;q=0.8", "zh"),
        (None, "de, en", "en"),
        ("zh", "en", "zh"),
        ("en", "zh", "en"),
        ("xx", "", "zh"),
    ],
)
def test_what_was_chosen_wins_over_what_the_browser_accepts(chosen, accepted, language):
    assert choose_language(chosen, accepted) == language


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8", "YUTANG_LANG": "zh"}, "zh"),
        ({"YUTANG_LANG": "en"}, "en"),
    ],
)
def test_the_command_line_speaks_the_systems_language(environment, language):
    assert language_of(environment) == language


@pytest.mark.parametrize("room", ROOMS)
def test_both_languages_of_every_text_have_the_same_params(room):
    if find_spec(f"yutang.{room}.texts") is None:
        pytest.skip("no words")
    for code, text in import_module(f"yutang.{room}.texts").TEXTS.items():
        assert set(re.findall(r"{(\w+)}", text.zh)) == set(re.findall(r"{(\w+)}", text.en)), code
        assert text.zh, code
        assert text.en, code
