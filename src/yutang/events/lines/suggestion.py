"""A first guess at what a table's columns mean, from names that shops and their software use."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence

from yutang.events.lines.mapping import Field, Mapping

_KNOWN = {
    "person": "person person_id user_id userid uid customer_id customerid cust_id member_id memberid buyer_id openid unionid "
    "phone mobile email 用户 用户id 会员 会员id 会员号 会员编号 客户 客户id 客户编号 买家 手机 手机号",
    "at": "at time timestamp datetime date created_at created paid_at pay_time order_time order_date event_time occurred_at "
    "时间 日期 下单时间 支付时间 付款时间 创建时间 交易时间 下单日期",
    "id": "event_id order_id orderid order_no order_sn transaction_id invoice message_id 订单号 订单编号 交易号 流水号",
    "kind": "kind event event_name event_type 事件 事件名 事件类型",
    "channel": "channel 渠道",
}
_NUMBERS = re.compile(
    r"(?i)(^|_)(amount|price|total|value|quantity|qty|count|number|sum|paid|fee|cds)(_|$)|金额|数量|单价|总价|实付|件数"
)
PURCHASE = "order.paid"


def suggest(columns: Sequence[str]) -> Mapping | None:
    """None when no column looks like a person."""
    found: dict[str, str] = {}
    for column in columns:
        for role, names in _KNOWN.items():
            if role not in found and _plain(column) in names.split():
                found[role] = column
                break
    if "person" not in found:
        return None
    rest = tuple(
        Field(_name(column), column, "number" if _NUMBERS.search(column) else "auto")
        for column in columns
        if column not in found.values() and column.strip()
    )
    if "at" not in found:
        return Mapping(person=found["person"], traits=rest)
    kind = found.get("kind", PURCHASE)
    return Mapping(
        found["person"],
        kind,
        found["at"],
        id=found.get("id", ""),
        channel=found.get("channel", ""),
        props=rest,
    )


def _plain(column: str) -> str:
    return re.sub(r"[\s\-]+", "_", column.strip()).casefold()


def _name(column: str) -> str:
    """The column's own name, as an expression can say it."""
    return re.sub(r"\W+", "_", column.strip()).strip("_") or column


def as_flags(mapping: Mapping) -> str:
    """As one would type it."""
    words = [f"--person {shlex.quote(mapping.person)}"]
    words += [
        f"--{name} {shlex.quote(value)}"
        for name in ("kind", "at", "id", "channel")
        if (value := getattr(mapping, name))
    ]
    for flag, fields in (("prop", mapping.props), ("trait", mapping.traits)):
        for each in fields:
            type_ = "" if each.type == "auto" else f":{each.type}"
            words.append(f"--{flag} " + shlex.quote(f"{each.name}{type_}={each.column}"))
    return " ".join(words)
