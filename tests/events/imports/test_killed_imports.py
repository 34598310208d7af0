"""Killed at any point and run again, an import comes to the same as a single run."""

from __future__ import annotations

import pytest
from tests.events.imports.files import FLAGS, count_facts, orders, state

pytestmark = pytest.mark.process

LARGE = [
    ("events.import.after_start", 1),
    ("events.import.after_stage", 1),
    ("events.import.after_files", 1),
    ("events.import.before_commit", 1),
    ("events.import.after_commit", 1),
    ("events.import.before_end", 1),
]
SMALL = [
    ("events.import.after_enqueue", 1),
    ("events.admit.before_commit", 1),
    ("events.admit.after_commit", 1),
]


@pytest.mark.parametrize(
    ("rows", "point", "nth"), [(21_000, *each) for each in LARGE] + [(3000, *each) for each in SMALL]
)
def test_a_killed_import_is_finished_by_running_it_again(
    run_yutang, installation, another_installation, tmp_path, rows, point, nth
):
    path = orders(tmp_path, rows)
    killed = run_yutang(
        "import", path, *FLAGS, env={**installation.environment, "YUTANG_CRASH": f"{point}:{nth}"}
    )
    assert killed.code == -9
    again = run_yutang("import", path, *FLAGS, "--json", env=installation.environment)
    assert again.code == 0, again.err
    assert again.json["added"] + again.json["known"] == rows + 2
    run_yutang("settle", env=installation.environment)
    assert count_facts(installation) == rows + 2
    asked = run_yutang("ask", 'count("order.paid") >= 8', "--at", "2026-01-01", env=installation.environment)
    assert asked.code == 0, asked.err
    alone = run_yutang("ask", 'count("order.paid") >= 8', "--at", "2026-01-01", "--events", _lines(path))
    assert asked.out == alone.out
    third = run_yutang("import", path, *FLAGS, "--json", env=installation.environment)
    assert third.json["added"] == 0
    undisturbed = run_yutang("import", path, *FLAGS, env=another_installation.environment)
    assert undisturbed.code == 0, undisturbed.err
    run_yutang("settle", env=another_installation.environment)
    assert state(run_yutang, installation) == state(run_yutang, another_installation)


def _lines(path):
    """The same facts as event lines."""
    lines = path.with_suffix(".jsonl")
    rows = [row.split(",") for row in path.read_text().splitlines()[1:]]
    lines.write_text(
        "".join(
            f'{{"person":"{user}","kind":"order.paid","at":"{at}","props":{{"amount":{amount}}}}}\n'
            for user, at, amount in rows
        )
    )
    return lines
