"""Quality indicators, recommendations, the improvement plan and eligibility."""

from collections.abc import Mapping, Sequence

from touchstone.core.language.language import DASH
from touchstone.core.quality.model import Effect, Judgement, Recommendation
from touchstone.core.scheme.model import QualityIndicator
from touchstone.output.content.edition import Edition
from touchstone.output.content.model import (
    CriterionRow,
    DimensionPart,
    PlanRow,
    QualityRow,
    RecommendationPart,
)
from touchstone.output.content.words import first_sentence
from touchstone.output.printable import plain

GATES: Mapping[bool | None, tuple[str, str]] = {
    True: ("gate_met", "met"),
    False: ("gate_missed", "unmet"),
    None: ("gate_open", "open"),
}
STATES: Mapping[bool | None, str] = {True: "met", False: "unmet", None: "open"}
PLANNED = 8


def quality_intro(edition: Edition) -> tuple[str, ...]:
    """What the quality indicators are, and how sure their thresholds."""
    words, appraisal = edition.words, edition.report.appraisal
    certainties = dict.fromkeys(quality.thresholds for quality in edition.scheme.quality.values())
    told = " / ".join(words.say(f"certainty.{certainty.value}") for certainty in certainties)
    intro = words.counted("quality.intro", len(appraisal.judgements), max=appraisal.score.max)
    return (
        f"{intro} {words.say('quality.gates')}",
        *((words.say("quality.thresholds", certainty=told),) if told else ()),
    )


def dimensions(edition: Edition) -> tuple[DimensionPart, ...]:
    """The judgements, by dimension."""
    rows: dict[str, list[QualityRow]] = {}
    for judgement in edition.report.appraisal.judgements:
        quality = edition.scheme.quality[judgement.quality]
        rows.setdefault(quality.dimension, []).append(_row(judgement, quality, edition))
    return tuple(
        DimensionPart(
            id=id,
            name=plain(edition.scheme.dimensions[id].name),
            caption=edition.words.say("table.quality_caption", id=id),
            rows=tuple(found),
        )
        for id, found in rows.items()
    )


def _row(judgement: Judgement, quality: QualityIndicator, edition: Edition) -> QualityRow:
    words = edition.words
    sentence, state = GATES[judgement.gate_met]
    points = DASH if judgement.points is None else str(judgement.points)
    return QualityRow(
        id=quality.id,
        name=plain(quality.name),
        light=edition.light(judgement.light),
        points=words.say("quality.of", points=points, max=quality.points) if quality.points else DASH,
        gate=words.say(f"quality.{sentence}") if judgement.gate else "",
        gate_state=state if judgement.gate else "",
        reason=plain(judgement.reason),
    )


def recommendations(edition: Edition) -> tuple[RecommendationPart, ...]:
    """All recommendations in order of weight."""
    return tuple(
        _recommendation(number, one, edition)
        for number, one in enumerate(edition.report.appraisal.recommendations, start=1)
    )


def _recommendation(number: int, one: Recommendation, edition: Edition) -> RecommendationPart:
    scheme, quality = edition.scheme, edition.scheme.quality[one.quality]
    return RecommendationPart(
        number=number,
        quality=one.quality,
        name=plain(quality.name),
        light=edition.light(one.light),
        gate=quality.gate,
        text=plain(one.text),
        next=plain(one.next),
        effort=effort(one, edition),
        reason=plain(one.reason),
        proof=plain(quality.evidence),
        unproven="; ".join(plain(scheme.measures[id].label) for id in one.unproven),
        effect=_effect(one.effect, edition),
    )


def first_step(one: Recommendation) -> str:
    """The next step of an advice; where the scheme names none, the first sentence of the advice."""
    return plain(one.next) or first_sentence(plain(one.text))


def effort(one: Recommendation, edition: Edition) -> str:
    """How long the whole takes; empty where the scheme does not say."""
    return edition.words.say(f"effort.{one.effort.value}") if one.effort else ""


def _effect(effect: Effect | None, edition: Edition) -> str:
    """What reaching the next light would change, in one sentence; nothing where there is none."""
    if effect is None:
        return ""
    words = edition.words
    gains = words.counted(
        "recommendation.gains", effect.points, light=words.say(f"light.{effect.light.value}")
    )
    return f"{gains} {words.say('recommendation.opens')}" if effect.opens_gate else gains


def plan(recommended: Sequence[RecommendationPart]) -> tuple[PlanRow, ...]:
    """The lines of the improvement plan: the first recommendations."""
    return tuple(
        PlanRow(
            quality=one.quality,
            name=one.name,
            next=one.next or first_sentence(one.text),
            effort=one.effort,
        )
        for one in recommended[:PLANNED]
    )


def eligibility(edition: Edition) -> str:
    """The eligibility in one sentence."""
    appraisal = edition.report.appraisal
    state = STATES[appraisal.eligible] if appraisal.criteria else "none"
    return edition.words.say(f"eligibility.{state}")


def criteria(edition: Edition) -> tuple[CriterionRow, ...]:
    """The eligibility criteria of the rule set."""
    return tuple(
        CriterionRow(
            text=plain(edition.scheme.criteria[one.criterion].text),
            state=STATES[one.met],
            word=edition.words.say(f"ready.{STATES[one.met]}"),
            reason=plain(one.reason),
        )
        for one in edition.report.appraisal.criteria
    )
