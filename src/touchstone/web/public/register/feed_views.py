"""The feeds of the register and of each organisation."""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from touchstone.apps.register.histories import restored
from touchstone.apps.register.models import LedgerEntry
from touchstone.core.labels.model import Act, Entry
from touchstone.web.public.register.answers import in_words
from touchstone.web.public.register.feeds import NEWEST, Channel, Item, atom
from touchstone.web.public.register.figures import present
from touchstone.web.public.register.filters import FilterForm
from touchstone.web.public.register.freshness import kept_a_minute, ledger_state
from touchstone.web.public.register.history import Names, names_of, title

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
EMPTY = datetime(2010, 1, 1, tzinfo=UTC)  # when a feed without entries was last changed


@require_safe
@kept_a_minute
def register_feed(request: HttpRequest) -> HttpResponse:
    """What happened to the organisations that the list shows with the same filters."""
    today = timezone.localdate()
    filters = FilterForm(request.GET, present=present(ledger_state())).filters(today=today)
    rows = LedgerEntry.objects.order_by("-number")
    if filters.narrows:
        # Whose last entry is not among the newest of all last entries has none among the newest of all.
        newest = filters.rows().order_by("-entry").values_list("organisation", flat=True)[:NEWEST]
        rows = rows.filter(organisation__in=list(newest))
    asked = filters.query(today=today, sort="")
    query = f"?{asked}" if asked else ""
    return _answered(
        map(restored, rows[:NEWEST]),
        title=_("Labels of cluster organisations"),
        address=reverse("public:register-feed") + query,
        page=reverse("public:register") + query,
    )


@require_safe
@kept_a_minute
def organisation_feed(_request: HttpRequest, key: str) -> HttpResponse:
    """What happened to one organisation."""
    rows = LedgerEntry.objects.filter(organisation=key).order_by("-number")[:NEWEST]
    entries = list(map(restored, rows))
    if not entries:
        raise Http404
    return _answered(
        entries,
        title=_("Label of %(name)s") % {"name": entries[0].act.name},
        address=reverse("public:organisation-feed", args=[key]),
        page=reverse("public:organisation", args=[key]),
    )


def _answered(entries: Iterable[Entry], *, title: str, address: str, page: str) -> HttpResponse:
    """The feed of some entries, the newest first. Addresses are those on this machine."""
    entries = list(entries)
    names = names_of(key for entry in entries for key in entry.act.others)
    updated = entries[0].act.recorded if entries else EMPTY
    channel = Channel(title=title, address=_absolute(address), page=_absolute(page), updated=updated)
    response = HttpResponse(
        atom(channel, [_item(entry, names) for entry in entries]), content_type=MEDIA_TYPE
    )
    response["Last-Modified"] = http_date(updated.timestamp())
    return response


def _item(entry: Entry, names: Names) -> Item:
    act = entry.act
    return Item(
        entry=entry,
        title=f"{act.name}: {title(act, act.organisation, names)}",
        text=" ".join(_sentences(act)),
        page=_absolute(reverse("public:organisation", args=[act.organisation])),
    )


def _sentences(act: Act) -> Iterable[str]:
    if act.valid_from and act.valid_until:
        yield _("Valid from %(from)s to %(until)s.") % {
            "from": in_words(act.valid_from), "until": in_words(act.valid_until),
        }  # fmt: skip
    else:
        yield _("In effect from %(day)s.") % {"day": in_words(act.effective)}
    if act.corrects:
        yield _("It corrects ledger entry %(number)d.") % {"number": act.corrects}
    if act.reason:
        yield act.reason


def _absolute(address: str) -> str:
    return f"{settings.TOUCHSTONE_ADDRESS}{address}"
