from django.contrib import admin

from touchstone.apps.readonly import ReadOnly
from touchstone.apps.register.models import LedgerEntry, LedgerHead, RegisterSpan


@admin.register(LedgerEntry)
class LedgerEntryAdmin(ReadOnly):
    list_display = ("number", "organisation", "hash", "key")
    search_fields = ("organisation", "hash")


@admin.register(LedgerHead)
class LedgerHeadAdmin(ReadOnly):
    list_display = ("day", "number", "hash", "key")
    search_fields = ("hash",)


@admin.register(RegisterSpan)
class RegisterSpanAdmin(ReadOnly):
    list_display = ("name", "level", "country", "starts", "ends", "standing", "valid_from", "valid_until")
    list_filter = ("level", "standing", "country")
    search_fields = ("folded", "organisation")
