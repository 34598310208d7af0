from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "yutang.events"
    label = "events"

    def ready(self) -> None:
        from yutang.events.room import ROOM
        from yutang.kernel.rooms import register

        register(ROOM)
