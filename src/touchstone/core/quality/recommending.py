"""What to do next, in order of weight.

Recommendations rest on quality indicators only. Measures that merely describe have none, so nothing
is ever recommended on them.
"""

from collections.abc import Iterable, Mapping
from itertools import takewhile

from touchstone.core.assessment.model import Value
from touchstone.core.benchmark.model import Comparison, Figure
from touchstone.core.quality.model import Judgement, Recommendation
from touchstone.core.quality.wording import in_words
from touchstone.core.scheme.model import Condition, Light, QualityIndicator, Scheme


def recommend(
    judgements: Iterable[Judgement],
    *,
    scheme: Scheme,
    values: Mapping[str, Value],
    comparison: Comparison | None,
) -> tuple[Recommendation, ...]:
    """Recommendations for each red and yellow light.

    Order: red on a gate, red elsewhere, yellow with an own value on the weak side of the portfolio's
    quartile, yellow. Within each first those that the pack marks `strategy_first`, then as in the pack.
    """
    found = [
        (judgement, _recommendation(judgement, light, scheme, values, comparison))
        for judgement in judgements
        if (light := _wanting(judgement))
    ]
    found.sort(key=lambda pair: (_rank(*pair), not scheme.quality[pair[0].quality].strategy_first))
    return tuple(recommendation for _, recommendation in found)


def _wanting(judgement: Judgement) -> Light | None:
    return Light(judgement.light) if judgement.light in {Light.RED, Light.YELLOW} else None


def _rank(judgement: Judgement, recommendation: Recommendation) -> int:
    if recommendation.light == "red":
        return 0 if judgement.gate else 1
    return 2 if recommendation.below_lower_quartile else 3


def _recommendation(
    judgement: Judgement,
    light: Light,
    scheme: Scheme,
    values: Mapping[str, Value],
    comparison: Comparison | None,
) -> Recommendation:
    figures = {c: figure for c in judgement.unmet if (figure := _peers(c, comparison))}
    quality = scheme.quality[judgement.quality]
    return Recommendation(
        quality=quality.id,
        light="red" if light is Light.RED else "yellow",
        reason=". ".join([judgement.reason, *_medians(figures, scheme)]),
        text=_advice(quality, light, scheme),
        below_lower_quartile=any(_weak(c, values, figure) for c, figure in figures.items()),
    )


def _advice(quality: QualityIndicator, light: Light, scheme: Scheme) -> str:
    """The pack's advice; without one, what the next better light means."""
    advice = scheme.advice.get((quality.id, light))
    if advice:
        return advice.text
    better = tuple(takewhile(lambda level: level.light is not light, quality.levels))
    return better[-1].text if better else quality.judged


def _peers(condition: Condition, comparison: Comparison | None) -> Figure | None:
    """The figure of the portfolio, or of the related ones it fell back to, where a median is shown."""
    if comparison is None:
        return None
    figures = comparison.figures.get(condition.measure, {})
    portfolio = (figures.get(group.id) for group in comparison.groups if group.kind == "portfolio")
    return next((figure for figure in portfolio if figure and figure.median is not None), None)


def _weak(condition: Condition, values: Mapping[str, Value], figure: Figure) -> bool:
    """Whether the own value lies beyond the quartile on the side that the condition turns away from."""
    own = values.get(condition.measure)
    if own is None or isinstance(own, str) or figure.p25 is None or figure.p75 is None:
        return False
    if condition.test in {"at_most", "below"}:
        return own > figure.p75
    return own < figure.p25


def _medians(figures: Mapping[Condition, Figure], scheme: Scheme) -> list[str]:
    """One clause a measure: the portfolio's median and how many peers it rests on."""
    by_measure = {condition.measure: figure for condition, figure in figures.items()}
    clauses = []
    for id, figure in by_measure.items():
        measure = scheme.measures[id]
        median = in_words(figure.median, measure) if figure.median is not None else ""
        name = f" of {measure.label}" if len(by_measure) > 1 else ""
        clauses.append(f"Portfolio median{name}: {median} ({figure.n} peers)")
    return clauses
