from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "touchstone.apps.notices"
    label = "notices"
