from django.apps import AppConfig


class AudiencesConfig(AppConfig):
    name = "yutang.audiences"
    label = "audiences"
