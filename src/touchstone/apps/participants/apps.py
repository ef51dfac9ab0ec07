from django.apps import AppConfig


class ParticipantsConfig(AppConfig):
    name = "touchstone.apps.participants"
    label = "participants"
