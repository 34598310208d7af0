"""From raw facts to the typed relations a question reads, as DuckDB SQL text.

A *raw relation* has the columns fact, person BIGINT, kind, "at" TIMESTAMP (null: always known), id, seq BIGINT, channel,
source and props (a canonical JSON object as text). The selects built here have the columns that ``language/relations.py``
describes.
Nothing is a parameter: every name and text that goes into the SQL is quoted by ``ident`` or ``literal``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from yutang.language.relations import Needs, column

TYPES = ("number", "text", "boolean", "list")
SQL_TYPES = {"number": "DECIMAL(18,6)", "text": "VARCHAR", "boolean": "BOOLEAN", "list": "JSON"}
OWN_FACTS = "('event', 'traits', 'tag', 'untag', 'relate')"
EVENT_BASE = 'person, kind, "at", id, seq, channel, source'
ATTRIBUTE_BASE = 'person, area, name, "at", id, seq'


def ident(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def json_path(*keys: str) -> str:
    """A DuckDB JSON path or pointer that follows ``keys`` through objects, whatever characters they have.

    A pointer takes every character but would read ``0`` as a place in a list; props itself is never a list. A path does not,
    but takes ``"*"`` for a wildcard and knows no control characters.
    """
    if len(keys) > 1 and all(key != "*" and key.isprintable() for key in keys):
        return "$" + "".join("." + json.dumps(key, ensure_ascii=False) for key in keys)
    return "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in keys)


def kind_matches(expression: str, kinds: Iterable[str]) -> str:
    """A boolean over a kind column: any of ``kinds``, each exact or a prefix that ends in ``.*``.

    A prefix is a range of texts (``/`` follows ``.``), which prunes row groups.
    """
    exact = sorted(kind for kind in kinds if not kind.endswith(".*"))
    prefixes = sorted(kind[:-1] for kind in kinds if kind.endswith(".*"))
    tests = [
        f"({expression} >= {literal(prefix)} AND {expression} < {literal(prefix[:-1] + '/')})"
        for prefix in prefixes
    ]
    if exact:
        tests.append(f"{expression} IN ({', '.join(map(literal, exact))})")
    return f"({' OR '.join(tests)})" if tests else "false"


def typed(value: str) -> dict[str, str]:
    """For a JSON expression, its value as each type: null where it is of another."""
    kind = f"json_type({value})"
    return {
        "number": f"CASE WHEN {kind} IN ('UBIGINT', 'BIGINT', 'DOUBLE') THEN TRY_CAST(CAST({value} AS VARCHAR) AS DECIMAL(18,6))"
        f" WHEN {kind} = 'OBJECT' THEN TRY_CAST(json_extract_string({value}, '$.\"$number\"') AS DECIMAL(18,6)) END",
        "text": f"CASE WHEN {kind} = 'VARCHAR' THEN json_extract_string({value}, '$') END",
        "boolean": f"CASE WHEN {kind} = 'BOOLEAN' THEN CAST({value} AS VARCHAR) = 'true' END",
        "list": f"CASE WHEN {kind} = 'ARRAY' THEN {value} END",
    }


class Extraction:
    """One pass over a JSON column for several dotted names: ``source`` selects a list, ``value(name)`` picks from it."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = sorted(names)
        self._at: dict[str, int] = {}
        for name in self.names:
            keys = name.split(".")
            for path in (json_path(name), json_path(*keys), json_path(keys[0])):
                self._at.setdefault(path, len(self._at) + 1)

    def source(self, json_column: str = "props") -> str:
        paths = ", ".join(map(literal, self._at))
        return f"json_extract({json_column}, [{paths}])" if self._at else "NULL"

    def value(self, name: str) -> str:
        """The JSON at ``name``: a key of just that name, else the path into nested objects; SQL null where there is neither."""
        exact, *nested = self._places(name)
        return f"coalesce({exact}, {nested[0]})" if nested else exact

    def setting(self, name: str) -> str:
        """As ``value``, but JSON null where only the path's first key is set: ``address`` also ends ``address.city``."""
        exact, *nested = self._places(name)
        if not nested:
            return exact
        return f"coalesce({exact}, {nested[0]}, CASE WHEN {nested[1]} IS NOT NULL THEN 'null'::JSON END)"

    def _places(self, name: str) -> list[str]:
        keys = name.split(".")
        paths = (
            [json_path(name)] if len(keys) == 1 else [json_path(name), json_path(*keys), json_path(keys[0])]
        )
        return [f"found[{self._at[path]}]" for path in paths]


def properties(needs: Needs) -> list[str]:
    """The event properties a question reads, of events and of the trigger."""
    return sorted(needs.properties | needs.event_properties | needs.entry_properties)


def events_from_raw(raw: str, needs: Needs) -> str:
    """The ``events`` of ``raw`` with a column for every needed property in each of the four types."""
    extraction = Extraction(properties(needs))
    columns = [
        f"{expression} AS {ident(column(type, name))}"
        for name in extraction.names
        for type, expression in typed(extraction.value(name)).items()
    ]
    chosen = f"fact = 'event' AND {kind_matches('kind', needs.kinds)}"
    inner = f"SELECT {EVENT_BASE}, {extraction.source()} AS found FROM {raw} WHERE {chosen}"
    return f"SELECT {', '.join([EVENT_BASE, *columns])} FROM ({inner})"


def attributes_from_raw(raw: str, needs: Needs) -> str:
    """The ``attributes`` of ``raw``: one row per fact and needed trait, tag or relation, "at" ``-infinity`` when always known."""
    at = 'coalesce("at", \'-infinity\'::TIMESTAMP) AS "at"'
    known = f"SELECT * REPLACE ({at}) FROM {raw}"
    parts = [
        _tags(known, needs.tags),
        _settings(known, "traits", needs.traits),
        _settings(known, "relate", needs.relations),
    ]
    return " UNION ALL ".join(part for part in parts if part) or no_attributes()


def no_attributes() -> str:
    return (
        "SELECT NULL::BIGINT AS person, ''::VARCHAR AS area, ''::VARCHAR AS name, NULL::TIMESTAMP AS \"at\", ''::VARCHAR AS id,"
        " NULL::BIGINT AS seq, NULL::DECIMAL(18,6) AS number, NULL::VARCHAR AS text, NULL::BOOLEAN AS boolean, NULL::JSON AS list"
        " WHERE false"
    )


def _tags(raw: str, tags: frozenset[str]) -> str:
    if not tags:
        return ""
    return (
        "SELECT person, 'tag' AS area, kind AS name, \"at\", id, seq, NULL::DECIMAL(18,6) AS number, NULL::VARCHAR AS text,"
        " CASE WHEN fact = 'tag' THEN true END AS boolean, NULL::JSON AS list"
        f" FROM ({raw}) WHERE fact IN ('tag', 'untag') AND kind IN {_texts(tags)}"
    )


def _settings(raw: str, fact: str, names: frozenset[str]) -> str:
    """Rows of traits or relations, unpacked from props; a relation's name is one key, never a path."""
    if not names:
        return ""
    extraction, area = Extraction(names), "trait" if fact == "traits" else "relation"
    value = extraction.setting if fact == "traits" else extraction.value
    pairs = ", ".join(f"{{'name': {literal(name)}, 'value': {value(name)}}}" for name in extraction.names)
    inner = f"SELECT *, {extraction.source()} AS found FROM ({raw}) WHERE fact = {literal(fact)}"
    long = f"SELECT *, unnest([{pairs}]) AS pair FROM ({inner})"
    columns = ", ".join(f"{expression} AS {type}" for type, expression in typed("pair.value").items())
    return (
        f'SELECT person, {literal(area)} AS area, pair.name AS name, "at", id, seq, {columns}'
        f" FROM ({long}) WHERE pair.value IS NOT NULL"
    )


def _texts(names: Iterable[str]) -> str:
    return f"({', '.join(map(literal, sorted(names)))})"


def present_types(columns: Sequence[tuple[str, str]]) -> str:
    """A select over typed event columns ``(type, name)`` with one boolean each, in that order: does it hold anything?"""
    return ", ".join(f"count({ident(column(type, name))}) > 0" for type, name in columns)
