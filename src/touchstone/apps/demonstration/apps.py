from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    name = "touchstone.apps.demonstration"
    label = "demonstration"
