"""What the command says about itself, and about calls it cannot read."""

import json
import re
from typing import Any

import pytest
from typer.core import TyperGroup

from yutang.project.cli import COMMANDS, _load

CHINESE, LATIN = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[A-Za-z]")


def texts_of(name: str) -> dict[str, str]:
    command: Any = _load(name)
    assert not isinstance(command, TyperGroup)
    own = [each for each in command.params if each.name != "help"]
    return {"": command.help} | {each.name: each.help or "" for each in own}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_and_each_of_its_options_are_explained_in_both_languages(name):
    told = texts_of(name)
    assert [each for each, text in told.items() if not CHINESE.search(text)] == []
    assert [each for each, text in told.items() if not LATIN.search(text)] == []


@pytest.mark.parametrize("name", ["ask", "import", "compact", "simulate"])
def test_what_works_on_a_workspace_takes_its_name_in_the_same_words(name):
    assert texts_of(name)["workspace"] == texts_of("ask")["workspace"]
    assert texts_of(name)["home"] == texts_of("up")["home"]


@pytest.mark.process
@pytest.mark.parametrize(
    "arguments",
    [("ask", "True"), ("import", "lines.jsonl"), ("compact",), ("simulate", "--people", "1", "--days", "1")],
)
def test_a_workspace_that_is_not_there_is_refused_in_the_same_words(
    installation, run_yutang, tmp_path, arguments
):
    (tmp_path / "lines.jsonl").write_text(
        '{"type":"event","kind":"app.open","who":"u1","at":"2026-01-01T00:00:00Z"}\n'
    )
    given = [str(tmp_path / each) if each.endswith(".jsonl") else each for each in arguments]
    told = run_yutang(*given, "--workspace", "pond", env=installation.environment)
    assert (told.code, told.out, told.err) == (1, "", "No workspace is called “pond”; here are: main\n")


USAGE = [
    (["hlep"], "没有 'hlep' 这个命令"),
    (["state", "--jsn"], "没有 --jsn 这个选项（是不是 --json？）"),
    (["state", "--zzz"], "没有 --zzz 这个选项"),
    (["ask"], "缺少参数 'expression'"),
    (["up", "--port", "x"], "'--port' 的值不对：应为整数"),
    (["up", "--port", "70000"], "'--port' 的值不对：不能大于 65535"),
    (["simulate", "--people", "0"], "'--people' 的值不对：不能小于 1"),
    (["settle", "--timeout", "soon"], "'--timeout' 的值不对：应为数字"),
    (["ask", "true", "--at"], "选项 '--at' 后面要有一个值"),
    (["up", "extra"], "多余的参数：extra"),
    (["state", "--json=1"], "选项 '--json' 后面不能有值"),
]


def fail(capsys, monkeypatch, language: str, arguments: list[str]) -> str:
    from yutang.project.cli import main

    monkeypatch.setenv("YUTANG_LANG", language)
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    return capsys.readouterr().err


@pytest.mark.parametrize(("arguments", "said"), USAGE)
def test_a_call_that_cannot_be_read_is_answered_in_chinese(capsys, monkeypatch, arguments, said):
    told = fail(capsys, monkeypatch, "zh", arguments).splitlines()
    assert told[-1] == said
    assert any("--help" in line for line in told[:-1]) or "选项" in said


@pytest.mark.parametrize(("arguments", "said"), USAGE)
def test_a_call_that_cannot_be_read_is_answered_in_english(capsys, monkeypatch, arguments, said):
    told = fail(capsys, monkeypatch, "en", arguments)
    assert not CHINESE.search(told)
    assert told.splitlines()[-1]


def test_with_json_a_call_that_cannot_be_read_is_a_problem_too(capsys, monkeypatch):
    told = json.loads(fail(capsys, monkeypatch, "zh", ["up", "--port", "x", "--json"]))
    assert told["problems"][0]["code"] == "project.usage"
    assert told["problems"][0]["detail"] == "'--port' 的值不对：应为整数"
