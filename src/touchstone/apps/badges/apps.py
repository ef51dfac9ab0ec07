from django.apps import AppConfig


class BadgesConfig(AppConfig):
    name = "touchstone.apps.badges"
    label = "badges"
