"""The indicators, area by area: answers, spreads of the headline measures, and a table of all measures."""

from collections.abc import Iterator

from touchstone.core.assessment.model import Answer, AnswerState
from touchstone.core.benchmark.model import Figure, Group
from touchstone.core.quality.wording import in_words, number
from touchstone.core.report.report import NOTHING, Report
from touchstone.core.report.standing import position
from touchstone.core.scheme.model import Direction, Indicator, Kind, Measure, Scheme
from touchstone.output.charts import Spread, axis_for, light_shape, places, spread_chart
from touchstone.output.content.model import AreaPart, Chart, Fact, Feed, IndicatorPart, MeasureRow
from touchstone.output.content.words import DASH, day, group_name, say
from touchstone.output.printable import plain

MOST_CHARTS = 2
# An indicator with so few measures gets a picture even where nothing of it is judged.
FEW = 3


def areas(report: Report, scheme: Scheme, group: Group | None) -> tuple[AreaPart, ...]:
    """All indicators. `group` is the one that the tables compare with; None where none may be shown."""
    return tuple(
        AreaPart(
            id=id,
            name=plain(area.name),
            indicators=tuple(
                _indicator(indicator, report, scheme, group)
                for indicator in scheme.indicators.values()
                if indicator.area == id
            ),
        )
        for id, area in scheme.areas.items()
    )


def headline(indicator: Indicator, scheme: Scheme) -> tuple[Measure, ...]:
    """The measures that get a picture of their own; the others stand in the table.

    First those that quality indicators rest on, scales left out because their steps say more than a
    box; else a derived measure with a direction; else the first one of an indicator with few measures.
    """
    numeric = [measure for measure in indicator.measures if measure.kind.numeric]
    judged = {id for quality in indicator.quality for id in scheme.quality[quality].measures}
    chosen = [measure for measure in numeric if measure.id in judged and measure.kind is not Kind.SCALE]
    if not chosen:
        directed = (Direction.HIGHER, Direction.LOWER)
        chosen = [measure for measure in numeric if measure.derived and measure.direction in directed][:1]
    if not chosen and len(numeric) <= FEW and not indicator.supplementary:
        chosen = numeric[:1]
    return tuple(chosen[:MOST_CHARTS])


def _indicator(indicator: Indicator, report: Report, scheme: Scheme, group: Group | None) -> IndicatorPart:
    numeric = [measure for measure in indicator.measures if measure.kind.numeric]
    return IndicatorPart(
        id=indicator.id,
        name=plain(indicator.name),
        supplementary=indicator.supplementary,
        definition=plain(indicator.definition),
        why=plain(indicator.why),
        evidence=plain(indicator.evidence),
        origin=_origin(indicator, scheme),
        feeds=tuple(_feeds(indicator, report, scheme)),
        facts=tuple(_facts(indicator, report)),
        charts=tuple(_chart(measure, report, scheme) for measure in headline(indicator, scheme)),
        rows=tuple(_row(measure, report, group) for measure in numeric),
        remarks=tuple(_remarks(indicator, report)),
    )


def _origin(indicator: Indicator, scheme: Scheme) -> str:
    """How sure the indicator is, and the sources that it rests on."""
    certainty = say(f"certainty.{indicator.origin.certainty.value}")
    titles = [plain(scheme.sources[id].title) for id in indicator.origin.sources]
    if not titles:
        return say("indicator.origin_alone", certainty=certainty)
    return say("indicator.origin", certainty=certainty, sources="; ".join(titles))


def _feeds(indicator: Indicator, report: Report, scheme: Scheme) -> Iterator[Feed]:
    lights = {judgement.quality: judgement.light for judgement in report.appraisal.judgements}
    for quality in indicator.quality:
        light = lights[quality]
        yield Feed(
            quality=quality,
            name=plain(scheme.quality[quality].name),
            light=light,
            word=say(f"light.{light}"),
            shape=light_shape(light),
        )


def _facts(indicator: Indicator, report: Report) -> Iterator[Fact]:
    """What cannot be compared with peers: choices, yes and no, texts."""
    for measure in indicator.measures:
        if not measure.kind.numeric:
            value = report.values.get(measure.id)
            words = say("indicator.no_answer") if value is None else in_words(value, measure)
            yield Fact(label=plain(measure.label), value=plain(words))


def _chart(measure: Measure, report: Report, scheme: Scheme) -> Chart:
    groups = report.comparison.groups
    figures = [report.figure(measure.id, group.id) for group in groups]
    own = report.comparison.own.get(measure.id)
    title = plain(_labelled(measure))
    picture = spread_chart(
        id=f"spread-{measure.id}",
        title=title,
        own=own,
        rows=[
            Spread(name=group_name(group, scheme), figure=figure)
            for group, figure in zip(groups, figures, strict=True)
        ],
        axis=axis_for(measure, own, figures),
        words=lambda value: _in_picture(value, measure),
    )
    source = say("indicator.chart_caption", day=day(report.on))
    return Chart(title=title, svg=picture.svg, alt=picture.alt, caption=source)


def _in_picture(value: float, measure: Measure) -> str:
    """A figure as short as a picture wants it: with a per cent sign, other units stand in the title."""
    return f"{number(value, measure)} %" if measure.unit == "%" else number(value, measure)


def _row(measure: Measure, report: Report, group: Group | None) -> MeasureRow:
    figure = report.figure(measure.id, group.id) if group else NOTHING
    own = report.comparison.own.get(measure.id)

    def cell(value: float | None) -> str:
        return DASH if value is None else number(value, measure)

    return MeasureRow(
        id=measure.id,
        label=plain(_labelled(measure)),
        own=cell(own),
        strip=places(own=own, figure=figure, axis=axis_for(measure, own, [figure])),
        low=cell(figure.p25),
        median=cell(figure.median),
        high=cell(figure.p75),
        n=f"{figure.n:,}",
        place=_place(own, figure),
    )


def _labelled(measure: Measure) -> str:
    """The label with the unit where the label does not say already what is counted."""
    told = measure.kind in {Kind.COUNT, Kind.SCALE} or measure.unit[:1].isdigit()
    return measure.label if told or not measure.unit else f"{measure.label}, {measure.unit}"


def _place(own: float | None, figure: Figure) -> str:
    place = position(own, figure)
    if not place:
        return DASH
    return f"{place} ({figure.percentile:.0f})" if figure.percentile is not None else place


def _remarks(indicator: Indicator, report: Report) -> Iterator[str]:
    """Why something is not answered, what was verified otherwise than declared, and notes."""
    for measure in indicator.measures:
        answer = report.assessment.answers.get(measure.id, Answer())
        label = plain(measure.label)
        if answer.state in {AnswerState.UNKNOWN, AnswerState.NOT_APPLICABLE}:
            yield say(f"indicator.{answer.state.value}", label=label, reason=plain(answer.reason)).strip()
        if answer.verified is not None and answer.declared not in {None, answer.verified}:
            yield say("indicator.verified", label=label, **_both(answer, measure))
        if answer.note:
            yield say("indicator.note", label=label, note=plain(answer.note))


def _both(answer: Answer, measure: Measure) -> dict[str, str]:
    given = {"declared": answer.declared, "verified": answer.verified}
    return {name: plain(in_words(value, measure)) for name, value in given.items() if value is not None}
