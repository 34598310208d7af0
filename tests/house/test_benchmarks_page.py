"""The benchmarks' page shows what was measured, not what somebody remembered."""

import json

from benchmarks.__main__ import BENCHMARKS, RESULTS
from benchmarks.report import PAGE, as_markdown


def test_the_page_has_the_kept_results() -> None:
    results = json.loads(RESULTS.read_text(encoding="utf-8"))
    assert as_markdown(results) in PAGE.read_text(encoding="utf-8")


def test_every_benchmark_has_been_run_and_is_explained() -> None:
    results = json.loads(RESULTS.read_text(encoding="utf-8"))
    assert [each["benchmark"] for each in results["results"]] == list(BENCHMARKS)
    assert all(f"| `{name}` |" in PAGE.read_text(encoding="utf-8") for name in BENCHMARKS)
