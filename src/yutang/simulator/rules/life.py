"""What one person does, from the first look until they stop: a story told into a diary."""

from __future__ import annotations

from bisect import bisect_left
from random import Random

from yutang.simulator.rules.chance import Weighted, poisson
from yutang.simulator.rules.diary import Diary
from yutang.simulator.rules.habits import Habits, draw
from yutang.simulator.rules.rhythm import DAY, Rhythm, moment
from yutang.simulator.rules.words import GOODS, STAFF, WAYS_TO_BUY

_WAYS_TO_BUY = Weighted(WAYS_TO_BUY)
REFUNDS = 0.06
"""Share of orders that are paid back within a week; the order is retracted then."""
UNMERGES = 0.06
"""Share of found phone numbers that turn out to be somebody else's."""
VIP_AT = 3
"""The purchase that brings the tag."""


def key_of(number: int) -> str:
    """The key of the person with this number, from 1."""
    return f"u{number:06d}"


def staff_text(rhythm: Rhythm, mark: str) -> str:
    """The lines that introduce the staff, at the simulation's first instant."""
    diaries = []
    for key, name in STAFF:
        diary = Diary(key, mark, rhythm)
        diary.say(rhythm.first * DAY, f'"traits":{{"kind":"staff","name":"{name}"}}')
        diaries.append(diary.text())
    return "".join(diaries)


def life_text(chance: Random, *, number: int, people: int, rhythm: Rhythm, mark: str) -> str:
    """Every line of one person's life. People with higher numbers joined later."""
    diary = Diary(key_of(number), mark, rhythm)
    habits = draw(chance)
    day = rhythm.day_of(_share_joined(number / people))
    joined = moment(chance, day, habits.hours)
    _arrive(chance, diary, habits, joined)
    if habits.visited_before:
        _visit_unknown(chance, diary, habits, joined)
    if habits.mentored and number > 1:
        mentor = key_of(1 + int(chance.random() ** 2 * (number - 1)))
        diary.say(joined + 3600 + int(chance.random() * 5 * DAY), f'"relate":{{"mentor":"{mentor}"}}')
    until = min(day + 1 + int(habits.stays), rhythm.first + rhythm.days)
    _shop(chance, diary, habits, day, until)
    _watch(chance, diary, habits, day, until)
    if until < rhythm.first + rhythm.days:
        _leave(chance, diary, habits, moment(chance, until, habits.hours))
    return diary.text()


def _share_joined(place: float) -> float:
    """Three in ten are in the pond within the first twentieth of the time, the others come evenly."""
    return place / 0.3 * 0.05 if place < 0.3 else 0.05 + (place - 0.3) / 0.7 * 0.95


def _arrive(chance: Random, diary: Diary, habits: Habits, at: int) -> None:
    diary.event(
        at,
        "friend.added",
        habits.way_in,
        f'"staff":"{habits.staff}","code":"{habits.way_in}-{habits.staff[-1]}"',
    )
    diary.say(
        at,
        f'"traits":{{"name":"{habits.name}","city":"{habits.city}","gender":"{habits.gender}",'
        f'"birthday":"{habits.birthday}","staff":"{habits.staff}"}}',
    )
    diary.say(at + 1, f'"tag":"source:{habits.way_in}"')
    _talk(chance, diary, habits, at + 2, welcome=True)


def _visit_unknown(chance: Random, diary: Diary, habits: Habits, joined: int) -> None:
    """Looked around without a name before; the phone number, found later, connects both; now and then wrongly."""
    visitor = f"visitor-{diary.who[1:]}"
    for _ in range(1 + int(chance.random() * 4)):
        _look(chance, diary, joined - int(chance.random() * 5 * DAY) - 60, who=visitor)
    found = joined + int(chance.expovariate(1 / (6 * DAY))) + 60
    diary.event(found, "phone.bound", "mini_program", f'"phone":"100{int(chance.random() * 1e8):08d}"')
    diary.join(found + 1, "merge", visitor)
    if chance.random() < UNMERGES:
        diary.join(found + DAY + int(chance.random() * 20 * DAY), "unmerge", visitor)


def _shop(chance: Random, diary: Diary, habits: Habits, since: int, until: int) -> None:
    """Visits over the days from ``since`` up to ``until``, some with a talk, some with a purchase."""
    mean = habits.visits_per_week / 7 * diary.rhythm.weight_between(since, until)
    days = sorted(diary.rhythm.pick_day(chance, since, until) for _ in range(poisson(chance, mean)))
    bought = 0
    for day in days:
        at = moment(chance, day, habits.hours)
        goods = 0
        for _ in range(1 + int(chance.expovariate(0.9))):
            goods = _look(chance, diary, at)
            at += 20 + int(chance.random() * 160)
        if chance.random() < habits.type.chats:
            at = _talk(chance, diary, habits, at)
        if chance.random() < habits.type.buys:
            bought += 1
            _buy(chance, diary, habits, at + 30, goods, bought)


def _look(chance: Random, diary: Diary, at: int, *, who: str = "") -> int:
    """One page; answers which of the goods was on it."""
    goods = int(len(GOODS) * chance.random() ** 1.5)
    seconds = 3 + int(chance.expovariate(0.03))
    diary.event(at, "page.viewed", "mini_program", f'"sku":"{GOODS[goods][0]}","seconds":{seconds}', who=who)
    return goods


def _talk(chance: Random, diary: Diary, habits: Habits, at: int, *, welcome: bool = False) -> int:
    """A conversation with the person's staff member, both ways; answers when it ended."""
    props = f'"staff":"{habits.staff}","length":'
    if welcome:
        diary.event(at, "message.sent", "wecom", f"{props}{40 + int(chance.random() * 40)}")
        if chance.random() < 0.5:
            return at
    for _ in range(1 + int(chance.random() * 3)):
        at += 15 + int(chance.expovariate(1 / 90))
        diary.event(at, "message.received", "wecom", f"{props}{2 + int(chance.random() * 30)}")
        at += 20 + int(chance.expovariate(1 / 240))
        diary.event(at, "message.sent", "wecom", f"{props}{5 + int(chance.random() * 60)}")
    return at


def _buy(
    chance: Random, diary: Diary, habits: Habits, at: int, goods: int, bought: int, way: str = ""
) -> None:
    """One order; some are refunded, which retracts it. The third brings the tag ``vip``."""
    sku, _, price = GOODS[goods]
    cents = max(990, round(price * habits.basket * chance.lognormvariate(0, 0.15)) * 100 - 10)
    number = f"{diary.who[1:]}{diary.written:05d}"
    amount = f"{cents // 100}.{cents % 100 // 10}"
    paid = diary.event(
        at,
        "order.paid",
        way or _WAYS_TO_BUY.pick(chance),
        f'"order_id":"{number}","sku":"{sku}","amount":{amount},"staff":"{habits.staff}"',
    )
    if bought == VIP_AT:
        diary.say(at + 1, '"tag":"vip"')
    if chance.random() < REFUNDS:
        back = at + 3600 + int(chance.random() * 7 * DAY)
        diary.event(back, "order.refunded", "mini_program", f'"order_id":"{number}","amount":{amount}')
        diary.retract(back, paid)


def _watch(chance: Random, diary: Diary, habits: Habits, since: int, until: int) -> None:
    """Live evenings between the days, at eight; some end with a purchase."""
    evenings = diary.rhythm.live_days
    first, last = bisect_left(evenings, since), bisect_left(evenings, until)
    wanted = min(poisson(chance, habits.live * (last - first)), last - first)
    for place in sorted(chance.sample(range(first, last), wanted)):
        at = evenings[place] * DAY + 20 * 3600 + int(chance.random() * 5400)
        minutes = 1 + int(chance.expovariate(1 / 18))
        diary.event(at, "live.entered", "live", f'"room":"evening","minutes":{minutes}')
        if chance.random() < habits.type.buys / 2:
            goods = int(len(GOODS) * chance.random())
            _buy(chance, diary, habits, at + minutes * 30, goods, 0, "live")


def _leave(chance: Random, diary: Diary, habits: Habits, at: int) -> None:
    """They stop; a third remove the friend, the others are tagged as dormant two months later."""
    if habits.removes:
        diary.event(at, "friend.removed", "wecom", f'"staff":"{habits.staff}"')
    else:
        diary.say(at + 60 * DAY, '"tag":"dormant"')
