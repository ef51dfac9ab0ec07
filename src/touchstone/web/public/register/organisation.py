"""The page of an organisation: its label on a day, and all that it rests on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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
from touchstone.core.labels.model import ENTERED_TWICE, Entry, EntryKind, Standing, Status
from touchstone.core.labels.names import fold
from touchstone.core.labels.register import RegisterRow
from touchstone.web import countries, words
from touchstone.web.forms import problems
from touchstone.web.public.register.answers import Gone, answer
from touchstone.web.public.register.assurance import assurance
from touchstone.web.public.register.filters import DayForm
from touchstone.web.public.register.freshness import kept_a_minute
from touchstone.web.public.register.history import Event, events, held, names_of, numeral, together
from touchstone.web.public.register.lines import Line, invented, lines
from touchstone.web.public.register.markup import markup
from touchstone.web.public.register.timeline import Stretch, coming, since, stretches, timeline

NEAR = 5  # organisations that are offered where a key is unknown
Context = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Became:
    """What an organisation has become. `key` is empty where the ledger has nothing of it, so no page."""

    key: str
    name: str
    merged: bool
    same: bool  # the other record of the same organisation
    since: date


@require_safe
@kept_a_minute
def organisation(request: HttpRequest, key: str) -> HttpResponse:
    """An organisation's label: the answer first, then periods, history and what all of it rests on."""
    now, today = timezone.now(), timezone.localdate()
    listed = row(key, on=today, known=now, ahead=True)
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
    ahead = coming(told, on)
    context = {
        "row": listed,
        "status": status,
        "answer": answer(status, today=today, since=since(told, on), coming=ahead, gone=_gone(listed, on)),
        "to_come": _to_come(spans, ahead if on >= today else ()),
        "begins_later": listed.first_labelled_on > today,
        "then_called": then.name if then and then.name != listed.name else "",
        "today": today,
        "asked": on != today,
        "form": form,
        "problems": problems(form),
        "country": countries.name(listed.country),
        "portfolio": words.portfolio(listed.portfolio),
        "invented": key in invented([key]),
        "became": _became(listed),
        **_label(listed, status, entries, grants or _first_grant(spans, today)),
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
    """The levels of the day, the entry that the first of them rests on, and what is known of how it came.

    Before the first label it is the entry of that one.
    """
    number = grants.get(status.level or next(iter(grants), ""))
    act = next((entry.act for entry in entries if entry.number == number), None)
    return {
        "held": held(status.levels, listed.history, grants),
        "number": number,
        "numeral": numeral(number) if number else "",
        "assurance": assurance(act, pack.scheme()) if act else "",
    }


def _gone(listed: RegisterRow, on: date) -> Gone | None:
    """How the organisation had ceased by a day; None where it goes on."""
    for line in listed.history:
        if line.kind.passes_on and line.effective <= on and listed.organisation not in line.others:
            joined = line.kind is EntryKind.MERGER and line.origin == ENTERED_TWICE
            return Gone.ENTERED_TWICE if joined else Gone.INTO_OTHERS
    return None


def _to_come(spans: Iterable[RegisterSpan], ahead: Iterable[Stretch]) -> list[RegisterSpan]:
    """The labels that begin later, with their days."""
    begin = {(one.level.value, one.starts) for one in ahead}
    return [span for span in spans if (span.level, span.starts) in begin]


def _first_grant(spans: Sequence[RegisterSpan], today: date) -> dict[str, int]:
    """The grant of the first label, by its level, where it is yet to begin."""
    return {span.level: span.grant for span in spans[:1] if span.starts > today}


def _became(listed: RegisterRow) -> list[Became]:
    unlisted = names_of(one.organisation for one in listed.successors if not one.listed)
    return [
        Became(
            key=one.organisation if one.listed else "",
            name=unlisted.get(one.organisation, one.name),
            merged=one.kind is EntryKind.MERGER,
            same=one.same,
            since=one.effective,
        )
        for one in listed.successors
    ]


def _over_time(
    told: Sequence[Stretch], listed: RegisterRow, entries: Sequence[Entry], today: date
) -> Context:
    """The drawing and the list of what happened."""
    names = names_of(other for line in listed.history for other in line.others)
    own = events(listed.history, entries, pack.scheme(), names)
    others = {one.name: _events_of(one.organisation, today) for one in listed.predecessors if one.same}
    return {
        "timeline": timeline(told, listed.history, today=today) if told else None,
        "events": together(own, others),
    }


def _events_of(key: str, today: date) -> list[Event]:
    """The history of another record of the same organisation."""
    other = row(key, on=today, known=timezone.now(), ahead=True)
    if other is None:
        return []
    names = names_of(became for line in other.history for became in line.others)
    return events(other.history, history(key), pack.scheme(), names)


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
