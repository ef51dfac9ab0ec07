"""Pages of the old register: taking one in, and settling the rows that wait for a person."""

from collections.abc import Iterable
from datetime import date

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from touchstone.apps import pack
from touchstone.apps.old_pages import services
from touchstone.apps.old_pages.models import OldPage, OldRow
from touchstone.apps.refusal import Refused
from touchstone.apps.register.models import LedgerEntry
from touchstone.core.faults import Unusable
from touchstone.intake.guards import MEGABYTE
from touchstone.intake.old_register import LARGEST_PAGE, read_page_bytes
from touchstone.web import countries
from touchstone.web.access import person
from touchstone.web.forms import Form, Problem, problems
from touchstone.web.secretariat.old_page_forms import NEW, LeaveOutForm, PageForm, RowForm
from touchstone.web.secretariat.views import for_secretariat
from touchstone.web.uploads import Quota, too_large

FILE = "#id_file"
LEAVE_OUT = "leave-out"


@require_safe
@for_secretariat
def pages(request: HttpRequest) -> HttpResponse:
    """All pages that were taken in, with what became of their rows."""
    return render(request, "web/secretariat/old_pages.html", {"pages": OldPage.objects.listed()})


@csrf_exempt  # only until the quota stands; see web.uploads
def take_in(request: HttpRequest) -> HttpResponseBase:
    """Take a page in: rows that hold are entered, the others wait."""
    request.upload_handlers.insert(0, Quota(request, most=LARGEST_PAGE))
    return _taken_in(request)


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
@for_secretariat
def _taken_in(request: HttpRequest) -> HttpResponseBase:
    if request.method != "POST":
        return render(request, "web/secretariat/old_page_new.html", {"form": PageForm()})
    form = PageForm(request.POST, request.FILES)
    wrong = _file_problems(request, form)
    if not wrong:
        try:
            reading = _read(request, form.cleaned_data["file"], form.cleaned_data["country"])
        except Unusable as unusable:
            wrong = [Problem(str(fault), FILE) for fault in unusable.faults]
        else:
            _tell(request, reading)
            assert reading.kept is not None  # noqa: S101  (only a trial keeps nothing)
            return redirect("secretariat:old-page", reading.kept.pk)
    return render(request, "web/secretariat/old_page_new.html", {"form": form, "problems": wrong})


@require_safe
@for_secretariat
def page(request: HttpRequest, id: int) -> HttpResponse:
    """One page: the rows that wait first, then all others as they stood."""
    found = get_object_or_404(OldPage.objects.listed(), pk=id)
    rows = list(found.rows.all())
    keys = _keys(rows)
    context = {
        "page": found,
        "country": countries.name(found.country),
        "waiting": [row for row in rows if row.state == OldRow.State.WAITING],
        "settled": [(row, keys.get(row.entry or 0, "")) for row in rows if row.state != OldRow.State.WAITING],
    }
    return render(request, "web/secretariat/old_page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_secretariat
def row(request: HttpRequest, id: int) -> HttpResponse:
    """One row that waits: what it says, why it waits, and what a person makes of it."""
    found = get_object_or_404(OldRow.objects.select_related("page"), pk=id)
    if found.state != OldRow.State.WAITING:
        return redirect("secretariat:old-page", found.page_id)
    leaving = request.POST.get("do") == LEAVE_OUT
    form = RowForm(
        found, request.POST if request.method == "POST" and not leaving else None, initial=_guess(found)
    )
    reason = LeaveOutForm(request.POST if leaving else None)
    wrong = _settle(request, found, form, reason) if request.method == "POST" else []
    if wrong is None:
        return _next(request, found)
    context = {"row": found, "form": form, "reason": reason, "problems": wrong}
    return render(request, "web/secretariat/old_row.html", context)


def _settle(request: HttpRequest, found: OldRow, form: RowForm, reason: LeaveOutForm) -> list[Problem] | None:
    """What stands in the way; None where it is done."""
    given: Form = reason if reason.is_bound else form
    if not given.is_valid():
        return problems(given)
    by = person(request).username
    try:
        if reason.is_bound:
            services.leave_out(row=found, reason=reason.cleaned_data["why"], by=by, at=timezone.now())
        else:
            whose = form.cleaned_data["whose"]
            same = "" if whose == NEW else whose
            services.enter(row=found, past=form.past(found), same_as=same, by=by, at=timezone.now())
    except Refused as refusal:
        return [Problem(str(refusal))]
    return None


def _next(request: HttpRequest, settled: OldRow) -> HttpResponse:
    """On to the next row of the page that waits; back to the page after the last."""
    messages.success(request, _("Line %(line)s is settled.") % {"line": settled.line})
    waiting = settled.page.rows.filter(state=OldRow.State.WAITING).first()
    if waiting:
        return redirect("secretariat:old-row", waiting.pk)
    return redirect("secretariat:old-page", settled.page_id)


def _read(request: HttpRequest, file: "UploadedFile[bytes]", country: str) -> services.Reading:
    name = file.name or _("page")
    read = read_page_bytes(file.read(), pack.scheme(), today=timezone.localdate(), file=name)
    return services.take_in(
        page=read, name=name, country=country, by=person(request).username, at=timezone.now(), hold=True
    )


def _file_problems(request: HttpRequest, form: PageForm) -> list[Problem]:
    if too_large(request):
        said = _("The file is larger than %(most)s MB. Choose the right file.")
        return [Problem(said % {"most": LARGEST_PAGE // MEGABYTE}, FILE)]
    return [] if form.is_valid() else problems(form)


def _tell(request: HttpRequest, reading: services.Reading) -> None:
    entered = ngettext("%(n)s label is entered.", "%(n)s labels are entered.", reading.entered)
    waiting = ngettext("%(n)s row waits for you.", "%(n)s rows wait for you.", reading.waiting)
    parts = [entered % {"n": reading.entered}]
    if reading.waiting:
        parts.append(waiting % {"n": reading.waiting})
    messages.success(request, " ".join(parts))


def _guess(row: OldRow) -> dict[str, str | date | None]:
    return {
        "name": row.name,
        "portfolio": row.portfolio,
        "country": row.country or row.page.country,
        "valid_until": row.valid_until,
    }


def _keys(rows: Iterable[OldRow]) -> dict[int, str]:
    """Number of each entry that a row became → the organisation whose it is."""
    wanted = [row.entry for row in rows if row.entry is not None]
    return dict(LedgerEntry.objects.filter(number__in=wanted).values_list("number", "organisation"))
