"""What the pages of the scheme show, arranged from the pack."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from touchstone.core.scheme.model import (
    Condition,
    Indicator,
    Kind,
    Level,
    Measure,
    Named,
    QualityIndicator,
    RuleSet,
    Scheme,
)
from touchstone.web import words


@dataclass(frozen=True, slots=True)
class Chapter:
    """An area or a dimension with what belongs to it."""

    named: Named
    items: tuple[Indicator | QualityIndicator, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """The table of contents of a scheme."""

    areas: tuple[Chapter, ...]
    dimensions: tuple[Chapter, ...]
    indicators: int
    supplementary: int
    points: int
    rule_sets: tuple[RuleSet, ...]  # newest first


@dataclass(frozen=True, slots=True)
class Step:
    """A level of a quality indicator, with its conditions in words."""

    level: Level
    conditions: tuple[str, ...]


def outline(scheme: Scheme) -> Outline:
    """The scheme by area and by dimension, in the order of the pack."""
    indicators = tuple(scheme.indicators.values())
    quality = tuple(scheme.quality.values())
    return Outline(
        areas=tuple(
            _chapter(area, (one for one in indicators if one.area == id)) for id, area in scheme.areas.items()
        ),
        dimensions=tuple(
            _chapter(dimension, (one for one in quality if one.dimension == id))
            for id, dimension in scheme.dimensions.items()
        ),
        indicators=sum(not one.supplementary for one in indicators),
        supplementary=sum(one.supplementary for one in indicators),
        points=sum(one.points for one in quality),
        rule_sets=tuple(
            sorted(scheme.rule_sets.values(), key=lambda rules: rules.in_force_from, reverse=True)
        ),
    )


def indicator_page(scheme: Scheme, indicator: Indicator) -> dict[str, object]:
    """What the page of an indicator shows."""
    return {
        "scheme": scheme,
        "item": indicator,
        "area": scheme.areas[indicator.area],
        "direction": words.DIRECTIONS[indicator.direction],
        "measures": [(measure, answer_form(measure)) for measure in indicator.measures],
        "quality": [scheme.quality[id] for id in indicator.quality],
        "neighbours": _neighbours(tuple(scheme.indicators), indicator.id),
    }


def quality_page(scheme: Scheme, item: QualityIndicator) -> dict[str, object]:
    """What the page of a quality indicator shows."""
    return {
        "scheme": scheme,
        "item": item,
        "dimension": scheme.dimensions[item.dimension],
        "steps": [Step(level, tuple(_in_words(one, scheme) for one in level.when)) for level in item.levels],
        "thresholds": words.CERTAINTIES[item.thresholds],
        "measures": [scheme.measures[id] for id in item.measures],
        "neighbours": _neighbours(tuple(scheme.quality), item.id),
    }


def answer_form(measure: Measure) -> str | Promise:
    """How a measure is answered, in words."""
    if measure.derived is not None:
        return _("reckoned from other answers")
    if measure.kind is Kind.SCALE:
        return _("a step from %(low)s to %(high)s") % {
            "low": number_format(measure.minimum or 0, 0),
            "high": number_format(measure.maximum or 0, 0),
        }
    return {
        Kind.COUNT: _("a whole number"),
        Kind.NUMBER: _("a number"),
        Kind.SHARE: _("a share from 0 to 100 %"),
        Kind.YEAR: _("a year"),
        Kind.MONEY: _("an amount in euro"),
        Kind.YES_NO: _("yes or no"),
        Kind.CHOICE: _("one of a list"),
        Kind.TEXT: _("a text"),
    }[measure.kind]


def _chapter(named: Named, items: Iterable[Indicator | QualityIndicator]) -> Chapter:
    return Chapter(named, tuple(items))


def _neighbours(ids: tuple[str, ...], id: str) -> dict[str, str]:
    pairs = tuple(pairwise(ids))
    return {
        "before": next((one for one, other in pairs if other == id), ""),
        "after": next((other for one, other in pairs if one == id), ""),
    }


def _in_words(condition: Condition, scheme: Scheme) -> str:
    measure = scheme.measures[condition.measure]
    return {
        "at_least": _("%(measure)s: %(bound)s or more"),
        "at_most": _("%(measure)s: %(bound)s or less"),
        "above": _("%(measure)s: more than %(bound)s"),
        "below": _("%(measure)s: less than %(bound)s"),
        "equals": _("%(measure)s: %(bound)s"),
        "one_of": _("%(measure)s: one of %(bound)s"),
    }[condition.test] % {"measure": measure.label, "bound": _bound(condition.bound, measure)}


def _bound(bound: float | bool | str | tuple[str, ...], measure: Measure) -> str:
    if isinstance(bound, bool):
        return _("yes") if bound else _("no")
    labels = {option.id: option.label for option in measure.options}
    if isinstance(bound, tuple):
        return ", ".join(labels.get(one, one) for one in bound)
    if isinstance(bound, str):
        return labels.get(bound, bound)
    number = number_format(bound, None if bound % 1 else 0)
    return f"{number} {measure.unit}".strip()
