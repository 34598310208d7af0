from yutang.audiences.page_texts import TEXTS as PAGE_TEXTS
from yutang.audiences.texts import TEXTS
from yutang.kernel.rooms import NavItem, Room
from yutang.kernel.text import Text

ROOM = Room(
    name="audiences",
    title=Text(zh="人群", en="Audiences"),
    texts={**TEXTS, **PAGE_TEXTS},
    nav=(NavItem("ask/", Text(zh="提问", en="Ask"), 40, icon="ask"),),
)
