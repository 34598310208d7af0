"""Well-typed conditions for Hypothesis: whatever they make passes ``check`` without an error.

``conditions(vocabulary)`` draws booleans. The vocabulary says which names are drawn, so that a test with data can ask for
names its data has.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from hypothesis import strategies as st

from yutang.language.durations import Duration
from yutang.language.nodes import (
    Aggregate,
    And,
    Arithmetic,
    Call,
    Compare,
    Count,
    Did,
    Edge,
    Member,
    Name,
    Node,
    Not,
    Now,
    Or,
    Sequence,
    Step,
    Streak,
    Value,
    Values,
    Window,
)
from yutang.language.parse import negative
from yutang.language.problem import NOWHERE
from yutang.language.types import type_of

COMPARATORS = ("==", "!=", "<", "<=", ">", ">=")
ISO_TEXTS = (
    "2026-01-01",
    "2026-02-28",
    "2024-02-29",
    "2026-01-15T10:00:00",
    "2026-01-15 10:00:00Z",
    "2026-01-15T10:00+08:00",
)


@dataclass(frozen=True)
class Vocabulary:
    kinds: tuple[str, ...] = ("order.paid", "page.viewed", "live.*", "加好友")
    properties: tuple[str, ...] = ("amount", "sku", "address.city", "名称", "from")
    traits: tuple[str, ...] = ("city", "level", "kind", "timezone", "生日", "address.zip")
    tags: tuple[str, ...] = ("vip", "沉睡")
    relations: tuple[str, ...] = ("mentor",)
    texts: tuple[str, ...] = ("", "上海", "a", "A", 'it"s \\ \n', "2026-01-01", "😀")
    numbers: tuple[Decimal, ...] = tuple(
        map(Decimal, ("0", "1", "-1", "2.5", "100", "0.000001", "-999999999999.999999"))
    )
    durations: tuple[Duration, ...] = (
        Duration(30, "d"),
        Duration(90, "s"),
        Duration(1, "h"),
        Duration(2, "w"),
        Duration(5, "m"),
    )
    has_event: bool = False
    in_where: bool = False
    """Whether ``it`` has a meaning, and questions over events have none."""


DEFAULT = Vocabulary()


def conditions(words: Vocabulary = DEFAULT, depth: int = 3) -> st.SearchStrategy[Node]:
    """Booleans up to ``depth`` operators deep."""
    leaves = [_tests(words, depth), _comparisons(words, depth), _memberships(words, depth)]
    if not words.in_where:
        leaves += [_did(words, depth), _sequences(words, depth)]
    leaf = st.one_of(*leaves)
    if depth <= 0:
        return leaf
    inner = st.deferred(lambda: conditions(words, depth - 1))
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(leaf, leaf, leaf, several.map(And), several.map(Or), inner.map(Not))


def values(words: Vocabulary, depth: int) -> st.SearchStrategy[Node]:
    """Anything that can be compared."""
    return st.one_of(
        numbers(words, depth), texts(words, depth), times(words, depth), _read(words), _booleans(words)
    )


def numbers(words: Vocabulary, depth: int) -> st.SearchStrategy[Node]:
    """Statically numbers, or of a type that only the data knows."""
    leaves = [_numbers(words), _read(words)]
    if not words.in_where:
        leaves += [_counted(words, depth - 1), _edges(words, depth - 1)]
    leaf = st.one_of(*leaves)
    if depth <= 0:
        return leaf
    inner = st.deferred(lambda: numbers(words, depth - 1))
    return st.one_of(
        leaf,
        leaf,
        st.builds(Arithmetic, st.sampled_from("+-*/"), inner, inner),
        inner.map(lambda item: negative(item, NOWHERE)),
        st.builds(lambda name, item: Call(name, (item,)), st.sampled_from(("abs", "floor", "round")), inner),
        st.builds(lambda item, n: Call("round", (item, Value(Decimal(n)))), inner, st.integers(0, 6)),
        st.builds(
            lambda name, t: Call(name, (t,)),
            st.sampled_from(("days_since", "hours_since", "hour", "weekday")),
            moments(words, depth - 1),
        ),
        st.builds(lambda item: Call("len", (item,)), texts(words, depth - 1)),
        st.lists(inner, min_size=2, max_size=3).map(lambda items: Call("coalesce", tuple(items))),
        st.builds(
            lambda salt, n: Call("hash_bucket", (Value(salt), Value(Decimal(n)))),
            st.sampled_from(("s", "盐")),
            st.integers(1, 100),
        ),
    )


def texts(words: Vocabulary, depth: int) -> st.SearchStrategy[Node]:
    """Statically texts, or of a type that only the data knows."""
    own = [Name(scope, part) for scope in _events(words) for part in ("kind", "channel", "source")]
    leaf = st.one_of(_texts(words), _read(words), *([st.sampled_from(own)] if own else []))
    if depth <= 0:
        return leaf
    lowered = st.deferred(lambda: texts(words, depth - 1)).map(lambda item: Call("lower", (item,)))
    return st.one_of(leaf, leaf, lowered, moments(words, depth - 1).map(lambda t: Call("date", (t,))))


def times(words: Vocabulary, depth: int) -> st.SearchStrategy[Node]:
    """Statically times."""
    leaf: st.SearchStrategy[Node] = st.sampled_from((Now(), *(Name(scope, "at") for scope in _events(words))))
    if words.in_where or depth <= 0:
        return leaf
    edge = st.builds(
        Edge,
        st.sampled_from(("first", "last")),
        st.sampled_from(words.kinds),
        st.none(),
        windows(words, depth - 1),
    )
    return st.one_of(leaf, edge, st.tuples(edge, leaf).map(lambda items: Call("coalesce", items)))


def moments(words: Vocabulary, depth: int) -> st.SearchStrategy[Node]:
    """What functions of time take: times, texts that are ISO, and what may be one."""
    return st.one_of(times(words, depth), st.sampled_from(ISO_TEXTS).map(Value), _read(words))


def windows(words: Vocabulary, depth: int) -> st.SearchStrategy[Window]:
    """Mostly simple ones. Bounds and ``where`` are less deep by one."""
    bound = st.one_of(times(words, depth - 1), st.sampled_from(ISO_TEXTS).map(Value))
    where = conditions(replace(words, in_where=True), min(depth, 1))
    within = st.one_of(
        st.sampled_from(words.durations), st.sampled_from(("today", "this_week", "this_month"))
    )
    if depth <= 0:
        return st.one_of(st.just(Window()), within.map(Window))
    return st.one_of(
        st.just(Window()),
        within.map(Window),
        st.builds(Window, *map(_sometimes, (within, bound, bound, where))),
    )


def _sometimes(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.one_of(st.none(), strategy)


# -- leaves ------------------------------------------------------------------------------------------------------------


def _events(words: Vocabulary) -> tuple[str, ...]:
    return (("it",) if words.in_where else ()) + (("event",) if words.has_event else ())


def _numbers(words: Vocabulary) -> st.SearchStrategy[Node]:
    return st.sampled_from(words.numbers).map(Value)


def _texts(words: Vocabulary) -> st.SearchStrategy[Node]:
    return st.sampled_from(words.texts).map(Value)


def _booleans(words: Vocabulary) -> st.SearchStrategy[Node]:
    return st.one_of(
        st.booleans().map(Value), st.sampled_from(words.tags).map(lambda tag: Call("tagged", (Value(tag),)))
    )


def _read(words: Vocabulary) -> st.SearchStrategy[Node]:
    """Values whose type only the data knows."""
    traits = st.sampled_from(words.traits).map(lambda path: Name("person", path))
    scopes = _events(words)
    if not scopes:
        return traits
    return st.one_of(traits, st.builds(Name, st.sampled_from(scopes), st.sampled_from(words.properties)))


def _edges(words: Vocabulary, depth: int) -> st.SearchStrategy[Node]:
    asked = st.sampled_from(words.properties)
    return st.builds(
        Edge, st.sampled_from(("first", "last")), st.sampled_from(words.kinds), asked, windows(words, depth)
    )


def _counted(words: Vocabulary, depth: int) -> st.SearchStrategy[Node]:
    kinds, window = st.sampled_from(words.kinds), windows(words, depth)
    functions = st.sampled_from(("sum", "avg", "min", "max", "distinct"))
    return st.one_of(
        st.builds(Count, kinds, window),
        st.builds(Aggregate, functions, kinds, st.sampled_from(words.properties), window),
        st.builds(Streak, kinds, st.sampled_from(("day", "week", "month")), window),
    )


def _did(words: Vocabulary, depth: int) -> st.SearchStrategy[Node]:
    return st.builds(Did, st.sampled_from(words.kinds), windows(words, depth))


def _sequences(words: Vocabulary, depth: int) -> st.SearchStrategy[Node]:
    where = conditions(replace(words, in_where=True), min(depth - 1, 0))
    step = st.builds(Step, st.sampled_from(words.kinds), _sometimes(where))
    return st.builds(
        Sequence, st.lists(step, min_size=2, max_size=3).map(tuple), st.sampled_from(words.durations)
    )


def _tests(words: Vocabulary, depth: int) -> st.SearchStrategy[Node]:
    text = texts(words, depth - 1)
    return st.one_of(
        _booleans(words),
        st.sampled_from(words.relations).map(lambda name: Call("has_relation", (Value(name),))),
        values(words, depth - 1).map(lambda item: Call("exists", (item,))),
        st.builds(lambda a, b: Call("contains", (a, b)), _read(words), values(words, 0)),
        st.builds(lambda a, b: Call("startswith", (a, b)), text, text),
        moments(words, depth - 1).map(lambda t: Call("is_anniversary", (t,))),
    )


def _comparisons(words: Vocabulary, depth: int) -> st.SearchStrategy[Node]:
    """Of two of a kind mostly; also of any two. A time is only compared with texts that are ISO."""
    operator, inner = st.sampled_from(COMPARATORS), depth - 1
    iso = st.sampled_from(ISO_TEXTS).map(Value)
    pairs = st.one_of(
        st.tuples(numbers(words, inner), numbers(words, inner)),
        st.tuples(numbers(words, inner), numbers(words, inner)),
        st.tuples(texts(words, inner), texts(words, inner)),
        st.tuples(times(words, inner), st.one_of(times(words, inner), iso)),
        st.tuples(values(words, inner), values(words, inner)).filter(_can_be_compared),
    )
    return st.builds(lambda operator, pair: Compare(operator, *pair), operator, pairs)


def _can_be_compared(pair: tuple[Node, Node]) -> bool:
    types = {type_of(each) for each in pair}
    return types != {"time", "text"} or not any(isinstance(each, Value) for each in pair)


def _memberships(words: Vocabulary, depth: int) -> st.SearchStrategy[Node]:
    literals = st.one_of(_numbers(words), _texts(words), st.booleans().map(Value))
    lists = st.lists(literals, max_size=3).map(lambda items: Values(tuple(items)))
    dates = st.lists(st.sampled_from(ISO_TEXTS).map(Value), min_size=1, max_size=2).map(
        lambda items: Values(tuple(items))
    )
    item = st.one_of(numbers(words, depth - 1), texts(words, depth - 1))
    return st.one_of(
        st.builds(Member, item, lists, st.booleans()),
        st.builds(Member, times(words, depth - 1), dates, st.booleans()),
    )
