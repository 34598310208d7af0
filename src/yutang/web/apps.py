from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "yutang.web"
    label = "web"

    def ready(self) -> None:
        from yutang.kernel.rooms import register
        from yutang.web.room import ROOM

        register(ROOM)
