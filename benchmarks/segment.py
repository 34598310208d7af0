"""A three-condition question over a large home: what the language compiles against what an analyst would write by hand.

Both run in DuckDB over the same history files, after one another in one process, the best of several rounds; they must find the
same people. Beside it, the whole way of ``ask``: list, log tail and people from the state database, the question, the count.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.measuring import best_of, run, tell
from benchmarks.pond import EVENTS, NOW, PEOPLE, WORKSPACE

EXPRESSION = 'person.city in ["上海", "杭州"] and count("order.paid", within="30d") >= 3 and not did("live.entered", within="7d")'
BY_HAND = f"""
    WITH cities AS (
        SELECT person FROM read_parquet('{{folder}}/attributes-*.parquet')
        WHERE area = 'trait' AND name = 'city'
        GROUP BY person HAVING arg_max(text, (coalesce("at", '-infinity'), length(id), id)) IN ('上海', '杭州')
    ), buyers AS (
        SELECT person FROM read_parquet('{{folder}}/events-*.parquet')
        WHERE kind = 'order.paid' AND "at" > make_timestamp({NOW - 30 * 86_400_000_000}) AND "at" <= make_timestamp({NOW})
        GROUP BY person HAVING count(*) >= 3
    ), viewers AS (
        SELECT DISTINCT person FROM read_parquet('{{folder}}/events-*.parquet')
        WHERE kind = 'live.entered' AND "at" > make_timestamp({NOW - 7 * 86_400_000_000}) AND "at" <= make_timestamp({NOW})
    )
    SELECT person FROM buyers SEMI JOIN cities USING (person) ANTI JOIN viewers USING (person)
"""
ROUNDS = 7


def main() -> None:
    """Makes the home in a process of its own, measures in another: the memory of the one is not the other's."""
    kept = os.environ.get("BENCH_HOME")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(kept or folder) / f"pond-{PEOPLE}-{EVENTS}"
        home.parent.mkdir(parents=True, exist_ok=True)
        run([sys.executable, "-m", "benchmarks.pond", str(home)])
        print(run([sys.executable, "-m", "benchmarks.segment", str(home)]).out, end="")


def measure(home: Path) -> None:
    from yutang.kernel.home import enter

    enter(home)
    from yutang.audiences.ask import all_needs, ask_workspace
    from yutang.audiences.questions import read_question
    from yutang.events.workspace import open_workspace
    from yutang.language import compiling

    question = read_question(EXPRESSION)
    by_hand = BY_HAND.format(folder=home / "history" / str(WORKSPACE))
    with open_workspace(WORKSPACE, all_needs(question)) as dataset:
        compiled = compiling.members(question.node, dataset.relations, NOW)
        found = {query: set(dataset.connection.execute(query).fetchall()) for query in (compiled, by_hand)}
        assert found[compiled] == found[by_hand], "both must find the same people"
        ours, theirs = compare(dataset.connection, compiled, by_hand)
    asked = best_of(3, lambda: ask_workspace(WORKSPACE, EXPRESSION, at=NOW))
    tell(
        benchmark="segment",
        people=PEOPLE,
        events=EVENTS,
        found=len(found[compiled]),
        compiled_seconds=round(ours, 3),
        by_hand_seconds=round(theirs, 3),
        ratio=round(ours / theirs, 2),
        ratio_target="≤ 1.3",
        whole_ask_seconds=round(asked, 3),
        peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    )


def compare(connection: Any, compiled: str, by_hand: str) -> tuple[float, float]:
    """Seconds of both, best of the rounds, taken in turns so that neither has the warmer cache."""
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(best_of(1, lambda: connection.execute(compiled).fetchnumpy()))
        theirs.append(best_of(1, lambda: connection.execute(by_hand).fetchnumpy()))
    return min(ours), min(theirs)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(Path(sys.argv[1]))
    else:
        main()
