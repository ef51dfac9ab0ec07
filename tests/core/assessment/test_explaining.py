from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.assessments import INTERVIEW, derived, measure, scheme_of
from factories.scheme import shipped_scheme
from touchstone.core.assessment.derivation import derive
from touchstone.core.assessment.explaining import Explained, explain, figure
from touchstone.core.assessment.model import Value
from touchstone.core.scheme.model import Kind, Operation, Scheme

INPUTS = [measure(f"X1.{name}") for name in "abc"]
TEN = [measure(f"X2.p{number}") for number in range(10)]
PARTS = ("X1.a", "X1.b", "X1.c")
OPERATIONS = {
    "sum": derived("Y.sum", "sum", *PARTS),
    "mean": derived("Y.mean", "mean", *PARTS),
    "ratio": derived("Y.ratio", "ratio", "X1.a", "X1.b"),
    "percent_of": derived("Y.percent_of", "percent_of", "X1.a", "X1.b"),
    "share_of_sum": derived("Y.share_of_sum", "share_of_sum", "X1.a", *PARTS),
    "growth": derived("Y.growth", "growth", "X1.a", "X1.b"),
    "complement": derived("Y.complement", "complement", "X1.a"),
    "years_since": derived("Y.years_since", "years_since", "X1.a"),
    "positive_share": derived("Y.positive_share", "positive_share", *PARTS),
    "at_least_count": derived("Y.at_least_count", "at_least_count", *PARTS, bound=2),
    "dominant": derived("Y.dominant", "dominant", *PARTS, bound=50, kind=Kind.CHOICE),
}
SCHEME = scheme_of(*INPUTS, *OPERATIONS.values())


def explained(operation: str, **values: float) -> Explained:
    given_values: dict[str, Value] = {f"X1.{name}": value for name, value in values.items()}
    return explain(f"Y.{operation}", given_values, SCHEME, interviewed_on=INTERVIEW)


def test_every_operation_has_its_example_here() -> None:
    assert set(OPERATIONS) == set(get_args(Operation))


@pytest.mark.parametrize(
    ("operation", "formula", "figures", "text"),
    [
        ("sum", "X1.a + X1.b + X1.c", "60 + 2.5 + 0", "Y.sum = 60 + 2.5 + 0 = 62.5"),
        ("mean", "mean of X1.a, X1.b, X1.c", "(60 + 2.5 + 0) / 3", "Y.mean = (60 + 2.5 + 0) / 3 = 20.83"),
        ("ratio", "X1.a / X1.b", "60 / 2.5", "Y.ratio = 60 / 2.5 = 24"),
        ("percent_of", "X1.a / X1.b × 100", "60 / 2.5 × 100", "Y.percent_of = 60 / 2.5 × 100 = 2400"),
        (
            "share_of_sum",
            "X1.a / (X1.a + X1.b + X1.c) × 100",
            "60 / (60 + 2.5 + 0) × 100",
            "Y.share_of_sum = 60 / (60 + 2.5 + 0) × 100 = 96",
        ),
        (
            "growth",
            "(X1.a − X1.b) / X1.b × 100",
            "(60 − 2.5) / 2.5 × 100",
            "Y.growth = (60 − 2.5) / 2.5 × 100 = 2300",
        ),
        ("complement", "100 − X1.a", "100 − 60", "Y.complement = 100 − 60 = 40"),
        ("years_since", "year of the interview − X1.a", "2026 − 60", "Y.years_since = 2026 − 60 = 1966"),
        (
            "positive_share",
            "share of X1.a, X1.b, X1.c above 0",
            "2 / 3 × 100",
            "Y.positive_share = 2 / 3 × 100 = 66.67",
        ),
        (
            "at_least_count",
            "how many of X1.a, X1.b, X1.c are at least 2",
            "how many of 60, 2.5, 0 are at least 2",
            "Y.at_least_count = how many of 60, 2.5, 0 are at least 2 = 2",
        ),
        (
            "dominant",
            'the largest of X1.a, X1.b, X1.c, if it is alone and at least 50; else "mixed"',
            'the largest of a 60, b 2.5, c 0, if it is alone and at least 50; else "mixed"',
            (
                "Y.dominant = the largest of a 60, b 2.5, c 0, if it is alone and at least 50; "
                'else "mixed" = "a"'
            ),
        ),
    ],
)
def test_each_operation_is_told_in_words_and_with_figures(
    operation: str, formula: str, figures: str, text: str
) -> None:
    told = explained(operation, a=60, b=2.5, c=0)
    assert (told.formula, told.figures, told.text) == (formula, figures, text)


def test_inputs_and_result_come_with_their_values() -> None:
    told = explained("growth", a=52, b=47)
    assert told.inputs == (("X1.a", 52), ("X1.b", 47))
    assert told.result == pytest.approx(100 * 5 / 47)
    assert (told.missing, told.given) == ((), False)


def test_a_part_that_stands_twice_in_a_formula_is_one_input() -> None:
    assert [id for id, _ in explained("share_of_sum", a=1, b=1, c=1).inputs] == list(PARTS)


def test_missing_inputs_are_named_and_nothing_is_derived() -> None:
    told = explained("growth", a=52)
    assert (told.missing, told.result, told.text) == (
        ("X1.b",),
        None,
        "Y.growth = (52 − ?) / ? × 100: not derived",
    )


def test_a_mean_shows_what_is_answered_and_names_the_rest() -> None:
    told = explained("mean", a=3, c=2)
    assert (told.figures, told.missing, told.result) == ("(3 + 2) / 2", ("X1.b",), 2.5)


@pytest.mark.parametrize("operation", ["mean", "positive_share"])
def test_a_mean_of_nothing_is_a_question_mark(operation: str) -> None:
    assert explained(operation).text == f"Y.{operation} = ?: not derived"


def test_a_division_by_zero_is_not_derived_though_nothing_is_missing() -> None:
    told = explained("ratio", a=1, b=0)
    assert (told.missing, told.text) == ((), "Y.ratio = 1 / 0: not derived")


def test_a_value_that_was_given_stays_where_its_inputs_are_missing() -> None:
    told = explain("Y.ratio", {"X1.a": 60, "Y.ratio": 31.0}, SCHEME, interviewed_on=INTERVIEW)
    assert (told.given, told.result, told.text) == (
        True,
        31.0,
        "Y.ratio = 60 / ?: not derived; given was 31",
    )


def test_a_value_that_was_given_gives_way_to_its_inputs() -> None:
    told = explain("Y.ratio", {"X1.a": 60, "X1.b": 2, "Y.ratio": 31.0}, SCHEME, interviewed_on=INTERVIEW)
    assert (told.given, told.result) == (False, 30.0)


@pytest.mark.parametrize(
    ("unit", "ending"), [("years", " = 6 years"), ("%", " = 6 %"), ("0 to 4", " = 6"), ("", " = 6")]
)
def test_a_unit_follows_the_result_and_a_span_does_not(unit: str, ending: str) -> None:
    ratio = measure("Y.ratio", unit=unit, derived=OPERATIONS["ratio"].derived)
    told = explain("Y.ratio", {"X1.a": 12, "X1.b": 2}, scheme_of(*INPUTS, ratio), interviewed_on=INTERVIEW)
    assert told.text == f"Y.ratio = 12 / 2{ending}"


def test_many_parts_are_shown_by_the_first_and_the_last() -> None:
    scheme = scheme_of(*TEN, derived("Y.sum", "sum", *(part.id for part in TEN)))
    told = explain("Y.sum", {part.id: 1 for part in TEN}, scheme, interviewed_on=INTERVIEW)
    assert (told.formula, told.figures) == ("X2.p0 + X2.p1 + X2.p2 + … + X2.p9", "1 + 1 + 1 + … + 1")


def test_an_answered_measure_has_no_derivation_to_explain() -> None:
    with pytest.raises(ValueError, match=r"X1\.a is answered and not derived"):
        explain("X1.a", {}, SCHEME, interviewed_on=INTERVIEW)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "?"), (3, "3"), (2.0, "2"), (2.345, "2.35"), (-1.5, "−1.5"), (-0.001, "0"), (2026, "2026"),
        (250_000, "250,000"), ("industry", '"industry"'), (True, '"True"'),
    ],
)  # fmt: skip
def test_figures_are_short(value: Value | None, text: str) -> None:
    assert figure(value) == text


def test_the_growth_of_the_shipped_scheme_reads_as_on_paper() -> None:
    values: dict[str, Value] = {"A6.total": 52, "A6.one_year_ago": 47}
    told = explain("A6.growth", values, shipped_scheme(), interviewed_on=date(2026, 1, 1))
    assert told.text == "A6.growth = (52 − 47) / 47 × 100 = 10.64 %"


numbers = st.one_of(st.integers(-5, 3000), st.floats(-1e6, 1e6))


@given(st.sampled_from(sorted(OPERATIONS)), st.dictionaries(st.sampled_from([*PARTS, "Y.sum"]), numbers))
def test_the_explanation_has_the_result_of_the_derivation(operation: str, values: dict[str, Value]) -> None:
    id = f"Y.{operation}"
    told = explain(id, values, SCHEME, interviewed_on=INTERVIEW)
    known = derive(values, SCHEME, interviewed_on=INTERVIEW)
    assert told.result == known.get(id)
    assert told.missing == tuple(part for part, _ in told.inputs if part not in known)
    assert told.given == (told.result is not None and id in values and "not derived" in told.text)


def derived_ids(scheme: Scheme) -> list[str]:
    return [id for id, m in scheme.measures.items() if m.derived is not None]


@pytest.mark.parametrize("id", derived_ids(shipped_scheme()))
def test_every_derived_measure_of_the_shipped_scheme_is_explained_even_without_answers(id: str) -> None:
    told = explain(id, {}, shipped_scheme(), interviewed_on=INTERVIEW)
    assert (told.result, told.missing, told.text.endswith(": not derived")) == (
        None,
        tuple(part for part, _ in told.inputs),
        True,
    )
