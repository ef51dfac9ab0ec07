from django.contrib import admin

from touchstone.apps.duties.models import Duty
from touchstone.apps.readonly import ReadOnly


@admin.register(Duty)
class DutyAdmin(ReadOnly):
    list_display = ("name", "done", "failed", "failure", "busy_until")
