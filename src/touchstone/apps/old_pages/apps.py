from django.apps import AppConfig


class OldPagesConfig(AppConfig):
    name = "touchstone.apps.old_pages"
    label = "old_pages"
