"""Quality indicators and eligibility criteria judged by the answers."""

from collections.abc import Iterable, Mapping

from touchstone.core.assessment.model import Value
from touchstone.core.language.language import Language
from touchstone.core.quality.conditions import all_hold, holds, known
from touchstone.core.quality.model import CriterionResult, Judgement
from touchstone.core.quality.wording import asks, in_words
from touchstone.core.scheme.model import Condition, Criterion, Kind, Level, Measure, QualityIndicator

# Whose own value, worded as it is, already says what the best level asked.
_WORDED = (Kind.SCALE, Kind.YES_NO, Kind.CHOICE)


def judge(
    quality: QualityIndicator,
    values: Mapping[str, Value],
    measures: Mapping[str, Measure],
    words: Language,
) -> Judgement:
    """Take the best level whose conditions all hold; `words` is the language of the reason.

    Where a better level hangs on a missing answer nothing is assessed: a lower one is not assumed.
    """
    truths = [all_hold(level.when, values) for level in quality.levels]
    reached = truths.index(True)  # the last level asks nothing, so one is always reached
    better = quality.levels[:reached]
    undecided = [level for level, truth in zip(better, truths, strict=False) if truth is None]
    if undecided:
        return _not_assessed(quality, undecided, values, measures, words)
    level = quality.levels[reached]
    unmet = _unmet(better, values)
    return Judgement(
        quality=quality.id,
        light=level.light.value,
        points=level.points,
        gate=quality.gate,
        gate_met=not level.misses_gate if quality.gate else None,
        reason=_reason(level, better, values, measures, words),
        unmet=tuple(condition for _, condition in unmet),
    )


def judge_criterion(
    criterion: Criterion,
    values: Mapping[str, Value],
    measures: Mapping[str, Measure],
    words: Language,
) -> CriterionResult:
    """Met when all conditions hold. One without conditions is not for answers to decide: unknown."""
    met = all_hold(criterion.when, values) if criterion.when else None
    reasons = (_against(condition, values, measures, words) for condition in criterion.when)
    reason = ". ".join(reasons) or words.say("reason.secretariat")
    return CriterionResult(criterion=criterion.id, met=met, reason=reason)


def _against(
    condition: Condition,
    values: Mapping[str, Value],
    measures: Mapping[str, Measure],
    words: Language,
) -> str:
    """The own value, and what was asked unless that is plain from it."""
    measure = measures[condition.measure]
    plain = holds(condition, values) and condition.test == "equals"
    asked = "" if plain else words.say("reason.asked", asked=asks(condition, measure, words))
    return _own_and_asked(measure, values.get(measure.id), asked, words)


def _not_assessed(
    quality: QualityIndicator,
    undecided: Iterable[Level],
    values: Mapping[str, Value],
    measures: Mapping[str, Measure],
    words: Language,
) -> Judgement:
    asked = dict.fromkeys(condition.measure for level in undecided for condition in level.when)
    missing = tuple(measure for measure in asked if not known(values.get(measure)))
    labels = words.listed(measures[measure].label for measure in missing)
    return Judgement(
        quality=quality.id,
        light="not_assessed",
        points=None,
        gate=quality.gate,
        gate_met=None,
        reason=words.say("reason.unanswered", measures=labels),
        missing=missing,
    )


def _unmet(better: Iterable[Level], values: Mapping[str, Value]) -> list[tuple[Level, Condition]]:
    """What the better levels ask and the answers do not give, the nearest level first."""
    return [
        (level, condition)
        for level in reversed(tuple(better))
        for condition in level.when
        if holds(condition, values) is not True
    ]


def _reason(
    level: Level,
    better: tuple[Level, ...],
    values: Mapping[str, Value],
    measures: Mapping[str, Measure],
    words: Language,
) -> str:
    """Own values beside what the next levels ask, or beside what the best one asked."""
    wants = _unmet(better, values) if better else [(level, condition) for condition in level.when]
    asked: dict[str, dict[str, str]] = {}
    for step, condition in wants:
        measure = measures[condition.measure]
        told = "" if step is level and measure.kind in _WORDED else asks(condition, measure, words)
        asked.setdefault(measure.id, {}).setdefault(told, _step(step, level, told, words) if told else "")
    sentences = (
        _own_and_asked(measures[id], values.get(id), ", ".join(steps.values()), words)
        for id, steps in asked.items()
    )
    return ". ".join(sentences) or level.text


def _own_and_asked(measure: Measure, value: Value | None, asked: str, words: Language) -> str:
    own = in_words(value, measure, words) if value is not None and known(value) else words.say("answer.none")
    return "; ".join(part for part in (f"{measure.label}: {own}", asked) if part)


def _step(step: Level, reached: Level, asked: str, words: Language) -> str:
    """What a level asks, under the name that it has for somebody who stands on another."""
    if step.light is not reached.light or step is reached:
        return words.say(f"step.{step.light.value}", asked=asked)
    if reached.misses_gate and not step.misses_gate:
        return words.say("step.minimum", asked=asked)
    return words.counted("step.points", step.points, asked=asked)
