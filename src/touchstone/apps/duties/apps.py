from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "touchstone.apps.duties"
    label = "duties"
