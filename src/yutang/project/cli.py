"""The ``yutang`` command. A command's module is imported only when that command is called.

Exit codes: 0 done · 1 refused or failed · 2 wrong usage, or an expression that says nothing · 3 bad lines in the input ·
4 nothing is initialised there · 5 verification found a break · 6 the machine cannot now (disk full, port taken, database away).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from yutang.kernel.refused import Refused
from yutang.kernel.text import Text, add_texts, language_of
from yutang.kernel.texts import TEXTS as KERNEL_TEXTS
from yutang.language.problem import Invalid, Problem
from yutang.project.exits import Exit, as_refused, code_of, tell, tell_invalid
from yutang.project.texts import TEXTS
from yutang.project.usage import Unreadable, tell_usage


@dataclass(frozen=True, slots=True)
class Command:
    target: str
    help: Text


_HERE = "yutang.project.commands"

COMMANDS = {
    "init": Command(
        f"{_HERE}.init:init",
        Text(zh="建立一个家目录：数据库、工作区、密钥", en="Make a home: database, workspace, keys"),
    ),
    "up": Command(f"{_HERE}.up:up", Text(zh="启动网页、接口和后台处理", en="Start pages, API and worker")),
    "worker": Command(f"{_HERE}.worker:worker", Text(zh="只启动后台处理", en="Start a worker only")),
    "import": Command(
        "yutang.events.commands:import_",
        Text(zh="导入历史文件：CSV、文本、JSONL、Parquet", en="Import history: CSV, text, JSONL, Parquet"),
    ),
    "ask": Command(
        "yutang.audiences.commands:ask",
        Text(zh="提问：符合条件的是谁", en="Ask who answers to an expression"),
    ),
    "simulate": Command(
        "yutang.simulator.commands:simulate",
        Text(zh="生成一个有习惯的人群的事件", en="Events of a population with habits"),
    ),
    "settle": Command(
        f"{_HERE}.settle:settle", Text(zh="把等待处理的事情做完", en="Do all that is waiting to be done")
    ),
    "compact": Command(
        "yutang.events.compact_command:compact",
        Text(zh="把较旧的事件移入历史文件", en="Move older events into history files"),
    ),
    "state": Command(f"{_HERE}.state:state", Text(zh="全部状态的摘要", en="A digest of all state")),
    "verify": Command(
        f"{_HERE}.verify:verify", Text(zh="核对审计链和数据", en="Check the audit chain and the data")
    ),
    "crash-points": Command(
        f"{_HERE}.crash_points:crash_points",
        Text(zh="列出可模拟崩溃的位置", en="List the points where a crash can be tried"),
    ),
}


class _Later(TyperCommand):
    """Stands for a command in the list; becomes the real one when it is called."""

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        return _load(self.name or "").make_context(info_name, args, parent, **extra)


def _load(name: str) -> Any:
    module, _, function = COMMANDS[name].target.partition(":")
    if find_spec(module) is None:
        raise Refused(Problem("project.command_missing", {"name": name}))
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command(name)(getattr(import_module(module), function))
    return typer.main.get_command(app)


class _Commands(TyperGroup):
    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        command = COMMANDS.get(cmd_name)
        return None if command is None else _Later(cmd_name, help=command.help.in_(language_of(os.environ)))


app = typer.Typer(
    cls=_Commands,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback()
def _yutang(
    version: bool = typer.Option(
        False, "--version", help="Show the version and leave. 显示版本", is_eager=True
    ),
) -> None:
    """鱼塘 Yutang: events in; who should get what, now, and why. 进来的是事件，出来的是：此刻谁该收到什么，为什么。"""
    if version:
        from yutang import __version__

        print(__version__)
        raise typer.Exit


def main(arguments: Sequence[str] | None = None) -> None:
    """The process's entry: leaves it with one of the codes above."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    is_json = "--json" in given
    add_texts(KERNEL_TEXTS)
    add_texts(TEXTS)
    try:
        code = app(given, prog_name="yutang", standalone_mode=False)
    except Invalid as invalid:
        tell_invalid(invalid, is_json=is_json)
        sys.exit(Exit.USAGE)
    except (KeyboardInterrupt, typer.Abort):
        sys.exit(Exit.INTERRUPTED)
    except BrokenPipeError:  # whoever read our output has seen enough (head)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(Exit.DONE)
    except Exception as error:
        if isinstance(error, Unreadable):
            sys.exit(tell_usage(error, language_of(os.environ), is_json=is_json))
        refused = as_refused(error)
        if refused is None:
            raise
        tell(refused.problems, is_json=is_json)
        sys.exit(code_of(refused))
    sys.exit(code)


if __name__ == "__main__":
    main()
