import pytest

from touchstone.apps.pack import scheme
from touchstone.core.assessment.model import AnswerState, Value
from touchstone.core.faults import Fault, Severity
from touchstone.web.expert import sheet as sheets
from touchstone.web.expert.typed import Typed

PACK = scheme()
SHARES = ("A3.founding_industry", "A3.founding_research", "A3.founding_public", "A3.founding_management")


def entry(id: str, **parts: object) -> sheets.Entry:
    """The fields of a measure on a page."""
    sheet = sheets.Sheet(scheme=PACK, **{"typed": {}, "values": {}, **parts})  # type: ignore[arg-type]
    area = PACK.indicators[PACK.measures[id].indicator].area
    return next(e for section in sheet.sections(area) for e in section.entries if e.measure.id == id)


@pytest.mark.parametrize(
    ("id", "control"),
    [
        ("A1.founded", "number"),
        ("A2.legal_form", "select"),
        ("B1.minutes", "yes_no"),
        ("D1.information", "select"),
        ("F2.story_1", "text"),
    ],
)
def test_each_kind_of_measure_has_its_field(id: str, control: str) -> None:
    assert entry(id).control == control


@pytest.mark.parametrize(("id", "keyboard"), [("A1.founded", "numeric"), ("B2.fte", "decimal")])
def test_the_keyboard_fits_the_number(id: str, keyboard: str) -> None:
    assert entry(id).keyboard == keyboard


def test_a_page_shows_what_was_typed_with_its_fault_and_revision() -> None:
    shown = entry(
        "B2.fte",
        typed={"B2.fte": Typed(value="many")},
        faults={"B2.fte": "is not a number."},
        revisions={"B2.fte": 3},
    )
    assert (shown.typed.value, shown.fault, shown.revision) == ("many", "is not a number.", 3)


def test_the_same_help_is_shown_once_and_referred_to_by_the_others() -> None:
    first, second = entry(SHARES[0]), entry(SHARES[1])
    assert first.help == PACK.measures[SHARES[0]].help
    assert (second.help, second.helped_by) == ("", f"{SHARES[0]}-help")


def test_what_is_reckoned_is_shown_and_not_asked() -> None:
    section = sheets.Sheet(scheme=PACK, typed={}, values={"A1.age": 10.0}).sections("A")[0]
    assert [e.measure.id for e in section.entries] == ["A1.founded"]
    assert [(measure.id, value) for measure, value in section.derived] == [("A1.age", "10 years")]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([], "Shares must add up to 100 %."),
        ([97.0], "Shares add up to 97 %. They must add up to 100 %; 3 % are missing."),
        ([50.0, 50.4], "Shares add up to 100.4 %."),
        ([60.0, 60.0], "Shares add up to 120 %. They must add up to 100 %; 20 % are too much."),
        ([99.4], "Shares add up to 99.4 %. They must add up to 100 %; 0.6 % are missing."),
    ],
)
def test_a_running_sum_says_what_is_missing(values: list[float], message: str) -> None:
    given: dict[str, Value] = dict(zip(SHARES, values, strict=False))
    total = entry(SHARES[-1], values=given).total
    assert total is not None
    assert str(total.message) == message


def test_only_the_last_part_of_a_composition_carries_the_sum() -> None:
    assert [entry(id).total is None for id in SHARES] == [True, True, True, False]


def test_a_composition_of_derived_parts_needs_no_sum() -> None:
    rules = {rule.measures for rule in sheets.compositions(PACK)}
    assert SHARES in rules
    assert ("C1.public", "C1.private") not in rules


@pytest.mark.parametrize(
    ("id", "value", "said"),
    [
        ("A1.founded", 2012, "2012"),
        ("C3.budget", 1250000.0, "1,250,000 EUR"),
        ("B2.fte", 2.5, "2.5 FTE"),
        ("A6.committed_share", 66.66666, "66.67 %"),
        ("B1.minutes", True, "yes"),
        ("B1.minutes", False, "no"),
        ("A2.legal_form", "company", "Limited company"),
        ("A2.legal_form", "unheard", "unheard"),
        ("D1.information", 0, "Not offered"),
        ("D1.intensity", 2.25, "2.25 (0 to 4)"),
        ("F2.story_1", "A story.", "A story."),
        ("B2.fte", None, ""),
    ],
)
def test_a_value_is_shown_with_its_unit_or_its_words(id: str, value: Value | None, said: str) -> None:
    assert sheets.shown(value, PACK.measures[id]) == said


def test_progress_counts_what_was_dealt_with_and_the_faults_of_each_area() -> None:
    states = {
        "A1.founded": AnswerState.ANSWERED,
        "A2.legal_form": AnswerState.UNKNOWN,
        "A1.age": AnswerState.ANSWERED,
        "B1.minutes": AnswerState.NOT_ASKED,
    }
    faults = [
        Fault("A6.total, A6.listed", "cannot be."),
        Fault("B2.fte", "is odd.", severity=Severity.WARNING),
        Fault("interviewed_on", "is missing."),
    ]
    areas = {one.area: one for one in sheets.progress(PACK, states, faults)}
    assert (areas["A"].answered, areas["A"].faults, areas["B"].answered, areas["B"].faults) == (2, 1, 0, 0)
    assert list(areas) == list(PACK.areas)


@pytest.mark.parametrize(
    ("place", "id"),
    [
        ("A6.total", "A6.total"),
        ("A6.total, A6.listed", "A6.total"),
        ("A3.founding_industry … A3.founding_management", "A3.founding_industry"),
        ("interviewed_on", None),
        ("", None),
    ],
)
def test_a_fault_leads_to_the_first_measure_that_it_names(place: str, id: str | None) -> None:
    measure = sheets.first_measure(Fault(place, "cannot be."), PACK)
    assert (measure and measure.id) == id


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (
            Fault("A6.total", "has no reason.", "Say why."),
            f"“{PACK.measures['A6.total'].label}” has no reason. Say why.",
        ),
        (Fault("A6.total", "Shares add up to 97 %."), "Shares add up to 97 %."),
        (Fault("interviewed_on", "is in the future."), "is in the future."),
    ],
)
def test_a_fault_reads_as_a_sentence(fault: Fault, said: str) -> None:
    assert sheets.sentence(fault, PACK) == said
