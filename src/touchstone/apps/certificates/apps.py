from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "touchstone.apps.certificates"
    label = "certificates"
