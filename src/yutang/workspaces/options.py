"""Options that the commands of several rooms share, in the same words everywhere."""

from pathlib import Path
from typing import Annotated

import typer

Home = Annotated[Path | None, typer.Option("--home", help="Home folder. 家目录 [YUTANG_HOME, ./yutang-home]")]
Database = Annotated[
    str | None,
    typer.Option("--database", help="postgresql://… instead of SQLite. 用 PostgreSQL [YUTANG_DATABASE]"),
]
WorkspaceName = Annotated[
    str,
    typer.Option(
        "--workspace",
        help="The workspace's short name; default: the only one. 工作区网址名，默认为唯一的一个",
    ),
]
"""What ``queries.choose_workspace`` takes."""
Json = Annotated[bool, typer.Option("--json", help="Machine-readable output. 输出 JSON")]
