"""The expert's pages around the interview: cases, interests, the interview's day, and the last check."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from touchstone.apps import pack
from touchstone.apps.cases import services
from touchstone.apps.cases.models import Case
from touchstone.apps.cases.queries import answers_of, faults_of, values_of
from touchstone.apps.cases.services import Refused
from touchstone.apps.experts.rules import conflicts_of, has_declared
from touchstone.core.assessment.model import Answer, AnswerState, Value
from touchstone.core.cases.states import Role, State
from touchstone.core.faults import Fault, Severity
from touchstone.core.quality.appraisal import appraise
from touchstone.core.quality.model import CriterionResult
from touchstone.core.scheme.model import Measure, Scheme
from touchstone.web import reports
from touchstone.web.access import for_role, person, require, visible_case
from touchstone.web.expert import sheet as sheets
from touchstone.web.expert.forms import InterestsForm, InterviewForm, RecommendationForm
from touchstone.web.forms import Problem, problems

for_expert = for_role(Role.EXPERT)


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault of the record with the address of the field to mend."""

    text: str
    address: str
    severity: str


@dataclass(frozen=True, slots=True)
class Said:
    """One answer as the last check shows it. `declared` stands beside a verified value, which counts."""

    measure: Measure
    value: str
    declared: str
    state: AnswerState
    answer: Answer
    address: str


@require_safe
@for_expert
def cases(request: HttpRequest) -> HttpResponse:
    """The cases that the expert was given, those to work on first."""
    mine = Case.objects.listed().filter(expert=person(request))
    open_ones = [case for case in mine if case.stands in (State.OPEN, State.ASSESSING)]
    others = [case for case in mine if case.stands not in (State.OPEN, State.ASSESSING)]
    return render(request, "web/expert/cases.html", {"open": open_ones, "others": others})


@require_safe
@for_expert
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """What is to be done next, and the list of tasks with their states."""
    found = visible_case(request, reference)
    expert = person(request)
    context: dict[str, object] = {
        "case": found,
        "declared": has_declared(expert, found),
        "conflicts": conflicts_of(expert, found),
        "may_save": expert.has_perm("cases.save_answers", found),
    }
    if expert.has_perm("cases.read_answers", found):
        context |= _record(found) | reports.of(found, address=reverse("expert:progress", args=[reference]))
    return render(request, "web/expert/case.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_expert
def interests(request: HttpRequest, reference: str) -> HttpResponse:
    """One question: what ties the expert to the applicant? Nothing else of the case is shown before."""
    found = visible_case(request, reference)
    require(request, "cases.declare", found, _("Only the expert of a running case declares interests in it."))
    form = InterestsForm(request.POST or None)
    wrong: list[Problem] = []
    if request.method == "POST" and form.is_valid():
        try:
            against = services.declare_interests(
                case=found, by=person(request), at=timezone.now(), **form.cleaned_data
            )
        except Refused as refusal:
            wrong = [Problem(str(refusal), "#id_kinds")]
        else:
            _tell_declared(request, against)
            return redirect("expert:case", reference)
    return render(
        request,
        "web/expert/interests.html",
        {"case": found, "form": form, "problems": problems(form) + wrong},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_expert
def interview(request: HttpRequest, reference: str) -> HttpResponse:
    """The day of the interview, and how it was held."""
    found = visible_case(request, reference)
    require_open(request, found)
    initial = {"interviewed_on": found.interviewed_on, "meeting": found.meeting}
    form = InterviewForm(request.POST or None, initial=initial, ways=services.meetings(found))
    if request.method == "POST" and form.is_valid():
        saved = services.save_answers(
            case=found, by=person(request), answers={}, at=timezone.now(), **form.cleaned_data
        )
        if not saved.faults:
            messages.success(request, _("The interview is saved."))
            return redirect("expert:case", reference)
        for field, fault in saved.faults.items():
            form.add_error(field, sheets.sentence(fault, pack.scheme(found.scheme)))
    return render(
        request, "web/expert/interview.html", {"case": found, "form": form, "problems": problems(form)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_expert
def check(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything that was said, what does not fit together, and the recommendation."""
    found = visible_case(request, reference)
    require_open(request, found)
    form = RecommendationForm(request.POST or None)
    wrong: list[Problem] = []
    if request.method == "POST" and form.is_valid():
        try:
            services.submit(
                case=found,
                by=person(request),
                recommended=form.cleaned_data["recommended"] == "yes",
                text=form.cleaned_data["text"],
                at=timezone.now(),
            )
        except Refused as refusal:
            wrong = [Problem(str(refusal))]
        else:
            messages.success(request, _("The record is submitted. The secretariat has the report made next."))
            return redirect("expert:case", reference)
    context = {
        "case": found,
        "form": form,
        "problems": problems(form) + wrong,
        **_record(found),
        **_said(found),
    }
    return render(request, "web/expert/check.html", context)


def require_open(request: HttpRequest, case: Case) -> None:
    """Stops where the expert cannot work on the record now, and says why."""
    expert = person(request)
    if not has_declared(expert, case):
        raise PermissionDenied(
            _("Declare your interests first: until then the case stays closed, even to you.")
        )
    if conflicts_of(expert, case):
        raise PermissionDenied(_("You cannot assess this case; the secretariat assigns another expert."))
    require(
        request,
        "cases.save_answers",
        case,
        _("The record is submitted. The secretariat can send it back to you."),
    )


def _tell_declared(request: HttpRequest, against: tuple[str, ...]) -> None:
    if against:
        messages.error(
            request,
            _("Your declaration is kept. You cannot assess this case; another expert will be assigned."),
        )
    else:
        messages.success(request, _("Your declaration is kept, and the case is open to you."))


def _record(case: Case) -> dict[str, object]:
    """The state of the record: areas with what is answered, and the faults of all."""
    scheme, today = pack.scheme(case.scheme), timezone.localdate()
    faults = faults_of(case, today=today)
    areas = sheets.progress(scheme, answers_of(case), faults)
    return {
        "areas": areas,
        "answered": sum(area.answered for area in areas),
        "total": sum(area.total for area in areas),
        "waiting": sum(area.waiting for area in areas),
        "findings": [_finding(fault, case, scheme) for fault in faults],
        "errors": sum(fault.severity is Severity.ERROR for fault in faults),
    }


def _finding(fault: Fault, case: Case, scheme: Scheme) -> Finding:
    measure = sheets.first_measure(fault, scheme)
    address = reverse("expert:interview", args=[case.reference])
    if measure is not None:
        address = _address(case, measure, scheme)
    return Finding(sheets.sentence(fault, scheme), address, fault.severity.value)


def _address(case: Case, measure: Measure, scheme: Scheme) -> str:
    area = scheme.indicators[measure.indicator].area
    return f"{reverse('expert:area', args=[case.reference, area])}#{measure.id}"


def _said(case: Case) -> dict[str, object]:
    """All answers by area, and the conditions of eligibility that they meet."""
    scheme, today = pack.scheme(case.scheme), timezone.localdate()
    answers = answers_of(case)
    values = values_of(case, today=today)
    said = [
        (
            area,
            [
                _line(measure, answers.get(measure.id), values, case, scheme)
                for measure in _of(area.id, scheme)
            ],
        )
        for area in scheme.areas.values()
    ]
    rules = scheme.rule_sets[case.rule_set]
    criteria: tuple[CriterionResult, ...] = appraise(
        values, scheme=scheme, rule_set=rules, comparison=None
    ).criteria
    return {"said": said, "criteria": [(scheme.criteria[one.criterion], one) for one in criteria]}


def _of(area: str, scheme: Scheme) -> tuple[Measure, ...]:
    return tuple(m for one in scheme.indicators.values() if one.area == area for m in one.measures)


def _line(
    measure: Measure, answer: Answer | None, values: dict[str, Value], case: Case, scheme: Scheme
) -> Said:
    answer = answer or Answer()
    return Said(
        measure=measure,
        value=sheets.shown(answer.said if answer.to_confirm else values.get(measure.id), measure),
        declared=sheets.shown(answer.declared, measure),
        state=answer.state,
        answer=answer,
        address=_address(case, measure, scheme),
    )
