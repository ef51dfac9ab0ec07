from django.apps import AppConfig


class WatchingConfig(AppConfig):
    name = "touchstone.apps.watching"
    label = "watching"
