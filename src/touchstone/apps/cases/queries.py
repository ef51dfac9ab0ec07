"""Questions about a case's answers. Nothing here changes anything."""

from datetime import date

from touchstone.apps.cases.models import Case, SavedAnswer
from touchstone.apps.organisations.models import Organisation
from touchstone.apps.pack import scheme
from touchstone.core.assessment import model, plausibility
from touchstone.core.assessment.carrying import LASTING
from touchstone.core.assessment.derivation import derive
from touchstone.core.assessment.model import Answer, Assessment, Value
from touchstone.core.faults import Fault


def organisation_of(organisation: Organisation) -> model.Organisation:
    """The organisation as a plain value of `core`."""
    return model.Organisation(
        id=organisation.key,
        name=organisation.name,
        country=organisation.country,
        portfolio=organisation.portfolio,
        website=organisation.website,
    )


def answers_of(case: Case) -> dict[str, Answer]:
    """Measure id → answer, of all that was saved."""
    return {saved.measure: saved.as_answer() for saved in case.answers.all()}


def revisions_of(case: Case) -> dict[str, int]:
    """Measure id → how often it was saved. What is not in it has revision 0."""
    return dict(SavedAnswer.objects.filter(case=case).values_list("measure", "revision"))


def assessment_of(case: Case, *, today: date) -> Assessment:
    """The record of the case; before the interview's date is known, as if it were today."""
    return Assessment(
        scheme=case.scheme,
        organisation=organisation_of(case.organisation),
        interviewed_on=case.interviewed_on or today,
        answers=answers_of(case),
    )


def previous_of(case: Case, now: Assessment) -> Assessment | None:
    """The record of the case before, where its interview was earlier: what has changed is told from it."""
    previous = case.previous
    if previous is None or previous.interviewed_on is None or previous.interviewed_on >= now.interviewed_on:
        return None
    return assessment_of(previous, today=previous.interviewed_on)


def last_values_of(case: Case, *, today: date) -> dict[str, Value]:
    """Measure id → what the organisation's last case said, where it is asked anew or follows from that.

    What was carried is not among them: it stands in its own field, to be confirmed.
    """
    if case.previous is None:
        return {}
    measures = scheme(case.scheme).measures
    return {
        id: value
        for id, value in values_of(case.previous, today=today).items()
        if id in measures and (measures[id].derived or measures[id].kind not in LASTING)
    }


def values_of(case: Case, *, today: date) -> dict[str, Value]:
    """All values of the case, the derived ones too."""
    assessment = assessment_of(case, today=today)
    return derive(assessment.values(), scheme(case.scheme), interviewed_on=assessment.interviewed_on)


def faults_of(case: Case, *, today: date) -> tuple[Fault, ...]:
    """What the answers do not say together. Only faults of severity error stop a submission."""
    assessment = assessment_of(case, today=today)
    return plausibility.check(
        assessment.values(), scheme(case.scheme), interviewed_on=assessment.interviewed_on
    )
