"""The decider's pages: what waits for a decision, what it rests on, and the decision itself."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from touchstone.apps import pack
from touchstone.apps.accounts.models import User
from touchstone.apps.cases import rules, services
from touchstone.apps.cases.models import Case, Document
from touchstone.apps.cases.queries import values_of
from touchstone.apps.cases.services import Refused
from touchstone.apps.register.services import period_ahead
from touchstone.core.cases.states import Role, State
from touchstone.core.labels.model import LabelLevel
from touchstone.core.labels.validity import Period
from touchstone.core.quality.appraisal import appraise
from touchstone.web import words
from touchstone.web.access import for_role, person, require, visible_case
from touchstone.web.forms import Problem, problems
from touchstone.web.secretariat.forms import ReasonForm

for_decider = for_role(Role.DECIDER)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the two decisions, with what it leads to."""

    decide: Callable[..., Case]
    question: Promise
    button: Promise
    done: Promise
    template: str


AWARD = Choice(
    services.award,
    gettext_lazy("Award the %(level)s label to %(name)s?"),
    gettext_lazy("Award the label"),
    gettext_lazy("The label is awarded and entered in the ledger."),
    "web/decisions/award.html",
)
REFUSE = Choice(
    services.refuse,
    gettext_lazy("Refuse the %(level)s label to %(name)s?"),
    gettext_lazy("Refuse the label"),
    gettext_lazy("The label is refused. The organisation still gets its report."),
    "web/decisions/refuse.html",
)


@require_safe
@for_decider
def cases(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, and what was decided."""
    listed = Case.objects.listed()
    context = {
        "waiting": list(listed.in_state(State.IN_DECISION).order_by("submitted_at")),
        "decided": list(listed.in_state(State.AWARDED, State.REFUSED).order_by("-decided_at")[:50]),
    }
    return render(request, "web/decisions/cases.html", context)


@require_safe
@for_decider
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """What the decision rests on; to somebody who took part or is tied, why not to decide."""
    found = visible_case(request, reference)
    me = person(request)
    context: dict[str, object] = {
        "case": found,
        "obstacle": _obstacle(me, found),
        "may_decide": me.has_perm("cases.decide", found),
    }
    if me.has_perm("cases.read_answers", found):
        context |= _grounds(found)
    return render(request, "web/decisions/case.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_decider
def award(request: HttpRequest, reference: str) -> HttpResponse:
    """Awards, after saying what that sets going and hearing the reason."""
    return _decide(request, reference, AWARD)


@require_http_methods(["GET", "HEAD", "POST"])
@for_decider
def refuse(request: HttpRequest, reference: str) -> HttpResponse:
    """Refuses, after saying what that means and hearing the reason."""
    return _decide(request, reference, REFUSE)


def _decide(request: HttpRequest, reference: str, choice: Choice) -> HttpResponse:
    found = visible_case(request, reference)
    obstacle = _obstacle(person(request), found) or _("This case is not in decision.")
    require(request, "cases.decide", found, obstacle)
    form = ReasonForm(request.POST or None)
    wrong: list[Problem] = []
    if request.method == "POST" and form.is_valid():
        try:
            choice.decide(case=found, by=person(request), at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            wrong = [Problem(str(refusal))]
        else:
            messages.success(request, str(choice.done))
            return redirect("decisions:case", reference)
    question = str(choice.question) % {"level": words.LEVELS[found.level], "name": found.organisation.name}
    context = {
        "case": found,
        "period": _period(found) if choice is AWARD else None,
        "form": form,
        "problems": problems(form) + wrong,
        "question": question,
        "choice": choice,
    }
    return render(request, choice.template, context)


def _period(case: Case) -> Period | None:
    """The period that an award would enter; None where the day of the interview is missing."""
    if case.interviewed_on is None:
        return None
    return period_ahead(
        organisation=case.organisation,
        level=LabelLevel(case.level),
        rules=pack.rule_set(case.scheme, case.rule_set),
        interviewed_on=case.interviewed_on,
        at=timezone.now(),
    )


def _obstacle(user: User, case: Case) -> str:
    """Why a decider may not decide this case; empty where nothing stands against it."""
    if rules.took_part(user, case):
        return _("You assessed or reviewed this case, so somebody else decides it.")
    if rules.is_tied(user, case):
        return _("You are tied to this organisation, so somebody else decides.")
    return ""


def _grounds(case: Case) -> dict[str, object]:
    """Conditions met, score, gates missed, and the documents to read."""
    scheme = pack.scheme(case.scheme)
    values = values_of(case, today=timezone.localdate())
    appraisal = appraise(values, scheme=scheme, rule_set=scheme.rule_sets[case.rule_set], comparison=None)
    return {
        "criteria": [(scheme.criteria[one.criterion], one) for one in appraisal.criteria],
        "eligible": appraisal.eligible,
        "score": appraisal.score,
        "missed": [scheme.quality[one.quality] for one in appraisal.judgements if one.gate_met is False],
        "documents": list(Document.objects.current().listed().filter(case=case)),
    }
