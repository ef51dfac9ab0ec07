from django.contrib import admin

from touchstone.apps.readonly import ReadOnly
from touchstone.apps.register.models import LedgerEntry, RegisterRow


@admin.register(LedgerEntry)
class LedgerEntryAdmin(ReadOnly):
    list_display = ("number", "organisation", "hash", "key")
    search_fields = ("organisation", "hash")


@admin.register(RegisterRow)
class RegisterRowAdmin(ReadOnly):
    list_display = ("name", "level", "country", "valid_from", "valid_until", "stopped")
    list_filter = ("level", "country")
    search_fields = ("folded", "organisation")
