from yutang.kernel.rooms import Room
from yutang.kernel.text import Text
from yutang.simulator.texts import TEXTS

ROOM = Room(name="simulator", title=Text(zh="模拟", en="Simulator"), texts=TEXTS)
