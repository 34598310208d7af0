from yutang.console.texts import TEXTS
from yutang.kernel.rooms import NavItem, Room
from yutang.kernel.text import Text

ROOM = Room(
    name="console",
    title=Text(zh="工作台", en="Home"),
    texts=TEXTS,
    nav=(NavItem("", Text(zh="工作台", en="Home"), order=10, icon="home"),),
)
