from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "touchstone.apps.register"
    label = "register"
