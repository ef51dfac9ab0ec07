from django.contrib import admin

from touchstone.apps.notices.models import OutgoingLetter
from touchstone.apps.readonly import ReadOnly


@admin.register(OutgoingLetter)
class OutgoingLetterAdmin(ReadOnly):
    """The list of letters. Their texts hold links that act for the reader, so they are not shown."""

    list_display = ("to", "kind", "subject", "made", "state", "tries", "sent", "failure")
    list_filter = ("state", "kind")
    search_fields = ("to",)
    exclude = ("text", "headers", "handle")
