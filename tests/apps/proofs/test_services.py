"""Proofs from the ledger: who is meant, what is answered, and that it stays so."""

import io
from datetime import UTC, date, datetime, timedelta

import pikepdf
import pytest
from pytest_django import DjangoAssertNumQueries

from factories.apps import NOW, TODAY, entry
from touchstone.apps.proofs import services
from touchstone.apps.proofs.services import MOST, Refused
from touchstone.apps.register import services as register
from touchstone.core.labels.model import EntryKind, LabelLevel, Standing
from touchstone.core.labels.proof import Match, Proof, Verdict
from touchstone.output.proof import ProofState

pytestmark = pytest.mark.django_db
BRONZE, SILVER, GOLD = LabelLevel
LATER = NOW + timedelta(days=30)


def ask(
    *names: str,
    level: LabelLevel = BRONZE,
    match: Match = Match.AT_LEAST,
    on: date = TODAY,
    at: datetime = NOW,
    known: datetime | None = None,
) -> Proof:
    return services.answer(names, level=level, match=match, on=on, at=at, known=known)


def verdicts(proof: Proof) -> list[str]:
    return [line.verdict.value for line in proof.lines]


def found(proof: Proof) -> list[list[str]]:
    return [[one.key for one in line.candidates] for line in proof.lines]


@pytest.fixture
def amber() -> None:
    entry()


@pytest.mark.usefixtures("amber")
@pytest.mark.parametrize(
    "text", ["lt-amber", "LT-AMBER", "Amber Cluster", "ambér  CLUSTER", "1", "00001", "No. 1"]
)
def test_an_organisation_is_found_by_key_by_name_and_by_number(text: str) -> None:
    made = ask(text)
    assert (found(made), verdicts(made)) == ([["lt-amber"]], ["yes"])


@pytest.mark.usefixtures("amber")
@pytest.mark.parametrize(
    "text",
    [
        "Amber Klaster",
        "Amber",
        "2",
        "0",
        "999999999",
        "'; DROP TABLE",
        "%",
        "_",
        "!!!",
        "lt-amber'--",
        "٣",
        "\x00",
    ],
)
def test_what_is_only_like_it_is_not_taken_for_it(text: str) -> None:
    made = ask(text)
    assert (found(made), verdicts(made)) == ([[]], ["unknown"])


@pytest.mark.usefixtures("amber")
def test_names_that_are_like_one_are_suggested_beside_the_proof() -> None:
    made = ask("Amber Clustre", "Quite another", "Amber Cluster")
    assert services.suggested(made, today=TODAY) == {"Amber Clustre": ("Amber Cluster",)}


def test_a_name_of_several_is_told_with_their_keys_and_not_decided() -> None:
    entry()
    entry(organisation="pl-amber", country="PL")
    made = ask("Amber Cluster", "pl-amber")
    assert (found(made), verdicts(made)) == ([["lt-amber", "pl-amber"], ["pl-amber"]], ["unknown", "yes"])


def test_an_old_name_finds_it_and_the_name_of_the_day_is_given() -> None:
    entry()
    entry(kind=EntryKind.RENAME, name="Baltic Stone", level=None, valid_from=None, valid_until=None,
          renewable_until=None, effective=TODAY)  # fmt: skip
    made = ask("Amber Cluster", "Baltic Stone")
    assert [[one.name for one in line.candidates] for line in made.lines] == [["Baltic Stone"]] * 2
    before = ask("Baltic Stone", on=TODAY - timedelta(days=1))
    assert before.lines[0].candidates[0].name == "Amber Cluster"


def test_a_number_that_is_also_a_name_is_not_decided() -> None:
    entry(organisation="lt-one", name="2")
    entry(organisation="lt-two", name="Two")
    assert found(ask("2")) == [["lt-one", "lt-two"]]


@pytest.mark.usefixtures("amber")
@pytest.mark.parametrize(
    ("on", "standing", "verdict"),
    [
        (date(1, 1, 1), Standing.NEVER, "no"),
        (date(2009, 12, 31), Standing.NEVER, "no"),
        (date(2026, 10, 11), Standing.NEVER, "no"),
        (date(2026, 10, 12), Standing.VALID, "yes"),
        (date(2028, 10, 31), Standing.VALID, "yes"),
        (date(2028, 11, 1), Standing.EXPIRED_RENEWABLE, "no"),
        (date(2999, 12, 31), Standing.LAPSED, "no"),
        (date(9999, 12, 31), Standing.LAPSED, "no"),
    ],
)
def test_each_day_has_its_answer(on: date, standing: Standing, verdict: str) -> None:
    made = ask("lt-amber", on=on)
    assert (made.lines[0].standing, verdicts(made)) == (standing, [verdict])


def test_an_answer_names_the_entries_that_it_rests_on_and_where_the_ledger_stood() -> None:
    entry()
    entry(organisation="lt-other", name="Other")
    last = entry(kind=EntryKind.UPGRADE, level=SILVER)
    made = ask("lt-amber", level=SILVER)
    assert made.lines[0].entries == (1, 3)
    assert (made.ledger.number, made.ledger.hash) == (3, last.hash)
    assert made.installation == "http://localhost:8000"


def test_the_same_question_has_the_same_answer_after_new_entries() -> None:
    entry()
    known = NOW + timedelta(hours=1)
    asked = ("Amber Cluster", "Baltic Stone", "2", "lt-new", "New")
    before = services.document(ask(*asked, at=known))
    withdrawn = {"valid_from": None, "valid_until": None, "renewable_until": None, "recorded": LATER}
    entry(kind=EntryKind.WITHDRAWAL, level=None, effective=TODAY, **withdrawn)
    entry(kind=EntryKind.RENAME, name="Baltic Stone", level=None, effective=TODAY, **withdrawn)
    entry(organisation="lt-new", name="New", recorded=LATER)
    entry(organisation="pl-amber", country="PL", recorded=LATER)
    assert services.document(ask(*asked, at=LATER + timedelta(days=1), known=known)) == before
    assert verdicts(ask("lt-amber", at=LATER)) == ["no"]


def test_a_head_that_was_published_by_then_is_named_and_stays_named() -> None:
    entry()
    tomorrow = NOW + timedelta(days=1)
    first = ask("lt-amber", at=tomorrow)
    (head,) = register.heads()
    assert (first.ledger.head, first.ledger.head_day) == (head.hash, TODAY)
    assert ask("lt-amber", at=tomorrow + timedelta(days=9), known=tomorrow) == first
    assert ask("lt-amber", at=NOW).ledger.head == ""


def test_as_known_before_an_entry_it_is_not_known() -> None:
    entry()
    made = ask("lt-amber", "1", known=NOW - timedelta(microseconds=1))
    assert (verdicts(made), made.ledger.number, made.ledger.hash) == (["unknown"] * 2, 0, "0" * 64)


def test_the_last_of_many_entries_by_a_moment_is_found() -> None:
    for day in range(9):
        entry(organisation=f"lt-{day}", recorded=NOW + timedelta(days=day))
    at = NOW + timedelta(days=20)
    numbers = [ask("x", at=at, known=NOW + timedelta(days=day)).ledger.number for day in range(-1, 11)]
    assert numbers == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9]


def test_a_clock_set_back_by_a_day_forgets_nothing() -> None:
    entry()
    made = ask("lt-amber", at=NOW - timedelta(days=1))
    assert (verdicts(made), made.question.known) == (["yes"], NOW)


@pytest.mark.usefixtures("amber")
def test_what_will_be_known_is_not_known_yet() -> None:
    with pytest.raises(Refused, match="Nobody knows yet"):
        ask("lt-amber", known=NOW + timedelta(seconds=1))


@pytest.mark.parametrize(
    ("count", "told"), [(0, "No organisation"), (501, "501 names"), (10_000, "10,000 names")]
)
def test_no_name_and_too_many_are_refused_with_their_number(count: int, told: str) -> None:
    with pytest.raises(Refused, match=told):
        ask(*(f"name {n}" for n in range(count)))


def test_five_hundred_names_take_a_fixed_number_of_questions_to_the_database(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    entry()
    with django_assert_max_num_queries(25):
        assert ask(*(f"name {n}" for n in range(MOST))).count(Verdict.UNKNOWN) == MOST


@pytest.mark.usefixtures("amber")
def test_the_signed_file_checks_here_and_says_the_proof() -> None:
    made = ask("lt-amber")
    found = services.check(services.document(made))
    assert (found.state, found.proof) == (ProofState.INTACT, made)


def test_an_empty_ledger_can_prove_that_it_knew_nothing() -> None:
    made = ask("Amber")
    assert services.check(services.document(made)).intact
    assert (made.ledger.number, verdicts(made)) == (0, ["unknown"])


@pytest.mark.usefixtures("amber")
def test_the_sealed_pdf_holds_the_signed_file() -> None:
    made = ask("lt-amber")
    with pikepdf.open(io.BytesIO(services.pdf(made, language="de", at=NOW))) as pdf:
        inside = pdf.attachments["proof.json"].get_file().read_bytes()
    assert inside.decode() == services.document(made)


def test_a_merger_is_told_with_what_came_of_it() -> None:
    entry()
    entry(kind=EntryKind.MERGER, others=("lt-new",), level=None, valid_from=None, valid_until=None,
          renewable_until=None, effective=TODAY, recorded=NOW)  # fmt: skip
    (line,) = ask("lt-amber", at=datetime(2026, 11, 22, tzinfo=UTC)).lines
    assert (line.successors, line.verdict) == (("lt-new",), Verdict.NO)


def test_exactly_bronze_is_not_answered_by_silver() -> None:
    entry(level=SILVER)
    assert verdicts(ask("lt-amber", match=Match.EXACTLY)) == ["no"]
    assert verdicts(ask("lt-amber", level=GOLD)) == ["no"]
