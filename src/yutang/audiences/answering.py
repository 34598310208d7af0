"""Asking a data set: who, how many, why, and until when the answer stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from yutang.audiences.questions import Question, Why
from yutang.events.dataset import Dataset
from yutang.language import compiling
from yutang.language import nodes as n
from yutang.language.problem import Invalid, Problem
from yutang.language.show import show

EVERYONE = n.Value(True)


def find_members(dataset: Dataset, question: Question, at: int) -> None:
    """Leave the answer in the temporary table ``answer`` (person, key)."""
    asked = compiling.members(question.node, dataset.relations, at)
    dataset.connection.execute(
        f"CREATE OR REPLACE TEMP TABLE answer AS SELECT person, key FROM ({asked}) JOIN people USING (person)"
    )


def list_keys(dataset: Dataset) -> list[str]:
    """The keys of everyone in the answer, by code point."""
    return [key for (key,) in dataset.connection.execute("SELECT key FROM answer ORDER BY key").fetchall()]


def count_members(dataset: Dataset) -> int:
    return _one(dataset, "SELECT count(*) FROM answer")


def sample(dataset: Dataset, limit: int) -> list[tuple[int, str]]:
    rows = dataset.connection.execute(
        "SELECT person, key FROM answer ORDER BY length(key), key LIMIT ?", [limit]
    )
    return rows.fetchall()


def count_population(dataset: Dataset, at: int) -> int:
    return _one(dataset, f"SELECT count(*) FROM ({compiling.members(EVERYONE, dataset.relations, at)})")


def list_moments(dataset: Dataset, question: Question) -> list[int]:
    """The ids of the moments (relation ``moments``) at which the condition holds."""
    rows = dataset.connection.execute(compiling.moments(question.node, dataset.relations))
    return sorted(each for (each,) in rows.fetchall())


def list_horizons(dataset: Dataset, question: Question, at: int) -> dict[str, int | None]:
    """For everyone: until when (µs) the answer cannot change by itself; None: for ever."""
    asked = compiling.horizons(question.node, dataset.relations, at)
    rows = dataset.connection.execute(
        f'SELECT key, epoch_us("next") FROM ({asked}) JOIN people USING (person)'
    )
    return dict(rows.fetchall())


def root_of(dataset: Dataset, person: int, at: int) -> int:
    """The origin that the person of this origin is named after at the moment."""
    found = dataset.connection.execute(
        "SELECT root FROM members WHERE person = ? AND since <= make_timestamp(?) AND until > make_timestamp(?)",
        [person, at, at],
    ).fetchall()
    return int(found[0][0]) if found else person


def number_of(dataset: Dataset, key: str) -> int | None:
    found = dataset.connection.execute("SELECT person FROM people WHERE key = ? ORDER BY person", [key])
    numbers = found.fetchall()
    return int(numbers[0][0]) if numbers else None


def explain(dataset: Dataset, question: Question, at: int, person: int) -> Why:
    """The tree of the condition with the value of every part for one person, from one query."""
    parts = list(_walk(question.node))
    asked = {f"n{i}": node for i, node in enumerate(parts)}
    query = compiling.values(asked, dataset.relations, at, root_of(dataset, person, at))
    cursor = dataset.connection.execute(query)
    names = [column[0] for column in cursor.description or ()]
    values = {name: value for row in cursor.fetchall() for name, value in zip(names, row, strict=True)}
    numbered = iter(range(len(parts)))
    return _tree(question.node, values, numbered)


def _walk(node: n.Node) -> Iterator[n.Node]:
    yield node
    for each in inner(node):
        yield from _walk(each)


def inner(node: n.Node) -> list[n.Node]:
    """The parts worth a line of their own: not literals, and not what is asked of single events."""
    match node:
        case (
            n.Did(window=window) | n.Count(window=window) | n.Aggregate(window=window) | n.Edge(window=window)
        ):
            found: tuple[n.Node | None, ...] = (window.since, window.until)
        case n.Streak(window=window):
            found = (window.since, window.until)
        case n.Sequence():
            found = ()
        case _:
            found = n.children(node)
    return [each for each in found if each is not None and not isinstance(each, n.Value | n.Values)]


def _tree(node: n.Node, values: dict[str, Any], numbered: Iterator[int]) -> Why:
    name = f"n{next(numbered)}/"
    found = {key.removeprefix(name): value for key, value in values.items() if key.startswith(name)}
    type_, value = next(
        ((type_, value) for type_, value in found.items() if value is not None), ("missing", None)
    )
    children = tuple(_tree(each, values, numbered) for each in inner(node))
    return Why(show(node), printed(value), "number" if type_ == "double" else type_, children)


def printed(value: Any) -> str | bool | None:
    """A value as people read it: numbers without trailing zeros, times in ISO 8601 UTC."""
    match value:
        case None | bool() | str():
            return value
        case datetime():
            moment = value.replace(tzinfo=UTC)
            return moment.isoformat().replace("+00:00", "Z")
        case Decimal():
            text = format(value, "f")
            return text.rstrip("0").rstrip(".") if "." in text else text
        case float():
            return printed(Decimal(repr(value)))
    return str(value)


def choose_person(dataset: Dataset, question: Question, at: int, key: str = "") -> int:
    """The named person, or the first who matches, or the first of all. Raises Invalid where there is none."""
    if key:
        number = number_of(dataset, key)
        if number is None:
            raise Invalid(Problem("audiences.nobody_named", {"person": key}))
        return number
    find_members(dataset, question, at)
    for table in ("answer", "people"):
        first = dataset.connection.execute(f"SELECT person FROM {table} ORDER BY key LIMIT 1").fetchall()
        if first:
            return int(first[0][0])
    raise Invalid(Problem("audiences.nobody"))


def _one(dataset: Dataset, query: str) -> int:
    ((found,),) = dataset.connection.execute(query).fetchall()
    return int(found)
