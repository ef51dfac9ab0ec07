from django.contrib import admin

from touchstone.apps.credentials.models import IssuedCredential
from touchstone.apps.readonly import ReadOnly


@admin.register(IssuedCredential)
class IssuedCredentialAdmin(ReadOnly):
    list_display = ("number", "version", "organisation", "level", "valid_until", "revoked", "suspended")
    list_filter = ("level", "revoked", "suspended")
    search_fields = ("organisation",)
