"""The secretariat's pages: all cases, one case, its report, and the way to decision."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from touchstone.apps.cases import services
from touchstone.apps.cases.services import Refused
from touchstone.core.cases.states import Role
from touchstone.web import reports
from touchstone.web.access import for_role, person, require, visible_case
from touchstone.web.events import happenings
from touchstone.web.forms import Problem, problems
from touchstone.web.secretariat.forms import CaseFilterForm, ReasonForm, ReportForm

for_secretariat = for_role(Role.SECRETARIAT)
ROWS_A_PAGE = 50


@require_safe
@for_secretariat
def cases(request: HttpRequest) -> HttpResponse:
    """All cases, by search and state."""
    form = CaseFilterForm(request.GET)
    page = Paginator(form.cases(), ROWS_A_PAGE).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "form": form,
        "problems": problems(form),
        "page": page,
        "filtered": any(form.cleaned_data.values()),
        "query": f"{kept.urlencode()}&" if kept else "",
    }
    return render(request, "web/secretariat/cases.html", context)


@require_safe
@for_secretariat
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """What is next, the report and its documents, and what has happened."""
    found = visible_case(request, reference)
    me = person(request)
    report = reports.of(found, address=reverse("secretariat:progress", args=[reference]))
    context = {
        "case": found,
        "may_read": me.has_perm("cases.read_answers", found),
        "may_request": me.has_perm("cases.request_report", found),
        "form": ReportForm.of(found, report["run"]),
        "may_send_back": me.has_perm("cases.send_back", found),
        "may_send": me.has_perm("cases.send_to_decision", found),
        "events": happenings(found.events.listed().defer("before", "after")),
        **report,
    }
    return render(request, "web/secretariat/case.html", context)


@require_POST
@for_secretariat
def make_report(request: HttpRequest, reference: str) -> HttpResponse:
    """Has the report made in the background."""
    found = visible_case(request, reference)
    form = ReportForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(problem.text for problem in problems(form)))
        return redirect("secretariat:case", reference)
    try:
        services.request_report(case=found, by=person(request), at=timezone.now(), **form.cleaned_data)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("secretariat:case", reference)


@require_http_methods(["GET", "HEAD", "POST"])
@for_secretariat
def send_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Gives the record back to the expert, with what is to be mended."""
    found = visible_case(request, reference)
    require(request, "cases.send_back", found, _("This record cannot be sent back now."))
    form = ReasonForm(request.POST or None)
    wrong: list[Problem] = []
    if request.method == "POST" and form.is_valid():
        try:
            services.send_back(case=found, by=person(request), at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            wrong = [Problem(str(refusal))]
        else:
            messages.success(request, _("The record is open to the expert again."))
            return redirect("secretariat:case", reference)
    context = {"case": found, "form": form, "problems": problems(form) + wrong}
    return render(request, "web/secretariat/send_back.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_secretariat
def send(request: HttpRequest, reference: str) -> HttpResponse:
    """Hands the case to the deciders, after saying what that means."""
    found = visible_case(request, reference)
    require(request, "cases.send_to_decision", found, _("This case cannot be sent to decision now."))
    if request.method == "POST":
        try:
            services.send_to_decision(case=found, by=person(request), at=timezone.now())
            messages.success(request, _("The case is in decision. A decider who took no part in it decides."))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("secretariat:case", reference)
    return render(request, "web/secretariat/send.html", {"case": found})
