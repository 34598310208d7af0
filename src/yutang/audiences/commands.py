"""``yutang ask``: who answers to a condition, in event files or in a workspace."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from yutang.audiences.questions import Question, Why, all_needs, read_question
from yutang.audiences.texts import TEXTS
from yutang.kernel.text import add_texts, language_of, say
from yutang.language.problem import Invalid, Problem
from yutang.language.render import render
from yutang.language.zones import known_zones
from yutang.workspaces.options import Database, Home, Json, WorkspaceName

if TYPE_CHECKING:
    from yutang.audiences.files import Staged
    from yutang.events.lines.batch import Reject

USAGE, BAD_LINES = 2, 3
_SHOWN_REJECTS = 20


def ask(
    expression: Annotated[
        str,
        typer.Argument(help='A condition, for example (条件，例如): count("order.paid", within="30d") >= 3'),
    ],
    events: Annotated[
        list[Path] | None,
        typer.Option(
            help="Event lines to ask instead of a workspace; may repeat; - is stdin. 问这些事件文件；可重复，- 为标准输入"
        ),
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(
            help="The moment; default: the last time in the files, or now. 以哪个时刻为准，默认为文件里最后的时间，或现在"
        ),
    ] = None,
    tz: Annotated[
        str, typer.Option(help="Zone of people and times that name none. 没写时区的人和时间按这个时区")
    ] = "Asia/Shanghai",
    explain: Annotated[
        bool,
        typer.Option(
            "--explain",
            help="Print the condition's parts with their values for one person. 逐项列出某个人的取值",
        ),
    ] = False,
    person: Annotated[
        str,
        typer.Option(
            help="With --explain: for whom; default: the first who matches, else the first of all. 解释谁，默认为第一个命中的人"
        ),
    ] = "",
    skip_bad: Annotated[
        bool,
        typer.Option(
            "--skip-bad", help="Answer from the good lines, whatever the bad ones say. 跳过读不了的行"
        ),
    ] = False,
    source: Annotated[
        str,
        typer.Option(
            help="Part of the made ids of lines without one, as in import. 没有 id 的行的来源名，同 import"
        ),
    ] = "import",
    home: Home = None,
    workspace: WorkspaceName = "",
    database: Database = None,
    is_json: Json = False,
) -> None:
    """Print the keys of everyone the condition holds for, one per line, sorted. 提问：列出符合条件的所有人，每行一个

    Exit 0 with an answer (also an empty one), 2 for a bad expression, 3 for bad lines.
    退出码：0 有答案（也可以没有人符合），2 条件写错，3 有读不了的行。
    """
    add_texts(TEXTS)
    question = _read(expression, is_json=is_json)
    try:
        if tz not in known_zones():
            raise Invalid(Problem("audiences.bad_zone", {"value": tz}))
        if events:
            answer = _of_files(question, events, at, tz, source, explain, person, skip_bad=skip_bad)
        else:
            answer = _of_workspace(question, home, database, workspace, at, explain, person)
    except Invalid as invalid:
        _fail(invalid, expression, is_json=is_json)
    _print(answer, is_json=is_json)


Answered = list[str] | Why


def _read(expression: str, *, is_json: bool) -> Question:
    try:
        return read_question(expression)
    except Invalid as invalid:
        _fail(invalid, expression, is_json=is_json)


def _warn(question: Question, told: tuple[Problem, ...]) -> None:
    for warning in told:
        typer.echo(render(warning, question.text, language_of(os.environ)), err=True)


def _fail(invalid: Invalid, expression: str, *, is_json: bool) -> NoReturn:
    language = language_of(os.environ)
    if is_json:
        told = [
            {
                "code": each.code,
                "detail": say(each, language),
                "span": list(each.span),
                "severity": each.severity,
            }
            for each in invalid.problems
        ]
        typer.echo(json.dumps({"problems": told}, ensure_ascii=False), err=True)
    else:
        typer.echo(_in_words(invalid, expression), err=True)
    raise typer.Exit(USAGE)


def _in_words(invalid: Invalid, expression: str) -> str:
    return "\n".join(_told(each, expression) for each in invalid.problems)


def _told(problem: Problem, expression: str) -> str:
    language = language_of(os.environ)
    if problem.span.start >= 0:
        return render(problem, expression, language)
    place = f"{problem.where}: " if problem.where else ""
    return place + say(problem, language)


# -- files -------------------------------------------------------------------------------------------------------------


def _of_files(
    question: Question,
    events: list[Path],
    at: str | None,
    zone: str,
    source: str,
    explain: bool,
    person: str,
    *,
    skip_bad: bool,
) -> Answered:
    from yutang.audiences.files import ask_staged, moment_of, staged_files
    from yutang.audiences.known import known_of_files, warnings
    from yutang.events.import_texts import TEXTS as IMPORT_TEXTS
    from yutang.events.lines.formats import source_of
    from yutang.events.lines.texts import TEXTS as LINE_TEXTS
    from yutang.events.texts import TEXTS as EVENT_TEXTS
    from yutang.people.texts import TEXTS as PEOPLE_TEXTS

    for texts in (EVENT_TEXTS, LINE_TEXTS, IMPORT_TEXTS, PEOPLE_TEXTS):
        add_texts(texts)
    sources = [source_of(str(path)) for path in events]
    with staged_files(sources, zone=zone, source_name=source) as staged:
        if staged.report.refused:
            _tell_bad_lines(staged.report.rejects, staged.report.refused, skip_bad=skip_bad)
        if not staged.report.facts and not explain:
            return []
        _warn(question, warnings(question, known_of_files(staged.connection, question)))
        moment = moment_of(at, staged)
        if not explain:
            return ask_staged(staged, question, moment)
        return _explain_files(question, staged, moment, person)


def _tell_bad_lines(rejects: Sequence[Reject], count: int, *, skip_bad: bool) -> None:
    language = language_of(os.environ)
    for each in rejects[:_SHOWN_REJECTS]:
        typer.echo(_told(each.problem, ""), err=True)
    if count > _SHOWN_REJECTS:
        typer.echo(f"… +{count - _SHOWN_REJECTS}", err=True)
    if not skip_bad:
        typer.echo(say(Problem("audiences.bad_lines", {"count": count}), language), err=True)
        raise typer.Exit(BAD_LINES)


def _explain_files(question: Question, staged: Staged, at: int, person: str) -> Why:
    from yutang.audiences import answering
    from yutang.audiences.files import open_files

    with open_files(staged, all_needs(question)) as dataset:
        return answering.explain(
            dataset, question, at, answering.choose_person(dataset, question, at, person)
        )


# -- a workspace -------------------------------------------------------------------------------------------------------


def _of_workspace(
    question: Question,
    home: Path | None,
    database: str | None,
    name: str,
    at: str | None,
    explain: bool,
    person: str,
) -> Answered:
    from yutang.kernel.home import enter

    enter(home, database)
    from yutang.audiences.ask import list_workspace, why_named
    from yutang.kernel.clock import SystemClock
    from yutang.language.compiling.times import parse_instant
    from yutang.workspaces.queries import choose_workspace

    chosen = choose_workspace(name)
    moment = SystemClock().now() if at is None else parse_instant(at, chosen.timezone)
    if moment is None:
        raise Invalid(Problem("audiences.bad_moment", {"value": at}))
    if explain:
        return why_named(chosen.pk, question, person, at=moment)
    return list_workspace(chosen.pk, question, at=moment, on_warnings=partial(_warn, question))


# -- printing ----------------------------------------------------------------------------------------------------------


def _print(answer: Answered, *, is_json: bool) -> None:
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `| head` ends it quietly, as any filter
    match answer:
        case Why() if is_json:
            typer.echo(json.dumps(answer.as_json(), ensure_ascii=False))
        case Why():
            for line in _lines(answer, 0):
                typer.echo(line)
        case _ if is_json:
            typer.echo(json.dumps({"count": len(answer), "people": answer}, ensure_ascii=False))
        case _:
            typer.echo("".join(f"{key}\n" for key in answer), nl=False)


def _lines(why: Why, depth: int) -> list[str]:
    found = [f"{'  ' * depth}{_shown(why):<12} {why.text}"]
    for each in why.children:
        found += _lines(each, depth + 1)
    return found


def _shown(why: Why) -> str:
    match why.value:
        case None:
            return "—"
        case bool():
            return "true" if why.value else "false"
    return why.value if why.type != "text" else json.dumps(why.value, ensure_ascii=False)
