from django.contrib import admin

from touchstone.apps.certificates.models import Certificate
from touchstone.apps.readonly import ReadOnly


@admin.register(Certificate)
class CertificateAdmin(ReadOnly):
    list_display = ("entry", "organisation", "level", "language", "sealed_at")
    list_filter = ("level", "language")
    search_fields = ("organisation", "sha256")
