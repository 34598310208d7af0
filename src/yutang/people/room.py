"""What this room puts on the house's common table."""

from yutang.kernel.rooms import NavItem, Room
from yutang.kernel.text import Text
from yutang.people.page_texts import TEXTS as PAGE_TEXTS
from yutang.people.queries import digest
from yutang.people.texts import TEXTS

ROOM = Room(
    name="people",
    title=TEXTS["people.title"],
    nav=(NavItem("people/", Text(zh="用户", en="People"), 30),),
    texts={**TEXTS, **PAGE_TEXTS},
    digest=digest,
)
