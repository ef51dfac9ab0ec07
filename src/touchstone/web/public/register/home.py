"""The start page."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from touchstone.apps.register.models import RegisterSpan
from touchstone.core.labels.model import Standing
from touchstone.web.public.register.figures import figures_on
from touchstone.web.public.register.freshness import kept_a_minute, ledger_state, remembered
from touchstone.web.public.register.lines import lines

NEWEST = 5


@require_safe
@kept_a_minute
def home(request: HttpRequest) -> HttpResponse:
    """What this is, a search box, and the two figures."""
    today, state = timezone.localdate(), ledger_state()
    context = {
        "figures": figures_on(state, today),
        "newest": lines(newest(state, today)),
        "on": today,
        "today": today,
    }
    return render(request, "web/public/register/home.html", context)


@remembered
def newest(on: date) -> tuple[RegisterSpan, ...]:
    """The rows whose labels were granted last, of those that hold."""
    valid = RegisterSpan.objects.on(on).headlines().with_state(Standing.VALID)
    return tuple(valid.order_by("-grant")[:NEWEST])
