"""What to do next, in order of weight.

Recommendations rest on quality indicators only. Measures that merely describe have none, so nothing
is ever recommended on them.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from touchstone.core.assessment.model import Value
from touchstone.core.benchmark.model import Comparison, Figure
from touchstone.core.language.language import Language, language
from touchstone.core.quality.conditions import holds
from touchstone.core.quality.model import Citation, Effect, Judgement, Recommendation
from touchstone.core.quality.wording import asks, in_words
from touchstone.core.scheme.model import Condition, Level, Light, QualityIndicator, Scheme

NO_PEERS: Final = Figure(n=0, shown="none")


def recommend(
    judgements: Iterable[Judgement],
    *,
    scheme: Scheme,
    values: Mapping[str, Value],
    comparison: Comparison | None,
    proven: Collection[str] = (),
) -> tuple[Recommendation, ...]:
    """Recommendations for each red and yellow light.

    `proven` holds the ids of the measures for which evidence is on file.
    Order: red on a gate, red elsewhere, yellow with an own value on the weak side of the portfolio's
    quartile, yellow. Within each first those that the pack marks `strategy_first`, then as in the pack.
    """
    basis = _Basis(
        scheme=scheme,
        values=values,
        comparison=comparison,
        proven=proven,
        words=language(scheme.language),
    )
    found = [(judgement, basis.recommendation(judgement)) for judgement in judgements if wanting(judgement)]
    found.sort(key=lambda pair: (_rank(*pair), not scheme.quality[pair[0].quality].strategy_first))
    return tuple(recommendation for _, recommendation in found)


def wanting(judgement: Judgement) -> bool:
    """Whether there is something to improve: a red or a yellow light."""
    return judgement.light in {Light.RED, Light.YELLOW}


def next_light(judgement: Judgement, quality: QualityIndicator) -> Level | None:
    """The nearest level with a better light; None for green and for what was not assessed."""
    if not wanting(judgement):
        return None
    now = Light(judgement.light).rank
    return next((level for level in reversed(quality.levels) if level.light.rank > now), None)


def peers_of(measure: str, comparison: Comparison | None) -> Figure | None:
    """The figure of the portfolio, or of the related ones it fell back to, where a median is shown."""
    if comparison is None:
        return None
    figures = comparison.figures.get(measure, {})
    portfolio = (figures.get(group.id) for group in comparison.groups if group.kind == "portfolio")
    return next((figure for figure in portfolio if figure and figure.median is not None), None)


def _rank(judgement: Judgement, recommendation: Recommendation) -> int:
    if recommendation.light == "red":
        return 0 if judgement.gate else 1
    return 2 if recommendation.below_lower_quartile else 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Basis:
    """What all recommendations of one assessment rest on."""

    scheme: Scheme
    values: Mapping[str, Value]
    comparison: Comparison | None
    proven: Collection[str]
    words: Language

    def recommendation(self, judgement: Judgement) -> Recommendation:
        quality, light = self.scheme.quality[judgement.quality], Light(judgement.light)
        figures = {c: figure for c in judgement.unmet if (figure := peers_of(c.measure, self.comparison))}
        level = next_light(judgement, quality)
        advice = self.scheme.advice.get((quality.id, light))
        return Recommendation(
            quality=quality.id,
            light="red" if light is Light.RED else "yellow",
            reason=". ".join([judgement.reason, *_medians(figures, self.scheme, self.words)]),
            text=_advice(quality, light, self.scheme),
            next=advice.next if advice else "",
            effort=advice.effort if advice else None,
            below_lower_quartile=any(_weak(c, self.values, figure) for c, figure in figures.items()),
            cited=tuple(self._citations(level)) if level else (),
            effect=_effect(judgement, level) if level else None,
        )

    def _citations(self, level: Level) -> Iterable[Citation]:
        """All that the level asks and the answers do not give."""
        for condition in level.when:
            if holds(condition, self.values) is not True:
                figure = peers_of(condition.measure, self.comparison) or NO_PEERS
                yield Citation(
                    measure=condition.measure,
                    own=self.values.get(condition.measure),
                    asked=asks(condition, self.scheme.measures[condition.measure], self.words),
                    median=figure.median,
                    n=figure.n,
                    proven=condition.measure in self.proven,
                )


def _effect(judgement: Judgement, level: Level) -> Effect:
    return Effect(
        light=level.light,
        points=level.points - (judgement.points or 0),
        opens_gate=judgement.gate_met is False and not level.misses_gate,
    )


def _advice(quality: QualityIndicator, light: Light, scheme: Scheme) -> str:
    """The pack's advice; without one, what the next better light means."""
    advice = scheme.advice.get((quality.id, light))
    if advice:
        return advice.text
    better = tuple(takewhile(lambda level: level.light is not light, quality.levels))
    return better[-1].text if better else quality.judged


def _weak(condition: Condition, values: Mapping[str, Value], figure: Figure) -> bool:
    """Whether the own value lies beyond the quartile on the side that the condition turns away from."""
    own = values.get(condition.measure)
    if own is None or isinstance(own, str) or figure.p25 is None or figure.p75 is None:
        return False
    if condition.test in {"at_most", "below"}:
        return own > figure.p75
    return own < figure.p25


def _medians(figures: Mapping[Condition, Figure], scheme: Scheme, words: Language) -> list[str]:
    """One clause a measure: the portfolio's median and how many peers it rests on."""
    by_measure = {condition.measure: figure for condition, figure in figures.items()}
    path = "reason.median_of" if len(by_measure) > 1 else "reason.median"
    clauses = []
    for id, figure in by_measure.items():
        measure = scheme.measures[id]
        median = in_words(figure.median, measure, words) if figure.median is not None else ""
        clauses.append(words.counted(path, figure.n, measure=measure.label, median=median))
    return clauses
