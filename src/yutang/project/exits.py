"""Exit codes, and the words that go with them: an expected problem never shows a traceback."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from enum import IntEnum
from typing import Any

from yutang.kernel.refused import Refused
from yutang.kernel.text import Language, hint, language_of, say
from yutang.language.problem import NOWHERE, Invalid, Problem


class Exit(IntEnum):
    DONE = 0
    REFUSED = 1
    USAGE = 2
    """Also: an expression that says nothing."""
    BAD_LINES = 3
    NO_HOME = 4
    BROKEN = 5
    """``verify`` found something."""
    NOT_NOW = 6
    """The machine cannot at present: disk full, port taken, database busy or away."""
    INTERRUPTED = 130


def code_of(refused: Refused) -> Exit:
    if any(each.code in ("home.missing", "database.behind") for each in refused.problems):
        return Exit.NO_HOME
    return Exit.NOT_NOW if refused.status >= 500 else Exit.REFUSED


def as_refused(error: BaseException) -> Refused | None:
    """The refusal an error of database or disk stands for; None when it is a bug."""
    if isinstance(error, Refused):
        return error
    if "django" in sys.modules:
        from yutang.project.database import database_problem

        problem = database_problem(error)
        return None if problem is None else Refused(problem, status=503)
    return None


def as_json(problem: Problem, language: Language) -> dict[str, Any]:
    told: dict[str, Any] = {
        "code": problem.code,
        "detail": say(problem, language),
        "params": dict(problem.params),
    }
    suggested = hint(problem, language)
    if suggested:
        told["hint"] = suggested
    if problem.span != NOWHERE:
        told["span"] = list(problem.span)
    return told | ({"where": problem.where} if problem.where else {})


def tell(problems: Iterable[Problem], *, is_json: bool) -> None:
    """On stderr: a sentence per problem, or with ``--json`` one JSON line ``{"problems": […]}``."""
    language = language_of(os.environ)
    if is_json:
        told = [as_json(each, language) for each in problems]
        print(json.dumps({"problems": told}, ensure_ascii=False, default=str), file=sys.stderr)
        return
    for problem in problems:
        print(
            f"{problem.where}: {say(problem, language)}" if problem.where else say(problem, language),
            file=sys.stderr,
        )


def tell_invalid(invalid: Invalid, *, is_json: bool) -> None:
    """Each problem with its line, a caret under the place and a hint."""
    if is_json:
        tell(invalid.problems, is_json=True)
        return
    from yutang.language.render import render

    print(render(invalid, invalid.source, language_of(os.environ)), file=sys.stderr)
