"""Property values have one canonical text, exact where a double would not be."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yutang.events.values import canonical_json, canonical_props
from yutang.language.problem import Invalid


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ('{"b": 1, "a": "x"}', '{"a":"x","b":1}'),
        ('{"a":1.50}', '{"a":1.5}'),
        ('{"a":100.0}', '{"a":100}'),
        ('{"a":1e3}', '{"a":1000}'),
        ('{"a":-0.0}', '{"a":0}'),
        ('{"a":-0}', '{"a":0}'),
        ('{"a":0.0000005}', '{"a":0}'),
        ('{"a":0.0000015}', '{"a":0.000002}'),
        ('{"a":0.00001}', '{"a":0.00001}'),
        ('{"a":12345678901.123456}', '{"a":{"$number":"12345678901.123456"}}'),
        ('{"a":999999999999.999999}', '{"a":{"$number":"999999999999.999999"}}'),
        ('{"a":123456789.123456}', '{"a":123456789.123456}'),
        ('{"a":{"$number":"1.5"}}', '{"a":1.5}'),
        ('{"a":null,"b":[true,{"c":"上海 🎉"}]}', '{"a":null,"b":[true,{"c":"上海 🎉"}]}'),
        ('{"a":1,"a":2}', '{"a":2}'),
        ("{}", "{}"),
    ],
)
def test_a_value_is_kept_in_one_form(raw, kept):
    assert canonical_json(raw.encode()) == kept


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ('{"a":1e12}', "event.number_too_large"),
        ('{"a":-1000000000000}', "event.number_too_large"),
        ('{"a":999999999999.9999999}', "event.number_too_large"),
        ('{"a":1e400}', "event.number_too_large"),
        ('{"a":NaN}', "event.not_json"),
        ('{"a":"x\\u0000y"}', "event.nul"),
        ('{"a\\u0000":1}', "event.nul"),
        ("[1]", "event.props_not_an_object"),
        ('{"$number":"1"}', "event.reserved_key"),
        ('{"a":{"$number":1}}', "event.reserved_key"),
        ('{"a":{"$number":"1","b":2}}', "event.reserved_key"),
        ('{"a":' * 21 + "1" + "}" * 21, "event.too_deep"),
        ('{"a":' + "[" * 5000 + "]" * 5000 + "}", "event.too_deep"),
        ('{"%s":1}' % ("k" * 201), "event.key_too_long"),
        ('{"a":"%s"}' % ("x" * 33_000), "event.props_too_long"),
        ('{"a":"%s"}' % ("x" * 300_000), "event.props_too_long"),
        ('{"a":', "event.not_json"),
    ],
)
def test_a_value_out_of_bounds_is_refused(raw, code):
    with pytest.raises(Invalid) as refused:
        canonical_json(raw.encode())
    assert refused.value.problems[0].code == code


def test_twenty_levels_and_a_key_of_two_hundred_are_allowed():
    deep = '{"a":' * 20 + "1" + "}" * 20
    assert canonical_json(deep.encode()) == deep
    assert canonical_json(('{"%s":1}' % ("k" * 200)).encode())


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "\ud800", object()])
def test_decoded_values_are_held_to_the_same_rules(value):
    with pytest.raises(Invalid):
        canonical_props({"a": value})


_scalars = (
    st.none() | st.booleans() | st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
)
_numbers = st.decimals(min_value=-(10**11), max_value=10**11, places=6) | st.integers(-(10**11), 10**11)
_trees = st.recursive(
    _scalars | _numbers,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("ab.é", max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.text("abc ", min_size=1, max_size=3), _trees, max_size=4))
def test_the_canonical_form_of_a_canonical_form_is_itself(tree):
    once = canonical_props(tree)
    assert canonical_json(once.encode()) == once
    assert canonical_props(json.loads(once, parse_float=Decimal)) == once


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(st.text("abc", min_size=1, max_size=3), _numbers | st.booleans(), min_size=2, max_size=4),
    st.randoms(),
)
def test_the_order_and_spacing_of_the_wire_do_not_show(tree, random):
    names = list(tree)
    random.shuffle(names)
    wire = json.dumps(
        {name: str(tree[name]) if isinstance(tree[name], Decimal) else tree[name] for name in names}, indent=1
    )
    tight = canonical_props(
        {name: str(tree[name]) if isinstance(tree[name], Decimal) else tree[name] for name in tree}
    )
    assert canonical_json(wire.encode()) == tight
