from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "yutang.console"
    label = "console"

    def ready(self) -> None:
        from yutang.console.room import ROOM
        from yutang.kernel.rooms import register

        register(ROOM)
