"""Persons over time, against a slow and obvious search from every origin at every instant."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yutang.people.membership import Interval, Joint, Start, erased_origins, membership

ORIGINS = range(1, 6)
TIMES = st.integers(0, 6)
PAIRS = st.tuples(st.sampled_from(ORIGINS), st.sampled_from(ORIGINS)).filter(lambda pair: pair[0] != pair[1])
JOINTS = st.lists(
    st.builds(
        lambda pair, joins, at, id: Joint(*pair, joins, at, id),
        PAIRS,
        st.booleans(),
        TIMES,
        st.text("ab", max_size=3),
    ),
    max_size=8,
    unique_by=lambda joint: joint.id,
)
STARTS = st.fixed_dictionaries(
    {
        origin: st.builds(
            lambda at, id, key=f"u{origin % 3}{'x' * (origin // 3)}": Start(key, at, id),
            st.none() | TIMES,
            st.sampled_from("pq"),
        )
        for origin in ORIGINS
    }
)


def connected(facts: list[Joint], origin: int, at: int) -> set[int]:
    in_force: dict[frozenset[int], bool] = {}
    for fact in sorted(facts, key=lambda fact: (fact.at, len(fact.id), fact.id)):
        if fact.at <= at:
            in_force[frozenset((fact.one, fact.other))] = fact.joins
    found = {origin}
    while (
        more := {each for pair, joins in in_force.items() if joins and pair & found for each in pair} - found
    ):
        found |= more
    return found


def named_after(
    facts: list[Joint], starts: dict[int, Start], erased: frozenset[int], origin: int, at: int
) -> int:
    def rank(each: int) -> tuple[object, ...]:
        start = starts[each]
        known = start.at is not None and start.at <= at
        when = (0, start.at, len(start.id), start.id) if known else (1, 0, 0, "")
        return (*when, len(start.key), start.key)

    return min(connected(facts, origin, at) - erased, key=rank)


def root_at(intervals: list[Interval], origin: int, at: int) -> int:
    roots = [
        i.root
        for i in intervals
        if i.origin == origin and i.since <= at and (i.until is None or at < i.until)
    ]
    assert len(roots) <= 1
    return roots[0] if roots else origin


@settings(max_examples=400, deadline=None)
@given(JOINTS, STARTS, st.frozensets(st.sampled_from(ORIGINS), max_size=2))
def test_every_origin_has_the_root_that_a_plain_search_finds_at_every_instant(
    facts: list[Joint], starts: dict[int, Start], erased: frozenset[int]
) -> None:
    intervals = membership(facts, starts, erased)
    for at in range(-1, 8):
        for origin in set(ORIGINS) - erased:
            assert root_at(intervals, origin, at) == named_after(facts, starts, erased, origin, at)
    assert all(i.origin not in erased and i.root not in erased and i.root != i.origin for i in intervals)


@settings(max_examples=200, deadline=None)
@given(JOINTS, st.lists(st.tuples(st.sampled_from(ORIGINS), TIMES), max_size=3))
def test_an_erasure_takes_the_person_as_it_was_connected_then(
    facts: list[Joint], erasures: list[tuple[int, int]]
) -> None:
    expected = {each for origin, at in erasures for each in connected(facts, origin, at)}
    assert erased_origins(facts, erasures) == expected


def test_a_person_is_renamed_when_its_first_fact_comes_after_the_merge() -> None:
    starts = {1: Start("ab"), 2: Start("c", at=20, id="f")}
    assert membership([Joint(1, 2, True, 10, "m")], starts) == [Interval(1, 2, 10, None)]
    starts = {1: Start("a"), 2: Start("bc", at=20, id="f")}
    assert membership([Joint(1, 2, True, 10, "m")], starts) == [
        Interval(2, 1, 10, 20),
        Interval(1, 2, 20, None),
    ]


def test_merging_twice_changes_nothing_and_one_unmerge_ends_both() -> None:
    starts = {1: Start("a", 0, "f"), 2: Start("b", 1, "f")}
    facts = [Joint(1, 2, True, 10, "m"), Joint(2, 1, True, 11, "n"), Joint(2, 1, False, 12, "o")]
    assert membership(facts, starts) == [Interval(2, 1, 10, 12)]


def test_a_long_chain_of_merges_is_one_person() -> None:
    count = 30_000
    starts = {n: Start(f"u{n}", n, "f") for n in range(count + 1)}
    intervals = membership([Joint(n, n + 1, True, 100_000 + n, f"m{n}") for n in range(count)], starts)
    assert len(intervals) == count
    assert {i.root for i in intervals} == {0}


@pytest.mark.parametrize(
    "shape", [lambda n: n // 2, lambda n: 0, lambda n: n - 1], ids=["tree", "star", "chain"]
)
def test_a_large_person_that_is_taken_apart_piece_by_piece(shape: Callable[[int], int]) -> None:
    """With a search of the whole person at every cut this would take minutes."""
    count = 20_000
    starts = {n: Start(f"u{n}", n, "f") for n in range(count)}
    pairs = [(n, shape(n)) for n in range(1, count)]
    facts = [Joint(*pair, True, count, f"m{pair[0]}") for pair in pairs]
    facts += [Joint(*pair, False, 3 * count - pair[0], f"c{pair[0]}") for pair in pairs]
    intervals = membership(facts, starts)
    assert {i.origin for i in intervals} == set(range(1, count))
    assert all(i.until is not None for i in intervals)
