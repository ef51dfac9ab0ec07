"""A synthetic comparison population, fitted to published figures.

The numbers are the pack's (`population.toml`), the arithmetic is here and in `drawing`. Every assessment
is coherent: it passes the plausibility rules of the scheme without an error, its compositions add up to
exactly 100, and a composition is missing as a whole or not at all. All values have two decimals at most,
derived ones excepted, so that a text file holds them without loss.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from touchstone.core.assessment.derivation import derive_columns, derive_words
from touchstone.core.benchmark.drawing import Sheet
from touchstone.core.benchmark.model import Floats, Indices, Population
from touchstone.core.benchmark.ranked import Flags
from touchstone.core.benchmark.recipe import WHOLES, Levels, Numbers, Recipe, recipe_for
from touchstone.core.benchmark.rows import NO, YES
from touchstone.core.days import years_before
from touchstone.core.scheme.model import Kind, Scheme

# As many assessments as the public register counted; 48 stands for its countries.
SHIPPED_SIZE: Final = 1292
SHIPPED_SEED: Final = 48
PREFIX: Final = "SYN-"

Days = NDArray[np.datetime64]


def shipped_population(scheme: Scheme) -> Population:
    """The population that comes with the program, always the same."""
    return make_population(scheme, size=SHIPPED_SIZE, seed=SHIPPED_SEED)


def make_population(scheme: Scheme, *, size: int, seed: int) -> Population:
    """Draw `size` assessments; the same seed gives the same values.

    Some organisations have two or three assessments. Rows are ordered by the day of the interview.
    Raises Unusable where the scheme has no recipe.
    """
    recipe = recipe_for(scheme)
    random = np.random.Generator(np.random.PCG64(seed))
    repeats = _repeats(size, recipe)
    country = _apportioned(len(repeats), recipe.countries, random)
    founded = _founded(country, recipe, random)
    # The first organisations have several assessments: let them be old enough for that.
    old_first = np.argsort(founded > recipe.until.year - recipe.years, kind="stable")
    country, founded = country[old_first], founded[old_first]
    organisation, day = _interviews(repeats, founded, recipe, random)
    sheet = Sheet(
        random=random,
        scheme=scheme,
        organisation=organisation,
        regions=_regions(country[organisation], recipe),
        columns={recipe.founding.measure: founded[organisation].astype(np.float64)},
    )
    sheet.columns["age"] = _year(day) - sheet.columns[recipe.founding.measure]
    for step in recipe.steps:
        sheet.draw(step)
    level = _levels(sheet, recipe.levels)
    _leave_out(sheet, recipe)
    weights = np.array(list(recipe.portfolios.values()))
    portfolio = random.choice(list(recipe.portfolios), len(repeats), p=weights / weights.sum())
    return _population(
        sheet, day=day, country=country[organisation], portfolio=portfolio[organisation], level=level
    )


def is_synthetic(organisations: NDArray[np.str_]) -> bool:
    """Whether a population is synthetic, which the ids of all its organisations say."""
    return len(organisations) > 0 and bool(np.strings.startswith(organisations, PREFIX).all())


def _repeats(size: int, recipe: Recipe) -> Indices:
    """How many assessments each organisation has; together `size`."""
    mean = sum(times * share for times, share in enumerate(recipe.repeats, start=1))
    organisations = max(round(size / mean), 1)
    with_more = [
        round(organisations * sum(recipe.repeats[times:])) for times in range(1, len(recipe.repeats))
    ]
    turns = np.concatenate([*(np.arange(some) for some in with_more), np.arange(organisations)])
    return 1 + np.bincount(turns[: size - organisations], minlength=organisations)


def _apportioned(size: int, weights: Numbers, random: np.random.Generator) -> NDArray[np.str_]:
    """So many ids in random order, each as often as its weight says, by the largest remainder.

    Each id comes once at least where there is room for all.
    """
    names, share = np.array(list(weights)), np.array(list(weights.values()))
    once = int(size >= len(names))
    quota = (size - once * len(names)) * share / share.sum()
    counts = np.floor(quota)
    left = round(size - once * len(names) - float(counts.sum()))
    counts[np.argsort(counts - quota, kind="stable")[:left]] += 1
    return random.permutation(np.repeat(names, counts.astype(np.intp) + once))


def _founded(country: NDArray[np.str_], recipe: Recipe, random: np.random.Generator) -> Indices:
    """The founding year of each organisation, before the last year of the recipe."""
    spans = recipe.founding.spans
    shares = np.array([span.share for span in spans])
    which = np.searchsorted(np.cumsum(shares / shares.sum())[:-1], random.random(len(country)), side="right")
    first, last = (np.array([getattr(span, end) for span in spans])[which] for end in ("first", "last"))
    year: Floats = first + np.floor((last - first + 1) * random.random(len(country)))
    for region, members in _regions(country, recipe).items():
        year[members] += recipe.founding.later.get(region, 0)
    return np.minimum(year, recipe.until.year - 1).astype(np.intp)


def _interviews(
    repeats: Indices, founded: Indices, recipe: Recipe, random: np.random.Generator
) -> tuple[Indices, Days]:
    """The organisation and the day of each assessment, in the order of days.

    No interview is before the year after the founding. Two of one organisation lie as far apart as the
    recipe says, or as far as its time allows.
    """
    until = np.datetime64(recipe.until)
    begin = np.datetime64(years_before(recipe.until, recipe.years))
    first_year = (founded - 1969).astype("datetime64[Y]").astype("datetime64[D]")
    first = np.maximum(first_year, begin)
    room = (until - first).astype(np.float64)
    gap = np.minimum(random.uniform(*recipe.gap, len(repeats)), room / repeats)
    start = random.random(len(repeats)) * (room - (repeats - 1) * gap)
    organisation = np.repeat(np.arange(len(repeats)), repeats)
    earlier = np.arange(len(organisation)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    after = np.floor(start[organisation] + earlier * gap[organisation])
    day = first[organisation] + after.astype("timedelta64[D]")
    order = np.argsort(day, kind="stable")
    return organisation[order], day[order]


def _regions(country: NDArray[np.str_], recipe: Recipe) -> dict[str, Flags]:
    members: dict[str, list[str]] = {}
    for one, region in recipe.region_of.items():
        members.setdefault(region, []).append(one)
    return {region: np.isin(country, countries) for region, countries in members.items()}


def _year(day: Days) -> Floats:
    return day.astype("datetime64[Y]").astype(np.float64) + 1970


def _levels(sheet: Sheet, levels: Levels) -> NDArray[np.str_]:
    """The level of each assessment: the best get the highest, and some none, by chance."""
    score = sheet.traces(levels.weights) + sheet.normal(lasting=False)
    found = np.full(sheet.rows, levels.otherwise, "<U16")
    best_first, at = np.argsort(-score, kind="stable"), 0
    for level, share in levels.shares.items():
        until = at + round(sheet.rows * share / 100)
        found[best_first[at:until]] = level
        at = until
    nobody = (sheet.random.random(sheet.rows) < levels.unlabelled / 100) & (found == levels.otherwise)
    found[nobody] = ""
    return found


def _leave_out(sheet: Sheet, recipe: Recipe) -> None:
    """Take answers away at random: parts of one whole together."""
    wholes = [step.measures for step in recipe.steps if step.family in WHOLES]
    single = [(id,) for step in recipe.steps if step.family not in WHOLES for id in step.measures]
    for ids in [(recipe.founding.measure,), *wholes, *single]:
        gone = sheet.random.random(sheet.rows) < sheet.random.uniform(*recipe.missing)
        for id in ids:
            if id in sheet.words:
                sheet.words[id][gone] = ""
            else:
                sheet.columns[id][gone] = np.nan


def _population(
    sheet: Sheet,
    *,
    day: Days,
    country: NDArray[np.str_],
    portfolio: NDArray[np.str_],
    level: NDArray[np.str_],
) -> Population:
    """The sheet as a population, with derived measures, in the order of the pack."""
    measures = sheet.scheme.measures
    empty, missing = np.zeros(sheet.rows, "<U1"), np.full(sheet.rows, np.nan)
    numbers = {id: column for id, column in sheet.columns.items() if id in measures}
    derived = derive_columns(numbers, sheet.scheme, _year(day))
    yes_no = {id: _yes_or_no(numbers[id]) for id in numbers if measures[id].kind is Kind.YES_NO}
    words = {**sheet.words, **yes_no, **derive_words(numbers, sheet.scheme, rows=sheet.rows)}
    _, first, number = np.unique(sheet.organisation, return_index=True, return_inverse=True)
    in_order = np.argsort(np.argsort(first))[number] + 1
    return Population(
        organisation=np.array([f"{PREFIX}{one:04d}" for one in in_order.tolist()]),
        country=country,
        portfolio=portfolio,
        interviewed_on=day,
        level=level,
        values={id: derived.get(id, missing) for id in measures if measures[id].kind.numeric},
        words={id: words.get(id, empty) for id in measures if not measures[id].kind.numeric},
        synthetic=True,
    )


def _yes_or_no(column: Floats) -> NDArray[np.str_]:
    return np.where(np.isnan(column), "", np.where(column == 1, YES, NO))
