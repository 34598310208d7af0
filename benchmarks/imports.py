"""Importing purchases from a CSV file: rows per second, and memory at two sizes; beside it DuckDB alone with the same file.

What DuckDB does is the floor: read, type and sort the rows, write Parquet. It checks nothing, names no problem and knows no
duplicates.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

from benchmarks.measuring import IS_FULL, YUTANG, Ran, run, tell

ROWS = int(os.environ.get("BENCH_ROWS", 4_000_000 if IS_FULL else 1_000_000))
MAKE = """
import duckdb, sys
duckdb.execute(f'''COPY (
    SELECT 'u' || hash(i) % ({sys.argv[2]} // 5) AS customer,
           CAST(make_timestamp(CAST(1767196800000000 + hash(i, 1) % 15552000 * 1000000 AS BIGINT)) AS VARCHAR) AS day,
           CAST(hash(i, 2) % 100000 / 100 AS DECIMAL(9,2)) AS total, 'sku-' || hash(i, 3) % 500 AS item,
           ['wecom', 'live', 'store'][CAST(1 + hash(i, 4) % 3 AS INTEGER)] AS place
    FROM range({sys.argv[2]}) rows(i)) TO '{sys.argv[1]}' (FORMAT csv, HEADER true)''')
"""
FLOOR = """
import duckdb, sys
duckdb.execute(f'''COPY (
    SELECT customer, 'order.paid' AS kind, CAST(day AS TIMESTAMP) AS "at", CAST(total AS DECIMAL(18,6)) AS total, item, place
    FROM read_csv('{sys.argv[1]}') ORDER BY kind, "at") TO '{sys.argv[2]}' (FORMAT parquet, COMPRESSION zstd)''')
"""
FLAGS = (
    "--person", "customer", "--kind", "order.paid", "--at", "day", "--prop", "amount:number=total", "--prop", "sku:text=item",
    "--channel", "place",
)  # fmt: skip


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small, _ = _import(folder, "small", ROWS // 4)
        large, file = _import(folder, "large", ROWS)
        again = run([YUTANG, "import", str(file), "--home", str(folder / "large"), "--json", *FLAGS])
        floor = run([sys.executable, "-c", FLOOR, str(file), str(folder / "floor.parquet")])
        assert json.loads(again.out)["added"] == 0, "the same file again adds nothing"
        tell(
            benchmark="imports",
            rows=ROWS,
            rows_per_second=round(ROWS / large.seconds),
            rows_per_second_target="≥ 50000",
            rows_per_cpu_second=round(ROWS / large.cpu_seconds),
            again_rows_per_second=round(ROWS / again.seconds),
            duckdb_alone_rows_per_second=round(ROWS / floor.seconds),
            ratio=round(floor.seconds / large.seconds, 2),
            peak_mb={f"{ROWS // 4:,} rows": small.peak_mb, f"{ROWS:,} rows": large.peak_mb},
        )


def _import(folder: Path, name: str, rows: int) -> tuple[Ran, Path]:
    file, home = folder / f"{name}.csv", folder / name
    run([sys.executable, "-c", MAKE, str(file), str(rows)])
    run([YUTANG, "init", "--home", str(home), "--json"])
    ran = run([YUTANG, "import", str(file), "--home", str(home), "--json", *FLAGS])
    assert json.loads(ran.out)["added"] == rows, ran.out
    return ran, file


if __name__ == "__main__":
    main()
