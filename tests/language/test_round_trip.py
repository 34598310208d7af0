"""Text, nodes and JSON say the same."""

import json

from hypothesis import given, settings
from tests.language.strategies import Vocabulary, conditions

from yutang.language import check, from_json, needs, parse, show, to_json, type_of

WITH_EVENT = Vocabulary(has_event=True)


@given(conditions(depth=4))
@settings(max_examples=300)
def test_the_canonical_text_is_read_as_the_same_nodes(node):
    assert parse(show(node)) == node


@given(conditions(WITH_EVENT))
def test_the_canonical_text_is_the_same_again(node):
    assert show(parse(show(node))) == show(node)


@given(conditions(WITH_EVENT))
def test_json_is_read_as_the_same_nodes(node):
    assert from_json(json.loads(json.dumps(to_json(node)))) == node


@given(conditions(WITH_EVENT))
def test_well_typed_conditions_pass_the_check(node):
    assert type_of(node) == "boolean"
    assert all(each.severity == "warning" for each in check(node, has_event=True))


@given(conditions(WITH_EVENT))
def test_needs_do_not_depend_on_how_the_condition_is_written(node):
    assert needs(node) == needs(parse(show(node)))
