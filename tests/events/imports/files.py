"""Small files to import, and what a home holds afterwards."""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path
from typing import Any

FLAGS = ("--person", "user", "--kind", "order.paid", "--at", "time", "--prop", "amount:number")


def orders(folder: Path, rows: int, *, name: str = "orders.csv", seed: int = 1) -> Path:
    """Purchases of a third as many people; some rows are equal."""
    chance = random.Random(seed)
    path = folder / name
    lines = []
    for _ in range(rows):
        person, month, day = chance.randrange(rows // 3 + 1), chance.randrange(1, 13), chance.randrange(1, 29)
        lines.append(f"u{person},2025-{month:02}-{day:02},{chance.randrange(1, 9)}.50")
    path.write_text("user,time,amount\n" + "\n".join([*lines, lines[0], lines[0]]) + "\n")
    return path


def state(run_yutang: Any, installation: Any) -> Any:
    done = run_yutang("state", "--json", env=installation.environment)
    assert done.code == 0, done.err
    return done.json


def count_facts(installation: Any) -> int:
    """Events in log and history, straight from the database."""
    with closing(_connect(installation)) as connection:
        logged, listed = connection.execute(
            """SELECT (SELECT count(*) FROM events_logentry),
                      (SELECT coalesce(sum(rows), 0) FROM events_historyfile WHERE dropped_at IS NULL)"""
        ).fetchone()
    return int(logged + listed)


def _connect(installation: Any) -> Any:
    if installation.database:
        import psycopg

        return psycopg.connect(installation.database)
    import sqlite3

    return sqlite3.connect(installation.home / "yutang.sqlite3")
