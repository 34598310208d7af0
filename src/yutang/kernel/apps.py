from importlib.util import find_spec

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "yutang.kernel"
    label = "kernel"

    def ready(self) -> None:
        from yutang.kernel.room import ROOM
        from yutang.kernel.rooms import register

        register(ROOM)
        _add_language_texts()


def _add_language_texts() -> None:
    """The language stands below the kernel and keeps its words as plain ``(zh, en)`` pairs."""
    from yutang.kernel.text import Text, add_texts

    if find_spec("yutang.language.texts"):
        from yutang.language.texts import TEXTS

        add_texts({code: Text(*pair) for code, pair in TEXTS.items()})
