from django.apps import AppConfig


class WorkspacesConfig(AppConfig):
    name = "yutang.workspaces"
    label = "workspaces"

    def ready(self) -> None:
        from yutang.kernel.rooms import register
        from yutang.workspaces.room import ROOM

        register(ROOM)
