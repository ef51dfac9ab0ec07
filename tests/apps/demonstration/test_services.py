from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from factories.apps import NOW
from touchstone.apps.accounts.models import Role, User
from touchstone.apps.cases import making
from touchstone.apps.cases.models import Case, Document, Event, ReportRun
from touchstone.apps.demonstration import services
from touchstone.apps.organisations.models import Organisation
from touchstone.apps.refusal import Refused
from touchstone.apps.register.models import LedgerEntry, RegisterSpan
from touchstone.apps.register.services import rebuild_check, status, verify
from touchstone.core.assessment.model import Answer, AnswerState
from touchstone.core.assessment.reading import as_document
from touchstone.core.cases.states import State
from touchstone.core.faults import Fault, Unusable
from touchstone.core.labels.model import Standing
from touchstone.intake.participants import read_participants

pytestmark = pytest.mark.django_db(transaction=True)
AMBER, DAUGAVA = "lt-amber-coast-photonics", "lv-daugava-timber"


def load(**more: object) -> list[services.Credentials]:
    return services.load(**{"at": NOW, "progress": lambda *_: None, **more})  # type: ignore[arg-type]


def counts() -> Counter[str]:
    kinds = (User, Organisation, Case, Event, Document, ReportRun, LedgerEntry, RegisterSpan)
    return Counter({kind.__name__: kind.objects.count() for kind in kinds})


def test_a_loading_makes_the_whole_demonstration_and_a_second_one_changes_nothing() -> None:
    seen: list[tuple[str, int, int]] = []
    made = load(progress=lambda *step: seen.append(step))
    assert [done for _, done, _ in seen] == [0, 1, 2, 3, 4, 5, 6]

    assert {credentials.role for credentials in made} == set(Role.values)
    assert len({credentials.password for credentials in made}) == len(made) == User.objects.count()
    assert all(User.objects.get(username=one.username).check_password(one.password) for one in made)
    assert not User.objects.filter(is_superuser=True).exists()

    open_case = Case.objects.get(organisation=AMBER)
    finished, following = Case.objects.filter(organisation=DAUGAVA).order_by("pk")
    assert (open_case.stands, open_case.answers.count(), open_case.expert.username) == (
        State.OPEN,
        0,
        "expert",
    )
    assert (finished.stands, finished.answers.count(), finished.observers.count()) == (State.AWARDED, 199, 1)
    assert Document.objects.filter(case=finished).count() == 5
    assert all(document.file.is_file() for document in Document.objects.all())
    assert (following.stands, following.level, following.previous) == (State.ASSESSING, "silver", finished)
    waiting = following.answers.to_confirm()
    assert {answer.carried_from for answer in waiting} == {finished.interviewed_on}
    assert waiting.count() == following.answers.count() > 50
    assert "(invented)" in open_case.organisation.name
    assert "(invented)" in finished.organisation.name

    assert (verify().as_document(), rebuild_check()) == (
        {"entries": 71, "intact": True, "first_fault": None, "heads": 0}, [],
    )  # fmt: skip
    assert status(DAUGAVA, on=NOW.date(), known=NOW).standing is Standing.VALID

    before = counts()
    assert load(at=NOW + timedelta(days=1)) == []
    assert counts() == before

    # A loading that was stopped after opening the next case is gone on with.
    Case.objects.filter(pk=following.pk).update(state=State.OPEN.value)
    anew = load(new_passwords=True)
    following.refresh_from_db()
    assert following.stands is State.ASSESSING
    assert [one.username for one in anew] == [one.username for one in made]
    assert not {one.password for one in anew} & {one.password for one in made}
    assert anew[0].as_document() == {
        "role": "cluster", "username": "cluster", "password": anew[0].password,
    }  # fmt: skip
    assert User.objects.get(username="cluster").check_password(anew[0].password)


def stopped_while(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(making, what, stop)
    with pytest.raises(KeyboardInterrupt):
        load()
    monkeypatch.undo()


def test_a_loading_that_was_killed_in_the_middle_of_the_report_is_gone_on_with(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from django.conf import settings

    home = settings.TOUCHSTONE_HOME
    stopped_while("make_report", monkeypatch)
    monkeypatch.setattr(settings, "TOUCHSTONE_HOME", home)
    assert Case.objects.get(organisation=DAUGAVA).stands is State.REPORTING
    assert load() == []
    case = Case.objects.filter(organisation=DAUGAVA).earliest("pk")
    assert (case.stands, [run.state for run in case.runs.all()]) == (State.AWARDED, ["done", "failed"])


def test_a_report_that_fails_is_told(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise Unusable("", Fault("typesetter", "is missing."))

    monkeypatch.setattr(making, "make_report", fail)
    with pytest.raises(Refused, match="typesetter: is missing"):
        load()
    assert "failed" in caplog.text


def test_a_clock_that_is_behind_gives_no_interview_in_the_future() -> None:
    at = datetime(2026, 3, 1, tzinfo=UTC)
    read = services._assessment(services.FINISHED, at)
    assert read.interviewed_on == at.date()


def test_answers_that_no_longer_fit_the_scheme_are_told() -> None:
    services._load_people(NOW, new_passwords=False)
    read = services._assessment(services.FINISHED, NOW)
    case = services._case(read, at=NOW)
    services._declare(case, read, NOW)
    odd = replace(read, answers={"A1.founded": Answer(state=AnswerState.ANSWERED, declared=99_999)})
    with pytest.raises(Refused, match="daugava-timber"):
        services._assess(case, odd, NOW)


@pytest.mark.parametrize("name", [services.FINISHED, services.OPEN])
def test_the_shipped_answers_are_complete_and_sound(name: str) -> None:
    from touchstone.apps.pack import rule_set_on, scheme
    from touchstone.core.assessment import plausibility
    from touchstone.core.assessment.derivation import derive
    from touchstone.core.quality.appraisal import appraise

    read, pack = services._assessment(name, NOW), scheme()
    asked = {id for id, measure in pack.measures.items() if not measure.derived}
    assert set(read.values()) == asked
    assert plausibility.check(read.values(), pack, interviewed_on=read.interviewed_on) == ()
    values = derive(read.values(), pack, interviewed_on=read.interviewed_on)
    appraisal = appraise(values, scheme=pack, rule_set=rule_set_on(read.interviewed_on), comparison=None)
    assert {judgement.light for judgement in appraisal.judgements} == {"red", "yellow", "green"}
    assert (appraisal.eligible, appraisal.score.not_assessed) == (True, 0)
    assert as_document(read)["organisation"]["website"].endswith(".example")  # type: ignore[index]


def test_the_shipped_participant_list_agrees_with_the_answers() -> None:
    from touchstone.core.assessment.participants import summarise

    read = services._assessment(services.OPEN, NOW)
    participants = read_participants(services._file("amber-coast-participants.csv"))
    summary = summarise(participants, on=read.interviewed_on, country="LT", office=None)
    assert summary.values == {id: read.values()[id] for id in summary.values}
    assert {id.split(".")[0] for id in summary.values} == {"A5", "A6", "A7", "A9"}
