"""Which values name a person."""

import pytest

from yutang.people.rules import check_key, named


@pytest.mark.parametrize("value", ["", "null", "undefined", "anonymous", "0"])
def test_values_that_clients_send_for_nobody_never_name_anybody(value: str) -> None:
    problem = check_key(value)
    assert problem is not None
    assert problem.code == "people.never_names"


@pytest.mark.parametrize("value", ["u1", "00", "Null", "张三", "🙂", "x" * 255])
def test_other_values_name_a_person(value: str) -> None:
    assert check_key(value) is None


def test_a_key_is_not_endless_and_has_no_nul() -> None:
    too_long, nul = check_key("x" * 256), check_key("a\x00b")
    assert too_long is not None
    assert too_long.code == "people.key_too_long"
    assert nul is not None
    assert nul.code == "people.key_nul"


def test_a_plain_key_is_a_user_id() -> None:
    assert named("u1") == (("user_id", "u1"),)
