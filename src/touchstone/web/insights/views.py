"""The page of a programme owner: states and dates of cases. No answer or score is read here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from touchstone.apps.cases.models import Case
from touchstone.core.cases.states import Role
from touchstone.web.access import for_role

# What a programme owner may see of a case, and nothing else is fetched.
SHOWN = (
    "reference", "organisation__key", "organisation__name", "organisation__country", "level", "state",
    "opened_on", "interviewed_on", "submitted_at", "decided_at",
)  # fmt: skip


@require_safe
@for_role(Role.PROGRAMME_OWNER)
def overview(request: HttpRequest) -> HttpResponse:
    """Each case with its state and its dates."""
    return render(request, "web/insights/overview.html", {"cases": list(Case.objects.values(*SHOWN))})
