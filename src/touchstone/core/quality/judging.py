"""Quality indicators and eligibility criteria judged by the answers."""

from collections.abc import Iterable, Mapping

from touchstone.core.assessment.model import Value
from touchstone.core.quality.conditions import all_hold, holds, known
from touchstone.core.quality.model import CriterionResult, Judgement
from touchstone.core.quality.wording import asks, in_words, listed
from touchstone.core.scheme.model import Condition, Criterion, Kind, Level, Measure, QualityIndicator

# Whose own value, worded as it is, already says what the best level asked.
_WORDED = (Kind.SCALE, Kind.YES_NO, Kind.CHOICE)


def judge(
    quality: QualityIndicator, values: Mapping[str, Value], measures: Mapping[str, Measure]
) -> Judgement:
    """Take the best level whose conditions all hold.

    Where a better level hangs on a missing answer nothing is assessed: a lower one is not assumed.
    """
    truths = [all_hold(level.when, values) for level in quality.levels]
    reached = truths.index(True)  # the last level asks nothing, so one is always reached
    better = quality.levels[:reached]
    undecided = [level for level, truth in zip(better, truths, strict=False) if truth is None]
    if undecided:
        return _not_assessed(quality, undecided, values, measures)
    level = quality.levels[reached]
    unmet = _unmet(better, values)
    return Judgement(
        quality=quality.id,
        light=level.light.value,
        points=level.points,
        gate=quality.gate,
        gate_met=not level.misses_gate if quality.gate else None,
        reason=_reason(level, better, values, measures),
        unmet=tuple(condition for _, condition in unmet),
    )


def judge_criterion(
    criterion: Criterion, values: Mapping[str, Value], measures: Mapping[str, Measure]
) -> CriterionResult:
    """Met when all conditions hold. One without conditions is not for answers to decide: unknown."""
    met = all_hold(criterion.when, values) if criterion.when else None
    reasons = (_against(condition, values, measures) for condition in criterion.when)
    reason = ". ".join(reasons) or "To be checked by the secretariat"
    return CriterionResult(criterion=criterion.id, met=met, reason=reason)


def _against(condition: Condition, values: Mapping[str, Value], measures: Mapping[str, Measure]) -> str:
    """The own value, and what was asked unless that is plain from it."""
    words = asks(condition, measures[condition.measure])
    met = holds(condition, values) and condition.test == "equals"
    return _own_and_asked(condition.measure, "" if met else f"asked: {words}", values, measures)


def _not_assessed(
    quality: QualityIndicator,
    undecided: Iterable[Level],
    values: Mapping[str, Value],
    measures: Mapping[str, Measure],
) -> Judgement:
    asked = dict.fromkeys(condition.measure for level in undecided for condition in level.when)
    missing = tuple(measure for measure in asked if not known(values.get(measure)))
    return Judgement(
        quality=quality.id,
        light="not_assessed",
        points=None,
        gate=quality.gate,
        gate_met=None,
        reason=f"No answer to: {listed(measures[measure].label for measure in missing)}",
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
    level: Level, better: tuple[Level, ...], values: Mapping[str, Value], measures: Mapping[str, Measure]
) -> str:
    """Own values beside what the next levels ask, or beside what the best one asked."""
    wants = _unmet(better, values) if better else [(level, condition) for condition in level.when]
    asked: dict[str, dict[str, str]] = {}
    for step, condition in wants:
        measure = measures[condition.measure]
        words = "" if step is level and measure.kind in _WORDED else asks(condition, measure)
        asked.setdefault(measure.id, {}).setdefault(words, _step(step, level) if words else "")
    sentences = (
        _own_and_asked(id, ", ".join(f"{step} {words}" for words, step in steps.items()), values, measures)
        for id, steps in asked.items()
    )
    return ". ".join(sentences) or level.text


def _own_and_asked(id: str, asked: str, values: Mapping[str, Value], measures: Mapping[str, Measure]) -> str:
    value = values.get(id)
    own = "no answer" if value is None or not known(value) else in_words(value, measures[id])
    return "; ".join(part for part in (f"{measures[id].label}: {own}", asked.strip()) if part)


def _step(step: Level, reached: Level) -> str:
    """How to call a level for somebody who stands on another."""
    if step.light is not reached.light or step is reached:
        return step.light.value
    if reached.misses_gate and not step.misses_gate:
        return "minimum"
    return f"{step.points} {'point' if step.points == 1 else 'points'}"
