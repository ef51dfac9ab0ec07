"""Pages for everybody: the register, an organisation's label, its badge."""

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from touchstone.apps import pack
from touchstone.apps.register.models import LedgerEntry, RegisterRow
from touchstone.apps.register.services import history
from touchstone.core.labels.model import Standing
from touchstone.core.labels.register import rows
from touchstone.core.labels.status import status
from touchstone.web import countries, words
from touchstone.web.forms import problems
from touchstone.web.public.forms import DayForm, FilterForm
from touchstone.web.public.label import embed_code, event, held
from touchstone.web.public.sentences import answer

NEWEST = 5
ROWS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Figures:
    """The two figures of a register, which are often mistaken for each other."""

    valid: int
    ever: int


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the register as the page shows it."""

    row: RegisterRow
    standing: Standing
    country: str
    portfolio: str


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, a search box, and the two figures."""
    today = timezone.localdate()
    newest = RegisterRow.objects.best(on=today).order_by("-valid_from", "folded")[:NEWEST]
    context = {"figures": _figures(today), "newest": [_line(row, today) for row in newest], "today": today}
    return render(request, "web/public/home.html", context)


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The register: search, filters, order and page, all in the address."""
    today = timezone.localdate()
    form = FilterForm(request.GET)
    page = Paginator(form.rows(on=today), ROWS_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "web/public/register.html",
        {
            "form": form,
            "problems": problems(form),
            "page": page,
            "lines": [_line(row, today) for row in page],
            "figures": _figures(today),
            "filtered": any(
                form.cleaned_data.get(name) for name in ("q", "country", "portfolio", "level", "state")
            ),
            "query": _query(request),
            "today": today,
        },
    )


def _figures(today: date) -> Figures:
    rows = RegisterRow.objects.all()
    return Figures(rows.with_state(Standing.VALID, on=today).organisations(), rows.organisations())


def _line(row: RegisterRow, today: date) -> Line:
    return Line(row, row.standing(today), countries.name(row.country), words.portfolio(row.portfolio))


def _query(request: HttpRequest) -> str:
    """The address's filters without the page, ready to be added to."""
    kept = request.GET.copy()
    kept.pop("page", None)
    return f"{kept.urlencode()}&" if kept else ""


@require_safe
def organisation(request: HttpRequest, key: str) -> HttpResponse:
    """An organisation's label: the answer first, then periods, history, badge and what all of it rests on."""
    entries = tuple(history(key))
    now, today = timezone.now(), timezone.localdate()
    rules = pack.scheme().rule_sets
    listed = rows(entries, on=today, known=now, rule_sets=rules)
    if not listed:
        return render(request, "web/public/not_found.html", status=HTTPStatus.NOT_FOUND)
    form = DayForm(request.GET)
    form.full_clean()
    on = form.cleaned_data.get("on") or today
    then = status(entries, key, on=on, known=now, rule_sets=rules)
    context = {
        "row": listed[0],
        "status": then,
        "answer": answer(then, today=today),
        "held": held(then.levels, listed[0].history),
        "today": today,
        "asked": on != today,
        "form": form,
        "problems": problems(form),
        "country": countries.name(listed[0].country),
        "portfolio": words.portfolio(listed[0].portfolio),
        "events": [event(line, entries, pack.scheme()) for line in reversed(listed[0].history)],
        "embed": embed_code(request, key, listed[0].name),
    }
    return render(request, "web/public/organisation.html", context)


@require_safe
def verify(request: HttpRequest, number: int) -> HttpResponseBase:
    """The address on a certificate: leads to the label as it stands today, or says that there is none."""
    entry = LedgerEntry.objects.filter(number=number).first()
    if entry is None:
        context = {"number": f"{number:05d}"}
        return render(request, "web/public/no_certificate.html", context, status=HTTPStatus.NOT_FOUND)
    return redirect("public:organisation", entry.organisation)
