from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "touchstone.apps.organisations"
    label = "organisations"
