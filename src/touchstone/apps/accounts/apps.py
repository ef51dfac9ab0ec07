from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "touchstone.apps.accounts"
    label = "accounts"
