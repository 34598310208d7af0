"""The population's statistics: wide bounds, since they say what kind of pond it is, not how the dice fell."""

from collections import Counter
from datetime import date, datetime
from itertools import pairwise

from tests.simulator.ponds import END, SMALL, events, lines

from yutang.simulator.rules.rhythm import weight_of


def _share(count: int, of: int) -> float:
    return count / of


def test_everyone_becomes_a_friend_once() -> None:
    added = Counter(line["person"] for line in events("friend.added"))
    assert set(added.values()) == {1}
    assert 0.97 * SMALL.people <= len(added) <= SMALL.people


def test_friends_come_by_every_way_in_and_most_through_shops_and_live_rooms() -> None:
    ways = Counter(line["channel"] for line in events("friend.added"))
    assert set(ways) == {"store_qr", "live", "referral", "moments", "douyin", "group"}
    assert 0.45 < _share(ways["store_qr"] + ways["live"], ways.total()) < 0.70


def test_a_few_buy_much_and_most_buy_nothing() -> None:
    orders = Counter(line["person"] for line in events("order.paid"))
    assert 0.25 < _share(len(orders), SMALL.people) < 0.65
    most = sorted(orders.values(), reverse=True)
    assert sum(most[: SMALL.people // 10]) > 0.4 * sum(most)


def test_amounts_are_money_with_at_most_two_decimals() -> None:
    amounts = [line["props"]["amount"] for line in events("order.paid")]
    assert all(9 <= amount < 20_000 and round(amount, 2) == amount for amount in amounts)
    assert 150 < sum(amounts) / len(amounts) < 800


def test_every_refund_retracts_its_order_and_few_orders_are_refunded() -> None:
    paid = {line["id"] for line in events("order.paid")}
    retracted = [line["retract"] for line in lines() if "retract" in line]
    assert set(retracted) <= paid
    assert len(retracted) == len(events("order.refunded"))
    assert 0.02 < _share(len(retracted), len(paid)) < 0.12


def test_visitors_are_merged_and_few_of_them_unmerged_later() -> None:
    merged = [line["merge"] for line in lines() if "merge" in line]
    apart = [line["unmerge"] for line in lines() if "unmerge" in line]
    assert 0.08 < _share(len(merged), SMALL.people) < 0.20
    assert all(pair in merged for pair in apart)
    assert 0 < len(apart) < 0.2 * len(merged)
    seen = {line["person"] for line in events("page.viewed")}
    assert all(visitor in seen for visitor, _ in merged)


def test_evenings_are_busy_and_small_hours_are_quiet() -> None:
    hours = Counter(int(line["at"][11:13]) for line in events("page.viewed"))
    assert sum(hours[hour] for hour in (20, 21, 22)) > 8 * sum(hours[hour] for hour in (3, 4, 5))


def test_weekends_are_busier_than_mondays() -> None:
    days = Counter(datetime.fromisoformat(line["at"]).weekday() for line in events("page.viewed"))
    assert days[5] > days[0]
    assert days[6] > days[0]


def test_live_rooms_open_on_their_evenings_only() -> None:
    opened = {
        (moment.weekday(), moment.hour)
        for moment in (datetime.fromisoformat(line["at"]) for line in events("live.entered"))
    }
    assert {weekday for weekday, _ in opened} == {1, 3, 5}
    assert {hour for _, hour in opened} == {20, 21}


def test_people_talk_both_ways_mentor_each_other_and_leave() -> None:
    sent, received = events("message.sent"), events("message.received")
    assert 0.5 < _share(len(received), len(sent)) < 1
    mentors = [(line["person"], line["relate"]["mentor"]) for line in lines() if "relate" in line]
    assert mentors
    assert all(mentor < person for person, mentor in mentors)
    assert 0.05 < _share(len(events("friend.removed")), SMALL.people) < 0.35


def test_nothing_happens_after_the_end_and_each_persons_lines_are_in_time_order() -> None:
    assert all(datetime.fromisoformat(line["at"]).timestamp() <= END for line in lines())
    for one, other in pairwise(lines()):
        if "person" in one and one["person"] == other.get("person"):
            assert one["at"] <= other["at"]


def test_sales_days_stand_out() -> None:
    assert weight_of(date(2026, 11, 11)) > 2.5 * weight_of(date(2026, 11, 4))
    assert weight_of(date(2026, 2, 17)) < 0.5 * weight_of(date(2026, 3, 17))
