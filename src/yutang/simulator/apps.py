from django.apps import AppConfig


class SimulatorConfig(AppConfig):
    name = "yutang.simulator"
    label = "simulator"

    def ready(self) -> None:
        from yutang.kernel.rooms import register
        from yutang.simulator.room import ROOM

        register(ROOM)
