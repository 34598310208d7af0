from yutang.kernel.rooms import Room
from yutang.kernel.text import Text
from yutang.web.texts import TEXTS

ROOM = Room(name="web", title=Text(zh="页面", en="Pages"), texts=TEXTS)
