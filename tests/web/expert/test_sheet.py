from datetime import date

import pytest

from touchstone.apps.pack import scheme
from touchstone.core.assessment.explaining import explain
from touchstone.core.assessment.model import Answer, AnswerState, Value
from touchstone.core.faults import Fault, Severity
from touchstone.web.expert import sheet as sheets
from touchstone.web.expert.typed import Typed

PACK = scheme()
INTERVIEW, LAST = date(2026, 10, 12), date(2024, 10, 12)
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
    explained = explain("A1.age", {"A1.founded": 2016}, PACK, interviewed_on=INTERVIEW)
    sheet = sheets.Sheet(scheme=PACK, typed={}, values={}, explained={"A1.age": explained})
    section = sheet.sections("A")[0]
    assert [e.measure.id for e in section.entries] == ["A1.founded"]
    assert [(one.measure.id, one.value) for one in section.derived] == [("A1.age", "10 years")]


def derived(id: str, last: Value | None = None, **values: Value) -> sheets.Derived:
    """A derived measure as a page shows it, from answers of its indicator."""
    given = {f"{id.partition('.')[0]}.{name}": value for name, value in values.items()}
    return sheets.derived(explain(id, given, PACK, interviewed_on=INTERVIEW), PACK, last=last)


def test_a_derived_value_shows_its_formula_and_the_same_with_figures() -> None:
    growth = derived("A6.growth", total=52, one_year_ago=47)
    assert (growth.value, growth.formula, growth.figures, growth.waits) == (
        "10.64 %",
        "(A6.total − A6.one_year_ago) / A6.one_year_ago × 100",
        "(52 − 47) / 47 × 100",
        "",
    )


def test_a_derived_value_names_the_answer_that_it_waits_for() -> None:
    growth = derived("A6.growth", total=52)
    assert (growth.value, growth.figures) == ("", "(52 − ?) / ? × 100")
    assert growth.waits == f"Waits for: {PACK.measures['A6.one_year_ago'].label}."


def test_without_any_input_there_are_no_figures() -> None:
    waiting = derived("A6.growth")
    labels = "; ".join(PACK.measures[id].label for id in ("A6.total", "A6.one_year_ago"))
    assert (waiting.figures, waiting.waits) == ("", f"Waits for: {labels}.")


def test_of_many_missing_answers_only_the_number_is_told() -> None:
    assert derived("A5.counted", small=1).waits == "Waits for 9 answers."


def test_figures_from_which_nothing_can_be_reckoned_say_so() -> None:
    assert derived("A6.growth", total=52, one_year_ago=0).waits == "It cannot be reckoned from these figures."


def test_a_mean_of_some_answers_waits_for_nothing() -> None:
    mean = derived("D1.intensity", information=3, partner_search=2)
    assert (mean.value, mean.figures, mean.waits) == ("2.5 (0 to 4)", "(3 + 2) / 2", "")


def test_a_derived_value_shows_what_it_was_last_time() -> None:
    assert derived("A6.growth", last=4.225, total=52, one_year_ago=47).last == "4.22 %"
    assert derived("A6.growth").last == ""


def test_what_is_asked_anew_shows_what_was_said_last_time() -> None:
    assert entry("A6.total", last={"A6.total": 47}).last == "47 participants"
    assert entry("A6.total").last == ""


def test_a_carried_answer_says_when_it_was_true_and_whether_it_waits() -> None:
    waiting = Answer(state=AnswerState.ANSWERED, declared=2012, carried_from=LAST)
    confirmed = Answer(state=AnswerState.ANSWERED, declared=2012, carried_from=LAST, confirmed=True)
    own = Answer(state=AnswerState.ANSWERED, declared=2012)
    shown = [entry("A1.founded", answers={"A1.founded": one}) for one in (waiting, confirmed, own)]
    assert [(one.carried_from, one.waiting) for one in shown] == [(LAST, True), (LAST, False), (None, False)]


def test_a_section_knows_which_of_its_answers_wait() -> None:
    waiting = Answer(state=AnswerState.ANSWERED, declared=3, carried_from=LAST)
    answers = {"D1.information": waiting, "D1.partner_search": waiting, "D2.scouting": waiting}
    section = sheets.Sheet(scheme=PACK, typed={}, values={}, answers=answers).sections("D")[0]
    assert section.waiting == ("D1.information", "D1.partner_search")


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
    answers = {
        "A1.founded": Answer(state=AnswerState.ANSWERED, declared=2016),
        "A2.legal_form": Answer(state=AnswerState.UNKNOWN, reason="Nobody asked."),
        "A1.age": Answer(state=AnswerState.ANSWERED, declared=10),
        "A4.specialisation": Answer(state=AnswerState.ANSWERED, declared=3, carried_from=LAST),
        "B1.minutes": Answer(),
        "B4.deputy": Answer(state=AnswerState.ANSWERED, declared=True, carried_from=LAST, confirmed=True),
    }
    faults = [
        Fault("A6.total, A6.listed", "cannot be."),
        Fault("B2.fte", "is odd.", severity=Severity.WARNING),
        Fault("interviewed_on", "is missing."),
    ]
    areas = {one.area: one for one in sheets.progress(PACK, answers, faults)}
    assert (areas["A"].answered, areas["A"].waiting, areas["A"].faults) == (2, 1, 1)
    assert (areas["B"].answered, areas["B"].waiting, areas["B"].faults) == (1, 0, 0)
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
