"""How to read the report: paragraphs, and one of its own pictures taken apart with its real figures."""

from collections.abc import Iterator

from touchstone.core.report.standing import side
from touchstone.core.report.withholding import ORDER
from touchstone.core.scheme.model import Measure
from touchstone.output.content.edition import Edition
from touchstone.output.content.indicators import spread_chart
from touchstone.output.content.meaning import place_in_words
from touchstone.output.content.method import paragraphs
from touchstone.output.content.model import Reading
from touchstone.output.printable import plain


def reading(edition: Edition) -> Reading:
    """The paragraphs, and the example that shows the most; none where nothing of the peers is shown."""
    measure = _example(edition)
    return Reading(
        paragraphs=paragraphs("how", edition),
        example=spread_chart(measure, edition, id="example") if measure else None,
        example_text=" ".join(_taken_apart(measure, edition)) if measure else "",
    )


def _example(edition: Edition) -> Measure | None:
    """The headline of which most can be shown: an own value, the fullest figures, most peers."""
    found = edition.headlines.values()
    shown = [one for one in found if one and edition.figure(one.id).median is not None]
    return max(shown, key=lambda one: _weight(one, edition), default=None)


def _weight(measure: Measure, edition: Edition) -> tuple[float, ...]:
    figure = edition.figure(measure.id)
    return (
        edition.own(measure.id) is not None,
        side("upper_quarter", measure.direction) != "",
        -ORDER.index(figure.shown),
        measure.id in edition.report.densities,
        figure.n,
    )


def _taken_apart(measure: Measure, edition: Edition) -> Iterator[str]:
    """What each part of the picture says, in the order in which the eye meets it."""
    words, own, figure = edition.words, edition.own(measure.id), edition.figure(measure.id)

    def number(value: float) -> str:
        return edition.written(value, measure)

    yield words.say("reading.subject", measure=plain(measure.label))
    yield words.say("reading.own_none") if own is None else words.say("reading.own", own=number(own))
    if figure.median is not None:
        yield words.counted(
            "reading.median", figure.n, group=edition.group_name, median=number(figure.median)
        )
    if figure.p25 is not None and figure.p75 is not None:
        yield words.say("reading.quartiles", low=number(figure.p25), high=number(figure.p75))
    if figure.p5 is not None and figure.p95 is not None:
        yield words.say("reading.full", low=number(figure.p5), high=number(figure.p95))
    if edition.report.densities.get(measure.id):
        yield words.say("reading.shape")
    more = len(edition.spreads(measure)) - 1
    if more:
        yield words.counted("reading.groups", more)
    if figure.percentile is not None:
        yield words.say("reading.percentile", percentile=words.number(figure.percentile))
    if own is not None:
        yield words.say("reading.place", place=place_in_words(measure, edition))
