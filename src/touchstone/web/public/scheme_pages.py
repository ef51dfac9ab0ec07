"""What the pages of the scheme show, arranged from the pack in the language of the reader."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise

from touchstone.apps import pack
from touchstone.core.labels.names import fold
from touchstone.core.language.language import ENGLISH
from touchstone.core.scheme.difference import Change, differences, rule_set_differences
from touchstone.core.scheme.folders import lineage, names, shipped
from touchstone.core.scheme.model import (
    Advice,
    Criterion,
    Indicator,
    Level,
    Light,
    Measure,
    Named,
    Origin,
    QualityIndicator,
    RuleSet,
    Scheme,
)
from touchstone.core.scheme.translation import languages
from touchstone.web.public import scheme_wording as wording
from touchstone.web.public.scheme_wording import Formula, Wanted
from touchstone.web.public.scheme_words import WORDS, Words

Item = Indicator | QualityIndicator
Context = dict[str, object]


@dataclass(frozen=True, slots=True)
class Listed:
    """An item of the scheme with those of its measures that a search found."""

    item: Item
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """An area or a dimension with what belongs to it."""

    named: Named
    items: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """The table of contents of a scheme, or what a search found of it."""

    areas: tuple[Chapter, ...]
    dimensions: tuple[Chapter, ...]

    @property
    def found(self) -> int:
        """How many items stand in it."""
        return sum(len(chapter.items) for chapter in (*self.areas, *self.dimensions))


@dataclass(frozen=True, slots=True)
class Step:
    """A level of a quality indicator, with its conditions in words."""

    level: Level
    light: str
    conditions: tuple[Wanted, ...]


@dataclass(frozen=True, slots=True)
class Counsel:
    """What to do next where an indicator stands at a light."""

    light: Light
    word: str
    heading: str
    advice: Advice


@dataclass(frozen=True, slots=True)
class First:
    """The step to begin with, and how long the whole takes."""

    step: str
    effort: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A measure as the page of its indicator shows it. `help` is empty where the one before says the same."""

    measure: Measure
    form: str
    direction: str
    help: str
    formula: Formula | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A rule set as its page shows it, with what it changed of the one before."""

    rules: RuleSet
    levels: str
    periods: Mapping[str, str]
    gold: str
    process: Mapping[str, str]
    eligibility: tuple[Criterion, ...]
    heading: str  # over the changes
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class ChangedItem:
    """An item that a pack changes, with the sentences about it."""

    id: str
    name: str
    what: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangedKind:
    """All changed items of a kind."""

    heading: str
    items: tuple[ChangedItem, ...]


def spoken() -> tuple[Words, ...]:
    """The languages in which the pages can be read, English first."""
    there = languages(shipped(pack.DEFAULT))
    return tuple(words for language, words in WORDS.items() if language in there)


def outline(scheme: Scheme, search: str = "") -> Outline:
    """The scheme by area and by dimension, in the order of the pack; what has all words of a search."""
    wanted = fold(search).split()
    return Outline(
        areas=_chapters(scheme.areas.values(), scheme.indicators.values(), wanted, scheme),
        dimensions=_chapters(scheme.dimensions.values(), scheme.quality.values(), wanted, scheme),
    )


def contents_page(scheme: Scheme, words: Words, search: str = "") -> Context:
    """What the table of contents shows."""
    indicators = [one for one in scheme.indicators.values() if not one.supplementary]
    points = sum(one.points for one in scheme.quality.values())
    table = outline(scheme, search)
    return {
        "outline": table,
        "search": search,
        "found": words.found.format(count=table.found),
        "intro": words.intro.format(
            indicators=len(indicators), quality=len(scheme.quality), points=wording.number(points, words)
        ),
        "certainties": [(words.certainty[one], words.certainty_explained[one]) for one in words.certainty],
        "rule_sets": [_dated(scheme, rules, words) for rules in _newest_first(scheme)],
        "packs": [variant(name, words.language) for name in variants()],
        "shown_of_peers": _disclosure(scheme, words),
    }


def indicator_page(scheme: Scheme, indicator: Indicator, words: Words) -> Context:
    """What the page of an indicator shows."""
    counted = sum(not one.supplementary for one in scheme.indicators.values())
    return {
        "item": indicator,
        "chapter": scheme.areas[indicator.area],
        "direction": words.directions[indicator.direction],
        "measures": tuple(_asked(scheme, indicator.measures, words)),
        "quality": [scheme.quality[id] for id in indicator.quality],
        "supplementary": words.supplementary.format(indicators=counted) if indicator.supplementary else "",
        **_neighbours(tuple(scheme.indicators), indicator.id),
    }


def quality_page(scheme: Scheme, item: QualityIndicator, words: Words) -> Context:
    """What the page of a quality indicator shows."""
    return {
        "item": item,
        "chapter": scheme.dimensions[item.dimension],
        "silver": _silver(item, words),
        "steps": [_step(level, scheme, words) for level in item.levels],
        "thresholds": Origin(certainty=item.thresholds),
        "measures": [scheme.measures[id] for id in item.measures],
        "counsels": tuple(_counsels(scheme, item, words)),
        "first": _first(scheme, item, words),
        **_neighbours(tuple(scheme.quality), item.id),
    }


def rules_page(scheme: Scheme, words: Words) -> Context:
    """What the page of the rule sets shows, the newest first."""
    return {"rule_sets": [_dated(scheme, rules, words) for rules in _newest_first(scheme)]}


def variant_page(name: str, words: Words) -> Context:
    """What the page of a pack shows that builds on ours: what it changes, kind by kind and item by item."""
    scheme = variant(name, words.language)
    extent = words.pack_extent.format(
        indicators=sum(not one.supplementary for one in scheme.indicators.values()),
        quality=len(scheme.quality),
        points=wording.number(sum(one.points for one in scheme.quality.values()), words),
    )
    kinds = _kinds(_changes(name), _names(pack.scheme(language=words.language), scheme), words)
    return {"variant": scheme, "extent": extent, "kinds": kinds}


@lru_cache(maxsize=1)
def variants() -> tuple[str, ...]:
    """The shipped packs that build on ours."""
    ours = shipped(pack.DEFAULT).resolve()
    return tuple(
        name
        for name in names()
        if ours in (folder.resolve() for folder in lineage(shipped(name)).folders[1:])
    )


def variant(name: str, language: str) -> Scheme:
    """A pack that builds on ours, in a language as far as it is translated."""
    there = languages(shipped(name))
    return pack.scheme(name, language=language if language in there else ENGLISH)


@lru_cache(maxsize=4)
def _changes(name: str) -> tuple[Change, ...]:
    return differences(pack.scheme(), pack.scheme(name))


def _names(*schemes: Scheme) -> dict[tuple[str, str], str]:
    """The names of items by kind and id; of those that several packs have, the last one's."""
    named: dict[tuple[str, str], str] = {}
    for scheme in schemes:
        named |= {("area", id): one.name for id, one in scheme.areas.items()}
        named |= {("dimension", id): one.name for id, one in scheme.dimensions.items()}
        named |= {("indicator", id): one.name for id, one in scheme.indicators.items()}
        named |= {("quality indicator", id): one.name for id, one in scheme.quality.items()}
        named |= {("measure", id): one.label for id, one in scheme.measures.items()}
    return named


def _kinds(
    changes: Iterable[Change], named: Mapping[tuple[str, str], str], words: Words
) -> list[ChangedKind]:
    return [
        ChangedKind(words.items[kind], tuple(_changed_items(found, named, words)))
        for kind, found in groupby(changes, key=lambda one: one.kind)
    ]


def _changed_items(
    changes: Iterable[Change], named: Mapping[tuple[str, str], str], words: Words
) -> Iterator[ChangedItem]:
    for (kind, id, what), found in groupby(changes, key=lambda one: (one.kind, one.id, one.what)):
        texts = tuple(one.text for one in found)
        yield ChangedItem(id, named.get((kind, id), ""), words.becomes[what], texts)


def _chapters(
    headings: Iterable[Named], items: Iterable[Item], search: list[str], scheme: Scheme
) -> tuple[Chapter, ...]:
    listed = [(item, one) for item in items if (one := _listed(item, search, scheme))]
    chapters = (
        Chapter(named, tuple(one for item, one in listed if _chapter_of(item) == named.id))
        for named in headings
    )
    return tuple(chapter for chapter in chapters if chapter.items)


def _chapter_of(item: Item) -> str:
    return item.area if isinstance(item, Indicator) else item.dimension


def _listed(item: Item, search: list[str], scheme: Scheme) -> Listed | None:
    """The item if all words are found in it, with the measures that have one; None where they are not."""
    if not search:
        return Listed(item)
    own = item.measures if isinstance(item, Indicator) else ()
    of_each = {measure.id: fold(f"{measure.id} {measure.label} {measure.help}") for measure in own}
    whole = " ".join((_text(item, scheme), *of_each.values()))
    if not all(word in whole for word in search):
        return None
    return Listed(item, tuple(one for one in own if all(word in of_each[one.id] for word in search)))


def _text(item: Item, scheme: Scheme) -> str:
    if isinstance(item, Indicator):
        texts: tuple[str, ...] = (
            item.question,
            item.definition,
            item.counting,
            item.example,
            item.mistakes,
            item.why,
        )
    else:
        advice = [f"{one.text} {one.next}" for (id, _), one in scheme.advice.items() if id == item.id]
        texts = (item.judged, *(level.text for level in item.levels), *advice)
    return fold(" ".join((item.id, item.name, item.evidence, *texts)))


def _asked(scheme: Scheme, measures: Iterable[Measure], words: Words) -> Iterator[Asked]:
    before = ""
    for measure in measures:
        yield Asked(
            measure=measure,
            form=wording.answer_form(measure, words),
            direction=words.directions[measure.direction],
            help="" if measure.help == before else measure.help,
            formula=wording.formula(measure, scheme, words),
        )
        before = measure.help


def _step(level: Level, scheme: Scheme, words: Words) -> Step:
    conditions = tuple(wording.wanted(one, scheme, words) for one in level.when)
    return Step(level, words.lights[level.light], conditions)


def _counsels(scheme: Scheme, item: QualityIndicator, words: Words) -> Iterator[Counsel]:
    for light, heading in ((Light.RED, words.advice_red), (Light.YELLOW, words.advice_yellow)):
        advice = scheme.advice.get((item.id, light))
        if advice is not None:
            yield Counsel(light, words.lights[light], heading, advice)


def _first(scheme: Scheme, item: QualityIndicator, words: Words) -> First | None:
    """The step to begin with, the same for each light; None where the pack says none."""
    advice = next((one for (id, _), one in scheme.advice.items() if id == item.id), None)
    if advice is None or not advice.next or advice.effort is None:
        return None
    return First(advice.next, words.whole_takes.format(effort=words.efforts[advice.effort]))


def _silver(item: QualityIndicator, words: Words) -> str:
    return {True: words.yes, False: words.no, None: words.silver_unknown}[item.silver]


def _neighbours(ids: tuple[str, ...], id: str) -> Context:
    pairs = tuple(pairwise(ids))
    return {
        "before": next((one for one, other in pairs if other == id), ""),
        "after": next((other for one, other in pairs if one == id), ""),
    }


def _newest_first(scheme: Scheme) -> list[RuleSet]:
    return sorted(scheme.rule_sets.values(), key=lambda rules: rules.in_force_from, reverse=True)


def _dated(scheme: Scheme, rules: RuleSet, words: Words) -> Dated:
    earlier = [one for one in _newest_first(scheme) if one.in_force_from < rules.in_force_from]
    before = earlier[0] if earlier else None
    return Dated(
        rules=rules,
        levels=wording.levels(rules, words),
        periods=wording.periods(rules, words),
        gold=wording.gold(rules, words),
        process=wording.process(rules, words),
        eligibility=tuple(scheme.criteria[id] for id in rules.eligibility),
        heading=words.against.format(name=before.name) if before else "",
        changes=_rule_changes(before.id, rules.id) if before else (),
    )


@lru_cache(maxsize=32)
def _rule_changes(one: str, other: str) -> tuple[Change, ...]:
    """Told of the English pack: the sentences are English, and so are the texts that they quote."""
    english = pack.scheme()
    return rule_set_differences(english.rule_sets[one], english.rule_sets[other], criteria=english.criteria)


def _disclosure(scheme: Scheme, words: Words) -> tuple[str, ...]:
    sizes = scheme.disclosure
    if sizes is None:
        return ()
    return (
        words.disclosure_median.format(count=sizes.median_from),
        words.disclosure_quartiles.format(median=sizes.median_from, quartiles=sizes.quartiles_from),
        words.disclosure_tails.format(count=sizes.full_from),
        words.disclosure_dominance.format(share=wording.amount(sizes.dominance, "%", words)),
        words.disclosure_difference.format(count=sizes.difference),
        words.disclosure_age.format(years=sizes.oldest_years),
    )
