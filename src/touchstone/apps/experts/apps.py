from django.apps import AppConfig


class ExpertsConfig(AppConfig):
    name = "touchstone.apps.experts"
    label = "experts"
