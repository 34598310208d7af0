"""How long it takes until something can be done: importing the language, showing the command's help, asking a small file."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.measuring import YUTANG, run, tell

LINE = '{"person":"u1","kind":"order.paid","at":"2026-01-01T10:00:00+08:00","props":{"amount":12.5}}\n'


def quickest(*command: str, times: int = 9) -> tuple[float, int]:
    """Milliseconds of the quickest of several runs, and its peak memory in MB."""
    runs = [run(command) for _ in range(times)]
    best = min(runs, key=lambda each: each.seconds)
    return best.seconds * 1000, best.peak_mb


def main() -> None:
    nothing, _ = quickest(sys.executable, "-c", "pass")
    language, language_mb = quickest(sys.executable, "-c", "import yutang.language")
    parts = "import yutang.language.compiling"
    whole, whole_mb = quickest(sys.executable, "-c", parts, times=5)
    shown, help_mb = quickest(YUTANG, "--help")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "events.jsonl"
        file.write_text(LINE, encoding="utf-8")
        asked, ask_mb = quickest(YUTANG, "ask", "did('order.paid')", "--events", str(file), times=5)
    tell(
        benchmark="startup",
        python_ms=round(nothing),
        import_language_ms=round(language - nothing),
        import_language_ms_target="≤ 150",
        import_compiler_ms=round(whole - nothing),
        help_ms=round(shown),
        help_ms_target="≤ 500",
        ask_one_line_ms=round(asked),
        peak_mb={"language": language_mb, "compiler": whole_mb, "help": help_mb, "ask": ask_mb},
    )


if __name__ == "__main__":
    main()
