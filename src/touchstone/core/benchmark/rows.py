"""Rows of a population: some of them alone, one of them as the assessment that it came from."""

from dataclasses import replace
from datetime import date

import numpy as np

from touchstone.core.assessment.derivation import as_scalar
from touchstone.core.assessment.model import Answer, AnswerState, Assessment, Organisation, Value
from touchstone.core.benchmark.model import Indices, Population
from touchstone.core.scheme.model import Kind, Scheme

YES, NO = "true", "false"  # how `Population.words` holds the answers to yes-no measures


def only(population: Population, rows: Indices) -> Population:
    """The population of some rows alone, in the order in which they are given."""
    return replace(
        population,
        organisation=population.organisation[rows],
        country=population.country[rows],
        portfolio=population.portfolio[rows],
        interviewed_on=population.interviewed_on[rows],
        level=population.level[rows],
        values={id: column[rows] for id, column in population.values.items()},
        words={id: column[rows] for id, column in population.words.items()},
    )


def row_values(population: Population, index: int, scheme: Scheme) -> dict[str, Value]:
    """Measure id → value of one row, in the order of the pack, without those that are missing."""
    values: dict[str, Value] = {}
    for id, measure in scheme.measures.items():
        if id in population.values:
            number = float(population.values[id][index])
            if not np.isnan(number):
                values[id] = as_scalar(number, measure.kind)
        elif id in population.words:
            word = str(population.words[id][index])
            if word:
                values[id] = word == YES if measure.kind is Kind.YES_NO else word
    return values


def row_assessment(population: Population, index: int, scheme: Scheme) -> Assessment:
    """One row as an assessment."""
    return Assessment(
        scheme=scheme.id,
        organisation=row_organisation(population, index),
        interviewed_on=day_of(population, index),
        answers={
            measure: Answer(state=AnswerState.ANSWERED, declared=value)
            for measure, value in row_values(population, index, scheme).items()
        },
    )


def row_organisation(population: Population, index: int) -> Organisation:
    """Whose a row is; it is known by the id alone, which serves as the name."""
    id = str(population.organisation[index])
    return Organisation(
        id=id,
        name=id,
        country=str(population.country[index]),
        portfolio=str(population.portfolio[index]),
    )


def day_of(population: Population, index: int) -> date:
    """The day of a row's interview."""
    return date.fromisoformat(str(population.interviewed_on[index]))
