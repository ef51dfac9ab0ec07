"""The pages of a programme owner: states and dates of cases, and groups in figures.

No answer or score of a single organisation is read here.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from touchstone.apps import pack
from touchstone.apps.cases.models import Case
from touchstone.apps.peers.statistics import Statistics, statistics
from touchstone.core.cases.states import Role
from touchstone.core.faults import Unusable
from touchstone.web.access import for_role
from touchstone.web.forms import problems
from touchstone.web.insights.forms import EVERYBODY, GroupForm, group_name
from touchstone.web.insights.tables import held_back, tables

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


@require_safe
@for_role(Role.PROGRAMME_OWNER)
def groups(request: HttpRequest) -> HttpResponse:
    """Figures of a group, narrowed by classes or not, as far as disclosure control lets them be shown."""
    try:
        found = statistics()
    except Unusable:
        # What is wrong, and where, is the administrator's to know.
        return render(request, "web/insights/unreadable.html", status=503)
    return render(request, "web/insights/groups.html", _context(request, found))


def _context(request: HttpRequest, found: Statistics) -> dict[str, object]:
    scheme = pack.scheme()
    form = GroupForm(request.GET, scheme=scheme, groups=found.groups)
    made = tables(found, form.indicators, _side_by_side(form)) if found.groups else ()
    held, of = held_back(made)
    return {
        "form": form,
        "problems": problems(form),
        "filtered": any(form.cleaned_data.values()),
        "found": found,
        "said": form.said,
        "tables": made,
        "held": held,
        "measures": of,
        "nothing": held == of,
        "since": found.since(form.narrowed),
        "sizes": scheme.disclosure,
    }


def _side_by_side(form: GroupForm) -> dict[str, str]:
    """The group asked for, and the wider ones that its pictures show beside it: id → name."""
    wider = {id: group_name(id, form.scheme) for id in (form.group_id, EVERYBODY)}
    return {form.narrowed: form.said, **{id: name for id, name in wider.items() if id != form.narrowed}}
