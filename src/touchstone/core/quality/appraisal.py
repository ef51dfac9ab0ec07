"""The appraisal of one assessment: levels, eligibility, score and recommendations."""

from collections.abc import Collection, Iterable, Mapping

from touchstone.core.assessment.model import Value
from touchstone.core.benchmark.model import Comparison
from touchstone.core.language.language import language
from touchstone.core.quality.conditions import every
from touchstone.core.quality.judging import judge, judge_criterion
from touchstone.core.quality.model import Appraisal, Judgement, Score
from touchstone.core.quality.recommending import recommend
from touchstone.core.scheme.model import Light, RuleSet, Scheme


def appraise(
    values: Mapping[str, Value],
    *,
    scheme: Scheme,
    rule_set: RuleSet,
    comparison: Comparison | None,
    proven: Collection[str] = (),
) -> Appraisal:
    """Judge an assessment under a rule set.

    `values` holds derived values too. Without a comparison the recommendations cite no medians and
    no yellow light is moved up for a weak quartile. `proven` holds the ids of the measures for which
    evidence is on file.
    """
    words, measures = language(scheme.language), scheme.measures
    judgements = tuple(judge(quality, values, measures, words) for quality in scheme.quality.values())
    criteria = tuple(
        judge_criterion(scheme.criteria[id], values, measures, words) for id in rule_set.eligibility
    )
    return Appraisal(
        judgements=judgements,
        criteria=criteria,
        score=score(judgements, maximum=sum(q.points for q in scheme.quality.values()), rule_set=rule_set),
        recommendations=recommend(
            judgements, scheme=scheme, values=values, comparison=comparison, proven=proven
        ),
        eligible=every(result.met for result in criteria),
    )


def score(judgements: Iterable[Judgement], *, maximum: int, rule_set: RuleSet) -> Score:
    """Add up the points. `maximum` is what all indicators can give together.

    Passed means: all assessed, no gate missed, the rule set's share reached, and its light on each. Under
    rules without Gold nothing is passed.
    """
    taken = tuple(judgements)
    points = sum(judgement.points or 0 for judgement in taken)
    above_threshold = all(reaches(judgement, rule_set.pass_light) for judgement in taken)
    needed = rule_set.pass_share
    no_gate_missed = all(judgement.gate_met is not False for judgement in taken)
    return Score(
        points=points,
        max=maximum,
        share=100 * points / maximum if maximum else 0.0,
        passed=(
            needed is not None and above_threshold and no_gate_missed and 100 * points >= needed * maximum
        ),
        not_assessed=sum(judgement.points is None for judgement in taken),
    )


def reaches(judgement: Judgement, light: Light | None) -> bool:
    """Whether an indicator was assessed and shows at least this light; None asks for no light."""
    if judgement.light == "not_assessed":
        return False
    return light is None or Light(judgement.light).rank >= light.rank
