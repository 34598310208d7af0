"""The functions of the language, documenting themselves: names, arguments, results, words and a runnable example each.

``parse`` and ``check`` read this table, so do the reference and the editor's help; what is not here does not exist.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

StaticType = Literal["number", "text", "boolean", "time", "list", "any"]
"""What the text of a condition alone says about a value; ``any`` is known only by the data."""

Asked = Literal[
    "any", "number", "text", "time", "text or list",  # expressions
    "kind", "property", "unit", "step", "words", "whole", "places",  # literals
]  # fmt: skip
"""What an argument must be. ``words``: a quoted text; ``whole``: 1 or more; ``places``: 0 to 6; ``time``: also an ISO text."""

COMMON = ("within", "since", "until", "where")
"""The common keywords in canonical order."""


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    asked: Asked
    optional: bool = False
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Function:
    """``most`` is None where any number of arguments may follow. ``question``: asks over events, with a node of its own."""

    name: str
    parameters: tuple[Parameter, ...]
    result: StaticType
    zh: str
    en: str
    example: str
    keywords: tuple[str, ...] = ()
    question: bool = False

    @property
    def least(self) -> int:
        return sum(1 for each in self.parameters if not each.optional)

    @property
    def most(self) -> int | None:
        return None if any(each.repeated for each in self.parameters) else len(self.parameters)

    @property
    def signature(self) -> str:
        """As a person reads it: ``count(kind, within=, since=, until=, where=)``."""
        shown = [
            f"[{each.name}]" if each.optional and not each.repeated else each.name for each in self.parameters
        ]
        shown = [name for name in shown if name != "…"] + ["…"] * (self.most is None)
        return f"{self.name}({', '.join([*shown, *(f'{each}=' for each in self.keywords)])})"

    def parameter(self, index: int) -> Parameter:
        """The parameter that takes the argument at ``index``; a repeated one takes all that follow."""
        return self.parameters[min(index, len(self.parameters) - 1)]


_KIND = Parameter("kind", "kind")
_PROPERTY = Parameter("property", "property")
_TIME = Parameter("t", "time")
_NUMBER = Parameter("x", "number")


def _over_events(
    name: str,
    result: StaticType,
    zh: str,
    en: str,
    example: str,
    *more: Parameter,
    keywords: tuple[str, ...] = COMMON,
) -> Function:
    return Function(name, (_KIND, *more), result, zh, en, example, keywords, question=True)


def _of_values(
    name: str, parameters: tuple[Parameter, ...], result: StaticType, zh: str, en: str, example: str
) -> Function:
    return Function(name, parameters, result, zh, en, example)


_QUESTIONS = (
    _over_events("did", "boolean", "做过这种事件，至少一次", "at least one such event", 'did("live.entered", within="7d")'),
    _over_events(
        "count", "number", "事件的次数，没有就是 0", "how many such events; 0 when none",
        'count("order.paid", within="30d") >= 3',
    ),
    _over_events(
        "sum", "number", "某个属性的数字之和，没有就是 0", "exact sum of the property's numbers; 0 when none",
        'sum("order.paid", "amount", within="30d") > 500', _PROPERTY,
    ),
    _over_events(
        "avg", "number", "某个属性的数字的平均值，没有则缺失", "mean of the property's numbers; missing when none",
        'avg("order.paid", "amount") >= 80', _PROPERTY,
    ),
    _over_events(
        "min", "number", "某个属性的最小数字，没有则缺失", "least of the property's numbers; missing when none",
        'min("order.paid", "amount") < 10', _PROPERTY,
    ),
    _over_events(
        "max", "number", "某个属性的最大数字，没有则缺失", "greatest of the property's numbers; missing when none",
        'max("order.paid", "amount", since="2026-01-01") >= 1000', _PROPERTY,
    ),
    _over_events(
        "distinct", "number", "某个属性有几种不同的值，没有就是 0", "number of different values of the property; 0 when none",
        'distinct("order.paid", "sku", within="90d") >= 3', _PROPERTY,
    ),
    _over_events(
        "first", "time", "最早一次的时间；写了属性，就是那一次的属性值",
        "time of the first event, or that event's value of the property",
        'first("order.paid") >= "2026-01-01"', Parameter("property", "property", optional=True),
    ),
    _over_events(
        "last", "time", "最近一次的时间；写了属性，就是那一次的属性值",
        "time of the last event, or that event's value of the property",
        'last("order.paid", "channel") == "wecom"', Parameter("property", "property", optional=True),
    ),
    _over_events(
        "streak", "number", "截至当下，连续多少天、周或月都有这种事件",
        "consecutive days, weeks or months up to now that have the event",
        'streak("app.checked_in", "day") >= 7', Parameter("unit", "unit"),
    ),
    Function(
        "sequence",
        (Parameter("step", "step"), Parameter("step", "step"), Parameter("…", "step", optional=True, repeated=True)),
        "boolean",
        "依次发生 2 到 10 步，最后一步离第一步不超过 within",
        "2 to 10 steps, each later than the one before, the last within a time of the first",
        'sequence("page.viewed", step("friend.added", where=it.channel == "live"), "order.paid", within="7d")',
        ("within",),
        question=True,
    ),
    _over_events(
        "step", "boolean", "sequence 里带条件的一步", "one step of a sequence, with a condition",
        'sequence(step("page.viewed", where=it.page == "vip"), "order.paid", within="1d")', keywords=("where",),
    ),
)  # fmt: skip

_VALUES = (
    _of_values("days_since", (_TIME,), "number", "从 t 到当下有多少天（24 小时一天，可带小数）",
               "fractional days of 24 hours from t to now", 'days_since(last("order.paid")) > 30'),
    _of_values("hours_since", (_TIME,), "number", "从 t 到当下有多少小时（可带小数）",
               "fractional hours from t to now", 'hours_since(first("friend.added")) <= 48'),
    _of_values("hour", (_TIME,), "number", "t 在本人时区的钟点，0 到 23", "hour of t in the person's zone, 0 to 23",
               "hour(now) >= 9"),
    _of_values("weekday", (_TIME,), "number", "t 在本人时区是星期几，周一为 1，周日为 7",
               "weekday of t in the person's zone, Monday = 1 to Sunday = 7", "weekday(now) in [6, 7]"),
    _of_values("date", (_TIME,), "text", "t 在本人时区的日期，如 2026-01-31", "date of t in the person's zone, YYYY-MM-DD",
               'date(now) == "2026-11-11"'),
    _of_values("is_anniversary", (_TIME,), "boolean", "今天是不是 t 的周年（2 月 29 日在平年算 28 日）",
               "whether today has the month and day of t, in a later year", "is_anniversary(person.birthday)"),
    _of_values("exists", (Parameter("x", "any"),), "boolean", "有没有值", "whether there is a value",
               "exists(person.phone)"),
    _of_values("coalesce", (Parameter("a", "any"), Parameter("b", "any"), Parameter("…", "any", optional=True, repeated=True)),
               "any", "第一个不缺失的值", "the first value that is not missing",
               'coalesce(person.level, 0) >= 3'),
    _of_values("contains", (Parameter("a", "text or list"), Parameter("b", "any")), "boolean",
               "文本 a 含有文本 b，或列表 a 含有元素 b", "text a contains text b, or list a has the element b",
               'contains(person.interests, "咖啡")'),
    _of_values("startswith", (Parameter("a", "text"), Parameter("b", "text")), "boolean", "文本 a 以文本 b 开头",
               "text a starts with text b", 'startswith(person.phone, "138")'),
    _of_values("lower", (Parameter("a", "text"),), "text", "转成小写", "the text in lower case",
               'lower(person.plan) == "pro"'),
    _of_values("len", (Parameter("a", "text or list"),), "number", "文本的字数，或列表的元素个数",
               "code points of a text, or elements of a list", "len(person.interests) >= 2"),
    _of_values("abs", (_NUMBER,), "number", "绝对值", "absolute value", "abs(person.balance) > 100"),
    _of_values("floor", (_NUMBER,), "number", "向下取整", "the whole number at or below x",
               "floor(person.score / 10) == 9"),
    _of_values("round", (_NUMBER, Parameter("n", "places", optional=True)), "number",
               "四舍六入五成双，保留 n 位小数（0 到 6，默认 0）", "half-even to n decimals, 0 to 6, by default 0",
               'round(avg("order.paid", "amount"), 2) >= 99.5'),
    _of_values("tagged", (Parameter("tag", "words"),), "boolean", "当下带着这个标签", "carries the tag as of the moment",
               'tagged("vip")'),
    _of_values("has_relation", (Parameter("relation", "words"),), "boolean", "当下有这种关系，如师父",
               "has that relation as of the moment to someone", 'has_relation("mentor")'),
    _of_values("hash_bucket", (Parameter("salt", "words"), Parameter("n", "whole")), "number",
               "按盐值把人固定分到 0 到 n−1 号桶，永不改变", "a bucket 0 to n−1 that never changes, by salt and person",
               'hash_bucket("new-home", 100) < 10'),
)  # fmt: skip

FUNCTIONS: Mapping[str, Function] = {each.name: each for each in (*_QUESTIONS, *_VALUES)}
VALUE_FUNCTIONS: frozenset[str] = frozenset(each.name for each in _VALUES)
"""Those that become ``Call`` nodes."""
UNITS = ("day", "week", "month")
CALENDARS = ("today", "this_week", "this_month")
SCOPES = ("person", "event", "entry", "it")
TIMES_OF_EVENT = frozenset({"at"})
TEXTS_OF_EVENT = frozenset({"kind", "channel", "source"})
OWN_OF_EVENT = TIMES_OF_EVENT | TEXTS_OF_EVENT
"""What ``event.`` and ``it.`` have besides properties."""
