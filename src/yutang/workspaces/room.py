from yutang.kernel.rooms import Room
from yutang.kernel.text import Text
from yutang.workspaces import queries
from yutang.workspaces.texts import TEXTS

ROOM = Room(
    name="workspaces",
    title=Text(zh="工作区", en="Workspaces"),
    texts=TEXTS,
    digest=queries.digest,
)
