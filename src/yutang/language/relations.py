"""What a compiled question reads, and what a data set must therefore offer.

The compiler knows nothing of files, logs or databases. Whoever has data makes these relations in a DuckDB connection (as
tables or views) and describes them with ``Relations``; ``needs`` says which columns the question will read.

``events``      person BIGINT (an origin's number), kind, "at" TIMESTAMP (UTC), id, seq BIGINT, channel, source, and for each
                needed property p of type t in ``event_types[p]`` the column ``column(t, p)``, ``"t:p"`` in short:
                ``"number:p"`` DECIMAL(18,6), ``"text:p"`` VARCHAR, ``"boolean:p"`` BOOLEAN, ``"list:p"`` JSON.
``attributes``  person, area ('trait', 'tag', 'relation'), name, "at" TIMESTAMP ('-infinity' when always known), id, seq,
                number DECIMAL(18,6), text, boolean, list (all four null: an explicit null, an untag or the end of a relation;
                a tag has boolean = true; a relation has text = the target's key, null when the target is erased).
``people``      person BIGINT, key VARCHAR: every origin that is not erased, for ``hash_bucket`` and as the population.
``members``     person BIGINT (an origin), root BIGINT (the origin its person is named after), since, until TIMESTAMP: half-open
                intervals; outside all its intervals an origin is its own root, and such intervals need not be listed.
``retracted``   seq BIGINT, "at" TIMESTAMP: from then on the fact with that seq does not count.
``moments``     only for many moments: moment_id BIGINT, person BIGINT, "at" TIMESTAMP, optionally seq BIGINT (facts admitted
                later do not count), and the trigger's columns as in ``events``, prefixed ``event.``:
                ``"event.number:amount"``, ``"event.kind"``, ``"event.at"``.
Facts of erased persons are in none of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Type = str
"""One of number, text, boolean, list."""


def column(type_: Type, name: str) -> str:
    """The name of the column that holds a property's values of one type: ``text:sku``, ``number:order^id`` for ``orderId``.

    Engines compare column names without regard to case, properties do not: an ASCII capital is written ``^x``, ``^`` as ``^^``.
    """
    return f"{type_}:" + "".join(
        f"^{c.lower()}" if "A" <= c <= "Z" else "^^" if c == "^" else c for c in name
    )


@dataclass(frozen=True, slots=True)
class Relations:
    """Which types each property and trait has in the data, and which costs can be left out."""

    event_types: Mapping[str, frozenset[Type]]
    trait_types: Mapping[str, frozenset[Type]]
    zone: str = "Asia/Shanghai"
    has_merges: bool = True
    has_retractions: bool = True
    has_zones: bool = True
    """False: no ``timezone`` trait exists, everybody is in ``zone``."""
    zones: frozenset[str] = frozenset()
    """The IANA names that ``timezone`` traits have in the data; other texts count as none."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What a question reads: kinds (exact, or prefixes with ``.*``), properties, traits, tags, relations, and how far back.

    ``reach_seconds`` is the longest look back from the moment, None when unbounded, 0 when no event is read. ``timezone`` and
    ``kind`` are among ``traits`` when the question needs them.
    """

    kinds: frozenset[str] = frozenset()
    properties: frozenset[str] = frozenset()
    traits: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    relations: frozenset[str] = frozenset()
    reach_seconds: int | None = 0
    event_properties: frozenset[str] = field(default=frozenset())
    entry_properties: frozenset[str] = field(default=frozenset())
