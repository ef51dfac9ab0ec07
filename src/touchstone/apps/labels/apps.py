from django.apps import AppConfig


class LabelsConfig(AppConfig):
    name = "touchstone.apps.labels"
    label = "labels"
