"""What happened to one person, newest first: events, traits, tags, relations, merges."""

from __future__ import annotations

import base64
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, Q
from django.db.models.functions import Coalesce, Length

from yutang.events import reading
from yutang.events.columns import kind_matches, literal
from yutang.events.models import HistoryFile, LogEntry, Retraction
from yutang.people.listing import list_keys
from yutang.people.models import MergeFact

ALWAYS = -(2**63)
"""The time of what is always known: before everything dated."""
AREAS = {"trait": "traits", "tag": "tag", "relation": "relate"}
GROUPS = {
    "events": frozenset({"event"}),
    "traits": frozenset({"traits", "relate"}),
    "tags": frozenset({"tag", "untag"}),
    "merges": frozenset({"merge", "unmerge"}),
}
CHUNK = 500
"""Ids in one SQL statement."""
EVERYTHING = frozenset().union(*GROUPS.values())


class Place(NamedTuple):
    """A position in time order; a page starts after it, going back in time."""

    at: int
    length: int
    id: str

    def encoded(self) -> str:
        return base64.urlsafe_b64encode(json.dumps([self.at, self.id]).encode()).decode().rstrip("=")


def decode_place(text: str) -> Place | None:
    """None for no or a broken cursor: the first page."""
    try:
        at, fact_id = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        return Place(int(at), len(fact_id), str(fact_id)) if text else None
    except (ValueError, TypeError):
        return None


@dataclass(frozen=True, slots=True)
class Happening:
    """One fact. ``at`` None: always known. ``gone_at``: from when on a retraction makes it forgotten."""

    fact: str
    at: int | None
    id: str
    origin: int
    kind: str = ""
    props: dict[str, Any] = field(default_factory=dict)
    channel: str | None = None
    source: str | None = None
    seq: int = 0
    gone_at: int | None = None

    def holds(self, now: int) -> bool:
        """It has happened by ``now`` and is not retracted."""
        return (self.at is None or self.at <= now) and (self.gone_at is None or self.gone_at > now)

    @property
    def place(self) -> Place:
        return Place(ALWAYS if self.at is None else self.at, len(self.id), self.id)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which facts: of these origins, of these sorts, earlier than ``after``, at most ``limit``.

    ``kind``: only events of that kind. ``trait``: of the traits in history files only this one; log lines come whole.
    """

    workspace_id: int
    origins: Sequence[int]
    facts: Collection[str] = EVERYTHING
    kind: str = ""
    after: Place | None = None
    limit: int = 50
    trait: str = ""


def read_timeline(wanted: Wanted) -> tuple[list[Happening], Place | None]:
    """A page and where the next one starts (None: there is none)."""
    found = {each.seq: each for each in _from_log(wanted)}
    for each in _from_files(wanted):
        found.setdefault(each.seq, each)
    merged = sorted([*found.values(), *_merges(wanted)], key=lambda each: each.place, reverse=True)
    page = _with_retractions(wanted.workspace_id, merged[: wanted.limit])
    return page, page[-1].place if len(merged) > wanted.limit else None


def count_kinds(workspace_id: int, origins: Sequence[int], *, now: int) -> dict[str, int]:
    """Event kinds of a person with their numbers, most frequent first; what is retracted by ``now`` is left out."""
    gone = [
        seq for seq in reading.forgotten(workspace_id, at=now).values_list("target_seq", flat=True) if seq
    ]

    def read(files: list[HistoryFile]) -> dict[str, int]:
        log = reading.log_events(workspace_id).filter(origin__in=origins).exclude(seq__in=gone)
        counts = dict(log.values_list("kind").annotate(n=Count("pk")).order_by())
        if files:
            query = f"SELECT kind, count(*) FROM {reading.scan(files)} WHERE {_of(origins)}{_but(gone)} GROUP BY kind"
            with reading.engine() as engine:
                for kind, count in engine.execute(query).fetchall():
                    counts[kind] = counts.get(kind, 0) + count
        return counts

    counts = reading.consistently(workspace_id, read)
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _but(seqs: Collection[int]) -> str:
    return f" AND seq NOT IN ({', '.join(map(str, sorted(seqs)))})" if seqs else ""


def _of(origins: Iterable[int]) -> str:
    return f"person IN ({', '.join(str(int(each)) for each in origins)})"


# -- the log -----------------------------------------------------------------------------------------------------------


def _from_log(wanted: Wanted) -> list[Happening]:
    rows = LogEntry.objects.filter(
        workspace_id=wanted.workspace_id, origin__in=wanted.origins, fact__in=wanted.facts
    )
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    rows = _after(rows.annotate(moment=Coalesce("at", ALWAYS), length=Length("id")), wanted.after, "id")
    rows = rows.order_by("-moment", "-length", "-id")[: wanted.limit + 1]
    return [
        Happening(
            row.fact,
            row.at,
            row.id,
            row.origin,
            row.kind,
            json.loads(row.props),
            row.channel,
            row.source,
            row.seq,
        )
        for row in rows
    ]


def _after(rows: Any, after: Place | None, id_field: str) -> Any:
    if after is None:
        return rows
    same = Q(moment=after.at)
    shorter = Q(length__lt=after.length) | Q(length=after.length, **{f"{id_field}__lt": after.id})
    return rows.filter(Q(moment__lt=after.at) | (same & shorter))


def _merges(wanted: Wanted) -> list[Happening]:
    if not GROUPS["merges"] & set(wanted.facts):
        return []
    mine = Q(one__number__in=wanted.origins) | Q(other__number__in=wanted.origins)
    rows = MergeFact.objects.filter(mine, workspace_id=wanted.workspace_id)
    rows = rows.annotate(moment=Coalesce("at", ALWAYS), length=Length("fact_id"))
    rows = _after(rows, wanted.after, "fact_id").order_by("-moment", "-length", "-fact_id")[
        : wanted.limit + 1
    ]
    pairs = list(rows.values_list("fact_id", "one__number", "other__number", "joins", "at"))
    keys = list_keys(wanted.workspace_id, {number for pair in pairs for number in pair[1:3]})
    return [
        Happening(
            "merge" if joins else "unmerge", at, fact_id, one, props={"one": keys[one], "other": keys[other]}
        )
        for fact_id, one, other, joins, at in pairs
    ]


# -- history files -------------------------------------------------------------------------------------------------------

_MICROS = 'CASE WHEN "at" IS NULL OR isinf("at") THEN NULL ELSE epoch_us("at") END'
_PLACE = f"coalesce({_MICROS}, {ALWAYS})"


def _from_files(wanted: Wanted) -> list[Happening]:
    areas = _areas(wanted)
    events = _files(wanted, HistoryFile.Table.EVENTS) if "event" in wanted.facts else []
    attributes = _files(wanted, HistoryFile.Table.ATTRIBUTES) if areas else []
    if not events and not attributes:
        return []
    with reading.engine() as engine:
        found = _events(engine, events, wanted) if events else []
        return found + (_attributes(engine, attributes, areas, wanted) if attributes else [])


def _files(wanted: Wanted, table: str) -> list[HistoryFile]:
    files = reading.files_in_force(wanted.workspace_id, table)
    if wanted.after is None:
        return files
    return [each for each in files if each.at_min <= wanted.after.at or table == HistoryFile.Table.ATTRIBUTES]


def _areas(wanted: Wanted) -> list[str]:
    if wanted.kind:
        return []
    return [area for area, fact in AREAS.items() if fact in wanted.facts]


def _earlier(after: Place | None) -> str:
    return (
        f" AND ({_PLACE}, length(id), id) < ({after.at}, {after.length}, {literal(after.id)})"
        if after
        else ""
    )


def _events(engine: Any, files: list[HistoryFile], wanted: Wanted) -> list[Happening]:
    of_kind = f" AND {kind_matches('kind', [wanted.kind])}" if wanted.kind else ""
    cursor = engine.execute(
        f'SELECT * REPLACE (epoch_us("at") AS "at") FROM {reading.scan(files)}'
        f" WHERE {_of(wanted.origins)}{of_kind}{_earlier(wanted.after)}"
        f' ORDER BY "at" DESC, length(id) DESC, id DESC LIMIT {wanted.limit + 1}'
    )
    names = [each[0] for each in cursor.description]
    rows = (dict(zip(names, row, strict=True)) for row in cursor.fetchall())
    return [
        Happening(
            "event",
            row["at"],
            row["id"],
            row["person"],
            row["kind"],
            _props(row),
            row["channel"],
            row["source"],
            row["seq"],
        )
        for row in rows
    ]


def _props(row: dict[str, Any]) -> dict[str, Any]:
    """The event's properties, put together from typed columns and the rest."""
    props = {
        plain_name(name.partition(":")[2]): _plain(value)
        for name, value in row.items()
        if ":" in name and value is not None
    }
    if row.get("rest"):
        props |= json.loads(row["rest"])
    return props


def plain_name(encoded: str) -> str:
    """A property's name from its column's: ``^x`` stands for ``X`` because DuckDB's names know no case, ``^^`` for ``^``."""
    parts = encoded.split("^")
    name, index = parts[0], 1
    while index < len(parts):
        part = parts[index]
        if part:
            name += part[0].upper() + part[1:]
        else:
            index += 1
            name += "^" + (parts[index] if index < len(parts) else "")
        index += 1
    return name


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else value.normalize()
    return value


def _attributes(engine: Any, files: list[HistoryFile], areas: list[str], wanted: Wanted) -> list[Happening]:
    """Tags without a value are untags; several traits of one line come back as one fact."""
    only = f" AND name = {literal(wanted.trait)}" if wanted.trait else ""
    cursor = engine.execute(
        "SELECT person, area, micros, id, seq,"
        " list({'name': name, 'number': number, 'text': text, 'boolean': boolean, 'list': list, 'rest': rest} ORDER BY name)"
        f" FROM (SELECT *, {_MICROS} AS micros FROM {reading.scan(files)} WHERE {_of(wanted.origins)}"
        f" AND area IN ({', '.join(map(literal, areas))}){only}{_earlier(wanted.after)})"
        " GROUP BY person, area, micros, id, seq"
        f" ORDER BY coalesce(micros, {ALWAYS}) DESC, length(id) DESC, id DESC LIMIT {wanted.limit + 1}"
    )
    return [_attribute(*row) for row in cursor.fetchall()]


def _attribute(
    person: int, area: str, at: int | None, fact_id: str, seq: int, values: list[dict[str, Any]]
) -> Happening:
    if area == "tag":
        fact = "tag" if values[0]["boolean"] else "untag"
        return Happening(fact, at, fact_id, person, values[0]["name"], seq=seq)
    props = {each["name"]: _one_value(each) for each in values if each["name"] is not None}
    return Happening(AREAS[area], at, fact_id, person, props=props, seq=seq)


def _one_value(value: dict[str, Any]) -> Any:
    for column in ("list", "rest"):
        if value[column] is not None:
            return json.loads(value[column])
    return next(
        (_plain(value[type]) for type in ("number", "text", "boolean") if value[type] is not None), None
    )


# -- retractions ---------------------------------------------------------------------------------------------------------


def _with_retractions(workspace_id: int, page: list[Happening]) -> list[Happening]:
    gone: dict[str, int] = {}
    ids = [each.id for each in page]
    for start in range(0, len(ids), CHUNK):
        targets = ids[start : start + CHUNK]
        rows = Retraction.objects.filter(workspace_id=workspace_id, target_id__in=targets)
        for target, at in rows.values_list("target_id", "at"):
            gone[target] = min(at, gone.get(target, at))
    return [replace(each, gone_at=gone[each.id]) if each.id in gone else each for each in page]
