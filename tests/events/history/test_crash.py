"""Compaction killed with -9 between every two steps."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]


@pytest.mark.process
def test_a_kill_at_any_point_of_compaction_loses_and_doubles_nothing(
    installation: Any, tmp_path: Path
) -> None:
    if installation.database:
        pytest.skip("each case copies the home with its database")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("YUTANG_", "DJANGO_"))}
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.events.history.crashing",
            str(installation.home),
            str(tmp_path / "cases"),
        ],
        cwd=ROOT,
        env={**kept, **installation.environment, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    points = {case["crash"].partition(":")[0] for case in found["cases"]}
    assert points == {
        f"events.compact.{name}"
        for name in ("after_write", "before_commit", "after_list", "before_unlink", "after_unlink")
    }
    whole = found["uninterrupted"]
    assert whole["files"] == {"agree": True, "erased": [], "log": 0}
    assert {name: whole[name] for name in ("facts", "relations")} == found["before"]
    for case in found["cases"]:
        assert case["at_once"] == found["before"], case["crash"]
        assert case["recovered"] == whole, case["crash"]
