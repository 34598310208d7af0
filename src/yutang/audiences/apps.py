from django.apps import AppConfig


class AudiencesConfig(AppConfig):
    name = "yutang.audiences"
    label = "audiences"

    def ready(self) -> None:
        from yutang.audiences.room import ROOM
        from yutang.kernel.rooms import register

        register(ROOM)
