"""The page on which a participant list is handed in: one file, looked through at once."""

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from touchstone.apps.cases.models import Case
from touchstone.apps.participants import services
from touchstone.apps.participants.models import HandedInList
from touchstone.apps.participants.review import current_of
from touchstone.core.assessment.participants import OFFICE, TYPES
from touchstone.core.faults import Fault, Unusable
from touchstone.intake.guards import FORM_LIMIT, MEGABYTE
from touchstone.web.access import person, require
from touchstone.web.forms import Form, Problem, problems
from touchstone.web.participants.access import address, for_list, readable_case
from touchstone.web.uploads import Quota, too_large

FIELD = "#id_file"


class ListForm(Form):
    """The file. What is in it, its reader judges."""

    file = forms.FileField(
        label=gettext_lazy("The participant list"),
        help_text=gettext_lazy("A workbook (.xlsx) or a CSV file, at most %(most)s MB.")
        % {"most": FORM_LIMIT // MEGABYTE},
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.xlsm,.txt"}),
        error_messages={
            "required": gettext_lazy("Choose the file with the participant list."),
            "empty": gettext_lazy("The file is empty. Save it again, or choose another file."),
        },
    )


@csrf_exempt  # only until the quota stands: the check itself reads the body, and is made by `_checked`
def upload(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Hand in a list. Every faulty row is told by its line; nothing is kept of a list with faults."""
    request.upload_handlers.insert(0, Quota(request, most=FORM_LIMIT))
    return _checked(request, reference)


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
@for_list
def _checked(request: HttpRequest, reference: str) -> HttpResponseBase:
    case = readable_case(request, reference)
    require(request, "participants.upload", case, _("The record is submitted; its list stays as it is."))
    if request.method != "POST":
        return _page(request, case, ListForm(), [])
    form = ListForm(request.POST, request.FILES)
    if too_large(request):
        said = _("The file is larger than %(most)s MB. Choose the right file.")
        return _page(request, case, ListForm(), [Problem(said % {"most": FORM_LIMIT // MEGABYTE}, FIELD)])
    if not form.is_valid():
        return _page(request, case, form, problems(form))
    try:
        handed_in = _handed_in(request, case, form.cleaned_data["file"])
    except Unusable as unusable:
        return _page(request, case, ListForm(), [_problem(fault) for fault in unusable.faults])
    _tell(request, handed_in)
    return redirect(address(request, "review", case))


def _handed_in(request: HttpRequest, case: Case, file: "UploadedFile[bytes]") -> HandedInList:
    name = file.name or _("participant list")
    return services.upload(case=case, by=person(request), content=file.read(), name=name, at=timezone.now())


def _page(request: HttpRequest, case: Case, form: ListForm, wrong: list[Problem]) -> HttpResponse:
    context = {
        "case": case,
        "form": form,
        "problems": wrong,
        "current": current_of(case),
        "columns": _columns(),
    }
    return render(request, "web/participants/upload.html", context)


def _columns() -> list[tuple[tuple[str, ...], str]]:
    """The columns that most lists have, and what stands in them."""
    types = _("one of %(types)s; for your own office: %(office)s")
    return [
        (("name",), _("the participant, as it is called")),
        (("type",), types % {"types": ", ".join(TYPES), "office": OFFICE}),
        (
            ("country", "place"),
            _("its seat; a region, a postcode, or latitude and longitude beside it leave no doubt"),
        ),
        (("joined", "left"), _("days such as 2026-10-12; who is still there has not left")),
        (("evidence",), _("a signed agreement, a fee or other support, an active contribution")),
    ]


def _problem(fault: Fault) -> Problem:
    return Problem(str(fault), "" if fault.place else FIELD)


def _tell(request: HttpRequest, handed_in: HandedInList) -> None:
    rows = ngettext(
        "The list is saved: %(n)s row was read.",
        "The list is saved: %(n)s rows were read.",
        handed_in.row_count,
    )
    messages.success(request, rows % {"n": handed_in.row_count})
