from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "yutang.kernel"
    label = "kernel"

    def ready(self) -> None:
        from yutang.kernel.room import ROOM
        from yutang.kernel.rooms import register
        from yutang.kernel.text import add_language_texts

        register(ROOM)
        add_language_texts()
