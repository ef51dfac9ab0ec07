"""Quality indicators, recommendations and eligibility."""

from collections.abc import Mapping

from touchstone.core.quality.model import Effect, Judgement, Recommendation
from touchstone.core.report.report import Report
from touchstone.core.scheme.model import QualityIndicator, Scheme
from touchstone.output.charts import light_shape
from touchstone.output.content.model import (
    CriterionRow,
    DimensionPart,
    Lever,
    QualityRow,
    RecommendationPart,
)
from touchstone.output.content.words import DASH, say
from touchstone.output.printable import plain

GATES: Mapping[bool | None, tuple[str, str]] = {
    True: ("gate_met", "met"),
    False: ("gate_missed", "unmet"),
    None: ("gate_open", "open"),
}
STATES: Mapping[bool | None, str] = {True: "met", False: "unmet", None: "open"}


def quality_intro(report: Report, scheme: Scheme) -> tuple[str, ...]:
    """What the quality indicators are, and how sure their thresholds."""
    count, most = len(report.appraisal.judgements), report.appraisal.score.max
    certainties = dict.fromkeys(quality.thresholds for quality in scheme.quality.values())
    told = " / ".join(say(f"certainty.{certainty.value}") for certainty in certainties)
    return (
        say("quality.intro", count=count, max=most),
        *((say("quality.thresholds", certainty=told),) if told else ()),
    )


def dimensions(report: Report, scheme: Scheme) -> tuple[DimensionPart, ...]:
    """The judgements, by dimension."""
    rows: dict[str, list[QualityRow]] = {}
    for judgement in report.appraisal.judgements:
        quality = scheme.quality[judgement.quality]
        rows.setdefault(quality.dimension, []).append(_row(judgement, quality))
    return tuple(
        DimensionPart(
            id=id,
            name=plain(scheme.dimensions[id].name),
            caption=say("table.quality_caption", id=id),
            rows=tuple(found),
        )
        for id, found in rows.items()
    )


def recommendations(report: Report, scheme: Scheme) -> tuple[RecommendationPart, ...]:
    """All recommendations in order of weight."""
    return tuple(
        RecommendationPart(
            number=number,
            quality=one.quality,
            name=plain(scheme.quality[one.quality].name),
            light=one.light,
            word=say(f"light.{one.light}"),
            shape=light_shape(one.light),
            gate=scheme.quality[one.quality].gate,
            text=plain(one.text),
            reason=plain(one.reason),
            proof=plain(scheme.quality[one.quality].evidence),
            unproven="; ".join(plain(scheme.measures[id].label) for id in one.unproven),
            effect=_effect(one.effect),
        )
        for number, one in enumerate(report.appraisal.recommendations, start=1)
    )


def _effect(effect: Effect | None) -> str:
    """What reaching the next light would change, in one sentence; nothing where there is none."""
    if effect is None:
        return ""
    light, points = say(f"light.{effect.light.value}").lower(), effect.points
    sentence = say(
        "recommendation.gains" if points != 1 else "recommendation.gains_one", light=light, points=points
    )
    return f"{sentence} {say('recommendation.opens')}" if effect.opens_gate else sentence


def lever(recommendation: Recommendation, scheme: Scheme) -> Lever:
    """A recommendation for the summary: its first sentence."""
    return Lever(
        quality=recommendation.quality,
        name=plain(scheme.quality[recommendation.quality].name),
        light=recommendation.light,
        word=say(f"light.{recommendation.light}"),
        shape=light_shape(recommendation.light),
        text=_first_sentence(plain(recommendation.text)),
    )


def eligibility(report: Report) -> str:
    """The eligibility in one sentence."""
    if not report.appraisal.criteria:
        return say("eligibility.none")
    return say(f"eligibility.{STATES[report.appraisal.eligible]}")


def criteria(report: Report, scheme: Scheme) -> tuple[CriterionRow, ...]:
    """The eligibility criteria of the rule set."""
    return tuple(
        CriterionRow(
            text=plain(scheme.criteria[one.criterion].text),
            state=STATES[one.met],
            word=say(f"ready.{STATES[one.met]}"),
            reason=plain(one.reason),
        )
        for one in report.appraisal.criteria
    )


def _row(judgement: Judgement, quality: QualityIndicator) -> QualityRow:
    sentence, state = GATES[judgement.gate_met]
    points = DASH if judgement.points is None else str(judgement.points)
    return QualityRow(
        id=quality.id,
        name=plain(quality.name),
        light=judgement.light,
        word=say(f"light.{judgement.light}"),
        shape=light_shape(judgement.light),
        points=say("quality.of", points=points, max=quality.points) if quality.points else DASH,
        gate=say(f"quality.{sentence}") if judgement.gate else "",
        gate_state=state if judgement.gate else "",
        reason=plain(judgement.reason),
    )


def _first_sentence(text: str) -> str:
    head, stop, _ = text.partition(". ")
    return head + "." if stop else text
