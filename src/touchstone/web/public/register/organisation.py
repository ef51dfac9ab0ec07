"""The page of an organisation: its label on a day, and all that it rests on."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from touchstone.apps import pack
from touchstone.apps.register.models import RegisterSpan
from touchstone.apps.register.services import history, row
from touchstone.core.labels.model import Entry, Standing, Status
from touchstone.core.labels.names import fold
from touchstone.core.labels.register import RegisterRow
from touchstone.web import countries, words
from touchstone.web.forms import problems
from touchstone.web.public.register.answers import answer
from touchstone.web.public.register.assurance import assurance
from touchstone.web.public.register.filters import DayForm
from touchstone.web.public.register.freshness import kept_a_minute
from touchstone.web.public.register.history import events, held, numeral
from touchstone.web.public.register.lines import Line, invented, lines
from touchstone.web.public.register.markup import markup
from touchstone.web.public.register.timeline import Stretch, since, stretches, timeline

NEAR = 5  # organisations that are offered where a key is unknown
Context = dict[str, object]


@require_safe
@kept_a_minute
def organisation(request: HttpRequest, key: str) -> HttpResponse:
    """An organisation's label: the answer first, then periods, history and what all of it rests on."""
    now, today = timezone.now(), timezone.localdate()
    listed = row(key, on=today, known=now)
    if listed is None:
        context: Context = {"near": _near(key, today)}
        return render(request, "web/public/register/not_found.html", context, status=HTTPStatus.NOT_FOUND)
    form = DayForm(request.GET)
    form.full_clean()
    on = form.cleaned_data.get("on") or today
    then = listed if on == today else row(key, on=on, known=now)
    status = then.status if then else _never(key, on, now)
    entries = history(key)
    spans = list(RegisterSpan.objects.filter(organisation=key).order_by("starts"))
    told = stretches(spans)
    grants = {span.level: span.grant for span in spans if span.starts <= on <= span.ends}
    context = {
        "row": listed,
        "status": status,
        "answer": answer(status, today=today, since=since(told, on)),
        "then_called": then.name if then and then.name != listed.name else "",
        "today": today,
        "asked": on != today,
        "form": form,
        "problems": problems(form),
        "country": countries.name(listed.country),
        "portfolio": words.portfolio(listed.portfolio),
        "invented": key in invented([key]),
        **_label(listed, status, entries, grants),
        **_over_time(told, listed, entries, today),
        **_for_machines(key, listed),
    }
    return render(request, "web/public/register/organisation.html", context)


def _never(key: str, on: date, known: datetime) -> Status:
    """The status on a day before the first label."""
    return Status(
        organisation=key, standing=Standing.NEVER, level=None, valid_from=None, valid_until=None,
        renewable_until=None, on=on, known=known, levels=(),
    )  # fmt: skip


def _label(
    listed: RegisterRow, status: Status, entries: Sequence[Entry], grants: Mapping[str, int]
) -> Context:
    """The levels of the day, the entry that the first of them rests on, and what is known of how it came."""
    number = grants.get(status.level) if status.level else None
    act = next((entry.act for entry in entries if entry.number == number), None)
    return {
        "held": held(status.levels, listed.history, grants),
        "number": number,
        "numeral": numeral(number) if number else "",
        "assurance": assurance(act, pack.scheme()) if act else "",
    }


def _over_time(
    told: Sequence[Stretch], listed: RegisterRow, entries: Sequence[Entry], today: date
) -> Context:
    """The drawing and the list of what happened."""
    names = {one.organisation: one.name for one in (*listed.successors, *listed.predecessors)}
    return {
        "timeline": timeline(told, listed.history, today=today),
        "events": events(listed.history, entries, pack.scheme(), names),
    }


def _for_machines(key: str, listed: RegisterRow) -> Context:
    """Absolute addresses, which do not follow the name that a request calls this machine by."""
    page = settings.TOUCHSTONE_ADDRESS + reverse("public:organisation", args=[key])
    home = settings.TOUCHSTONE_ADDRESS + reverse("public:home")
    return {
        "canonical": page,
        "markup": markup(listed, page=page, issuer=pack.scheme().name, issuers_page=home),
    }


def _near(key: str, today: date) -> list[Line]:
    """Organisations whose names are like an unknown key, without the country that a key begins with."""
    rows = RegisterSpan.objects.on(today).headlines()
    folded = " ".join(fold(key).split()[1:])
    return lines(list(rows.search(folded).order_by("folded", "organisation")[:NEAR])) if folded else []
