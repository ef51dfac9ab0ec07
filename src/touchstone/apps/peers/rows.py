"""Assessments of several sources in one population, and their release under another version of the pack."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from touchstone.core.benchmark.model import Floats, Indices, Population
from touchstone.core.benchmark.prepared import Prepared
from touchstone.core.benchmark.releases import Release
from touchstone.core.benchmark.rows import only
from touchstone.core.faults import Fault, Unusable


def joined(first: Population, last: Population) -> Population:
    """The rows of two populations, the last's after the first's. A measure that one lacks is missing there.

    It counts as synthetic where any of them has synthetic rows.
    """
    return Population(
        organisation=np.concatenate([first.organisation, last.organisation]),
        country=np.concatenate([first.country, last.country]),
        portfolio=np.concatenate([first.portfolio, last.portfolio]),
        interviewed_on=np.concatenate([first.interviewed_on, last.interviewed_on]),
        level=np.concatenate([first.level, last.level]),
        values={id: np.concatenate(_numbers(id, first, last)) for id in {**first.values, **last.values}},
        words={id: np.concatenate(_words(id, first, last)) for id in {**first.words, **last.words}},
        synthetic=any(part.synthetic for part in (first, last) if len(part)),
    )


def _numbers(id: str, *parts: Population) -> list[Floats]:
    return [part.values.get(id, np.full(len(part), np.nan)) for part in parts]


def _words(id: str, *parts: Population) -> list[NDArray[np.str_]]:
    return [part.words.get(id, np.zeros(len(part), "<U1")) for part in parts]


def without(ready: Prepared, digests: Iterable[bytes]) -> Population:
    """The rows whose digests are not among those given."""
    there = set(digests)
    rows = [row for row, digest in enumerate(ready.row_digests) if digest not in there]
    return only(ready.population, np.array(rows, np.intp))


def superseded(former: Prepared, present: Prepared) -> Population:
    """The rows of before that a population lacks, of organisations that it knows as of the same day or later.

    Groups that are held over need them. An organisation that the population does not know any more, or
    knows only as of an earlier day, was taken out on purpose: nothing of it comes back.
    """
    last = _last_days(present)
    there = set(present.row_digests)
    names = [name for name, _ in sorted(former.number.items(), key=lambda entry: entry[1])]
    days = former.population.interviewed_on
    rows = [
        row
        for row, digest in enumerate(former.row_digests)
        if digest not in there and days[row] <= last.get(names[former.numbers[row]], np.datetime64("NaT"))
    ]
    return only(former.population, np.array(rows, np.intp))


def _last_days(ready: Prepared) -> dict[str, np.datetime64]:
    """`same_name` of an organisation → the day of its last assessment."""
    days = ready.population.interviewed_on
    last = np.full(len(ready.number), np.datetime64("0001-01-01"))
    np.maximum.at(last, ready.numbers, days)
    return {name: last[number] for name, number in ready.number.items()}


def in_force(release: Release, ready: Prepared) -> Indices:
    """The rows of a population that some group of a release is made of."""
    nobody = np.array([], np.intp)
    return np.unique(np.concatenate([nobody, *release.rows_in(ready).values()]))


def renamed(release: Release, names: Mapping[str, str]) -> Release:
    """A release whose rows go by other digests: those that the same assessments have under another pack.

    Raises Unusable where a row has no other name, since it could then be taken for a new assessment.
    """
    if any(row.digest not in names for row in release.rows):
        problem = "An assessment of an earlier release is in none of the kept sets."
        raise Unusable("", Fault("release", problem, "Restore the folders releases and sets from a backup."))
    return replace(release, rows=tuple(replace(row, digest=names[row.digest]) for row in release.rows))
