"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

Home = Annotated[Path | None, typer.Option("--home", help="Home folder. 家目录 [YUTANG_HOME, ./yutang-home]")]
Database = Annotated[
    str | None,
    typer.Option("--database", help="postgresql://… instead of SQLite. 用 PostgreSQL [YUTANG_DATABASE]"),
]
Json = Annotated[bool, typer.Option("--json", help="Machine-readable output. 输出 JSON")]
