from django.contrib import admin

from touchstone.apps.readonly import ReadOnly
from touchstone.apps.watching.models import Watch


@admin.register(Watch)
class WatchAdmin(ReadOnly):
    list_display = ("address", "webhook", "made", "confirmed", "answered", "failures", "failure", "stopped")
    list_filter = ("level", "country")
    search_fields = ("address",)
    exclude = ("handle",)
