"""Draws the columns of a synthetic population, step by step of its recipe."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import isnan, sqrt
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import NDArray

from touchstone.core.benchmark.model import Floats, Indices
from touchstone.core.benchmark.ranked import Flags
from touchstone.core.benchmark.recipe import Numbers, Step
from touchstone.core.scheme.model import Scheme

TENTHS = 1000  # of a per cent in a whole


@dataclass(kw_only=True)
class Sheet:
    """What has been drawn so far: one row an assessment.

    `columns` holds numbers, with 1 and 0 for yes and no, `words` choices. Traits are hidden: standard
    normal, or nearly so. `assessment` counts an organisation's earlier assessments.
    """

    random: np.random.Generator
    scheme: Scheme
    organisation: Indices
    regions: Mapping[str, Flags]
    columns: dict[str, Floats] = field(default_factory=dict)
    words: dict[str, NDArray[np.str_]] = field(default_factory=dict)
    traits: dict[str, Floats] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return len(self.organisation)

    def draw(self, step: Step) -> None:
        """Add what a step draws."""
        DRAWN_BY[step.family](self, step)

    def number(self, step: Step, name: str) -> Floats:
        """A parameter for each row, as the row's region has it."""
        found = np.full(self.rows, step.numbers[name])
        for region, local in step.regions.items():
            if name in local.numbers:
                found[self.regions[region]] = local.numbers[name]
        return found

    def base(self, step: Step) -> Floats:
        """The usual proportions of the parts, row by row; they add up to one."""
        found = np.tile(np.array(step.base), (self.rows, 1))
        for region, local in step.regions.items():
            if local.base:
                found[self.regions[region]] = local.base
        shares: Floats = found / found.sum(axis=1, keepdims=True)
        return shares

    def normal(self, *, lasting: bool) -> Floats:
        """Standard normal numbers; `lasting` ones are the same in all of an organisation's rows."""
        if lasting:
            organisations = int(self.organisation.max(initial=-1)) + 1
            return self.random.standard_normal(organisations)[self.organisation]
        return self.random.standard_normal(self.rows)

    def traces(self, weights: Numbers) -> Floats:
        """What the traits add to a row."""
        found = np.zeros(self.rows)
        for id, weight in weights.items():
            found += weight * self.traits[id]
        return found

    def mixed(self, step: Step) -> Floats:
        """Traits and chance in a mix that is standard normal as far as the traits are."""
        own = sqrt(max(1 - sum(weight**2 for weight in step.weights.values()), 0.0))
        return self.traces(step.weights) + own * self.normal(lasting=step.lasting)

    def total(self, step: Step) -> Floats:
        """The sum of the measures that a step is a part of."""
        found = np.zeros(self.rows)
        for id in step.of:
            found += self.columns[id]
        return found

    def factor(self, step: Step) -> Floats:
        """What other measures multiply the values of a step with."""
        found = np.ones(self.rows)
        for id, power in step.times.items():
            found *= self.columns[id] ** power
        return found

    def keep(self, step: Step, id: str, values: Floats) -> None:
        """Put values inside their limits, round them and keep them as the column of a measure."""
        measure = self.scheme.measures[id]
        low = np.maximum(step.numbers["least"], -np.inf if measure.minimum is None else measure.minimum)
        high = np.minimum(step.numbers["most"], np.inf if measure.maximum is None else measure.maximum)
        if step.at_least:
            low = np.maximum(low, self.columns[step.at_least])
        if step.at_most:
            high = np.minimum(high, self.columns[step.at_most])
        if step.family == "binomial":
            high = np.minimum(high, self.total(step))
        values = np.minimum(np.maximum(values, low), high)
        values = rounded(values, int(step.numbers["decimals"]), upwards=step.upwards)
        for other, reached in step.only_if.items():
            values = np.where(self.columns[other] >= reached, values, np.nan)
        self.columns[id] = values


def rounded(values: Floats, decimals: int, *, upwards: bool) -> Floats:
    """Rounded to so many decimals (below zero: to tens, hundreds …)."""
    if not upwards:
        return np.round(values, decimals)
    return np.ceil(values * 10.0**decimals) / 10.0**decimals


def tenths(parts: Floats) -> Floats:
    """Shares (each row adds up to one) in per cent with one decimal that add up to exactly 100.

    By the largest remainder: what rounding down leaves over goes to the parts that lost most.
    """
    exact = parts * TENTHS
    whole = np.floor(exact)
    left = np.rint(TENTHS - whole.sum(axis=1, keepdims=True))
    lost_most_first = np.argsort(np.argsort(whole - exact, axis=1, kind="stable"), axis=1, kind="stable")
    shares: Floats = (whole + (lost_most_first < left)) / 10
    return shares


def logistic(centre: Floats, step: Floats) -> Floats:
    """A share in per cent, `step` away from `centre` (per cent) on the logistic scale."""
    share: Floats = 100.0 / (1.0 + (100.0 / centre - 1.0) * np.exp(-step))
    return share


def _trait(sheet: Sheet, step: Step) -> None:
    noise = step.numbers["noise"]
    if isnan(noise):
        sheet.traits[step.id] = sheet.mixed(step)
    else:
        own = noise * sheet.normal(lasting=step.lasting)
        sheet.traits[step.id] = sheet.traces(step.weights) + own


def _standard(sheet: Sheet, step: Step) -> None:
    values = sheet.total(step)
    values = np.log(np.maximum(values, step.numbers["least"])) if step.logarithm else values
    sheet.traits[step.id] = (values - step.numbers["centre"]) / step.numbers["scale"]


def _lognormal(sheet: Sheet, step: Step) -> None:
    for id in step.measures:
        spread = np.exp(sheet.number(step, "sigma") * sheet.mixed(step))
        sheet.keep(step, id, sheet.number(step, "median") * spread * sheet.factor(step))


def _share(sheet: Sheet, step: Step) -> None:
    for id in step.measures:
        away = sheet.number(step, "spread") * sheet.mixed(step)
        sheet.keep(step, id, logistic(sheet.number(step, "median"), away))


def _beta(sheet: Sheet, step: Step) -> None:
    for id in step.measures:
        share = sheet.random.beta(sheet.number(step, "a"), sheet.number(step, "b"))
        total = sheet.total(step)
        sheet.keep(step, id, 100.0 * np.rint(total * share) / total)


def _scale(sheet: Sheet, step: Step) -> None:
    for id in step.measures:
        sheet.keep(step, id, sheet.number(step, "mean") + sheet.number(step, "spread") * sheet.mixed(step))


def _count(sheet: Sheet, step: Step) -> None:
    """Negative binomial: Poisson with a gamma-distributed mean; the variance is mean + dispersion × mean²."""
    dispersion = step.numbers["dispersion"]
    for id in step.measures:
        weights = sheet.traces(step.weights) - sum(weight**2 for weight in step.weights.values()) / 2
        mean = sheet.number(step, "mean") * np.exp(weights) * sheet.factor(step)
        gamma = sheet.random.standard_gamma(1 / dispersion, sheet.rows) * dispersion
        sheet.keep(step, id, sheet.random.poisson(mean * gamma).astype(np.float64))


def _binomial(sheet: Sheet, step: Step) -> None:
    for id in step.measures:
        total = sheet.total(step)
        chance = (
            logistic(sheet.number(step, "median"), sheet.number(step, "spread") * sheet.mixed(step)) / 100
        )
        drawn = sheet.random.binomial(total.astype(np.int64), chance)
        sheet.keep(step, id, drawn.astype(np.float64))


def _yes(sheet: Sheet, step: Step) -> None:
    normal = NormalDist()
    for id in step.measures:
        needed = -normal.inv_cdf(step.numbers["share"] / 100)
        sheet.keep(step, id, (sheet.mixed(step) > needed).astype(np.float64))


def _choice(sheet: Sheet, step: Step) -> None:
    normal = NormalDist()
    chances = np.array(list(step.chances.values()))
    bounds = np.cumsum(chances / chances.sum())[:-1]
    cuts = np.array([normal.inv_cdf(bound) for bound in bounds.tolist()])
    for id in step.measures:
        sheet.words[id] = np.array(list(step.chances))[np.searchsorted(cuts, sheet.mixed(step))]


def _parts(sheet: Sheet, step: Step, base: Floats) -> Floats:
    """Dirichlet-distributed proportions around a base."""
    drawn = sheet.random.standard_gamma(sheet.number(step, "concentration")[:, None] * base)
    # A part that is next to nothing must not be all there is.
    drawn = np.maximum(drawn, 1e-12)
    found: Floats = drawn / drawn.sum(axis=1, keepdims=True)
    return found


def _types(sheet: Sheet, step: Step) -> None:
    counts = sheet.random.multinomial(
        sheet.total(step).astype(np.int64), _parts(sheet, step, sheet.base(step))
    )
    for id, column in zip(step.measures, counts.T, strict=True):
        sheet.keep(step, id, column.astype(np.float64))


def _composition(sheet: Sheet, step: Step) -> None:
    _keep_shares(sheet, step, _parts(sheet, step, sheet.base(step)))


def _financing(sheet: Sheet, step: Step) -> None:
    """Public and private money, each divided among its sources: the first part of the measures is public.

    Some have no public money, some nothing else; of the others, the public share sinks by the year.
    """
    public = sheet.random.beta(step.numbers["a"], step.numbers["b"], sheet.rows)
    age = sheet.total(step) - step.numbers["centre"]
    public = np.clip(public + (step.numbers["by_year"] * age + sheet.number(step, "shift")) / 100, 0.01, 0.99)
    chance = sheet.random.random(sheet.rows) * 100
    public = np.where(chance < step.numbers["none"], 0.0, public)
    public = np.where(chance >= 100 - step.numbers["all"], 1.0, public)[:, None]
    base, first = sheet.base(step), int(step.numbers["public_parts"])
    sides = _parts(sheet, step, base[:, :first]), _parts(sheet, step, base[:, first:])
    _keep_shares(sheet, step, np.hstack([public * sides[0], (1 - public) * sides[1]]))


def _keep_shares(sheet: Sheet, step: Step, parts: Floats) -> None:
    for id, column in zip(step.measures, tenths(parts).T, strict=True):
        sheet.columns[id] = column


def _split(sheet: Sheet, step: Step) -> None:
    decimals = int(step.numbers["decimals"])
    total = sheet.total(step)
    share = logistic(sheet.number(step, "median"), sheet.number(step, "spread") * sheet.mixed(step)) / 100
    first = np.round(total * share, decimals)
    for id, column in zip(step.measures, (first, np.round(total - first, decimals)), strict=True):
        sheet.columns[id] = column


def _churn(sheet: Sheet, step: Step) -> None:
    """Who joined and left in a year, and the numbers one and two years ago that follow."""
    total = sheet.total(step)
    joining, leaving = (sheet.number(step, name) / 100 for name in ("joining", "leaving"))
    drift = np.exp(0.5 * sheet.traces(step.weights))
    joined = sheet.random.binomial(total.astype(np.int64), np.minimum(joining * drift, 0.5))
    left = sheet.random.poisson((total - joined) * leaving / (1 - leaving) / drift)
    year_ago = total - joined + left
    before = np.rint(year_ago * (1 - joining + leaving) * np.exp(0.06 * sheet.normal(lasting=False)))
    for id, column in zip(step.measures, (joined, left, year_ago, before), strict=True):
        sheet.keep(step, id, column.astype(np.float64))


DRAWN_BY: Final[Mapping[str, Callable[[Sheet, Step], None]]] = {
    "trait": _trait,
    "standard": _standard,
    "lognormal": _lognormal,
    "share": _share,
    "beta": _beta,
    "scale": _scale,
    "count": _count,
    "binomial": _binomial,
    "yes": _yes,
    "choice": _choice,
    "types": _types,
    "composition": _composition,
    "financing": _financing,
    "split": _split,
    "churn": _churn,
}
