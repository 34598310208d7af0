"""Segment's calls as facts. Pure: time of receipt and ids are given.

https://segment.com/docs/connections/spec/ describes the calls; what they become is in ``docs/ingest.md``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from yutang.events.rules import DAY, Fact
from yutang.events.values import EARLIEST, canonical_json, canonical_props, parse_time
from yutang.language.problem import Invalid, Problem
from yutang.people.rules import ANONYMOUS, NEVER, USER, Names, check_key

ITEM_BYTES = 32 * 1024
MESSAGE_ID_LENGTH = 240
"""Shorter than a fact's id may be: a call that becomes several facts gives them ids of its own with an ending."""
TEXT_LENGTH = 200
CALLS = ("identify", "track", "page", "screen", "group", "alias")

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001
_MICROSECOND = timedelta(microseconds=1)
_WRONG_TYPE = re.compile(
    r"Expected `(?P<expected>[^`]*)`, got `(?P<got>[^`]*)`(?: - at `\$\.?(?P<path>.*)`)?"
)
_JAVASCRIPT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII).fullmatch
_props = msgspec.json.Decoder(dict[str, Any]).decode


class Context(msgspec.Struct, gc=False):
    library: Any = None
    channel: Any = None
    source: Any = None
    timezone: Any = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is known of a call besides its items. ``received_at``, ``sent_at``: microseconds UTC."""

    received_at: int
    sent_at: int | None
    source: str
    """The write key's name: where an item comes from when it does not say."""
    zone: str
    """The workspace's: of times without a zone."""
    new_id: Callable[[], str]
    context: Context | None = None
    """A batch may have one for those of its items that have none."""


class Item(msgspec.Struct, rename="camel", gc=False):
    """One call on the wire. Everything we do not name is passed over."""

    type: str = ""
    message_id: str | int | None = None
    user_id: str | int | None = None
    anonymous_id: str | int | None = None
    previous_id: str | int | None = None
    group_id: str | int | None = None
    event: str | None = None
    name: str | None = None
    category: str | None = None
    timestamp: str | float | None = None
    original_timestamp: str | float | None = None
    sent_at: Any = None
    channel: Any = None
    context: Context | None = None
    properties: msgspec.Raw = msgspec.Raw()
    traits: msgspec.Raw = msgspec.Raw()


_item = msgspec.json.Decoder(Item).decode
_NOTHING = (b"", b"null", b"{}")


def read(raw: bytes | msgspec.Raw, receipt: Receipt, *, call: str = "") -> list[Fact]:
    """The facts of one undecoded item. ``call``: what the address said, else the item's ``type``. Raises ``Invalid``.

    A problem's ``where`` is the field's name within the item.
    """
    content = bytes(raw)
    if len(content) > ITEM_BYTES:
        raise Invalid(Problem("ingest.item_too_large", {"limit": ITEM_BYTES}))
    item = _decoded(content)
    kind = call or item.type
    translate = _TRANSLATE.get(kind)
    if translate is None:
        raise Invalid(
            Problem("ingest.unknown_type", {"type": kind[:60], "known": ", ".join(CALLS)}, where="type")
        )
    if item.context is None:
        item.context = receipt.context
    return translate(item, receipt, _message_id(item, receipt), _at(item, receipt))


def _decoded(raw: bytes) -> Item:
    try:
        return _item(raw)
    except RecursionError:
        raise Invalid(Problem("event.too_deep", {"most": 20})) from None
    except msgspec.ValidationError as error:
        raise Invalid(_wrong_type(str(error))) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Invalid(Problem("event.not_json", {"reason": str(error)})) from None


def _wrong_type(message: str) -> Problem:
    found = _WRONG_TYPE.match(message)
    if not found:
        return Problem("event.not_json", {"reason": message})
    expected = found["expected"].replace(" | null", "")
    return Problem(
        "ingest.wrong_type", {"expected": expected, "got": found["got"]}, where=found["path"] or ""
    )


# -- what every call has -----------------------------------------------------------------------------------------------


def _message_id(item: Item, receipt: Receipt) -> str:
    given = item.message_id
    if given is None or given == "":
        return receipt.new_id()
    return _short(str(given), "messageId", MESSAGE_ID_LENGTH)


def _short(text: str, where: str, limit: int = TEXT_LENGTH) -> str:
    if len(text) > limit:
        raise Invalid(Problem("ingest.too_long", {"limit": limit}, where=where))
    if "\x00" in text:
        raise Invalid(Problem("event.nul", where=where))
    return text


def _at(item: Item, receipt: Receipt) -> int:
    """When it happened, by our clock: the client's clock is off by (receipt − sent), as far as it says when it sent.

    A call that has both ``timestamp`` and ``originalTimestamp`` has been through a collector that corrected the first.
    """
    at = _corrected(item, receipt)
    if at > receipt.received_at + DAY:
        raise Invalid(Problem("event.too_far_ahead", where="timestamp"))
    return at


def _corrected(item: Item, receipt: Receipt) -> int:
    if item.timestamp is not None:
        at = _time(item.timestamp, "timestamp", item, receipt)
        if item.original_timestamp is not None:
            return at
    elif item.original_timestamp is not None:
        at = _time(item.original_timestamp, "originalTimestamp", item, receipt)
    else:
        return receipt.received_at
    sent = receipt.sent_at if item.sent_at is None else sent_at(item.sent_at)
    return at if sent is None else receipt.received_at - (sent - at)


def sent_at(value: Any) -> int | None:
    """When the client says it sent, or None: a call is not refused for that."""
    try:
        micros, is_naive = parse_time(value)
    except Invalid:
        return None
    return None if is_naive else micros


def _time(value: str | float, where: str, item: Item, receipt: Receipt) -> int:
    plain = _utc(value) if type(value) is str else None
    if plain is not None:
        return plain
    try:
        micros, is_naive = parse_time(value)
    except Invalid as error:
        raise _at_field(error, where) from None
    return _in_zone(micros, _zone(item, receipt)) if is_naive else micros


def _utc(text: str) -> int | None:
    """The form in which JavaScript writes a time, read quickly; None for every other text, and for what may be refused."""
    if not _JAVASCRIPT(text):
        return None
    try:
        since = datetime.fromisoformat(text[:23]) - _EPOCH
    except ValueError:
        return None
    micros = (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
    return micros if micros >= EARLIEST else None


def _zone(item: Item, receipt: Receipt) -> ZoneInfo:
    named = item.context.timezone if item.context else None
    return (
        (_zone_info(named) if isinstance(named, str) else None) or _zone_info(receipt.zone) or ZoneInfo("UTC")
    )


@lru_cache(maxsize=1000)
def _zone_info(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _in_zone(wall: int, zone: ZoneInfo) -> int:
    moment = (_EPOCH + wall * _MICROSECOND).replace(tzinfo=zone).astimezone(UTC)
    return (moment.replace(tzinfo=None) - _EPOCH) // _MICROSECOND


def _at_field(error: Invalid, where: str) -> Invalid:
    return Invalid(*(Problem(each.code, each.params, where=where) for each in error.problems))


def _who(item: Item) -> Names:
    """The names of the person, ``userId`` first; values that never identify are as if they were not there."""
    user, anonymous = item.user_id, item.anonymous_id
    has_user = user is not None and str(user) not in NEVER
    if anonymous is None or str(anonymous) in NEVER:
        if not has_user:
            raise Invalid(Problem("ingest.nobody"))
        return ((USER, _named(user, "userId")),)
    device = (ANONYMOUS, _named(anonymous, "anonymousId"))
    return ((USER, _named(user, "userId")), device) if has_user else (device,)


def _identifies(value: str | int | None) -> bool:
    return value is not None and str(value) not in NEVER


def _named(value: str | int | None, where: str) -> str:
    name = str(value)
    problem = check_key(name)
    if problem:
        raise Invalid(Problem(problem.code, problem.params, where=where))
    return name


def _channel(item: Item) -> str | None:
    given = item.channel
    if given is None and item.context is not None:
        given = item.context.channel
    return _short(given, "channel") if isinstance(given, str) and given else None


def _source(item: Item, receipt: Receipt) -> str:
    context = item.context
    if context is None:
        return receipt.source
    if isinstance(context.source, str) and context.source:
        return _short(context.source, "context.source")
    name = context.library.get("name") if isinstance(context.library, dict) else None
    return _short(name, "context.library.name") if isinstance(name, str) and name else receipt.source


def _canonical(raw: msgspec.Raw, where: str) -> str:
    content = bytes(raw)
    if content in _NOTHING:
        return "{}"
    try:
        return canonical_json(content)
    except Invalid as error:
        raise _at_field(error, where) from None


def _with(props: str, **more: str | None) -> str:
    """The same with some values of our own, where they are given."""
    given = {name: value for name, value in more.items() if value is not None}
    return canonical_props(_props(props) | given) if given else props


# -- the calls ---------------------------------------------------------------------------------------------------------


def _track(item: Item, receipt: Receipt, id: str, at: int) -> list[Fact]:
    if not item.event:
        raise Invalid(Problem("ingest.no_event", where="event"))
    kind = _short(item.event, "event")
    props = _canonical(item.properties, "properties")
    return [Fact("event", id, at, _who(item), kind, props, _channel(item), _source(item, receipt))]


def _viewed(kind: str) -> Callable[[Item, Receipt, str, int], list[Fact]]:
    def viewed(item: Item, receipt: Receipt, id: str, at: int) -> list[Fact]:
        props = _canonical(item.properties, "properties")
        if item.name is not None or item.category is not None:
            try:
                props = _with(props, name=item.name, category=item.category)
            except Invalid as error:
                raise _at_field(error, "name") from None
        return [Fact("event", id, at, _who(item), kind, props, _channel(item), _source(item, receipt))]

    return viewed


def _identify(item: Item, receipt: Receipt, id: str, at: int) -> list[Fact]:
    traits = _canonical(item.traits, "traits")
    return [Fact("traits", id, at, _who(item), "", traits, _channel(item), _source(item, receipt))]


def _group(item: Item, receipt: Receipt, id: str, at: int) -> list[Fact]:
    """Joining is an event, being in the group a relation. The group itself is not a person."""
    if not _identifies(item.group_id):
        raise Invalid(Problem("ingest.no_group", where="groupId"))
    group = _named(item.group_id, "groupId")
    who, channel, source = _who(item), _channel(item), _source(item, receipt)
    props = _with(_canonical(item.traits, "traits"), group_id=group)
    relation = canonical_props({"group": group})
    return [
        Fact("event", id, at, who, "group.joined", props, channel, source),
        Fact("relate", f"{id}:group", at, who, "", relation, channel, source),
    ]


def _alias(item: Item, receipt: Receipt, id: str, at: int) -> list[Fact]:
    """The previous id may have been a user's or a device's."""
    if not _identifies(item.previous_id):
        raise Invalid(Problem("ingest.no_previous", where="previousId"))
    previous = _named(item.previous_id, "previousId")
    who = _who(item)
    if who[0] == (USER, previous):
        raise Invalid(Problem("ingest.same_previous", where="previousId"))
    return [Fact("merge", id, at, who, other=((USER, previous), (ANONYMOUS, previous)))]


_TRANSLATE: dict[str, Callable[[Item, Receipt, str, int], list[Fact]]] = {
    "track": _track,
    "page": _viewed("page.viewed"),
    "screen": _viewed("screen.viewed"),
    "identify": _identify,
    "group": _group,
    "alias": _alias,
}
