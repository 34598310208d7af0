from yutang.kernel import audit
from yutang.kernel.rooms import Measure, Room
from yutang.kernel.text import Text
from yutang.kernel.texts import TEXTS


def _measures() -> list[Measure]:
    return [
        Measure(
            "yutang_audit_unsealed_rows", "Audit rows that no link of the chain seals yet", audit.unsealed()
        )
    ]


ROOM = Room(
    name="kernel",
    title=Text(zh="内核", en="Kernel"),
    texts=TEXTS,
    worker_steps=(audit.seal,),
    pending=audit.unsealed,
    verify=audit.verify,
    metrics=_measures,
    crash_modules=("yutang.kernel.door", "yutang.kernel.audit"),
)
