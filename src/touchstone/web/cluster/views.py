"""The pages of a cluster organisation: its cases, and its reports once they are delivered."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from touchstone.apps.cases.models import Case, Document
from touchstone.apps.register.models import RegisterRow
from touchstone.core.cases.states import Role
from touchstone.web.access import for_role, person


@require_safe
@for_role(Role.CLUSTER)
def cases(request: HttpRequest) -> HttpResponse:
    """The organisation's own cases, newest first. Reports show once a case is decided."""
    me = person(request)
    own = Case.objects.listed().filter(organisation=me.organisation_id)
    delivered = Prefetch("documents", queryset=Document.objects.current().listed(), to_attr="delivered")
    context = {
        "organisation": me.organisation,
        "cases": list(own.prefetch_related(delivered)),
        "listed": RegisterRow.objects.filter(organisation=me.organisation_id).exists(),
    }
    return render(request, "web/cluster/cases.html", context)
