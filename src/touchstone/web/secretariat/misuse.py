"""Misused badges: on whose pages the badge of a stopped label is still shown."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from touchstone.apps.badges.models import Sighting
from touchstone.apps.register.models import RegisterSpan, RegisterSpanQuerySet
from touchstone.core.cases.states import Role
from touchstone.core.labels.model import LabelLevel, Standing
from touchstone.output.open_data import Column, Kind, Table, write_csv
from touchstone.web.access import for_role

ROWS_A_PAGE: Final = 50
STOPPED: Final = (Standing.SUSPENDED.value, Standing.WITHDRAWN.value, Standing.LAPSED.value)

SORTS: Final[dict[str, tuple[Promise, tuple[str, ...]]]] = {
    "last": (_("Last seen"), ("-last", "folded", "host")),
    "first": (_("First seen"), ("first", "folded", "host")),
    "requests": (_("Requests"), ("-requests", "folded", "host")),
    "organisation": (_("Organisation"), ("folded", "organisation", "host")),
    "host": (_("Host"), ("host", "folded")),
}
TABLE: Final = Table(
    name="misused-badges",
    title="Badges of stopped labels that are still shown",
    about="Requests for the badge of an organisation whose label does not hold, by the host of the page.",
    columns=(
        Column("organisation", Kind.TEXT, "Key of the organisation"),
        Column("name", Kind.TEXT, "Its name today"),
        Column("level", Kind.TEXT, "The level that does not hold"),
        Column("status", Kind.TEXT, "How it stands today"),
        Column("host", Kind.TEXT, "Host of the pages; empty for all beyond the bound of a day"),
        Column("first_seen", Kind.DAY, "First day with a request"),
        Column("last_seen", Kind.DAY, "Last day with a request"),
        Column("requests", Kind.NUMBER, "Requests that reached this installation"),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A host that shows the badge of an organisation whose label does not hold."""

    label: RegisterSpan
    host: str  # empty for all those beyond the bound of a day
    first: date
    last: date
    requests: int


@require_safe
@for_role(Role.SECRETARIAT)
def misuse(request: HttpRequest) -> HttpResponse:
    """Who still shows the badge of a label that was suspended, withdrawn or lapsed; as CSV with ?as=csv."""
    today = timezone.localdate()
    sort = request.GET.get("sort", "")
    sort = sort if sort in SORTS else "last"
    found = _found(today, sort)
    if request.GET.get("as") == "csv":
        return _as_csv(_lines(found, today), today)
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": _lines(page.object_list, today),
        "sort": sort,
        "sorts": {name: words for name, (words, _by) in SORTS.items()},
        "query": f"sort={sort}&",
        "patience": settings.TOUCHSTONE_MISUSE_PATIENCE,
        "kept": settings.TOUCHSTONE_MISUSE_DAYS,
    }
    return render(request, "web/secretariat/misuse.html", context)


def _found(today: date, sort: str) -> Any:
    # Any: Django's stubs have no name for a query of groups.
    """Hosts and organisations, as dictionaries, of labels that do not hold today either."""
    names = RegisterSpan.objects.on(today).headlines().filter(organisation=OuterRef("organisation"))
    stopped = Sighting.objects.filter(organisation__in=_stopped(today).values("organisation"))
    grouped = stopped.by_host().annotate(folded=Subquery(names.values("folded")[:1]))
    return grouped.order_by(*SORTS[sort][1])


def _stopped(today: date) -> RegisterSpanQuerySet:
    return RegisterSpan.objects.on(today).filter(standing__in=STOPPED)


def _lines(found: Iterable[dict[str, Any]], today: date) -> list[Line]:
    # Any: see _found.
    """The same with the label that does not hold: the one shown first, where there are several."""
    groups = list(found)
    labels = _stopped(today).filter(organisation__in={one["organisation"] for one in groups})
    of = {label.organisation: label for label in labels.order_by("headline", "level")}
    return [
        Line(
            label=of[one["organisation"]],
            host=one["host"],
            first=one["first"],
            last=one["last"],
            requests=one["requests"],
        )
        for one in groups
    ]


def _as_csv(lines: Iterable[Line], today: date) -> HttpResponse:
    written = io.BytesIO()
    write_csv(TABLE, map(_row, lines), written)
    response = HttpResponse(written.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{TABLE.name}-{today.isoformat()}.csv"'
    return response


def _row(line: Line) -> dict[str, str | date | int]:
    return {
        "organisation": line.label.organisation,
        "name": line.label.name,
        "level": LabelLevel(line.label.level).value,
        "status": line.label.standing,
        "host": line.host,
        "first_seen": line.first,
        "last_seen": line.last,
        "requests": line.requests,
    }
