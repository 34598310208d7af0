"""The corpus is data for others too: every file has the described shape, and every case asks something of its own."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from tests.conformance import shape
from tests.conformance.corpus import CASES, all_cases, read_yaml

TYPES = ("kind", "traits", "tag", "untag", "relate", "merge", "unmerge", "retract", "erase")
each_file = pytest.mark.parametrize("path", sorted(CASES.glob("*.yaml")), ids=lambda path: path.stem)


@each_file
def test_a_file_has_the_shape_of_the_schema(path: Path) -> None:
    file = msgspec.convert(read_yaml(path), shape.File)
    lines = [line for history in file.histories.values() for line in history.events]
    assert all(sum(getattr(line, type_) is not msgspec.UNSET for type_ in TYPES) == 1 for line in lines)
    assert all((case.who is msgspec.UNSET) == (case.moments is not msgspec.UNSET) for case in file.cases)


@each_file
def test_every_history_and_list_of_moments_is_used(path: Path) -> None:
    said = read_yaml(path)
    for part, key in (("histories", "events"), ("moments", "moments")):
        used = {case[key] for case in said["cases"] if isinstance(case.get(key), str)}
        assert used == set(said.get(part, {}))


def test_the_schema_on_file_is_the_schema() -> None:
    assert shape.SCHEMA.read_text("utf-8") == shape.schema(), "python -m tests.conformance.shape writes it"


def test_no_two_cases_have_one_name() -> None:
    names = [case.name for case in all_cases()]
    assert len(names) == len(set(names)) >= 250


def test_answers_are_sorted_by_code_point() -> None:
    assert all(list(case.who) == sorted(case.who) for case in all_cases())
