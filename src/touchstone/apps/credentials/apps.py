from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    name = "touchstone.apps.credentials"
    label = "credentials"
