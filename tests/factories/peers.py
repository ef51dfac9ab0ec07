"""Peers of an installation's own: files of assessments, and releases made of them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np

from factories.scheme import shipped_scheme
from touchstone.apps.peers import services
from touchstone.apps.peers.store import Kept
from touchstone.core.benchmark.model import Indices, Population
from touchstone.core.benchmark.rows import only
from touchstone.core.benchmark.synthetic import make_population
from touchstone.output.population import write_population

AT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
FIRST, SECOND = date(2026, 10, 1), date(2026, 11, 1)
# The organisations of these assessments are 140 or so: few enough for many groups to be too small.
SIZE = 240


def assessments(size: int = SIZE, *, seed: int = 5, prefix: str = "ORG-") -> Population:
    """Coherent assessments; by their names they are of real organisations."""
    made = make_population(shipped_scheme(), size=size, seed=seed)
    names = np.array([name.replace("SYN-", prefix) for name in made.organisation.tolist()])
    return replace(made, organisation=names, synthetic=prefix == "SYN-")


def latest(population: Population) -> Population:
    """The last assessment of each organisation alone, without those that are soon too old to count."""
    recent = np.flatnonzero(population.interviewed_on > np.datetime64("2022-01-01"))
    last = {population.organisation[row]: row for row in recent.tolist()}
    return only(population, np.array(sorted(last.values()), np.intp))


def anew(population: Population, rows: Indices, on: date) -> Population:
    """The population with some of its assessments made anew on a later day, each a little different."""
    days, founded = population.interviewed_on.copy(), population.values["A6.total"].copy()
    days[rows] = np.datetime64(on)
    founded[rows] += 1
    return replace(population, interviewed_on=days, values={**population.values, "A6.total": founded})


def file_of(population: Population, folder: Path, name: str = "peers.parquet") -> Path:
    """The population in a file."""
    write_population(population, folder / name, shipped_scheme())
    return folder / name


def added(
    population: Population, folder: Path, *, name: str = "2026, autumn", on: date = FIRST, at: datetime = AT
) -> Kept:
    """A release made of a population."""
    return services.add(file_of(population, folder), name=name, on=on, at=at)
