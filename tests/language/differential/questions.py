"""Questions an operator might ask of ``histories``: less wild than ``conditions``, and much oftener true for somebody."""

from __future__ import annotations

from hypothesis import strategies as st
from tests.language.differential.histories import DURATIONS, WORDS

from yutang.language.nodes import Node
from yutang.language.parse import parse

Text = st.SearchStrategy[str]

kinds = st.sampled_from([f'"{kind}"' for kind in WORDS.kinds])
operators = st.sampled_from(("==", "!=", "<", "<=", ">", ">="))
numbers = st.sampled_from(("0", "1", "2", "3", "0.3", "2.5", "-1", "0.000002"))
literals = st.sampled_from(("0", "1", "2.5", '"1"', '"上海"', '"A"', '""', "True", "False"))
lists = st.sampled_from(('["上海", "A"]', '[1, "1", True]', "[0]", '["a", "", 2.5]'))
properties = st.sampled_from(("amount", "sku", "address.city"))
traits = st.sampled_from(("city", "level", "address.city", "kind", "timezone", "生日"))
moments_said = st.sampled_from(
    (
        '"2026-03-29"',
        '"2026-11-01"',
        '"2026-03-01"',
        '"2026-01-15T10:00:00"',
        '"2026-03-29T02:30"',
        '"2026-11-01 00:30"',
        '"2026-03-29T09:58:30Z"',
        "now",
        'first("page.viewed")',
        'last("order.*")',
        "person.生日",
    )
)


def said(shape: str, *parts: Text) -> Text:
    return st.tuples(*parts).map(lambda words: shape.format(*words))


about_it = st.one_of(
    said("it.{} {} {}", properties, operators, literals),
    said("it.{} in {}", properties, lists),
    said("it.amount {} person.level", operators),
    said("it.amount * {} {} {}", numbers, operators, numbers),
    said('it.channel {} "wecom"', st.sampled_from(("==", "!="))),
    said("it.at {} {}", operators, st.sampled_from(('"2026-03-29"', '"2026-01-15T10:00"', "now"))),
    said("{}(it.at) {} {}", st.sampled_from(("hour", "weekday", "days_since")), operators, numbers),
    said("exists(it.{})", properties),
    said("contains(it.sku, {})", literals),
    st.sampled_from(('it.kind == "order.paid"', 'it.source == "shop"', "is_anniversary(it.at)")),
)
conditions_of_it = st.one_of(
    about_it,
    said("not ({})", about_it),
    said("{} and {}", about_it, about_it),
    said("({} or {})", about_it, about_it),
)
calendar = st.sampled_from(("today", "this_week", "this_month"))
withins = st.one_of(st.sampled_from([str(each) for each in DURATIONS]), calendar)
keywords = st.one_of(
    st.just(""),
    said(', within="{}"', withins),
    said(', within="{}"', withins),
    said(", since={}", moments_said),
    said(", until={}", moments_said),
    said(", where={}", conditions_of_it),
    said(', within="{}", where={}', withins, conditions_of_it),
    said(", since={}, until={}", moments_said, moments_said),
)
aggregates = st.sampled_from(("sum", "avg", "min", "max", "distinct"))
ends = st.sampled_from(("first", "last"))
amounts = st.one_of(
    said("count({}{})", kinds, keywords),
    said('{}({}, "amount"{})', aggregates, kinds, keywords),
    said('{}({}, "amount"{})', ends, kinds, keywords),
    said('distinct({}, "{}"{})', kinds, properties, keywords),
    said('streak({}, "{}"{})', kinds, st.sampled_from(("day", "week", "month")), keywords),
    said("person.level"),
)
instants = said("{}({}{})", ends, kinds, keywords)
computed = st.one_of(
    amounts,
    amounts,
    said("{} {} {}", amounts, st.sampled_from(("+", "-", "*", "/")), numbers),
    said("{} / {}", amounts, amounts),
    said("round({} / 3, 2)", amounts),
    said("floor({})", amounts),
    said("abs({})", amounts),
    said("coalesce({}, 0)", amounts),
    said("{}({})", st.sampled_from(("days_since", "hours_since", "hour", "weekday")), instants),
    said("{}(person.生日)", st.sampled_from(("days_since", "hours_since", "hour", "weekday"))),
)
steps = st.one_of(kinds, said("step({}, where={})", kinds, conditions_of_it))
single = st.one_of(
    said("did({}{})", kinds, keywords),
    said("{} {} {}", computed, operators, numbers),
    said("{} {} {}", computed, operators, numbers),
    said("{} {} {}", computed, operators, computed),
    said("{} {} {}", instants, operators, moments_said.filter(lambda said: said != "person.生日")),
    said("{} {} {}", instants, operators, instants),
    said('{}({}, "{}"{}) {} {}', ends, kinds, properties, keywords, operators, literals),
    said("person.{} {} {}", traits, operators, literals),
    said("person.{} in {}", traits, lists),
    said("person.{} not in {}", traits, lists),
    said("contains(person.city, {})", literals),
    said("len(person.city) {} {}", operators, numbers),
    said("exists(person.{})", traits),
    said('tagged("{}")', st.sampled_from(WORDS.tags)),
    said('has_relation("{}")', st.sampled_from(WORDS.relations)),
    said('hash_bucket("s", 2) == {}', numbers),
    said("is_anniversary({})", st.one_of(instants, st.just("person.生日"))),
    said(
        "date({}) {} {}", instants, operators, st.sampled_from(('"2026-03-29"', '"2026-11-01"', "date(now)"))
    ),
    said('sequence({}, {}, within="{}")', steps, steps, st.sampled_from(("90s", "1h", "1d", "30d", "52w"))),
    said('sequence({}, {}, {}, within="{}")', steps, steps, steps, st.sampled_from(("1d", "30d", "52w"))),
)
texts = st.one_of(
    single,
    single,
    said("not {}", single),
    said("{} and {}", single, single),
    said("({}) == ({})", single, single),
)


def questions() -> st.SearchStrategy[Node]:
    return texts.map(parse)
