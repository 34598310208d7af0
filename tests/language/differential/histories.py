"""Small histories full of edges, and words that meet them, for Hypothesis.

Times lie on both sides of the edges of windows, days and weeks around two moments (a spring day in Berlin and an autumn day in
Havana), ids decide at equal instants, people are merged, un-merged and erased, lines come twice and in any order.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from tests.language.strategies import Vocabulary
from tests.oracle.times import first_instant

from yutang.language.durations import Duration

Line = dict[str, Any]

SPRING = datetime(2026, 3, 29, 10, tzinfo=UTC)
AUTUMN = datetime(2026, 11, 1, 17, tzinfo=UTC)
ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/Havana", "Pacific/Apia")
PEOPLE = ("u1", "u2", "u10", "李雷")
KINDS = ("order.paid", "order.refunded", "order", "page.viewed", "加好友")
DURATIONS = (Duration(90, "s"), Duration(1, "h"), Duration(1, "d"), Duration(30, "d"), Duration(2, "w"))
MICROSECOND = timedelta(microseconds=1)

WORDS = Vocabulary(
    kinds=("order.paid", "page.viewed", "order.*", "加好友"),
    properties=("amount", "sku", "address.city"),
    traits=("city", "level", "kind", "timezone", "生日", "address.city"),
    tags=("vip", "新客"),
    relations=("mentor", "guide"),
    texts=("", "上海", "A", "a", "1", "😀", "customer", "Europe/Berlin"),
    numbers=tuple(map(Decimal, ("0", "1", "2", "-1", "2.5", "3", "0.000001", "999999999999.999999"))),
    durations=DURATIONS,
)


def _edges() -> list[datetime]:
    """The far edges of windows, and the first instants of days, weeks and months in each zone."""
    found: list[datetime] = []
    for now in (SPRING, AUTUMN):
        found += [now, *(now - timedelta(seconds=each.seconds) for each in DURATIONS)]
        days = (now.date(), now.date() - timedelta(days=1), date(now.year, now.month, 1))
        found += [first_instant(day, zone) for day in days for zone in ZONES]
    found += [first_instant(date(2026, 1, 1), zone) for zone in ZONES]
    found += [
        datetime(2026, 1, 15, 10, tzinfo=UTC),
        datetime(2026, 1, 15, 2, tzinfo=UTC),
        SPRING + timedelta(days=1),
    ]
    return found


INSTANTS = sorted({edge + step * MICROSECOND for edge in _edges() for step in (-1, 0, 1)})
MOMENTS = [each.isoformat() for each in (SPRING, AUTUMN, *_edges())]
NAIVE = ("2026-03-29T02:30:00", "2026-11-01T00:30:00", "2026-01-15T10:00:00", "2026-03-29T00:00:00")

instants = st.sampled_from([each.isoformat() for each in INSTANTS])
times = st.one_of(instants, instants, instants, st.sampled_from(NAIVE))
people = st.sampled_from(PEOPLE)
amounts = st.sampled_from(
    (
        0,
        1,
        2,
        2.5,
        -1,
        0.1,
        0.2,
        0.0000005,
        0.0000015,
        99999999999.12346,
        "1",
        "上海",
        True,
        False,
        None,
        [1, "A"],
        {"x": 1},
    )
)
texts = st.sampled_from(("上海", "A", "a", "", "😀", 1, True, None, [], ["上海", 1, None, True]))
addresses = st.sampled_from(
    ({"city": "上海"}, {"city": None}, {"zip": 1}, {"city": 1, "zip": "1"}, "上海", None)
)
zones = st.sampled_from(
    ("Europe/Berlin", "America/Havana", "Pacific/Apia", "Asia/Shanghai", "Mars/Olympus", None, 8)
)
days = st.sampled_from(
    ("2025-03-29", "2000-02-29", "2026-01-15T10:00", "2025-11-01 17:00:00Z", "2026-02-29", "soon", 5, None)
)


def _some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


def _line(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Line]:
    return st.fixed_dictionaries(fields)


props = st.one_of(
    _some(amount=amounts, sku=texts, address=addresses),
    st.just({"address.city": "上海", "address": {"city": "A"}}),
)
traits = st.one_of(
    _some(city=texts, level=amounts, address=addresses),
    _some(timezone=zones, kind=st.sampled_from(("staff", "customer", None))),
    st.builds(lambda day: {"生日": day}, days),
).filter(bool)
events = st.builds(
    lambda event, more: {**event, **more},
    _line(person=people, kind=st.sampled_from(KINDS), at=times, props=props),
    _some(channel=st.sampled_from(("wecom", "app")), source=st.just("shop")),
)
pairs = st.lists(people, min_size=2, max_size=2, unique=True)
targets = st.one_of(people, st.just("m"), st.none())
facts = st.one_of(
    events,
    events,
    events,
    _line(person=people, traits=traits, at=times),
    _line(person=people, traits=traits, at=times),
    _line(person=people, traits=traits),
    _line(person=people, tag=st.sampled_from(WORDS.tags), at=times),
    _line(person=people, untag=st.sampled_from(WORDS.tags), at=times),
    st.builds(
        lambda person, name, target, at: {"person": person, "relate": {name: target}, "at": at},
        people,
        st.sampled_from(WORDS.relations),
        targets,
        times,
    ),
    _line(merge=pairs, at=instants),
    _line(merge=pairs, at=instants),
    _line(unmerge=pairs, at=instants),
)


@dataclass(frozen=True, slots=True)
class History:
    lines: list[Line]
    zone: str


@st.composite
def histories(draw: st.DrawFn, most: int = 14) -> History:
    """Up to ``most`` facts and a few retractions, erasures and repetitions. Ids of one and two characters, given at random."""
    said = draw(st.lists(facts, min_size=1, max_size=most))
    ids = draw(st.permutations([f"{number}" for number in range(8, 8 + len(said))]))
    lines = [
        _identified(line, id_, draw(st.integers(0, 5)) == 0) for line, id_ in zip(said, ids, strict=True)
    ]
    for number in range(draw(st.integers(0, 2))):
        lines.append({"retract": draw(st.sampled_from(ids)), "at": draw(instants), "id": f"r{number}"})
    if draw(st.integers(0, 4)) == 0:
        lines.append({"erase": draw(people), "at": draw(instants), "id": "x"})
    if draw(st.integers(0, 2)) == 0:
        lines.append(draw(st.sampled_from(lines)))
    if draw(st.integers(0, 4)) == 0 and "id" in (twice := draw(st.sampled_from(lines))) and "at" in twice:
        lines.append({**twice, "at": draw(instants)})
    return History(draw(st.permutations(lines)), draw(st.sampled_from(ZONES[:3])))


def _identified(line: Line, id_: str, bare: bool) -> Line:
    """With its id; or without one at an instant of its own, since the order of ids that are hashes is nobody's business."""
    if not bare or "at" not in line:
        return {**line, "id": id_}
    at = datetime.fromisoformat(line["at"])
    return {**line, "at": at.replace(microsecond=1000 + int(id_)).isoformat()}


moments = st.sampled_from(MOMENTS)
