"""Rows of the database for tests: organisations, people, cases in any state, ledger acts."""

from datetime import UTC, date, datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from touchstone.apps.accounts.models import Role, User
from touchstone.apps.cases.models import Case, Document, ReportRun, SavedAnswer
from touchstone.apps.experts.models import Interest
from touchstone.apps.organisations.models import Organisation
from touchstone.apps.register import services as register
from touchstone.core.assessment.model import Answer, AnswerState, Value
from touchstone.core.cases.conflicts import InterestKind
from touchstone.core.cases.states import State
from touchstone.core.labels.model import Act, Entry, EntryKind, LabelLevel

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
TODAY = NOW.date()
INTERVIEW = date(2026, 10, 12)
PASSWORD = "a-password-of-the-tests"  # only their own


class OrganisationFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    key = factory.Sequence(lambda n: f"lt-cluster-{n}")
    name = factory.Sequence(lambda n: f"Cluster {n}")
    country = "LT"
    portfolio = "ict"


class PersonFactory(DjangoModelFactory[User]):
    """A person of any role; `PASSWORD` is the password."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person-{n}")
    role = Role.SECRETARIAT
    password = factory.django.Password(PASSWORD)


class ExpertFactory(PersonFactory):
    role = Role.EXPERT


class DeciderFactory(PersonFactory):
    role = Role.DECIDER


class CaseFactory(DjangoModelFactory[Case]):
    """A case put straight into a state, with an expert and, from a submission on, a day of interview."""

    class Meta:
        model = Case

    reference = factory.Sequence(lambda n: f"2026-{n:04d}")
    organisation = factory.SubFactory(OrganisationFactory)
    expert = factory.SubFactory(ExpertFactory)
    level = LabelLevel.BRONZE.value
    scheme = "ecei"
    rule_set = "2022"
    state = State.OPEN.value
    opened_on = date(2026, 9, 1)
    interviewed_on = factory.Maybe(
        factory.LazyAttribute(lambda case: case.state in (State.OPEN, State.ASSESSING)), None, INTERVIEW
    )


class InterestFactory(DjangoModelFactory[Interest]):
    class Meta:
        model = Interest

    case = factory.SubFactory(CaseFactory)
    expert = factory.SelfAttribute("case.expert")
    kind = InterestKind.NONE.value
    declared_at = NOW


class SavedAnswerFactory(DjangoModelFactory[SavedAnswer]):
    class Meta:
        model = SavedAnswer

    case = factory.SubFactory(CaseFactory)
    measure = "A1.founded"
    state = AnswerState.ANSWERED.value
    declared = 2016
    saved_at = NOW
    saved_by = factory.SelfAttribute("case.expert")


class ReportRunFactory(DjangoModelFactory[ReportRun]):
    class Meta:
        model = ReportRun

    case = factory.SubFactory(CaseFactory, state=State.REPORTING.value)
    requested_at = NOW
    requested_by = factory.SubFactory(PersonFactory)


class DocumentFactory(DjangoModelFactory[Document]):
    class Meta:
        model = Document

    run = factory.SubFactory(ReportRunFactory, state=ReportRun.State.DONE)
    case = factory.SelfAttribute("run.case")
    kind = Document.Kind.REPORT
    name = "report.pdf"
    sha256 = "0" * 64
    size = 1
    path = factory.Sequence(lambda n: f"2026-0000/{n}/report.pdf")
    made_at = NOW


def assessing(**case: Any) -> Case:
    """A case whose expert has declared that there is no interest."""
    made = CaseFactory(state=State.ASSESSING.value, **case)
    InterestFactory(case=made)
    return made


def answered(value: Value, **parts: Any) -> Answer:
    return Answer(state=AnswerState.ANSWERED, declared=value, **parts)


def act(**fields: Any) -> Act:
    """A Bronze award of 12 October 2026 under the rules of 2022."""
    return Act(
        **{
            "kind": EntryKind.AWARD,
            "organisation": "lt-amber",
            "name": "Amber Cluster",
            "country": "LT",
            "portfolio": "ict",
            "effective": INTERVIEW,
            "recorded": NOW,
            "actor": "EUCLES",
            "rule_set": "2022",
            "level": LabelLevel.BRONZE,
            "valid_from": INTERVIEW,
            "valid_until": date(2028, 10, 31),
            "renewable_until": date(2029, 10, 31),
            **fields,
        }
    )


def entry(**fields: Any) -> Entry:
    """An act entered in the ledger."""
    return register.append(act=act(**fields))
