"""How fast simulated event lines are written, and that memory does not grow with them."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.measuring import YUTANG, run, tell

END = ("--end", "2026-10-31", "--days", "180")


def main() -> None:
    small = run([YUTANG, "simulate", "--to", "/dev/null", "--people", "100", *END])
    large = run([YUTANG, "simulate", "--to", "/dev/null", "--people", "20000", *END])
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "pond.jsonl"
        run([YUTANG, "simulate", "--to", str(file), "--people", "20000", *END])
        with file.open("rb") as opened:
            lines = sum(1 for _ in opened)
    tell(
        benchmark="simulator",
        lines=lines,
        lines_per_second=round(lines / (large.seconds - small.seconds)),
        lines_per_second_target="≥ 50000",
        peak_mb={"people_100": small.peak_mb, "people_20000": large.peak_mb},
    )


if __name__ == "__main__":
    main()
