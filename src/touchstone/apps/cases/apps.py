from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "touchstone.apps.cases"
    label = "cases"
