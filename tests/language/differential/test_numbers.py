"""Arithmetic on random numbers: every part of an expression has exactly the oracle's value, exact or double."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st
from tests.language.differential.profile import tried
from tests.language.differential.test_explain import parts, values
from tests.oracle import answers

from yutang.audiences import answering
from yutang.audiences.files import moment_of, open_files, staged_lines
from yutang.audiences.questions import all_needs, read_question

AT = "2026-03-01T00:00:00.000007Z"
ZONE = "Asia/Shanghai"

written = st.from_regex(r"-?(0|[1-9][0-9]{0,3})(\.[0-9]{0,5}[05])?", fullmatch=True)
leaves = st.sampled_from(
    (
        "person.a",
        "person.b",
        *(f'{name}("k", "v")' for name in ("sum", "avg", "min", "max", "distinct")),
        'count("k")',
        'days_since("2026-02-02T02:02:02.000003")',
        'hours_since(first("k"))',
        *("1", "3", "7", "0.5", "-2.5", "0.000001", "1000"),
    )
)


def longer(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(inner, st.sampled_from("+-*/"), inner).map(
        lambda said: f"({said[0]} {said[1]} {said[2]})"
    )
    rounded = st.tuples(inner, st.integers(0, 6)).map(lambda said: f"round({said[0]}, {said[1]})")
    called = st.tuples(st.sampled_from(("floor", "abs", "round", "-")), inner).map(
        lambda said: f"{said[0]}({said[1]})"
    )
    return st.one_of(pair, pair, pair, rounded, called)


expressions = longer(st.one_of(leaves, longer(leaves)))
comparisons = st.tuples(expressions, st.sampled_from(("==", "<", ">=")), expressions).map(" ".join)


def lines_of(traits: list[str], amounts: list[str]) -> list[str]:
    a, b = traits
    return [f'{{"person":"p","traits":{{"a":{a},"b":{b}}}}}'] + [
        json.dumps(
            {"person": "p", "kind": "k", "id": f"{day}", "at": f"2026-01-0{day + 1}T01:02:03.00000{day}Z"}
        )[:-1]
        + f',"props":{{"v":{amount}}}}}'
        for day, amount in enumerate(amounts)
    ]


@tried(15)
@given(
    st.lists(written, min_size=2, max_size=2),
    st.lists(written, max_size=4),
    st.lists(comparisons, min_size=4, max_size=6),
)
def test_every_number_is_the_oracle_s_number(traits: list[str], amounts: list[str], asked: list[str]) -> None:
    lines = lines_of(traits, amounts)
    (moment,) = answers.everyone_at(answers.history_of(lines, ZONE), AT, ZONE)
    with staged_lines(lines, zone=ZONE) as staged:
        for text in asked:
            question = read_question(text)
            with open_files(staged, all_needs(question)) as dataset:
                number = answering.number_of(dataset, "p")
                assert number is not None
                why = answering.explain(dataset, question, moment_of(AT, staged), number)
                assert list(parts(why)) == list(values(question.node, moment)), text
