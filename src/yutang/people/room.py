"""What this room puts on the house's common table."""

from importlib.util import find_spec

from yutang.kernel.rooms import NavItem, Room
from yutang.kernel.text import Text
from yutang.people.queries import digest
from yutang.people.texts import TEXTS


def _texts() -> dict[str, Text]:
    if not find_spec("yutang.people.page_texts"):
        return TEXTS
    from yutang.people.page_texts import TEXTS as PAGE_TEXTS

    return TEXTS | PAGE_TEXTS


ROOM = Room(
    name="people",
    title=TEXTS["people.title"],
    nav=(NavItem("people/", Text(zh="用户", en="People"), 30),),
    texts=_texts(),
    digest=digest,
)
