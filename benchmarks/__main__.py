"""``make bench``: every benchmark in a process of its own, one after another, as a table. BENCH_KEEP=1 keeps the results."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.measuring import IS_FULL, machine, run
from benchmarks.report import PAGE, put, written

BENCHMARKS = ("startup", "imports", "ingest", "segment", "simulator")
RESULTS = Path(__file__).with_name("results.json")


def main() -> None:
    chosen = sys.argv[1:] or BENCHMARKS
    console = Console()
    table = Table(
        "benchmark",
        "what",
        "measured",
        "target",
        title="full size" if IS_FULL else "small size (BENCH_FULL=1: full)",
    )
    results = []
    for name in chosen:
        console.print(f"measuring {name} …")
        ran = run([sys.executable, "-m", f"benchmarks.{name}"])
        measured = json.loads(ran.out.splitlines()[-1])
        results.append(measured)
        _show(table, measured)
    console.print(table)
    if os.environ.get("BENCH_KEEP") == "1":
        whole = {"machine": machine(), "full_size": IS_FULL, "results": results}
        RESULTS.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        put(PAGE, whole)


def _show(table: Table, measured: dict[str, Any]) -> None:
    shown = {what: value for what, value in measured.items() if not what.endswith("_target")}
    name = shown.pop("benchmark")
    for what, value in shown.items():
        table.add_row(name, what, written(value), measured.get(f"{what}_target", ""))
        name = ""


if __name__ == "__main__":
    main()
