from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from factories.assessments import INTERVIEW, derived, measure, scheme_of
from touchstone.core.assessment.model import Value
from touchstone.core.assessment.plausibility import check
from touchstone.core.faults import Fault, Severity
from touchstone.core.scheme.model import Kind, Plausibility

INPUTS = [measure(f"X1.{name}") for name in "abcde"]


def rule(
    kind: str, *measures: str, message: str = "wrong", severity: str = "error", **more: Any
) -> Plausibility:
    return Plausibility(
        id="r", kind=kind, measures=measures, message=message, severity=severity, **more  # type: ignore[arg-type]
    )  # fmt: skip


def faults(rule: Plausibility, **values: float) -> tuple[Fault, ...]:
    """What a rule says of X1.a, X1.b …"""
    given_values: dict[str, Value] = {f"X1.{name}": value for name, value in values.items()}
    return check(given_values, scheme_of(*INPUTS, plausibility=[rule]), interviewed_on=INTERVIEW)


HUNDRED = rule(
    "parts_of", "X1.a", "X1.b", tolerance=0.5, message="{total} instead of {expected}: {missing} is missing."
)


@pytest.mark.parametrize("b", [39.5, 40, 40.5])
def test_parts_within_the_tolerance_add_up(b: float) -> None:
    assert faults(HUNDRED, a=60, b=b) == ()


def test_parts_that_fall_short_say_how_much_is_missing() -> None:
    assert faults(HUNDRED, a=60, b=39.25) == (Fault("X1.a, X1.b", "99.25 instead of 100: 0.75 is missing."),)


def test_parts_that_are_too_much_are_missing_less_than_nothing() -> None:
    assert faults(HUNDRED, a=60, b=50) == (Fault("X1.a, X1.b", "110 instead of 100: −10 is missing."),)


def test_parts_without_any_answer_are_not_asked_to_add_up() -> None:
    assert faults(HUNDRED) == ()


def test_a_missing_part_may_still_be_answered() -> None:
    assert faults(HUNDRED, a=60) == ()


def test_parts_that_are_too_much_already_are_told_before_the_last_answer() -> None:
    assert faults(HUNDRED, a=101) == (Fault("X1.a, X1.b", "101 instead of 100: −1 is missing."),)


def test_an_empty_part_beside_a_whole_is_a_hint_to_write_zero() -> None:
    assert faults(HUNDRED, a=100) == (
        Fault(
            "X1.b",
            "The other parts already add up to 100.",
            "Answer 0 where there is none: an empty part is missing, not zero.",
            Severity.HINT,
        ),
    )


def test_a_part_that_is_derived_is_not_asked_for() -> None:
    scheme = scheme_of(
        *INPUTS,
        derived("X1.sum", "sum", "X1.c", "X1.d"),
        plausibility=[rule("parts_of", "X1.a", "X1.sum")],
    )
    assert check({"X1.a": 100}, scheme, interviewed_on=INTERVIEW) == ()


def test_large_figures_are_grouped_and_years_are_not() -> None:
    spans = [rule("between", "X1.a", high=1, message="{value}")]
    told = [
        check({"X1.a": value}, scheme_of(*INPUTS, plausibility=spans), interviewed_on=INTERVIEW)[0].problem
        for value in (2027, 250000, 1234567.891)
    ]
    assert told == ["2027", "250,000", "1,234,567.89"]


def test_many_parts_are_named_by_the_first_and_the_last() -> None:
    many = rule("parts_of", "X1.a", "X1.b", "X1.c", "X1.d", "X1.e")
    assert faults(many, a=1, b=1, c=1, d=1, e=1) == (Fault("X1.a … X1.e", "wrong"),)


def test_a_tolerance_holds_on_paper_where_binary_fractions_miss_it_by_a_hair() -> None:
    tight = rule("parts_of", "X1.a", "X1.b", "X1.c", total=0.6)
    assert faults(tight, a=0.1, b=0.2, c=0.3) == ()


COUNTS = rule("sums_to_measure", "X1.a", "X1.b", limit="X1.c", message="{total}, not {expected}")


def test_counts_add_up_to_the_other_measure() -> None:
    assert faults(COUNTS, a=10, b=20, c=30) == ()


def test_counts_that_contradict_the_other_measure_are_told() -> None:
    assert faults(COUNTS, a=10, b=20, c=31) == (Fault("X1.a, X1.b", "30, not 31"),)


def test_counts_wait_for_the_other_measure() -> None:
    assert faults(COUNTS, a=10, b=20) == ()


LIMIT = rule("not_above", "X1.a", "X1.b", limit="X1.c", tolerance=0.5, message="{value} above {limit}")


def test_each_measure_above_the_limit_is_told() -> None:
    assert faults(LIMIT, a=4, b=5, c=3) == (
        Fault("X1.a, X1.c", "4 above 3"),
        Fault("X1.b, X1.c", "5 above 3"),
    )


def test_a_measure_may_reach_the_limit_and_the_tolerance() -> None:
    assert faults(LIMIT, a=3, b=3.5, c=3) == ()


def test_a_missing_limit_limits_nothing() -> None:
    assert faults(LIMIT, a=1e6) == ()


def test_a_missing_measure_is_above_nothing() -> None:
    assert faults(LIMIT, c=3) == ()


SPAN = rule("between", "X1.a", low=30, high=200, severity="warning", message="{value} against {limit}")


@pytest.mark.parametrize("a", [30, 100, 200])
def test_a_value_in_the_span_is_plausible(a: float) -> None:
    assert faults(SPAN, a=a) == ()


@pytest.mark.parametrize(("a", "text"), [(29.9, "29.9 against 30"), (200.1, "200.1 against 200")])
def test_a_value_outside_the_span_is_told_with_the_severity_of_the_rule(a: float, text: str) -> None:
    assert faults(SPAN, a=a) == (Fault("X1.a", text, severity=Severity.WARNING),)


def test_an_open_span_has_one_end() -> None:
    at_least, at_most = rule("between", "X1.a", low=2), rule("between", "X1.a", high=2)
    assert [faults(at_least, a=9), faults(at_most, a=-9)] == [(), ()]


def test_a_missing_value_is_in_every_span() -> None:
    assert faults(SPAN) == ()


def test_a_year_after_the_interview_is_told() -> None:
    scheme = scheme_of(
        measure("X1.a", Kind.YEAR),
        plausibility=[rule("not_after_interview", "X1.a", message="{value} is after {limit}")],
    )
    checked = [check({"X1.a": year}, scheme, interviewed_on=date(2026, 1, 1)) for year in (2026, 2027)]
    assert checked == [(), (Fault("X1.a", "2027 is after 2026"),)]


def test_a_missing_year_is_not_after_the_interview() -> None:
    assert faults(rule("not_after_interview", "X1.a")) == ()


def test_a_figure_that_the_rule_does_not_have_stays_as_it_stands() -> None:
    assert faults(rule("between", "X1.a", high=1, message="{value} {total}"), a=2) == (
        Fault("X1.a", "2 {total}"),
    )


# Now is a year ago and who joined without who left.
BALANCE = rule(
    "balance", "X1.a", "X1.b", less=("X1.c",), limit="X1.d", tolerance=1,
    message="{total}, not {expected}: {missing} is missing",
)  # fmt: skip


@pytest.mark.parametrize("d", [49, 50, 51])
def test_a_balance_within_the_tolerance_comes_out(d: float) -> None:
    assert faults(BALANCE, a=47, b=8, c=5, d=d) == ()


@pytest.mark.parametrize(
    ("d", "problem"), [(52, "50, not 52: 2 is missing"), (48, "50, not 48: −2 is missing")]
)
def test_a_balance_that_does_not_come_out_is_told_with_all_its_measures(d: float, problem: str) -> None:
    assert faults(BALANCE, a=47, b=8, c=5, d=d) == (Fault("X1.a … X1.d", problem),)


@pytest.mark.parametrize("missing", "abcd")
def test_a_balance_waits_for_all_its_measures(missing: str) -> None:
    values = {"a": 47, "b": 8, "c": 5, "d": 99}
    assert faults(BALANCE, **{name: value for name, value in values.items() if name != missing}) == ()


def test_a_balance_may_take_nothing_away() -> None:
    assert faults(rule("balance", "X1.a", "X1.b", limit="X1.c"), a=1, b=2, c=4) == (
        Fault("X1.a, X1.b, X1.c", "wrong"),
    )


def test_a_balance_of_decimals_is_what_it_is_on_paper() -> None:
    assert faults(rule("balance", "X1.a", less=("X1.b",), limit="X1.c"), a=0.3, b=0.1, c=0.2) == ()


amounts = st.integers(0, 1_000)


@given(amounts, amounts, amounts, st.integers(-3, 3))
def test_a_balance_is_faulty_exactly_when_it_is_out_by_more_than_the_tolerance(
    a: int, b: int, c: int, out: int
) -> None:
    assert bool(faults(BALANCE, a=a, b=b, c=c, d=a + b - c + out)) == (abs(out) > 1)


@pytest.mark.parametrize("severity", list(Severity))
@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("parts_of", {"total": 2}),
        ("sums_to_measure", {"limit": "X1.c"}),
        ("not_above", {"limit": "X1.b"}),
        ("between", {"high": 1}),
        ("not_after_interview", {}),
        ("balance", {"limit": "X1.b"}),
    ],
)
def test_every_kind_of_rule_tells_its_fault_with_its_severity(
    kind: str, words: dict[str, Any], severity: Severity
) -> None:
    """X1.a is a year after the interview and more than any of the limits."""
    told = faults(rule(kind, "X1.a", severity=severity.value, **words), a=3000, b=2, c=2)
    assert [fault.severity for fault in told] == [severity]


DERIVED = scheme_of(*INPUTS, derived("X1.mean", "ratio", "X1.a", "X1.b"))


@pytest.mark.parametrize("mean", [29.5, 30.0, 30.5])
def test_a_given_derived_value_may_be_rounded(mean: float) -> None:
    assert check({"X1.a": 60, "X1.b": 2, "X1.mean": mean}, DERIVED, interviewed_on=INTERVIEW) == ()


def test_a_large_derived_value_may_be_rounded_by_a_hundredth() -> None:
    assert check({"X1.a": 2000, "X1.b": 2, "X1.mean": 1010}, DERIVED, interviewed_on=INTERVIEW) == ()


def test_a_given_derived_value_that_contradicts_its_inputs_is_told_with_both() -> None:
    assert check({"X1.a": 60, "X1.b": 2, "X1.mean": 31}, DERIVED, interviewed_on=INTERVIEW) == (
        Fault(
            "X1.mean",
            "31 was given, but X1.a, X1.b give 30.",
            "Correct X1.a, X1.b, or leave X1.mean empty: it is derived.",
        ),
    )


def test_a_given_derived_value_without_inputs_contradicts_nothing() -> None:
    assert check({"X1.mean": 31}, DERIVED, interviewed_on=INTERVIEW) == ()


def test_a_given_choice_that_contradicts_its_parts_is_told() -> None:
    scheme = scheme_of(*INPUTS, derived("X1.type", "dominant", "X1.a", "X1.b", bound=50, kind=Kind.CHOICE))
    assert check({"X1.a": 60, "X1.b": 40, "X1.type": "b"}, scheme, interviewed_on=INTERVIEW) == (
        Fault(
            "X1.type",
            '"b" was given, but X1.a, X1.b give "a".',
            "Correct X1.a, X1.b, or leave X1.type empty: it is derived.",
        ),
    )


@given(st.lists(st.floats(0, 200), min_size=2, max_size=2))
def test_complete_parts_are_faulty_exactly_when_their_sum_leaves_the_tolerance(parts: list[float]) -> None:
    a, b = parts
    assume(abs(abs(a + b - 100) - 0.5) > 1e-6)  # on the edge the binary form decides
    assert bool(faults(HUNDRED, a=a, b=b)) == (abs(a + b - 100) > 0.5)
