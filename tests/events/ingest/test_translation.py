"""What each of Segment's calls becomes."""

from tests.events.ingest.calls import NOON, fact, facts, item

from yutang.events.rules import Fact
from yutang.events.segment import Context

U1 = (("user_id", "u1"),)


def test_track_is_an_event_of_that_name() -> None:
    said = item(properties={"sku": "茶", "amount": 12.50}, context={"library": {"name": "analytics-python"}})
    expected = Fact(
        "event", "m1", NOON, U1, "order.paid", '{"amount":12.5,"sku":"茶"}', None, "analytics-python"
    )
    assert fact(said) == expected


def test_page_and_screen_have_kinds_of_their_own_and_keep_their_name() -> None:
    page = fact(item("page", name="Home", category="Docs", properties={"url": "/"}))
    screen = fact(item("screen", name="Cart"))
    assert (page.kind, page.props) == ("page.viewed", '{"category":"Docs","name":"Home","url":"/"}')
    assert (screen.kind, screen.props) == ("screen.viewed", '{"name":"Cart"}')


def test_identify_is_a_fact_of_traits_even_without_any() -> None:
    named = fact(item("identify", traits={"city": "上海", "vip": None}))
    empty = fact(item("identify", traits=None))
    assert (named.fact, named.kind, named.props) == ("traits", "", '{"city":"上海","vip":null}')
    assert empty.props == "{}"


def test_group_is_an_event_and_a_relation() -> None:
    joined, relation = facts(item("group", groupId="g7", traits={"plan": "pro"}))
    assert (joined.fact, joined.kind, joined.props) == (
        "event",
        "group.joined",
        '{"group_id":"g7","plan":"pro"}',
    )
    assert (relation.fact, relation.id, relation.props) == ("relate", "m1:group", '{"group":"g7"}')
    assert relation.other == ()


def test_alias_is_a_merge_with_whoever_had_the_previous_id() -> None:
    merge = fact(item("alias", previousId="old"))
    assert (merge.fact, merge.who) == ("merge", U1)
    assert merge.other == (("user_id", "old"), ("anonymous_id", "old"))


def test_the_user_id_stands_before_the_anonymous_id() -> None:
    assert fact(item(anonymousId="a1")).who == (("user_id", "u1"), ("anonymous_id", "a1"))
    assert fact(item(userId=None, anonymousId="a1")).who == (("anonymous_id", "a1"),)


def test_an_id_that_is_a_whole_number_is_its_digits() -> None:
    assert fact(item(userId=42)).who == (("user_id", "42"),)


def test_values_that_never_identify_are_passed_over() -> None:
    for nobody in ("", "null", "undefined", "anonymous", "0", 0, None):
        assert fact(item(userId=nobody, anonymousId="a1")).who == (("anonymous_id", "a1"),)
        assert fact(item(anonymousId=nobody)).who == U1


def test_without_a_message_id_the_fact_gets_one() -> None:
    assert fact(item(messageId=...)).id == "made"
    assert fact(item(messageId="")).id == "made"


def test_the_channel_is_the_calls_or_its_contexts() -> None:
    assert fact(item(channel="server", context={"channel": "mobile"})).channel == "server"
    assert fact(item(context={"channel": "mobile"})).channel == "mobile"
    assert fact(item()).channel is None


def test_the_source_is_the_context_s_the_library_s_or_the_key_s() -> None:
    assert fact(item(context={"source": "till", "library": {"name": "x"}})).source == "till"
    assert fact(item(context={"library": "x"})).source == "shop"
    assert fact(item(), context=Context(library={"name": "for the batch"})).source == "for the batch"


def test_what_we_do_not_name_is_passed_over() -> None:
    said = item(integrations={"All": True}, _metadata={}, context={"ip": "1.2.3.4", "page": {"url": "/"}})
    assert fact(said).props == "{}"


def test_numbers_are_kept_as_they_were_written() -> None:
    said = '{"type":"track","event":"e","userId":"u","messageId":"m","properties":{"a":12345678901.1234565,"b":1e3}}'
    assert fact(said).props == '{"a":{"$number":"12345678901.123456"},"b":1000}'
