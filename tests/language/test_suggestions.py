"""The nearest word, or none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yutang.language.suggest import distance, nearest

WORDS = ("count", "coalesce", "contains", "within", "person", "上海", "order.paid")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("cuont", "count"),
        ("COUNT", "count"),
        ("withn", "within"),
        ("order.payed", "order.paid"),
        ("上每", "上海"),
        ("frobnicate", ""),
        ("", ""),
        ("x", ""),
    ],
)
def test_the_nearest_word(word, expected):
    assert nearest(word, WORDS) == expected


def test_very_long_words_are_not_compared():
    assert nearest("a" * 5_000, ["a" * 4_999]) == ""


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_the_distance_is_one(left, right):
    assert distance(left, right) == distance(right, left)
    assert (distance(left, right) == 0) == (left == right)
    assert distance(left, right) <= max(len(left), len(right))


def test_neighbours_swapped_are_one_step():
    assert distance("cuont", "count") == 1
