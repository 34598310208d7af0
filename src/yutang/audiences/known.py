"""What the data has, so that a misspelt kind or trait is told instead of quietly matching nobody."""

from __future__ import annotations

from duckdb import DuckDBPyConnection

from yutang.audiences.questions import Question
from yutang.events.dataset import Dataset
from yutang.language.check import Known, check
from yutang.language.problem import Problem

_CATALOGUE = ("tag", "trait", "property")


def known_of_workspace(workspace_id: int) -> Known:
    """From the catalogue of what was admitted. A kind that never had a property is not in it: see ``seen_after_all``."""
    from yutang.events.models import Property

    rows = Property.objects.filter(workspace_id=workspace_id).values_list("kind", "name", "type").distinct()
    found: dict[str, set[str]] = {"kind": set(), **{each: set() for each in _CATALOGUE}}
    for kind, name, type_ in rows:
        found["kind"].add(kind)
        found["tag" if type_ == "tag" else "property" if kind else "trait"].add(name)
    return Known(
        kinds=frozenset(found["kind"] - {""}),
        properties=frozenset(found["property"]),
        traits=frozenset(found["trait"]),
        tags=frozenset(found["tag"]),
    )


def known_of_files(staged: DuckDBPyConnection, question: Question) -> Known:
    """From the table ``staged``; properties are looked for in the kinds that the question names."""

    def every(query: str) -> frozenset[str]:
        return frozenset(name for (name,) in staged.execute(query).fetchall())

    kinds = every("SELECT DISTINCT kind FROM staged WHERE fact = 'event'")
    asked = [kind for kind in kinds if _is_asked(kind, question)]
    staged.execute("CREATE OR REPLACE TEMP TABLE asked_kinds AS SELECT unnest(?::VARCHAR[]) AS kind", [asked])
    keys = "SELECT DISTINCT unnest(json_keys(props)) FROM staged WHERE"
    return Known(
        kinds=kinds,
        properties=every(f"{keys} fact = 'event' AND kind IN (FROM asked_kinds)") if asked else None,
        traits=every(f"{keys} fact = 'traits'"),
        tags=every("SELECT DISTINCT kind FROM staged WHERE fact = 'tag'"),
        relations=every(f"{keys} fact = 'relate'"),
    )


def _is_asked(kind: str, question: Question) -> bool:
    return any(
        kind.startswith(each[:-1]) if each.endswith(".*") else kind == each for each in question.needs.kinds
    )


def warnings(question: Question, known: Known) -> tuple[Problem, ...]:
    """Everything to be said about the question beside this data."""
    polled = [each for each in question.warnings if each.code == "audiences.polled"]
    return (*check(question.node, known, has_event=question.has_event), *polled)


def seen_after_all(dataset: Dataset, told: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Without the warnings about kinds that the data set does have."""
    if not any(each.code == "language.unknown_kind" for each in told):
        return told
    seen = {kind for (kind,) in dataset.connection.execute("SELECT DISTINCT kind FROM events").fetchall()}
    return tuple(each for each in told if each.code != "language.unknown_kind" or not _is_seen(each, seen))


def _is_seen(problem: Problem, seen: set[str]) -> bool:
    written = str(problem.params["written"])
    return any(kind.startswith(written[:-1]) if written.endswith(".*") else kind == written for kind in seen)
