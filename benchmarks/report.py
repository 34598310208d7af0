"""The results as ``docs/benchmarks.md`` shows them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks.measuring import ROOT

PAGE = ROOT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- results: written by make bench -->\n", "<!-- end of results -->"


def as_markdown(results: dict[str, Any]) -> str:
    """Machine and versions, then a table per benchmark with its targets."""
    machine = ", ".join(f"{name} {value}" for name, value in results["machine"].items())
    parts = [f"Measured on: {machine}. Sizes: {'full' if results['full_size'] else 'small'}."]
    for measured in results["results"]:
        rows = [
            f"| {what.replace('_', ' ')} | {written(value)} | {measured.get(f'{what}_target', '')} |"
            for what, value in measured.items()
            if what != "benchmark" and not what.endswith("_target")
        ]
        head = ["| what | measured | target |", "|---|---|---|"]
        parts.append("\n".join([f"### {measured['benchmark']}", "", *head, *rows]))
    return "\n\n".join(parts) + "\n"


def written(value: Any) -> str:
    match value:
        case dict():
            return ", ".join(f"{name} {written(each)}" for name, each in value.items())
        case int():
            return f"{value:,}"
    return str(value)


def put(page: Path, results: dict[str, Any]) -> None:
    """Replaces what stands between the marks."""
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n{as_markdown(results)}\n{END}{after}", encoding="utf-8")
