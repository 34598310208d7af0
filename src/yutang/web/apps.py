from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "yutang.web"
    label = "web"
