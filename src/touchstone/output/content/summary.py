"""The summary: one page that a board reads."""

from collections.abc import Iterator, Sequence
from typing import Final

from touchstone.core.quality.appraisal import reaches
from touchstone.core.quality.conditions import every
from touchstone.core.quality.model import Judgement, LightOrNone, Recommendation, Score
from touchstone.core.report import standing
from touchstone.core.report.report import Report
from touchstone.core.report.standing import AreaStanding, strengths
from touchstone.output.content import cover
from touchstone.output.content.appraised import STATES, effort, first_step
from touchstone.output.content.edition import Edition
from touchstone.output.content.model import Chart, Lever, LightCount, Step, Strength, Summary
from touchstone.output.pictures.parts import Parts, parts, score_bar
from touchstone.output.printable import plain, shortened

LIGHTS: Final[tuple[LightOrNone, ...]] = ("green", "yellow", "red", "not_assessed")
LEVERS = 5
LONGEST_NAME = 90  # characters of a name in a sentence that is to be quoted
STRENGTHS = 5


def summary(edition: Edition) -> Summary:
    """Points, standing by area, lights, steps towards a label, strengths, and what to do first."""
    appraisal = edition.report.appraisal
    count = len(appraisal.recommendations)
    return Summary(
        facts=cover.line(edition),
        opening=_opening(edition),
        compared=_compared(edition),
        standing=_standing(edition),
        lights=_lights(appraisal.judgements, edition),
        score=_score(appraisal.score, edition),
        steps=_steps(edition),
        strengths=_strengths(edition),
        levers=tuple(_lever(one, edition) for one in appraisal.recommendations[:LEVERS]),
        more=edition.words.counted("summary.more", count) if count > LEVERS else "",
    )


def _opening(edition: Edition) -> str:
    """One sentence that can be quoted."""
    report, score = edition.report, edition.report.appraisal.score
    name = shortened(plain(report.organisation.name), LONGEST_NAME)
    said = {"organisation": name, "points": score.points, "max": score.max}
    counted = _areas(edition)
    if not counted:
        return edition.words.say("summary.opening", **said)
    return edition.words.say(
        "summary.opening_places",
        **said,
        better=sum(one.better for one in counted),
        weaker=sum(one.weaker for one in counted),
        counted=sum(one.counted for one in counted),
    )


def _areas(edition: Edition) -> list[AreaStanding]:
    """The areas in which something may be said, without those of supplementary questions."""
    asked = {one.area for one in edition.scheme.indicators.values() if not one.supplementary}
    return [one for one in edition.report.standings if one.counted and one.area in asked]


def _compared(edition: Edition) -> str:
    words, group = edition.words, edition.group
    if group is None:
        return words.say("summary.compared_none")
    return words.counted("summary.compared", group.n, group=edition.group_name, day=edition.peers_on)


def _standing(edition: Edition) -> Chart | None:
    words, counted = edition.words, _areas(edition)
    if not counted:
        return None
    picture = parts(
        id="standing",
        title=words.say("summary.stands"),
        names=(words.say("summary.weaker"), words.say("summary.middle"), words.say("summary.better")),
        rows=[
            Parts(
                name=plain(edition.scheme.areas[one.area].name), counts=(one.weaker, one.middle, one.better)
            )
            for one in counted
        ],
    )
    return Chart(picture=picture, caption=words.say("summary.stands_caption", group=edition.group_name))


def _lights(judgements: Sequence[Judgement], edition: Edition) -> tuple[LightCount, ...]:
    found = [judgement.light for judgement in judgements]
    return tuple(LightCount(light=edition.light(light), count=found.count(light)) for light in LIGHTS)


def _score(score: Score, edition: Edition) -> Chart:
    words = edition.words
    picture = score_bar(
        id="score",
        title=words.say("summary.score"),
        points=score.points,
        maximum=score.max,
        line=_line(edition.report),
        line_name=words.say("summary.line"),
        words=words,
    )
    return Chart(picture=picture)


def _line(report: Report) -> float | None:
    share = report.rule_set.pass_share
    return None if share is None else share * report.appraisal.score.max / 100


# --- steps towards a label ----------------------------------------------------------------------------


def _steps(edition: Edition) -> tuple[Step, ...]:
    appraisal = edition.report.appraisal
    criteria = [one.met for one in appraisal.criteria]
    gates = [one.gate_met for one in appraisal.judgements if one.gate]
    return (
        _step("eligibility", criteria, appraisal.eligible, edition),
        _step("gates", gates, every(gates), edition),
        *_points_step(edition),
    )


def _step(id: str, states: Sequence[bool | None], state: bool | None, edition: Edition) -> Step:
    words = edition.words
    return Step(
        name=words.say(f"ready.{id}"),
        asks=words.counted(f"ready.{id}_asks", len(states)),
        here=words.say(
            "ready.counted", met=states.count(True), unmet=states.count(False), open=states.count(None)
        ),
        state=STATES[state],
        word=words.say(f"ready.{STATES[state]}"),
    )


def _points_step(edition: Edition) -> Iterator[Step]:
    """The points that Gold needs; nothing where the rules know no Gold."""
    words, report = edition.words, edition.report
    score, rules, line = report.appraisal.score, report.rule_set, _line(report)
    if line is None or rules.pass_share is None or rules.pass_light is None:
        return
    state = _points_state(report)
    yield Step(
        name=words.say("ready.points"),
        asks=words.say(
            "ready.points_asks",
            line=words.number(line, 1),
            max=words.number(score.max),
            share=words.share(words.number(rules.pass_share, 1)),
            light=words.say(f"light.{rules.pass_light.value}"),
        ),
        here=words.counted(
            "ready.points_counted",
            score.points,
            red=sum(one.light == "red" for one in report.appraisal.judgements),
            open=score.not_assessed,
        ),
        state=STATES[state],
        word=words.say(f"ready.{STATES[state]}"),
    )


def _points_state(report: Report) -> bool | None:
    """Whether the points are reached; open while a missing answer may still bring them."""
    score = report.appraisal.score
    # While an answer is missing points can still come; a light below its threshold stays there.
    assessed = [one for one in report.appraisal.judgements if one.light != "not_assessed"]
    above = all(reaches(one, report.rule_set.pass_light) for one in assessed)
    waiting = score.not_assessed > 0 and above
    return True if score.passed else None if waiting else False


# --- strengths and levers -----------------------------------------------------------------------------


def _strengths(edition: Edition) -> tuple[Strength, ...]:
    """Measures in the better quarter of the peers; filled up by green quality indicators."""
    measured = [_measured(one, edition) for one in strengths(edition.report.comparison, edition.scheme)]
    green = (_green(one, edition) for one in edition.report.appraisal.judgements if one.light == "green")
    return (*measured, *green)[:STRENGTHS]


def _measured(one: standing.Strength, edition: Edition) -> Strength:
    measure = edition.scheme.measures[one.measure]
    own, median = edition.told(one.own, measure), edition.written(one.median, measure)
    text = edition.words.say("summary.strength", own=own, median=median)
    return Strength(id=measure.indicator, name=plain(measure.label), text=text)


def _green(judgement: Judgement, edition: Edition) -> Strength:
    quality = edition.scheme.quality[judgement.quality]
    return Strength(
        id=quality.id,
        name=plain(quality.name),
        text=edition.words.counted("summary.strength_green", judgement.points or 0),
    )


def _lever(one: Recommendation, edition: Edition) -> Lever:
    return Lever(
        quality=one.quality,
        name=plain(edition.scheme.quality[one.quality].name),
        light=edition.light(one.light),
        text=first_step(one),
        effort=effort(one, edition),
    )
