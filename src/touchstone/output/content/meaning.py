"""What the headline of an indicator means: its place among the peers, the label, and how it changed."""

from collections import Counter
from typing import Final

from touchstone.core.quality.model import Judgement, LightOrNone
from touchstone.core.quality.wording import asks
from touchstone.core.report.headlines import is_part
from touchstone.core.report.standing import position, side
from touchstone.core.scheme.model import Indicator, Measure, QualityIndicator
from touchstone.output.content.edition import Edition
from touchstone.output.printable import plain

LIGHTS: Final[tuple[LightOrNone, ...]] = ("green", "yellow", "red", "not_assessed")


def meaning(indicator: Indicator, edition: Edition) -> str:
    """At most two sentences: where the own value lies, and what it is for the label."""
    measure = edition.headlines[indicator.id]
    where = _standing(measure, edition) if measure else _in_words(indicator, edition)
    return f"{where} {_label(indicator, measure, edition)}"


def place_in_words(measure: Measure, edition: Edition) -> str:
    """Where the own value lies, and whether that is the better side; empty where nothing is shown."""
    place = position(edition.own(measure.id), edition.figure(measure.id))
    if not place:
        return ""
    better = side(place, measure.direction)
    return edition.words.say(f"lies.{place}_{better}" if better else f"lies.{place}")


def _in_words(indicator: Indicator, edition: Edition) -> str:
    """Why there is no figure to compare: the parts have a picture of their own, or all answers are words."""
    whole = any(is_part(measure, edition.scheme) for measure in indicator.measures)
    return edition.words.say("meaning.whole" if whole else "meaning.nothing")


def _standing(measure: Measure, edition: Edition) -> str:
    words = edition.words
    if edition.group is None:
        return words.say("meaning.alone")
    figure, place = edition.figure(measure.id), place_in_words(measure, edition)
    if figure.median is None:
        return words.counted("meaning.hidden", figure.n)
    fill = {"place": place, "median": edition.written(figure.median, measure)}
    if not place:
        return words.counted("meaning.unanswered", figure.n, **fill)
    if figure.p25 is None or figure.p75 is None:
        return words.counted("meaning.median", figure.n, **fill)
    low, high = edition.written(figure.p25, measure), edition.written(figure.p75, measure)
    inside = position(edition.own(measure.id), figure) == "middle_half"
    return words.counted(f"meaning.{'inside' if inside else 'outside'}", figure.n, low=low, high=high, **fill)


def _label(indicator: Indicator, measure: Measure | None, edition: Edition) -> str:
    judgements = [edition.judgements[id] for id in indicator.quality]
    if not judgements:
        return edition.words.say("meaning.label_none")
    if len(judgements) > 1:
        return _several(judgements, edition)
    return _single(judgements[0], measure, edition)


def _several(judgements: list[Judgement], edition: Edition) -> str:
    words, counted = edition.words, Counter(one.light for one in judgements)
    lights = words.listed(
        words.say("meaning.label_light", n=counted[light], light=words.say(f"light.{light}"))
        for light in LIGHTS
        if light in counted
    )
    return words.counted("meaning.label_many", len(judgements), lights=lights)


def _single(judgement: Judgement, measure: Measure | None, edition: Edition) -> str:
    words, quality = edition.words, edition.scheme.quality[judgement.quality]
    fill = {"quality": quality.id, "light": words.say(f"light.{judgement.light}")}
    asked = next((one for one in judgement.unmet if measure and one.measure == measure.id), None)
    if asked is None or measure is None:
        return words.say("meaning.label_one", **fill)
    return words.say(
        "meaning.label_asks",
        **fill,
        next=words.say(f"light.{_light_of(judgement, quality, measure)}"),
        asks=plain(asks(asked, measure, words)),
    )


def _light_of(judgement: Judgement, quality: QualityIndicator, measure: Measure) -> str:
    """The light of the nearest level that asks for the first unmet condition on a measure."""
    asked = next(one for one in judgement.unmet if one.measure == measure.id)
    return next(level.light.value for level in reversed(quality.levels) if asked in level.when)


def change(measure: Measure | None, edition: Edition) -> str:
    """How the headline moved since the assessment before; empty where there was none."""
    movement = edition.report.movement
    if measure is None or movement is None or measure.id not in movement.own:
        return ""
    now = edition.report.comparison.own[measure.id]
    words = edition.words
    fill = {"since": edition.day(movement.since), "now": edition.told(now, measure)}
    if movement.own[measure.id] == 0:
        said = words.say("change.same", **fill)
    else:
        said = words.say("change.own", before=edition.told(movement.before(measure.id, now), measure), **fill)
    peers = movement.figures[measure.id].get(edition.group.id) if edition.group else None
    if peers is None or peers.median is None:
        return said
    median = edition.written(peers.median, measure)
    return f"{said} {words.counted('change.peers', peers.n, median=median)}"
