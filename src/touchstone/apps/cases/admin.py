from django.contrib import admin

from touchstone.apps.cases.models import Case
from touchstone.apps.readonly import ReadOnly


@admin.register(Case)
class CaseAdmin(ReadOnly):
    """Where cases stand. Answers, reports and reasons are not shown: no administrator acts in one."""

    fields = ("reference", "organisation", "level", "rule_set", "state", "opened_on", "expert", "reviewer")
    list_display = ("reference", "organisation", "level", "state", "opened_on", "expert")
    list_filter = ("state", "level")
    list_select_related = ("organisation", "expert")
    search_fields = ("reference", "organisation__folded")
