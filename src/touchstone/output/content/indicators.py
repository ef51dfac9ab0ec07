"""One block an indicator: its headline with a picture, what it means, and all its other answers."""

from collections.abc import Iterator, Sequence

from touchstone.core.assessment.model import Answer, AnswerState
from touchstone.core.benchmark.model import Figure
from touchstone.core.language.language import DASH
from touchstone.core.quality.wording import in_words
from touchstone.core.report.standing import position
from touchstone.core.report.stories import rated_texts
from touchstone.core.scheme.model import Indicator, Measure
from touchstone.output.content.edition import Edition, labelled
from touchstone.output.content.front import front
from touchstone.output.content.meaning import change, meaning
from touchstone.output.content.model import Chart, Fact, Feed, IndicatorPart, MeasureRow
from touchstone.output.pictures.scales import axis_for
from touchstone.output.pictures.spread import spread
from touchstone.output.printable import plain, shortened

LONGEST_EVIDENCE = 120  # characters of one piece of evidence


def indicator_part(indicator: Indicator, edition: Edition) -> IndicatorPart:
    """The block of an indicator."""
    first, in_front = edition.headlines[indicator.id], front(indicator, edition)
    return IndicatorPart(
        id=indicator.id,
        name=plain(indicator.name),
        supplementary=indicator.supplementary,
        definition=plain(indicator.definition),
        measure=in_front.label,
        own=in_front.value,
        chart=spread_chart(first, edition, groups=1 if indicator.supplementary else None),
        meaning=meaning(indicator, edition),
        evidence=_evidence(indicator, edition),
        change=change(first, edition),
        feeds=tuple(_feeds(indicator, edition)),
        facts=tuple(fact for fact in _facts(indicator, edition) if fact != in_front),
        rows=tuple(_row(one, edition) for one in _headline_first(indicator, first)),
        remarks=tuple(_remarks(indicator, edition)),
        origin=_origin(indicator, edition),
        certainty=_certainty(indicator, edition),
        headline=first.id if first else "",
    )


def _headline_first(indicator: Indicator, first: Measure | None) -> Sequence[Measure]:
    numeric = [measure for measure in indicator.measures if measure.kind.numeric]
    return sorted(numeric, key=lambda measure: measure is not first)


def spread_chart(
    measure: Measure | None, edition: Edition, *, id: str = "", groups: int | None = None
) -> Chart | None:
    """The spread of a measure in so many groups, the reference group first; all of them where none is said.

    None where there is neither an own value nor anything of the peers.
    """
    if measure is None:
        return None
    rows, own, words = edition.spreads(measure)[:groups], edition.own(measure.id), edition.words
    if own is None and all(row.figure.median is None for row in rows):
        return None
    picture = spread(
        id=id or f"spread-{measure.id}",
        title=labelled(measure, words),
        own=own,
        rows=rows,
        bins=edition.report.densities.get(measure.id, ()),
        axis=axis_for(measure, own, [row.figure for row in rows]),
        written=lambda value: edition.written(value, measure),
        words=words,
    )
    return Chart(picture=picture, caption=words.say("indicator.chart_caption", day=edition.peers_on))


def _evidence(indicator: Indicator, edition: Edition) -> str:
    answers = edition.report.assessment.answers
    found = [one for measure in indicator.measures for one in answers.get(measure.id, Answer()).evidence]
    if not found:
        return ""
    listed = "; ".join(shortened(plain(one), LONGEST_EVIDENCE) for one in dict.fromkeys(found))
    return edition.words.say("indicator.evidence", listed=listed)


def _feeds(indicator: Indicator, edition: Edition) -> Iterator[Feed]:
    for id in indicator.quality:
        yield Feed(
            quality=id,
            name=plain(edition.scheme.quality[id].name),
            light=edition.light(edition.judgements[id].light),
        )


def _facts(indicator: Indicator, edition: Edition) -> Iterator[Fact]:
    """What cannot be compared with peers: choices, yes and no, texts. Stories stand elsewhere."""
    told = {text.id for text, _ in rated_texts(indicator)}
    for measure in indicator.measures:
        if not measure.kind.numeric and measure.id not in told:
            value = edition.report.values.get(measure.id)
            words = edition.words
            said = words.say("indicator.no_answer") if value is None else in_words(value, measure, words)
            yield Fact(label=plain(measure.label), value=plain(said))


def _row(measure: Measure, edition: Edition) -> MeasureRow:
    figure, own = edition.figure(measure.id), edition.own(measure.id)

    def cell(value: float | None) -> str:
        return DASH if value is None else edition.written(value, measure)

    return MeasureRow(
        id=measure.id,
        label=labelled(measure, edition.words),
        own=cell(own),
        low=cell(figure.p25),
        median=cell(figure.median),
        high=cell(figure.p75),
        n=edition.words.number(figure.n),
        place=_place(figure, measure, edition),
    )


def _place(figure: Figure, measure: Measure, edition: Edition) -> str:
    place, words = position(edition.own(measure.id), figure), edition.words
    if not place:
        return DASH
    said = words.say(f"place.{place}")
    if figure.percentile is None:
        return said
    return words.say("place.beside", place=said, percentile=words.number(figure.percentile))


def _remarks(indicator: Indicator, edition: Edition) -> Iterator[str]:
    """Why something is not answered, what was verified otherwise than declared, and notes."""
    say, answers = edition.words.say, edition.report.assessment.answers
    if not any(measure.id in edition.report.values for measure in indicator.measures):
        yield say("indicator.not_answered")
    for measure in indicator.measures:
        answer = answers.get(measure.id)
        if answer is None:
            continue
        label = plain(measure.label)
        if answer.state in {AnswerState.UNKNOWN, AnswerState.NOT_APPLICABLE}:
            yield say(f"indicator.{answer.state.value}", label=label, reason=plain(answer.reason)).strip()
        if answer.verified is not None and answer.declared not in {None, answer.verified}:
            yield say("indicator.verified", label=label, **_both(answer, measure, edition))
    yield from _notes(indicator, edition)


def _notes(indicator: Indicator, edition: Edition) -> Iterator[str]:
    """What was noted; once where it was noted of several measures, as of all from one participant list."""
    noted: dict[str, list[str]] = {}
    for measure in indicator.measures:
        answer = edition.report.assessment.answers.get(measure.id)
        if answer is not None and answer.note:
            noted.setdefault(plain(answer.note), []).append(plain(measure.label))
    for note, labels in noted.items():
        if len(labels) == 1:
            yield edition.words.say("indicator.note", label=labels[0], note=note)
        else:
            yield edition.words.counted("indicator.notes", len(labels), note=note)


def _both(answer: Answer, measure: Measure, edition: Edition) -> dict[str, str]:
    given = {"declared": answer.declared, "verified": answer.verified}
    return {
        name: plain(in_words(value, measure, edition.words))
        for name, value in given.items()
        if value is not None
    }


def _origin(indicator: Indicator, edition: Edition) -> str:
    """How sure the indicator is, and the sources that it rests on."""
    titles = [plain(edition.scheme.sources[id].title) for id in indicator.origin.sources]
    if not titles:
        return _certainty(indicator, edition)
    certainty = edition.words.say(f"certainty.{indicator.origin.certainty.value}")
    return edition.words.say("indicator.origin", certainty=certainty, sources="; ".join(titles))


def _certainty(indicator: Indicator, edition: Edition) -> str:
    certainty = edition.words.say(f"certainty.{indicator.origin.certainty.value}")
    return edition.words.say("indicator.origin_alone", certainty=certainty)
