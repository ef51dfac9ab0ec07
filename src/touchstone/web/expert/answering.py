"""The interview itself: one page an area, saved while it is typed."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from touchstone.apps import pack
from touchstone.apps.accounts.models import User
from touchstone.apps.cases import services
from touchstone.apps.cases.models import Case
from touchstone.apps.cases.queries import assessment_of, faults_of, last_values_of, revisions_of
from touchstone.apps.cases.services import Refused, Saved
from touchstone.core.assessment.derivation import derive
from touchstone.core.assessment.explaining import Explained, explain
from touchstone.core.assessment.model import Answer, Assessment
from touchstone.core.cases.states import Role
from touchstone.core.faults import Fault, Severity
from touchstone.core.scheme.model import Measure, Scheme
from touchstone.web.access import for_role, person, visible_case
from touchstone.web.expert import sheet as sheets
from touchstone.web.expert.typed import (
    PARTS,
    Typed,
    Unreadable,
    answer_from,
    field_name,
    typed_from,
    typed_in,
)
from touchstone.web.expert.views import require_open
from touchstone.web.forms import Problem


@dataclass(frozen=True, slots=True)
class Sent:
    """What a page sent: text by measure, the revisions that it had seen, and what it says is still true."""

    typed: Mapping[str, Typed]
    revisions: Mapping[str, int]
    confirmed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: the time, faults in words by measure, whom it overwrote, and what was confirmed."""

    saved: Saved
    faults: Mapping[str, str]
    confirmed: tuple[str, ...] = ()


class Misread(Exception):  # noqa: N818  (an answer to the page's script)
    """A body that no page of ours sends."""


@require_http_methods(["GET", "HEAD", "POST"])
@for_role(Role.EXPERT)
def area(request: HttpRequest, reference: str, area: str) -> HttpResponse:
    """An area's indicators with their fields. Without scripts the button at the end saves them all."""
    case = visible_case(request, reference)
    require_open(request, case)
    scheme = pack.scheme(case.scheme)
    measures = _measures(scheme, area)
    if request.method != "POST":
        return _page(request, case, area, {}, {})
    sent = _from_form(request, measures)
    outcome = _keep(case, person(request), scheme, sent)
    if outcome.faults:
        return _page(request, case, area, {id: sent.typed[id] for id in outcome.faults}, outcome.faults)
    messages.success(request, _saved_words(outcome, scheme))
    if sent.confirmed:
        return redirect(f"{request.path}#{sent.confirmed[0]}")
    stay = request.POST.get("then") == "stay"
    return redirect(request.path if stay else _after(case, area, scheme))


@require_POST
def save(request: HttpRequest, reference: str, area: str) -> JsonResponse:
    """Saves what a page typed, and answers what came of it, measure by measure."""
    if not request.user.is_authenticated:
        return _told(
            HTTPStatus.UNAUTHORIZED,
            _("You are signed out. Sign in again in another tab; nothing typed is lost."),
        )
    case = visible_case(request, reference)
    scheme = pack.scheme(case.scheme)
    try:
        sent = _from_script(request.body, _measures(scheme, area))
        outcome = _keep(case, person(request), scheme, sent)
    except Misread:
        return _told(HTTPStatus.BAD_REQUEST, _("The page sent something that cannot be read. Load it anew."))
    except Refused as refusal:
        return _told(HTTPStatus.CONFLICT, str(refusal))
    return JsonResponse(_answer(case, area, scheme, sent, outcome))


def _page(
    request: HttpRequest, case: Case, area: str, typed: Mapping[str, Typed], faults: Mapping[str, str]
) -> HttpResponse:
    """The area as it is saved, with what could not be saved kept as it was typed."""
    scheme = pack.scheme(case.scheme)
    today = timezone.localdate()
    record = assessment_of(case, today=today)
    kept = {id: typed_from(answer) for id, answer in record.answers.items()}
    sheet = sheets.Sheet(
        scheme=scheme,
        typed={**kept, **typed},
        values=derive(record.values(), scheme, interviewed_on=record.interviewed_on),
        faults=faults,
        revisions=revisions_of(case),
        answers=record.answers,
        last=last_values_of(case, today=today),
        explained=_explained(record, area, scheme),
    )
    areas = [one for one in scheme.areas.values() if _asked(scheme, one.id)]
    context = {
        "case": case,
        "area": scheme.areas[area],
        "areas": areas,
        "sections": sheet.sections(area),
        "sums": sheets.SUMS,
        "next": _after(case, area, scheme),
        "problems": [Problem(text, f"#{id}") for id, text in faults.items()],
        "together": _together(case, area, scheme),
        "scheme": scheme,
    }
    return render(request, "web/expert/area.html", context)


def _keep(case: Case, by: User, scheme: Scheme, sent: Sent) -> Outcome:
    """Reads the typed text, saves what is sound, and tells the rest in words."""
    answers: dict[str, Answer] = {}
    faults: dict[str, Fault] = {}
    for id, typed in sent.typed.items():
        try:
            answers[id] = answer_from(typed, scheme.measures[id])
        except Unreadable as unreadable:
            faults[id] = unreadable.fault
    saved = services.save_answers(
        case=case, by=by, answers=answers, at=timezone.now(), revisions=sent.revisions
    )
    told = {**faults, **saved.faults}
    return Outcome(
        saved,
        {id: sheets.sentence(told[id], scheme) for id in sent.typed if id in told},
        _confirm(case, by, sent.confirmed),
    )


def _confirm(case: Case, by: User, wanted: Iterable[str]) -> tuple[str, ...]:
    """Confirms what still waits for it: somebody may have been faster, or the answer was typed over."""
    rows = case.answers.to_confirm().filter(measure__in=tuple(wanted))
    waiting = tuple(rows.values_list("measure", flat=True))
    if not waiting:
        return ()
    return services.confirm_carried(case=case, measures=waiting, by=by, at=timezone.now())


def _explained(record: Assessment, area: str, scheme: Scheme) -> dict[str, Explained]:
    """How each derived measure of an area came about."""
    values, on = record.values(), record.interviewed_on
    return {
        measure.id: explain(measure.id, values, scheme, interviewed_on=on)
        for measure in scheme.measures.values()
        if measure.derived and scheme.indicators[measure.indicator].area == area
    }


def _answer(case: Case, area: str, scheme: Scheme, sent: Sent, outcome: Outcome) -> dict[str, object]:
    record = assessment_of(case, today=timezone.localdate())
    explained = _explained(record, area, scheme)
    revisions = revisions_of(case)
    return {
        "saved_at": outcome.saved.saved_at.isoformat(),
        "faults": dict(outcome.faults),
        "revisions": {id: revisions[id] for id in sent.typed if id in revisions},
        "overwrote": [scheme.measures[id].label for id in outcome.saved.overwrote],
        "derived": {id: _follows(one, scheme) for id, one in explained.items()},
        "carried": {
            id: "waiting" if answer.to_confirm else "confirmed"
            for id, answer in record.answers.items()
            if answer.carried_from
        },
        "together": _together(case, area, scheme),
    }


def _follows(explained: Explained, scheme: Scheme) -> dict[str, str]:
    derived = sheets.derived(explained, scheme)
    return {"value": derived.value, "figures": derived.figures, "waits": derived.waits}


def _together(case: Case, area: str, scheme: Scheme) -> list[str]:
    """What the answers of an area do not say together, in sentences."""
    faults = faults_of(case, today=timezone.localdate())
    return [
        sheets.sentence(fault, scheme)
        for fault in faults
        if fault.severity is not Severity.HINT and sheets.area_of(fault, scheme) == area
    ]


def _from_form(request: HttpRequest, measures: Mapping[str, Measure]) -> Sent:
    fields = {name: str(value) for name, value in request.POST.items()}
    typed = {id: typed_in(fields, id) for id in measures}
    revisions = {
        id: int(text) for id in measures if (text := fields.get(field_name(id, "revision"), "")).isdecimal()
    }
    confirmed = tuple(id for id in fields.get("confirm", "").split() if id in measures)
    return Sent(typed, revisions, confirmed)


def _from_script(body: bytes, measures: Mapping[str, Measure]) -> Sent:
    try:
        answers = json.loads(body)["answers"]
        fields = {id: _texts(one) for id, one in answers.items() if id in measures}
        revisions = {id: int(answers[id].get("revision", 0)) for id in fields}
        confirmed = tuple(id for id in fields if answers[id].get("confirm"))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Misread from error
    return Sent({id: Typed(**texts) for id, texts in fields.items()}, revisions, confirmed)


def _texts(fields: Mapping[str, object]) -> dict[str, str]:
    return {part: str(fields.get(part, "")).strip() for part in PARTS}


def _measures(scheme: Scheme, area: str) -> dict[str, Measure]:
    """What is asked in an area, by id; raises Http404 where the scheme has no such area."""
    found = _asked(scheme, area)
    if not found:
        raise Http404(_("The scheme has no area %(area)s.") % {"area": area})
    return {measure.id: measure for measure in found}


def _asked(scheme: Scheme, area: str) -> tuple[Measure, ...]:
    return sheets.asked(m for one in scheme.indicators.values() if one.area == area for m in one.measures)


def _after(case: Case, area: str, scheme: Scheme) -> str:
    """The address of the next area; of the check after the last one."""
    ids = [id for id in scheme.areas if _asked(scheme, id)]
    later = ids[ids.index(area) + 1 :]
    if not later:
        return reverse("expert:check", args=[case.reference])
    return reverse("expert:area", args=[case.reference, later[0]])


def _saved_words(outcome: Outcome, scheme: Scheme) -> str:
    saved = outcome.saved
    told = _("Saved at %(time)s.") % {"time": timezone.localtime(saved.saved_at).strftime("%H:%M %Z")}
    if saved.overwrote:
        names = ", ".join(scheme.measures[id].label for id in saved.overwrote)
        told += " " + ngettext(
            "Somebody else had changed this answer meanwhile, and yours replaced it: %(names)s.",
            "Somebody else had changed these answers meanwhile, and yours replaced them: %(names)s.",
            len(saved.overwrote),
        ) % {"names": names}
    if outcome.confirmed:
        told += " " + ngettext(
            "%(n)s answer of the last interview is confirmed.",
            "%(n)s answers of the last interview are confirmed.",
            len(outcome.confirmed),
        ) % {"n": len(outcome.confirmed)}
    return told


def _told(status: HTTPStatus, message: str) -> JsonResponse:
    return JsonResponse({"message": message}, status=status)
