"""Every problem has words in both languages, every function its documentation and an example that runs."""

import re
from pathlib import Path

import pytest
from tests.language.golden_cases import every_case

import yutang.language as language
from yutang.language import FUNCTIONS, Problem, check, parse, render
from yutang.language.render import width
from yutang.language.texts import HINTS, OTHERWISE, TEXTS, hint, words

SOURCES = sorted(Path(language.__file__).parent.rglob("*.py"))
REFERENCE = Path(__file__).parents[2] / "docs" / "language.md"
NO_SUCH = ("lambda", "ternary", "loop", "await", "power", "floor_division", "remainder")
UNKNOWN = ("kind", "property", "trait", "tag", "relation")


def codes_in_sources():
    texts = {each.name: each.read_text(encoding="utf-8") for each in SOURCES if each.name != "texts.py"}
    found = {code for text in texts.values() for code in re.findall(r'"(language\.[a-z_]+)"', text)}
    found |= {
        f"language.json_{code}" for code in re.findall(r'self\.refuse\("([a-z_]+)"', texts["jsonform.py"])
    }
    return (
        found | {f"language.no_{each}" for each in NO_SUCH} | {f"language.unknown_{each}" for each in UNKNOWN}
    )


def test_every_code_has_words_and_every_word_a_code():
    compiled = {code for code in TEXTS if code.startswith(("language.unsupported", "language.horizon"))}
    assert codes_in_sources() - set(TEXTS) == set()
    assert set(TEXTS) - codes_in_sources() - compiled == set()
    assert set(HINTS) | set(OTHERWISE) <= set(TEXTS)


@pytest.mark.parametrize("table", [TEXTS, HINTS, OTHERWISE], ids=["texts", "hints", "otherwise"])
def test_both_languages_tell_the_same_parameters(table):
    for code, (zh, en) in table.items():
        assert set(re.findall(r"{(\w+)}", zh)) == set(re.findall(r"{(\w+)}", en)), code


def test_most_words_are_shown_by_a_golden_file():
    shown = {each.code for case in every_case() for each in case.problems()}
    unseen = {code for code in TEXTS if code not in shown and not code.startswith("language.json_")}
    assert len(unseen) <= 10, sorted(unseen)


def test_all_problems_of_golden_files_are_in_words():
    for case in every_case():
        for each in case.problems():
            for lang in ("zh", "en"):
                said = words(each, lang) + hint(each, lang)
                assert not re.search(r"language\.|{\w+}|None", said), said


def test_english_is_not_chinese():
    assert not [en for _, en in TEXTS.values() if re.search("[\u4e00-\u9fff]", en)]


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=lambda each: each.name)
def test_every_function_has_words_and_an_example_that_is_a_condition(function):
    assert function.zh
    assert function.en
    assert re.search(rf"\b{function.name}\(", function.example)
    assert check(parse(function.example)) == ()


def test_the_functions_are_those_of_the_reference():
    text = REFERENCE.read_text(encoding="utf-8")
    tables = [line.split("|")[1] for line in text.replace("\\|", "¦").splitlines() if line.startswith("| `")]
    named = {name for cell in tables for name in re.findall(r"`(\w+)\(", cell)} | {
        "avg",
        "min",
        "max",
        "step",
    }
    named |= {name for cell in tables for name in re.findall(r"`(\w+)`", cell) if name in FUNCTIONS}
    assert named - {"number", "text", "boolean", "time", "list"} == set(FUNCTIONS)


def test_every_condition_in_the_reference_is_one():
    block = re.search(r"```\n(person\.city.*?)```", REFERENCE.read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    for line in block[1].strip().splitlines():
        check(parse(line), has_event=True)


def test_chinese_takes_two_columns_and_combining_marks_none():
    assert [width(each) for each in ("a", "上", "，", "é", "e\u0301", "\u200b", "😀")] == [
        1,
        2,
        2,
        1,
        1,
        0,
        2,
    ]


def test_a_problem_in_a_file_names_line_and_column():
    found = Problem("language.syntax", span=parse("1").span._replace(start=5, end=6))
    assert render(found, "abc\ndef", "en", file="rules.yaml", line=7).splitlines()[1:4] == [
        "  --> rules.yaml:8:2",
        "   8 | def",
        "     |  ^",
    ]


def test_a_problem_without_a_place_names_where_it_is():
    found = Problem("language.json_object", where="/items/3")
    assert render(found, "", "zh") == "错误：这里要一个 JSON 对象\n  --> /items/3"
