"""The typed relations over listed history files, as DuckDB SQL text; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from yutang.events.columns import (
    ATTRIBUTE_BASE,
    EVENT_BASE,
    SQL_TYPES,
    TYPES,
    Extraction,
    ident,
    json_path,
    kind_matches,
    literal,
    no_attributes,
    typed,
)
from yutang.language.relations import Needs, column

ANYTHING = "*"
"""As a name in ``ListedFile.columns`` or ``.rest``: too many to list, anything may be there."""


@dataclass(frozen=True, slots=True)
class ListedFile:
    """One history file; ``columns`` and ``rest`` hold ``type:name``, times are microseconds."""

    path: Path
    columns: frozenset[str]
    rest: frozenset[str]
    at_min: int
    at_max: int


def types_in_files(files: Iterable[ListedFile], name: str) -> frozenset[str]:
    """The types a property or trait may have in the files; a superset where they hold too many to list."""
    files = list(files)
    return _types_in_columns(files, name) | _types_in_rest(files, name)


def _types_in_columns(files: Sequence[ListedFile], name: str) -> frozenset[str]:
    return frozenset(
        type
        for type in TYPES
        for file in files
        if f"{type}:{name}" in file.columns or ANYTHING in file.columns
    )


def _types_in_rest(files: Sequence[ListedFile], name: str) -> frozenset[str]:
    inside = f"object:{name.split('.')[0]}" if "." in name else None
    if any(ANYTHING in file.rest or inside in file.rest for file in files):
        return frozenset(TYPES)
    return frozenset(type for type in TYPES if any(f"{type}:{name}" in file.rest for file in files))


def source(files: Iterable[ListedFile]) -> str:
    paths = ", ".join(literal(str(file.path)) for file in files)
    return f"read_parquet([{paths}], union_by_name = true, hive_partitioning = false)"


# -- events ------------------------------------------------------------------------------------------------------------


def events_from_files(files: Sequence[ListedFile], names: Sequence[str], where: str) -> str:
    """The ``events`` of at least one file: a column for each of ``names`` and type that the files may have."""
    in_rest = [name for name in names if _types_in_rest(files, name)]
    extraction = Extraction(in_rest)
    found = f", {extraction.source('rest')} AS found" if in_rest else ""
    columns = [
        f"{_property(files, extraction, type, name)} AS {ident(column(type, name))}"
        for name in names
        for type in TYPES
        if type in types_in_files(files, name)
    ]
    inner = f"SELECT *{found} FROM {source(files)} WHERE {where}"
    return f"SELECT {', '.join([EVENT_BASE, *columns])} FROM ({inner})"


def _property(files: Sequence[ListedFile], extraction: Extraction, type: str, name: str) -> str:
    """From its column, or from ``rest`` where some file has it there. A column of the very name wins over a path in ``rest``."""
    columns = _types_in_columns(files, name)
    parts = [ident(column(type, name))] if type in columns else []
    if type in _types_in_rest(files, name):
        value = typed(extraction.value(name))[type]
        exact = " AND ".join(f"{ident(column(each, name))} IS NULL" for each in sorted(columns))
        parts.append(f"CASE WHEN {exact} THEN {value} END" if exact and "." in name else value)
    return parts[0] if len(parts) == 1 else f"coalesce({', '.join(parts)})"


# -- attributes --------------------------------------------------------------------------------------------------------


def attributes_from_files(files: Sequence[ListedFile], needs: Needs, where: str) -> str:
    """The ``attributes`` of at least one file."""
    parts = [
        _attributes(files, where, area, names)
        for area, names in (
            ("trait", [name for name in needs.traits if "." not in name]),
            ("tag", needs.tags),
            ("relation", needs.relations),
        )
        if names
    ]
    parts += [_dotted(files, where, name) for name in sorted(needs.traits) if "." in name]
    return " UNION ALL ".join(parts) or no_attributes()


_AT = 'coalesce("at", \'-infinity\'::TIMESTAMP) AS "at"'


def _attributes(files: Sequence[ListedFile], where: str, area: str, names: Iterable[str]) -> str:
    values = ", ".join(f"CAST({type} AS {SQL_TYPES[type]}) AS {type}" for type in TYPES)
    wanted = ", ".join(map(literal, sorted(names)))
    return (
        f"SELECT {ATTRIBUTE_BASE}, {values} FROM (SELECT * REPLACE ({_AT}) FROM {source(files)}"
        f" WHERE area = {literal(area)} AND name IN ({wanted}) AND {where})"
    )


def _dotted(files: Sequence[ListedFile], where: str, name: str) -> str:
    """A trait by path: what its first key was set to, unless the same fact sets the very name."""
    top, *keys = name.split(".")
    within = typed("found")
    values = ", ".join(
        f"CASE WHEN exact THEN CAST({type} AS {SQL_TYPES[type]}) ELSE {within[type]} END AS {type}"
        for type in TYPES
    )
    inner = (
        f"SELECT * REPLACE ({_AT}), name = {literal(name)} AS exact,"
        f" json_extract(rest, {literal(json_path(*keys))}) AS found"
        f" FROM {source(files)} WHERE area = 'trait' AND name IN ({literal(name)}, {literal(top)}) AND {where}"
        " QUALIFY row_number() OVER (PARTITION BY seq ORDER BY exact DESC) = 1"
    )
    return f'SELECT person, area, {literal(name)} AS name, "at", id, seq, {values} FROM ({inner})'


# -- which rows --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Span:
    """Facts that moments between ``earliest`` and ``latest`` (microseconds, None: any) can ask about."""

    earliest: int | None
    latest: int | None

    @classmethod
    def of(cls, needs: Needs, earliest: int | None, latest: int | None) -> Span:
        if earliest is None or needs.reach_seconds is None:
            return cls(None, latest)
        return cls(earliest - needs.reach_seconds * 1_000_000, latest)

    def meets(self, file: ListedFile) -> bool:
        after = self.earliest is not None and file.at_max < self.earliest
        before = self.latest is not None and file.at_min > self.latest
        return not (after or before)

    def where(self, at: str, moment: str = "make_timestamp({})") -> str:
        """Over the time column ``at``; ``moment`` renders a bound."""
        bounds = [
            f"{at} {operator} {moment.format(bound)}"
            for operator, bound in ((">=", self.earliest), ("<=", self.latest))
            if bound is not None
        ]
        return " AND ".join(bounds) or "true"


def chosen_events(needs: Needs, span: Span, at: str = '"at"', moment: str = "make_timestamp({})") -> str:
    return f"{kind_matches('kind', needs.kinds)} AND {span.where(at, moment)}"
