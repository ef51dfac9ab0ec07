"""Loading the demonstration: a register of the past, cases of two invented organisations, a sign-in a role.

Every part looks first whether it is there already, so that a loading that was stopped can be gone on with.
"""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from touchstone.apps.accounts.models import Role, User
from touchstone.apps.accounts.services import create_user, set_password
from touchstone.apps.cases import making
from touchstone.apps.cases import services as cases
from touchstone.apps.cases.models import Case, Meeting, ReportRun
from touchstone.apps.demonstration.labels import load_labels
from touchstone.apps.old_pages import services as old_pages
from touchstone.apps.organisations import services as organisations
from touchstone.apps.organisations.models import Organisation
from touchstone.apps.pack import scheme
from touchstone.apps.participants import services as participants
from touchstone.apps.participants.rules import PREPARING
from touchstone.apps.refusal import Refused
from touchstone.core.assessment.model import Assessment
from touchstone.core.assessment.reading import from_document
from touchstone.core.cases.conflicts import InterestKind
from touchstone.core.cases.states import State
from touchstone.core.labels.model import LabelLevel
from touchstone.intake.old_register import read_page_file

Progress = Callable[[str, int, int], None]

NOTE = "An invented organisation of the demonstration."
REGISTER, REGISTER_COUNTRY = "register-poland.txt", "PL"
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
FINISHED, OPEN = "daugava-timber.json", "amber-coast-photonics.json"
PARTICIPANTS = "amber-coast-participants.csv"  # of the open case
LABELS = "labels.toml"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the demonstration, invented like all of it."""

    username: str
    role: Role
    first_name: str
    last_name: str
    country: str = ""
    organisation: str = ""  # the file of the organisation that the person belongs to


PEOPLE = (
    Person("cluster", Role.CLUSTER, "Jānis", "Priedītis", "LV", FINISHED),
    Person("cluster-amber", Role.CLUSTER, "Rūta", "Jūratienė", "LT", OPEN),
    Person("expert", Role.EXPERT, "Elin", "Sandvær", "NO"),
    Person("secretariat", Role.SECRETARIAT, "Tomas", "Girėnas", "LT"),
    Person("decider", Role.DECIDER, "Ilse", "Vandermolen", "BE"),
    Person("programme-owner", Role.PROGRAMME_OWNER, "Piotr", "Zalewny", "PL"),
    Person("scheme-editor", Role.SCHEME_EDITOR, "Noor", "Hasselaar", "NL"),
    Person("administrator", Role.ADMINISTRATOR, "Aino", "Rantakari", "FI"),
    Person("observer", Role.OBSERVER, "Marta", "Costabrava", "ES"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """A sign-in, shown once. The password is kept nowhere but as its hash."""

    role: str
    username: str
    password: str

    def as_document(self) -> dict[str, str]:
        return {"role": self.role, "username": self.username, "password": self.password}


def load(*, at: datetime, progress: Progress, new_passwords: bool = False) -> list[Credentials]:
    """Load the demonstration; what is there already stays as it is.

    Gives the sign-ins that were made now, or all of them with `new_passwords`.
    """
    steps: tuple[tuple[str, Callable[[], list[Credentials]]], ...] = (
        ("reading the register of the past", lambda: _load_register(at)),
        ("making the sign-ins", lambda: _load_people(at, new_passwords=new_passwords)),
        ("opening a case", lambda: _load_open_case(at)),
        ("finishing a case, with its report", lambda: _load_finished_case(at)),
        ("opening the one after it", lambda: _load_next_case(at)),
        ("entering labels in every state", lambda: _load_labels(at)),
    )
    made: list[Credentials] = []
    for done, (step, act) in enumerate(steps):
        progress(step, done, len(steps))
        made += act()
    progress("loaded", len(steps), len(steps))
    return made


def _load_register(at: datetime) -> list[Credentials]:
    page = read_page_file(_file(REGISTER), scheme())
    old_pages.take_in(page=page, name=REGISTER, country=REGISTER_COUNTRY, by="demonstration", at=at)
    return []


def _load_labels(at: datetime) -> list[Credentials]:
    load_labels(_file(LABELS), note=NOTE, at=at)
    return []


@transaction.atomic
def _load_people(at: datetime, *, new_passwords: bool) -> list[Credentials]:
    present = {user.username: user for user in User.objects.filter(username__in=[p.username for p in PEOPLE])}
    return [
        _credentials(person, present.get(person.username), at)
        for person in PEOPLE
        if new_passwords or person.username not in present
    ]


def _credentials(person: Person, user: User | None, at: datetime) -> Credentials:
    password = _password()
    if user:
        set_password(user=user, password=password)
    else:
        create_user(
            username=person.username, role=person.role, password=password, country=person.country,
            first_name=person.first_name, last_name=person.last_name,
            organisation=_organisation(_assessment(person.organisation, at)) if person.organisation else None,
        )  # fmt: skip
    return Credentials(role=person.role.value, username=person.username, password=password)


def _password() -> str:
    """Sixteen letters and digits that are not taken for each other, in fours: about 79 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))


def _load_open_case(at: datetime) -> list[Credentials]:
    case = _case(_assessment(OPEN, at), at=at)
    if case.stands in PREPARING and not case.participant_lists.exists():
        me = User.objects.get(username=next(one.username for one in PEOPLE if one.organisation == OPEN))
        content = _file(PARTICIPANTS).read_bytes()
        participants.upload(case=case, by=me, content=content, name=PARTICIPANTS, at=at)
    return []


def _load_finished_case(at: datetime) -> list[Credentials]:
    """Take the case through all its states; it starts where an earlier loading left it."""
    assessment = _assessment(FINISHED, at)
    case = _case(assessment, at=at)
    while not case.stands.final:
        _ACTS[case.stands](case, assessment, at)
        case.refresh_from_db()
    return []


def _load_next_case(at: datetime) -> list[Credentials]:
    """The organisation of the finished case applies for Silver: what it said is there to be confirmed."""
    organisation = _organisation(_assessment(FINISHED, at))
    found = Case.objects.filter(organisation=organisation, previous__isnull=False).first()
    case = found or cases.open_case(
        organisation=organisation, level=LabelLevel.SILVER, by=_person(Role.SECRETARIAT), on=at.date(),
        at=at, expert=_person(Role.EXPERT),
    )  # fmt: skip
    if case.stands is State.OPEN:
        cases.declare_interests(
            case=case, by=_person(Role.EXPERT), kinds=[InterestKind.NONE], statement="None.", at=at
        )
    return []


def _declare(case: Case, _: Assessment, at: datetime) -> None:
    cases.declare_interests(
        case=case, by=_person(Role.EXPERT), kinds=[InterestKind.NONE], statement="None.", at=at
    )


def _assess(case: Case, assessment: Assessment, at: datetime) -> None:
    expert = _person(Role.EXPERT)
    saved = cases.save_answers(
        case=case, by=expert, answers=assessment.answers, interviewed_on=assessment.interviewed_on,
        meeting=Meeting.VIDEO.value, at=at,
    )  # fmt: skip
    for fault in saved.faults.values():
        raise Refused(f"{FINISHED}: {fault}")
    cases.submit(
        case=case, by=expert, recommended=True, text="All eligibility criteria are met, with evidence.", at=at
    )


def _report(case: Case, _: Assessment, at: datetime) -> None:
    run = cases.request_report(case=case, by=_person(Role.SECRETARIAT), at=at, in_background=False)
    making.make(run.pk)
    run.refresh_from_db()
    if run.state == ReportRun.State.FAILED:
        raise Refused(run.message)


def _give_up(case: Case, _: Assessment, at: datetime) -> None:
    """A loading that was stopped in the middle of the report leaves a run that nobody goes on with."""
    for run in case.runs.filter(state__in=ReportRun.UNDER_WAY):
        making.fail(run, "The loading of the demonstration was stopped.", at=at)


def _send(case: Case, _: Assessment, at: datetime) -> None:
    cases.invite_observer(case=case, observer=_person(Role.OBSERVER), by=_person(Role.SECRETARIAT), at=at)
    cases.send_to_decision(case=case, by=_person(Role.SECRETARIAT), at=at)


def _award(case: Case, _: Assessment, at: datetime) -> None:
    cases.award(
        case=case, by=_person(Role.DECIDER), at=at,
        reason="Benchmarked by an impartial expert; the eligibility criteria are met.",
    )  # fmt: skip


_ACTS: dict[State, Callable[[Case, Assessment, datetime], None]] = {
    State.OPEN: _declare,
    State.ASSESSING: _assess,
    State.RECORDED: _report,
    State.REPORTING: _give_up,
    State.REPORTED: _send,
    State.IN_DECISION: _award,
}


def _case(assessment: Assessment, *, at: datetime) -> Case:
    organisation = _organisation(assessment)
    present = Case.objects.filter(organisation=organisation).order_by("pk").first()
    return present or cases.open_case(
        organisation=organisation,
        level=LabelLevel.BRONZE,
        by=_person(Role.SECRETARIAT),
        on=min(at.date(), assessment.interviewed_on - timedelta(days=20)),
        at=at,
        expert=_person(Role.EXPERT),
    )


def _organisation(assessment: Assessment) -> Organisation:
    told = assessment.organisation
    return organisations.ensure(
        key=told.id, name=told.name, country=told.country, portfolio=told.portfolio, website=told.website,
        note=NOTE, synthetic=True,
    )  # fmt: skip


def _person(role: Role) -> User:
    username = next(person.username for person in PEOPLE if person.role == role)
    return User.objects.get(username=username)


def _assessment(name: str, at: datetime) -> Assessment:
    document = json.loads(_file(name).read_text(encoding="utf-8"))
    # A clock that is behind must not turn the demonstration's interview into one of the future.
    document["interviewed_on"] = min(document["interviewed_on"], at.date().isoformat())
    return from_document(document, scheme(), file=name, today=at.date())


def _file(name: str) -> Path:
    return Path(settings.TOUCHSTONE_DEMONSTRATION) / name
