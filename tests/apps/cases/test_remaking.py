"""A report is made again from what was kept with it, to the byte, whatever has changed since."""

import json
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from django.utils import timezone

from factories.apps import CaseFactory, PersonFactory, ReportRunFactory, SavedAnswerFactory
from factories.participant_lists import content
from factories.peers import SECOND, added, anew, assessments, latest
from touchstone.apps import pack
from touchstone.apps.cases import making, services
from touchstone.apps.cases.models import Case, Document, ReportRun, SavedAnswer
from touchstone.apps.cases.remaking import remake, report_again
from touchstone.apps.participants.models import HandedInList
from touchstone.apps.participants.rows import as_row
from touchstone.apps.peers import current, sets, store
from touchstone.apps.refusal import Refused
from touchstone.core.assessment.spread import Spread
from touchstone.core.faults import Unusable
from touchstone.core.scheme.folders import shipped
from touchstone.intake.participants import participants_in

from .test_making import recorded

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def only_the_result(monkeypatch: pytest.MonkeyPatch) -> None:
    """The typesetter has nothing to do with it."""
    from touchstone.output import report

    form = {"result.json": report.FORMS["result.json"]}
    monkeypatch.setattr(report, "FORMS", form)


def reported(case: Case) -> ReportRun:
    run = services.request_report(case=case, by=PersonFactory(), at=timezone.now())
    run.refresh_from_db()
    assert (run.state, run.message) == ("done", "")
    return run


def result_of(run: ReportRun) -> bytes:
    return run.documents.get(kind=Document.Kind.RESULT).file.read_bytes()


def test_a_run_keeps_its_set_its_record_and_no_release_for_synthetic_peers(touchstone_home: Path) -> None:
    run = reported(recorded())
    assert (run.set_name, run.set_on, run.release) == ("Synthetic peers", run.case.interviewed_on, None)
    assert [file.name for file in (touchstone_home / "sets").iterdir()] == [f"{run.set_digest}.zip"]
    made = remake(run.case)
    assert (made.equal, made.content, made.run) == (True, result_of(run), run)


def test_the_same_set_is_kept_once(touchstone_home: Path) -> None:
    case = recorded()
    first, second = reported(case), reported(Case.objects.get(pk=case.pk))
    assert (first.set_digest, first.pk == second.pk) == (second.set_digest, False)
    assert len(list((touchstone_home / "sets").iterdir())) == 1


def test_a_report_from_a_release_says_the_same_after_the_next_release(tmp_path: Path) -> None:
    now = latest(assessments())
    added(now, tmp_path)
    # Most groups are held over: the report has peers that the set of its release does not have.
    added(anew(now, np.array([20, 21]), SECOND), tmp_path, name="later", on=SECOND)
    run = reported(recorded())
    assert (run.set_name, run.set_on, run.release, run.synthetic) == ("later", SECOND, 2, False)
    assert store.read(store.path_of(2)).held != ""
    added(anew(now, np.arange(60), SECOND), tmp_path, name="last", on=SECOND)
    assert current.peers().number == 3
    made = remake(run.case)
    assert (made.equal, made.content) == (True, result_of(run))


@pytest.fixture
def changed_pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """From now on the pack that ships asks for more peers, and for more of everything else."""
    folder = tmp_path / "schemes" / "ecei"
    shutil.copytree(shipped(), folder)
    head = folder / "scheme.toml"
    text = head.read_text(encoding="utf-8")
    assert text.count("median_from = 5\n") == 1
    head.write_text(text.replace("median_from = 5\n", "median_from = 9\n"), encoding="utf-8")
    pack._loaded.cache_clear()
    current._synthetic.cache_clear()
    monkeypatch.setattr(pack, "shipped", lambda _: folder)
    monkeypatch.setattr(current, "shipped", lambda _: folder)
    yield
    pack._loaded.cache_clear()
    current._synthetic.cache_clear()


def test_the_pack_inside_the_set_counts_and_not_the_one_of_today(request: pytest.FixtureRequest) -> None:
    run = reported(recorded())
    of_then = result_of(run)
    request.getfixturevalue("changed_pack")
    made = remake(run.case)
    assert (made.equal, made.content) == (True, of_then)
    anew_today = reported(Case.objects.get(pk=run.case_id))
    assert anew_today.set_digest != run.set_digest
    assert result_of(anew_today) != of_then


def test_the_record_of_then_counts_also_where_answers_have_changed_since() -> None:
    run = reported(recorded())
    run.case.answers.filter(measure="A1.founded").update(declared=1999)
    run.case.organisation.name = "Another Name"
    run.case.organisation.save()
    assert remake(Case.objects.get(pk=run.case_id)).equal is True


def with_a_list() -> Case:
    """A submitted case whose list was taken over, with an expert who has a name."""
    case = recorded()
    expert = PersonFactory(first_name="Asta", last_name="Žukauskienė")
    Case.objects.filter(pk=case.pk).update(expert=expert)
    rows = ["Office,office,LT,Vilnius,,,", "Firm,sme,LT,Kaunas,,,fee", "Other,sme,PL,Warszawa,,,fee"]
    participants = [as_row(row) for row in participants_in(content(*rows), file="list.csv")]
    HandedInList.objects.create(
        case=case, number=1, name="list.csv", sha256="0" * 64, rows=participants, row_count=3,
        uploaded_at=timezone.now(), uploaded_by=expert, taken_at=timezone.now(),
    )  # fmt: skip
    return Case.objects.get(pk=case.pk)


def test_the_map_and_the_expert_are_those_of_then_whatever_became_of_the_list() -> None:
    run = reported(with_a_list())
    Case.objects.filter(pk=run.case_id).update(expert=PersonFactory(first_name="Another"))
    HandedInList.objects.update(rows=[], taken_at=None)
    again = report_again(ReportRun.objects.get(pk=run.pk))
    assert again.expert == "Asta Žukauskienė"
    assert again.portrait is not None
    assert (again.portrait.spread, [spot.count for spot in again.portrait.spots]) == (
        Spread(within=(0, 1, 1), farther=0, unplaced=0), [1, 1],
    )  # fmt: skip
    assert remake(run.case).equal is True


def test_a_run_keeps_no_name_of_a_participant() -> None:
    run = reported(with_a_list())
    assert [row["name"] for row in json.loads(run.participants)] == ["0", "1", "2"]
    assert not any(name in run.participants for name in ("Firm", "Other", "Kaunas", "Warszawa", "Office"))


def test_a_run_from_before_maps_were_drawn_has_none() -> None:
    run = reported(recorded())
    ReportRun.objects.filter(pk=run.pk).update(participants="", expert="")
    again = report_again(ReportRun.objects.get(pk=run.pk))
    assert (again.portrait, again.expert) == (None, "")


def test_a_result_that_is_another_is_told_so() -> None:
    run = reported(recorded())
    run.documents.update(sha256="0" * 64)
    assert remake(run.case).equal is False


def test_a_set_that_is_lost_is_named() -> None:
    run = reported(recorded())
    sets.path_of(run.set_digest).unlink()
    with pytest.raises(Unusable, match="This comparison set is missing"):
        remake(run.case)


@pytest.mark.parametrize(
    ("state", "told"),
    [("failed", "has no report yet."), ("done", "was made before comparison sets were kept.")],
)
def test_what_cannot_be_made_again_is_told(state: str, told: str) -> None:
    run = ReportRunFactory(state=state)
    with pytest.raises(Refused, match=told):
        remake(run.case)


def test_peers_that_cannot_be_read_give_no_report(tmp_path: Path) -> None:
    added(latest(assessments()), tmp_path)
    store.path_of(1).write_text("{}")
    run = services.request_report(case=recorded(), by=PersonFactory(), at=timezone.now(), in_background=False)
    making.make(run.pk)
    run.refresh_from_db()
    assert (run.state, run.set_digest) == ("failed", "")
    assert run.message.endswith(
        "This release cannot be read. Restore it from a backup: until then no peers are shown."
    )


def test_what_has_changed_since_the_case_before_is_told_and_kept_with_the_run(touchstone_home: Path) -> None:
    case = recorded()
    before = CaseFactory(
        organisation=case.organisation, state="awarded", reference="2024-0001",
        interviewed_on=case.interviewed_on - timedelta(days=700),
    )  # fmt: skip
    SavedAnswerFactory(case=before, measure="A6.total", declared=40)
    Case.objects.filter(pk=case.pk).update(previous=before)
    run = reported(Case.objects.get(pk=case.pk))
    change = json.loads(result_of(run))["change"]
    assert change["since"] == before.interviewed_on.isoformat()
    now = SavedAnswer.objects.get(case=case, measure="A6.total").declared
    steps = {one["id"]: one["value"] for one in change["measures"]}
    assert steps["A6.total"] == now - 40
    SavedAnswer.objects.filter(case=before).update(declared=41)
    assert remake(run.case).equal


def test_a_case_before_with_the_same_day_tells_of_no_change(touchstone_home: Path) -> None:
    case = recorded()
    before = CaseFactory(
        organisation=case.organisation, state="awarded", reference="2024-0001",
        interviewed_on=case.interviewed_on,
    )  # fmt: skip
    Case.objects.filter(pk=case.pk).update(previous=before)
    assert json.loads(result_of(reported(Case.objects.get(pk=case.pk))))["change"] is None


@pytest.mark.parametrize("code", ["lt", "pl", "de"])
def test_a_report_in_another_language_is_made_again_in_it(code: str, touchstone_home: Path) -> None:
    run = services.request_report(case=recorded(), by=PersonFactory(), at=timezone.now(), language=code)
    made = remake(run.case)
    assert (made.equal, json.loads(made.content)["language"]) == (True, code)
