"""Calls the command line cannot read, said in the reader's language: the library that reads them speaks English only."""

from __future__ import annotations

import re
import sys
from typing import Any, Protocol, runtime_checkable

from yutang.kernel.text import Language, word
from yutang.language.problem import Problem
from yutang.project.exits import Exit, tell


@runtime_checkable
class Unreadable(Protocol):
    """What the library raises; its classes have moved between versions, these names have not."""

    exit_code: int

    def format_message(self) -> str: ...
    def show(self) -> None: ...


_IN_CHINESE = [
    (r"No such command ('.*')\.", r"没有 \1 这个命令"),
    (
        r"No such option: (\S+) \((?:Possible options|Did you mean):? (.+)\)",
        r"没有 \1 这个选项（是不是 \2？）",
    ),
    (r"No such option: (\S+)", r"没有 \1 这个选项"),
    (r"Missing command\.", "缺少命令"),
    (r"Missing argument ('.*')\.", r"缺少参数 \1"),
    (r"Missing option ('.*')\.", r"缺少选项 \1"),
    (r"Option ('.*') requires an argument\.", r"选项 \1 后面要有一个值"),
    (r"Option ('.*') does not take a value\.", r"选项 \1 后面不能有值"),
    (r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", r"多余的参数：\1"),
    (r"Invalid value for (.+): Input should be a valid integer.*", r"\1 的值不对：应为整数"),
    (r"Invalid value for (.+): Input should be a valid number.*", r"\1 的值不对：应为数字"),
    (r"Invalid value for (.+): Input should be less than or equal to (\S+)", r"\1 的值不对：不能大于 \2"),
    (r"Invalid value for (.+): Input should be greater than or equal to (\S+)", r"\1 的值不对：不能小于 \2"),
    (r"Invalid value for (.+?): (.+)", r"\1 的值不对：\2"),
]


def in_words(message: str, language: Language) -> str:
    """What the library says; in Chinese where we have words for it."""
    if language == "en":
        return message
    for pattern, words in _IN_CHINESE:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return found.expand(words)
    return message


def tell_usage(error: Any, language: Language, *, is_json: bool) -> int:
    """On stderr, with the call's form and where to read more; gives the exit code."""
    if type(error).__name__ == "NoArgsIsHelpError":
        error.show()
        return int(error.exit_code)
    reason = in_words(error.format_message(), language)
    if is_json:
        tell([Problem("project.usage", {"reason": reason})], is_json=True)
        return Exit.USAGE
    if error.ctx is not None:
        form = " ".join([error.ctx.command_path, *error.ctx.command.collect_usage_pieces(error.ctx)])
        more = word("project.usage.more", language, command=error.ctx.command_path)
        print(f"{word('project.usage.form', language, form=form)}\n{more}\n", file=sys.stderr)
    print(word("project.usage", language, reason=reason), file=sys.stderr)
    return Exit.USAGE
