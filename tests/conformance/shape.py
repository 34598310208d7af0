"""The shape of a file of cases, from which its JSON Schema is made: ``python -m tests.conformance.shape`` writes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

SCHEMA = Path(__file__).parent / "case-file.schema.json"
Text = Annotated[str, Meta(min_length=1)]
Instant = Annotated[
    str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-]\d{2}:\d{2})$")
]
Pair = Annotated[list[Text], Meta(min_length=2, max_length=2)]
Object = dict[str, Any]


class Line(Struct, forbid_unknown_fields=True, kw_only=True):
    """An event line of docs/language.md: exactly one of kind, traits, tag, untag, relate, merge, unmerge, retract, erase."""

    id: Text | UnsetType = UNSET
    at: Text | UnsetType = UNSET
    person: Text | UnsetType = UNSET
    kind: Text | UnsetType = UNSET
    channel: Text | UnsetType = UNSET
    source: Text | UnsetType = UNSET
    props: Object | UnsetType = UNSET
    traits: Object | UnsetType = UNSET
    tag: Text | UnsetType = UNSET
    untag: Text | UnsetType = UNSET
    relate: dict[str, Text | None] | UnsetType = UNSET
    merge: Pair | UnsetType = UNSET
    unmerge: Pair | UnsetType = UNSET
    retract: Text | UnsetType = UNSET
    erase: Text | UnsetType = UNSET


class Moment(Struct, forbid_unknown_fields=True, kw_only=True):
    """A person, a time, and the id of the event that is the trigger."""

    person: Text
    at: Instant
    event: Text


class History(Struct, forbid_unknown_fields=True, kw_only=True):
    """Event lines with the zone and the moment of the cases that use them, unless a case has its own."""

    events: Annotated[list[Line], Meta(min_length=1)]
    zone: Text = "Asia/Shanghai"
    at: Instant | UnsetType = UNSET


class Case(Struct, forbid_unknown_fields=True, kw_only=True):
    """Either ``who``, of everyone, or ``moments`` and ``holds``."""

    name: Text
    events: Text | list[Line]
    expression: Text
    at: Instant | UnsetType = UNSET
    zone: Text | UnsetType = UNSET
    who: list[Text] | UnsetType = UNSET
    moments: Text | list[Moment] | UnsetType = UNSET
    holds: list[Text] | UnsetType = UNSET


class File(Struct, forbid_unknown_fields=True, kw_only=True):
    """One file of the conformance corpus."""

    about: Text
    cases: Annotated[list[Case], Meta(min_length=1)]
    histories: dict[str, History] = {}
    moments: dict[str, list[Moment]] = {}


def schema() -> str:
    made = {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(File)}
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    SCHEMA.write_text(schema(), "utf-8")
