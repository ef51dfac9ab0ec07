from datetime import date

import numpy as np

from factories.assessments import measure, scheme_of
from factories.populations import equal, random_population
from touchstone.core.assessment.model import Answer, AnswerState, Organisation
from touchstone.core.benchmark.model import Population
from touchstone.core.benchmark.rows import day_of, only, row_assessment, row_values
from touchstone.core.scheme.model import Kind

SCHEME = scheme_of(
    measure("A6.total", Kind.COUNT),
    measure("B2.fte", Kind.NUMBER),
    measure("B4.deputy", Kind.YES_NO),
    measure("A2.form", Kind.CHOICE, options=["association"]),
    measure("Z1.lacking", Kind.COUNT),
)
POPULATION = Population(
    organisation=np.array(["SYN-0001", "SYN-0002"]),
    country=np.array(["LT", "PL"]),
    portfolio=np.array(["ict", "food"]),
    interviewed_on=np.array(["2024-02-29", "2025-01-01"], "datetime64[D]"),
    level=np.array(["gold", ""]),
    values={"A6.total": np.array([42.0, np.nan]), "B2.fte": np.array([2.0, 2.5])},
    words={"B4.deputy": np.array(["false", ""]), "A2.form": np.array(["", "association"])},
    synthetic=True,
)


def test_values_of_a_row_have_the_types_of_answers() -> None:
    values = row_values(POPULATION, 0, SCHEME)
    assert [(id, value, type(value)) for id, value in values.items()] == [
        ("A6.total", 42, int),
        ("B2.fte", 2.0, float),
        ("B4.deputy", False, bool),
    ]


def test_what_a_row_lacks_is_missing() -> None:
    assert row_values(POPULATION, 1, SCHEME) == {"B2.fte": 2.5, "A2.form": "association"}


def test_a_row_is_an_assessment_of_an_organisation_known_by_its_id() -> None:
    assessment = row_assessment(POPULATION, 0, SCHEME)
    assert assessment.organisation == Organisation(
        id="SYN-0001", name="SYN-0001", country="LT", portfolio="ict"
    )
    assert (assessment.scheme, assessment.interviewed_on) == ("small", date(2024, 2, 29))
    assert assessment.answers["A6.total"] == Answer(state=AnswerState.ANSWERED, declared=42)


def test_every_row_of_a_population_is_an_assessment() -> None:
    population = random_population(SCHEME, rows=20)
    assessments = [row_assessment(population, index, SCHEME) for index in range(len(population))]
    assert [assessment.interviewed_on for assessment in assessments] == [
        day_of(population, n) for n in range(20)
    ]
    assert [assessment.values() for assessment in assessments] == [
        row_values(population, index, SCHEME) for index in range(20)
    ]


def test_some_rows_alone_keep_all_that_they_hold() -> None:
    some = only(POPULATION, np.array([1]))
    assert some.organisation.tolist() == ["SYN-0002"]
    assert some.country.tolist() == ["PL"]
    assert some.portfolio.tolist() == ["food"]
    assert some.interviewed_on.astype(str).tolist() == ["2025-01-01"]
    assert some.level.tolist() == [""]
    assert row_values(some, 0, SCHEME) == row_values(POPULATION, 1, SCHEME)
    assert some.synthetic is True


def test_all_rows_in_their_order_are_the_population() -> None:
    made = random_population(SCHEME, rows=7)
    assert equal(only(made, np.arange(7)), made)
    assert only(made, np.array([], np.intp)).organisation.tolist() == []
