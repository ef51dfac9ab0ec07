"""Assessments, populations and reports under the small scheme."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from factories.small_scheme import MEASURES, small_scheme
from touchstone.core.assessment.model import Answer, AnswerState, Assessment, Organisation, Value
from touchstone.core.benchmark.model import Population
from touchstone.core.report.report import Report, make_report
from touchstone.core.scheme.model import Composition

INTERVIEW = date(2026, 10, 12)
ANSWERS: dict[str, Value] = {
    "A1.members": 30,
    "A1.founded": 2012,
    "B1.staff": 2.0,
    "B1.deputy": True,
    "B1.form": "association",
    "B2.plan": 1,
    "B2.public": 62.5,
    "B2.budget": 250000,
    "B2.story": "One story",
}


def organisation(**changes: Any) -> Organisation:
    given: dict[str, Any] = {
        "id": "amber",
        "name": "Amber Coast Photonics",
        "country": "LT",
        "portfolio": "ict",
        "website": "https://example.org",
    }
    return Organisation(**{**given, **changes})


def assessment(values: Mapping[str, Value] | None = None, **about: Any) -> Assessment:
    answers = ANSWERS if values is None else values
    return Assessment(
        scheme="small",
        organisation=organisation(**about),
        interviewed_on=INTERVIEW,
        answers={id: Answer(state=AnswerState.ANSWERED, declared=value) for id, value in answers.items()},
    )


def population(size: int = 60, *, synthetic: bool = True, **columns: Any) -> Population:
    """Peers of ICT in Lithuania and of creative industries in Poland, turn by turn; each third one gold."""
    rows = np.arange(size)
    values = {
        "A1.members": 10.0 + rows,
        "A1.founded": 2000.0 + rows % 20,
        "B1.staff": 1.0 + rows % 5,
        "B2.plan": (rows % 3).astype(np.float64),
        "B2.public": 100.0 * rows / max(size - 1, 1),
        "B2.budget": 50_000.0 + 10_000 * rows,
    }
    made = {
        "organisation": np.array([f"SYN-{row + 1:04d}" for row in rows], dtype=np.str_),
        "country": np.where(rows % 2, "PL", "LT"),
        "portfolio": np.where(rows % 2, "creative", "ict"),
        "interviewed_on": np.full(size, np.datetime64("2025-03-01")),
        "level": np.where(rows % 3, "bronze", "gold"),
        "values": values,
        "words": {one.id: np.full(size, "", dtype=np.str_) for one in MEASURES if not one.kind.numeric},
        "synthetic": synthetic,
    }
    return Population(**{**made, **columns})


def report(
    values: Mapping[str, Value] | None = None, *, peers: Population | None = None, **about: Any
) -> Report:
    return make_report(
        assessment(values, **about),
        scheme=small_scheme(),
        population=population() if peers is None else peers,
    )


def assessed_twice(size: int = 60) -> Population:
    """The same peers, each with an assessment of two years before, when it had 5 members fewer."""
    now = population(size)
    before = {**now.values, "A1.members": now.values["A1.members"] - 5}
    return replace(
        now,
        organisation=np.tile(now.organisation, 2),
        country=np.tile(now.country, 2),
        portfolio=np.tile(now.portfolio, 2),
        level=np.tile(now.level, 2),
        interviewed_on=np.repeat(np.array(["2023-03-01", "2025-03-01"], dtype="datetime64[D]"), size),
        values={id: np.concatenate((before[id], now.values[id])) for id in now.values},
        words={id: np.tile(column, 2) for id, column in now.words.items()},
    )


def moved(values: Mapping[str, Value] | None = None, *, peers: Population | None = None) -> Report:
    """A report with the assessment of two years before."""
    return make_report(
        assessment(values),
        scheme=small_scheme(),
        population=assessed_twice() if peers is None else peers,
        previous=earlier(),
    )


# A scheme with one composition of two parts.
SHARES = ("B2.public", "B2.private")
MIXED = replace(
    small_scheme(),
    measures={
        **small_scheme().measures,
        "B2.private": replace(small_scheme().measures["B2.public"], id="B2.private"),
    },
    compositions={
        "income": Composition(id="income", name="Income", parts=SHARES),
    },
)


def with_income() -> Population:
    """The population with both parts of the income."""
    made = population()
    return replace(made, values={**made.values, "B2.private": 100 - made.values["B2.public"]})


def earlier(**about: Any) -> Assessment:
    """The organisation's assessment of two years before."""
    return replace(assessment({**ANSWERS, "A1.members": 21}, **about), interviewed_on=date(2024, 10, 12))
