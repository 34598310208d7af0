from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "yutang.people"
    label = "people"

    def ready(self) -> None:
        from yutang.kernel.rooms import register
        from yutang.people.room import ROOM

        register(ROOM)
