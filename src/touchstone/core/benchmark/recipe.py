"""The recipe of a synthetic population: a pack's `population.toml`, read strictly.

A recipe is a list of steps. Each draws the columns of some measures, or a hidden trait, from parameters
and from what the steps before it have drawn. `drawing` does what the families of steps say.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from touchstone.core.faults import Fault, Unusable
from touchstone.core.scheme.folders import nearest_file
from touchstone.core.scheme.loading import RECIPE, shipped
from touchstone.core.scheme.model import Scheme
from touchstone.core.scheme.naming import suggestion
from touchstone.core.scheme.tables import Notes, Table

Numbers = Mapping[str, float]

# The parameters that a step of each family must have.
FAMILIES: Final[Mapping[str, tuple[str, ...]]] = {
    "trait": (),
    "standard": ("centre", "scale"),
    "lognormal": ("median", "sigma"),
    "share": ("median", "spread"),
    "beta": ("a", "b"),
    "scale": ("mean", "spread"),
    "count": ("mean", "dispersion"),
    "binomial": ("median", "spread"),
    "yes": ("share",),
    "choice": (),
    "types": ("concentration",),
    "composition": ("concentration",),
    "financing": ("none", "all", "a", "b", "by_year", "centre", "concentration", "public_parts"),
    "split": ("median", "spread"),
    "churn": ("joining", "leaving"),
}
# The parts of one thing: an organisation answers them all or none.
WHOLES: Final = ("types", "composition", "financing", "split", "churn")
# Parameters that any step may have, and what stands where it has not.
NEUTRAL: Final[Mapping[str, float]] = {
    "noise": float("nan"),  # a trait's own part; without one, what makes its variance one
    "least": float("-inf"),
    "most": float("inf"),
    "decimals": 0.0,
    "shift": 0.0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Years from `first` to `last`, in a share of the organisations."""

    first: int
    last: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Founding:
    """When organisations were founded; `later` says by how many years in a region."""

    measure: str
    spans: tuple[Span, ...]
    later: Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """Which level an assessment was given: the best in a mix of traits got the highest one."""

    weights: Numbers
    shares: Numbers  # per cent of the assessments, the highest level first; the rest has `otherwise`
    otherwise: str
    unlabelled: float  # per cent that got none, at random


@dataclass(frozen=True, slots=True, kw_only=True)
class Local:
    """What is otherwise in one region."""

    numbers: Numbers
    base: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a recipe. What a family does not use is empty."""

    family: str
    id: str  # of a trait
    measures: tuple[str, ...]
    numbers: Numbers
    regions: Mapping[str, Local]
    weights: Numbers  # trait → how much of it goes in
    times: Numbers  # measure → multiply with this power of it
    of: tuple[str, ...]  # measures whose sum is the whole
    base: tuple[float, ...]  # usual proportions of the parts
    chances: Numbers  # word → how often, in proportion
    at_least: str  # the measure that is a lower bound
    at_most: str
    only_if: Numbers  # measure → what it must reach; otherwise there is no answer
    lasting: bool  # drawn once for an organisation, not for each assessment
    logarithm: bool
    upwards: bool  # rounded up


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """A whole recipe. Countries and portfolios have weights."""

    until: date  # the last day of an interview
    years: int  # over how many years before it the interviews spread
    repeats: tuple[float, ...]  # shares of organisations with one, two, three … assessments
    gap: tuple[float, float]  # days between two of them
    missing: tuple[float, float]  # least and most share of missing answers of a measure
    countries: Numbers
    region_of: Mapping[str, str]
    portfolios: Numbers
    founding: Founding
    levels: Levels
    steps: tuple[Step, ...]


def recipe_for(scheme: Scheme) -> Recipe:
    """The recipe in the shipped pack of a scheme, or in the nearest pack that this one extends.

    Raises Unusable, also where the two do not fit.
    """
    file = nearest_file(shipped(scheme.id), RECIPE)
    recipe = read_recipe(file)
    faults = [
        *(_unknown(f"{RECIPE}: step {number}", id, scheme.measures) for number, id in _named(recipe)),
        *(_unknown(f"{RECIPE}: portfolios", id, scheme.portfolios) for id in recipe.portfolios),
    ]
    if found := [fault for fault in faults if fault]:
        raise Unusable(str(file), *found)
    return recipe


@cache
def read_recipe(file: Path) -> Recipe:
    """Read a recipe. Raises Unusable with every fault, each with its place."""
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        fault = Fault("", "The pack has no recipe for a synthetic population.", "Hand in a population.")
        raise Unusable(str(file), fault) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Unusable(str(file), Fault("", f"This is not readable TOML: {error}.", "Mend it.")) from None
    notes = Notes()
    table = Table(values, file=file.name, notes=notes)
    recipe = _recipe(table)
    table.close()
    if notes.faults:
        raise Unusable(str(file), *notes.faults)
    return recipe


def _named(recipe: Recipe) -> list[tuple[int, str]]:
    """The measures that each step draws, with the step's number; the founding year is step 0."""
    steps = enumerate(recipe.steps, start=1)
    return [(0, recipe.founding.measure), *((number, id) for number, step in steps for id in step.measures)]


def _unknown(place: str, id: str, known: Mapping[str, object]) -> Fault | None:
    return None if id in known else Fault(place, f"The scheme has no {id}.", suggestion(id, tuple(known)))


def _recipe(table: Table) -> Recipe:
    regions = table.inner("regions", lambda inner: {id: inner.texts(id) for id in inner.keys}) or {}
    return Recipe(
        until=table.day("until"),
        years=table.whole("years"),
        repeats=_numbers(table, "repeats"),
        gap=_pair(table, "gap"),
        missing=_pair(table, "missing"),
        countries=_weights(table, "countries"),
        region_of={country: region for region, members in regions.items() for country in members},
        portfolios=_weights(table, "portfolios"),
        founding=table.inner("founding", _founding) or Founding(measure="", spans=(), later={}),
        levels=table.inner("levels", _levels) or Levels(weights={}, shares={}, otherwise="", unlabelled=0),
        steps=table.each("step", _step),
    )


def _founding(table: Table) -> Founding:
    return Founding(
        measure=table.text("measure"), spans=table.each("span", _span), later=_weights(table, "later")
    )


def _levels(table: Table) -> Levels:
    return Levels(
        weights=_weights(table, "weights"),
        shares=_weights(table, "shares"),
        otherwise=table.text("otherwise"),
        unlabelled=table.number("unlabelled"),
    )


def _step(table: Table) -> Step:
    family = table.word("family", tuple(FAMILIES))
    return Step(
        family=family,
        id=table.text("id", ""),
        measures=table.texts("measures", ()),
        numbers={**NEUTRAL, **{name: table.number(name) for name in FAMILIES[family]}, **_extra(table)},
        regions=_regions(table),
        weights=_weights(table, "weights"),
        times=_weights(table, "times"),
        of=table.texts("of", ()),
        base=_numbers(table, "base"),
        chances=_weights(table, "chances"),
        at_least=table.text("at_least", ""),
        at_most=table.text("at_most", ""),
        only_if=_weights(table, "only_if"),
        lasting=table.yes_no("lasting", default=False),
        logarithm=table.yes_no("logarithm", default=False),
        upwards=table.yes_no("upwards", default=False),
    )


def _extra(table: Table) -> dict[str, float]:
    return {name: table.number(name) for name in NEUTRAL if table.has(name)}


def _regions(table: Table) -> dict[str, Local]:
    if not table.has("in"):
        return {}
    found = table.inner("in", lambda inner: {id: inner.inner(id, _local) for id in inner.keys}) or {}
    return {id: local for id, local in found.items() if local}


def _local(table: Table) -> Local:
    numbers = {name: table.number(name) for name in table.keys if name != "base"}
    return Local(numbers=numbers, base=_numbers(table, "base"))


def _span(table: Table) -> Span:
    return Span(first=table.whole("first"), last=table.whole("last"), share=table.number("share"))


def _weights(table: Table, key: str) -> dict[str, float]:
    """A table of id = number; empty where there is none."""
    if not table.has(key):
        return {}
    return table.inner(key, lambda inner: {id: inner.number(id) for id in inner.keys}) or {}


def _pair(table: Table, key: str) -> tuple[float, float]:
    numbers = _numbers(table, key)
    if len(numbers) != 2:
        table.note(key, "These are not two numbers.", f"Write {key} = [least, most].")
        return 0.0, 0.0
    return numbers[0], numbers[1]


def _numbers(table: Table, key: str) -> tuple[float, ...]:
    """A list of numbers; empty where there is none."""
    given = table.bare(key)
    listed = given if isinstance(given, list) else []
    numbers = tuple(float(one) for one in listed if isinstance(one, int | float))
    if given is not None and (not isinstance(given, list) or len(numbers) != len(given)):
        table.note(key, "This is not a list of numbers.", f"Write {key} = [1.0, 2.0].")
    return numbers
