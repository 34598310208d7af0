"""``yutang import``: files of history into a workspace."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from yutang.kernel.text import Language, add_texts, language_of, say, word
from yutang.language.problem import Invalid, Problem
from yutang.workspaces.options import Database, Home, Json, WorkspaceName

if TYPE_CHECKING:
    from yutang.events.importing import Report
    from yutang.events.lines.formats import Source
    from yutang.events.lines.mapping import Mapping
    from yutang.events.staging import Progress

SOME_REFUSED, USAGE = 3, 2
_SHOWN = 5


def import_(
    files: Annotated[list[str], typer.Argument(help="CSV, TSV, text, JSONL (event lines), Parquet, - (stdin). 文件")],
    home: Home = None,
    workspace: WorkspaceName = "",
    database: Database = None,
    map_file: Annotated[Path | None, typer.Option("--map", help="What columns mean, as YAML; flags on top. 列映射文件")] = None,
    person: Annotated[str, typer.Option(help="Column that names the person. 哪一列是人")] = "",
    kind: Annotated[str, typer.Option(help="Kind on every row (order.paid), or its column. 每行的事件名，或事件名所在的列")] = "",
    at: Annotated[str, typer.Option(help="Column of the time. 哪一列是时间")] = "",
    at_format: Annotated[str, typer.Option(help="auto, epoch, epoch_ms, or a pattern such as %Y%m%d. 时间格式")] = "",
    id: Annotated[str, typer.Option(help="Column of the event's id; without one equal rows are counted. 哪一列是事件 id")] = "",
    prop: Annotated[list[str] | None, typer.Option(help="Property: name:type=column, name=column or column. 属性")] = None,
    trait: Annotated[list[str] | None, typer.Option(help="Trait of the person, written like --prop. 人的特征")] = None,
    channel: Annotated[str, typer.Option(help="Channel on every row, or its column. 渠道，或渠道所在的列")] = "",
    source_column: Annotated[str, typer.Option(help="Source on every row, or its column. 来源，或来源所在的列")] = "",
    source: Annotated[str, typer.Option(help="Tells shops apart whose equal lines are two things. 区分店铺")] = "import",
    format: Annotated[str, typer.Option(help="csv, tsv, blank, fixed, jsonl, parquet; default: by the name. 文件格式")] = "",
    delimiter: Annotated[str, typer.Option(help="Instead of the comma or tab. 分隔符")] = "",
    header: Annotated[bool, typer.Option("--header/--no-header", help="Whether line one names the columns. 首行是否列名")] = True,
    columns: Annotated[str, typer.Option(help="Names for the columns: a,b,c. 列名")] = "",
    widths: Annotated[str, typer.Option(help="Widths in characters of fixed-width text: 6,9,3,8. 各列字符数")] = "",
    encoding: Annotated[str, typer.Option(help="utf-8 or gb18030; default: found out. 文字编码，默认自动识别")] = "",
    zone: Annotated[str, typer.Option(help="Zone of times that name none; default: the workspace's. 没写时区的时间按这个")] = "",
    preview: Annotated[int, typer.Option(help="Only show what the first N lines say. 只看前 N 行读成什么")] = 0,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and check everything, write nothing. 只检查，不写入")] = False,
    rejects: Annotated[Path | None, typer.Option(help="CSV for refused lines; default: in the home. 被拒绝的行写到哪里")] = None,
    max_bad: Annotated[int | None, typer.Option(help="Import nothing when more lines than that are bad. 错行上限")] = None,
    is_json: Json = False,
) -> None:  # fmt: skip
    """Import history. The same file again adds nothing; equal lines stay as many as they are. 导入历史：同一文件再导不会重复

    Exit 0 when all lines were good, 3 when some were refused (the others are imported), 2 for wrong usage, a wrong mapping or
    a file that cannot be read, 1 when more lines were bad than --max-bad allows: nothing is imported then.
    退出码：0 全部导入，3 有行被拒绝（其余已导入），2 用法或列映射不对、文件打不开，1 坏行超过 --max-bad（什么都没导入）。
    """
    _add_words()
    given = {
        "person": person, "kind": kind, "at": at, "at_format": at_format, "id": id, "channel": channel,
        "source": source_column, "format": format, "delimiter": delimiter, "encoding": encoding, "zone": zone,
    }  # fmt: skip
    try:
        mapping = _mapping(map_file, given, prop or [], trait or [], columns, widths, header=header)
        sources = [_source(path, mapping, format, encoding) for path in files]
        if preview:
            return _preview(sources, preview, is_json=is_json)
        _check_mapped(sources)
        return _import(
            sources, home, database, workspace, source, mapping.zone if mapping else zone, rejects, max_bad,
            dry_run=dry_run, is_json=is_json,
        )  # fmt: skip
    except Invalid as invalid:
        _tell_problems(invalid, is_json=is_json)
        raise typer.Exit(USAGE) from None


def _add_words() -> None:
    from yutang.events.import_texts import TEXTS as IMPORT_TEXTS
    from yutang.events.lines.texts import TEXTS as LINE_TEXTS
    from yutang.events.texts import TEXTS
    from yutang.people.texts import TEXTS as PEOPLE_TEXTS

    for texts in (TEXTS, LINE_TEXTS, IMPORT_TEXTS, PEOPLE_TEXTS):
        add_texts(texts)


def _language() -> Language:
    return language_of(os.environ)


# -- what was asked ----------------------------------------------------------------------------------------------------


def _mapping(
    file: Path | None,
    given: dict[str, str],
    props: list[str],
    traits: list[str],
    columns: str,
    widths: str,
    *,
    header: bool,
) -> Mapping | None:
    """From the file, with the flags on top; None when nothing is said about columns."""
    from yutang.events.lines.mapping import Mapping, mapping_from_yaml, parse_field

    said = {name: value for name, value in given.items() if value}
    if file is None and not (
        props or traits or columns or widths or not header or set(said) - {"format", "encoding", "zone"}
    ):
        return None
    try:
        mapping = Mapping() if file is None else mapping_from_yaml(file.read_text("utf-8"), file.name)
    except OSError as error:
        raise Invalid(Problem("import.cannot_open", {"reason": error.strerror}, where=str(file))) from error
    mapping = replace(mapping, **said)  # type: ignore[arg-type]
    if props:
        mapping = replace(mapping, props=(*mapping.props, *map(parse_field, props)))
    if traits:
        mapping = replace(mapping, traits=(*mapping.traits, *map(parse_field, traits)))
    if columns:
        mapping = replace(mapping, columns=tuple(name.strip() for name in columns.split(",")))
    if widths:
        mapping = replace(mapping, widths=_widths(widths))
    return mapping if header else replace(mapping, header=False)


def _widths(text: str) -> tuple[int, ...]:
    try:
        return tuple(int(width) for width in text.split(","))
    except ValueError:
        raise Invalid(Problem("import.map_widths")) from None


def _source(path: str, mapping: Mapping | None, format: str, encoding: str) -> Source:
    from yutang.events.lines.formats import source_of

    source = source_of(path, format=format, encoding=encoding, mapping=mapping)
    if source.path != "-" and not Path(source.path).is_file():
        raise Invalid(Problem("import.cannot_open", {"reason": os.strerror(2)}, where=path))
    return source


def _check_mapped(sources: list[Source]) -> None:
    """A table that nobody explained: say what its columns look like, and stop."""
    for source in sources:
        if source.format == "jsonl" or source.mapping is not None:
            continue
        if source.path != "-":
            from yutang.events.lines.suggestion import as_flags
            from yutang.events.previewing import preview_source

            found = preview_source(source, 1)
            language = _language()
            typer.echo(
                word("import.columns", language, name=source.name, columns=", ".join(found.columns)), err=True
            )
            if found.suggestion:
                typer.echo(word("import.suggestion", language, flags=as_flags(found.suggestion)), err=True)
        raise Invalid(Problem("import.mapping_missing", where=source.name))


def _preview(sources: list[Source], n: int, *, is_json: bool) -> None:
    from yutang.events.lines.suggestion import as_flags
    from yutang.events.previewing import preview_source

    for source in sources:
        found = preview_source(source, n)
        if is_json:
            told = {"file": source.name, "columns": found.columns, "rows": found.rows, "facts": found.facts}
            told["problems"] = [_told(each.problem) for each in found.rejects]
            typer.echo(json.dumps(told, ensure_ascii=False))
            continue
        if found.columns:
            typer.echo(
                word("import.columns", _language(), name=source.name, columns=", ".join(found.columns))
            )
        for row in found.rows if not found.facts else []:
            typer.echo("  " + " | ".join(row))
        for fact in found.facts:
            typer.echo(json.dumps(fact, ensure_ascii=False))
        for each in found.rejects:
            typer.echo(f"{each.problem.where}: {say(each.problem, _language())}", err=True)
        if found.suggestion and not found.facts:
            typer.echo(word("import.suggestion", _language(), flags=as_flags(found.suggestion)))


def _told(problem: Problem) -> dict[str, Any]:
    return {"code": problem.code, "detail": say(problem, _language()), "where": problem.where}


# -- doing it ----------------------------------------------------------------------------------------------------------


def _import(
    sources: list[Source], home: Path | None, database: str | None, name: str, source_name: str, zone: str,
    rejects: Path | None, max_bad: int | None, *, dry_run: bool, is_json: bool,
) -> None:  # fmt: skip
    from yutang.kernel.home import enter

    enter(home, database)
    from yutang.events import importing
    from yutang.events.lines.zones import check_zone
    from yutang.kernel.clock import SystemClock
    from yutang.kernel.door import SYSTEM
    from yutang.workspaces.queries import choose_workspace

    workspace = choose_workspace(name)
    chosen = check_zone(zone or workspace.timezone)
    task = importing.Task(tuple(sources), chosen, source_name, max_bad, rejects, _language())
    clock = SystemClock()
    with _bar(sources, is_shown=importing.is_terminal() and not is_json) as on_progress:
        if dry_run:
            report = importing.rehearse(workspace=workspace, task=task, clock=clock, on_progress=on_progress)
        else:
            report = importing.run_import(
                workspace=workspace, task=task, actor=SYSTEM, clock=clock, on_progress=on_progress
            )
    _tell(report, is_json=is_json)


def _tell_problems(invalid: Invalid, *, is_json: bool) -> None:
    if is_json:
        typer.echo(
            json.dumps({"problems": [_told(each) for each in invalid.problems]}, ensure_ascii=False), err=True
        )
        return
    for each in invalid.problems:
        place = f"{each.where}: " if each.where else ""
        typer.echo(place + say(each, _language()), err=True)


def _tell(report: Report, *, is_json: bool) -> None:
    if is_json:
        typer.echo(json.dumps(_as_json(report), ensure_ascii=False))
    else:
        _print(report)
    if not report.facts and not is_json:
        typer.echo(word("import.nothing", _language()), err=True)
    if report.refused:
        raise typer.Exit(SOME_REFUSED)
    if report.lines == 0:
        raise typer.Exit(USAGE)


def _print(report: Report) -> None:
    language = _language()
    for each in report.rejects[:_SHOWN]:
        typer.echo(f"{each.problem.where}: {say(each.problem, language)}", err=True)
    if report.refused > _SHOWN:
        typer.echo(word("import.more_refused", language, count=report.refused - _SHOWN), err=True)
    counts = {name: f"{getattr(report, name):,}" for name in ("lines", "people", "added", "known", "refused")}
    rate = f"{report.lines / max(report.seconds, 0.001):,.0f}"
    code = "import.summary_dry" if report.is_dry_run else "import.summary"
    typer.echo(word(code, language, **counts, seconds=f"{report.seconds:.1f}", rate=rate))
    if report.kept_out:
        typer.echo(word("import.kept_out", language, count=report.kept_out))
    if report.rejects_path:
        typer.echo(word("import.rejects_file", language, path=report.rejects_path))


def _as_json(report: Report) -> dict[str, Any]:
    names = ("lines", "facts", "people", "added", "known", "kept_out", "refused", "seconds", "rejects_path")
    told = {name: getattr(report, name) for name in names}
    return told | {
        "dry_run": report.is_dry_run,
        "problems": [_told(each.problem) for each in report.rejects[:20]],
    }


@contextmanager
def _bar(sources: list[Source], *, is_shown: bool) -> Iterator[Callable[[Progress], None] | None]:
    """Progress by bytes; of standard input only how many lines."""
    if not is_shown:
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    total = sum(Path(each.path).stat().st_size for each in sources if each.path != "-") or None
    parts = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*parts, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(word("import.reading", _language()), total=total)
        yield lambda progress: bar.update(
            task, completed=progress.bytes_done, description=f"{progress.name} {progress.lines:,}"
        )
