from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "yutang.kernel"
    label = "kernel"
