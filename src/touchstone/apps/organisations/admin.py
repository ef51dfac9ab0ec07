from django.contrib import admin

from touchstone.apps.organisations.models import Organisation
from touchstone.apps.readonly import ReadOnly


@admin.register(Organisation)
class OrganisationAdmin(ReadOnly):
    list_display = ("name", "key", "country", "portfolio")
    list_filter = ("country",)
    search_fields = ("name", "folded", "key")
