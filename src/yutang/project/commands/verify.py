"""``yutang verify``: is everything as it was written?"""

from __future__ import annotations

import json
import os

import typer

from yutang.kernel.home import enter
from yutang.kernel.text import language_of, say, word
from yutang.language.problem import Problem
from yutang.project.exits import Exit, as_json
from yutang.workspaces.options import Database, Home, Json


def verify(home: Home = None, database: Database = None, is_json: Json = False) -> None:
    """Check the audit chain and every room's own invariants; names the first break. Exit 5 when there is one.

    核对审计链和数据；有问题时退出码为 5。
    """
    enter(home, database)
    from yutang.kernel import audit
    from yutang.kernel.rooms import rooms

    chain = audit.check()
    problems = [chain.problem] if chain.problem else []
    problems += [each for room in rooms() if room.name != "kernel" for each in room.verify()]
    _print(chain, problems, is_json=is_json)
    if problems:
        raise typer.Exit(Exit.BROKEN)


def _print(chain: object, problems: list[Problem], *, is_json: bool) -> None:
    from yutang.kernel.audit import Chain

    assert isinstance(chain, Chain)
    language = language_of(os.environ)
    counts = {"sealed": chain.sealed, "unsealed": chain.unsealed, "head": chain.head}
    if is_json:
        told = [as_json(each, language) for each in problems]
        print(json.dumps({**counts, "problems": told}, ensure_ascii=False, default=str))
        return
    print(word("project.verify.chain", language, **counts))
    for each in problems:
        print(f"✗ {say(each, language)}")
    if not problems:
        print(word("project.verify.whole", language))
