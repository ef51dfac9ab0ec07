"""The areas: the pictures that show each as a whole, then its indicators."""

from collections.abc import Iterator, Sequence

from touchstone.core.scheme.model import Kind, Measure, Scheme
from touchstone.output.content.compositions import composition_charts
from touchstone.output.content.edition import Edition
from touchstone.output.content.indicators import indicator_part
from touchstone.output.content.model import AreaPart, Chart
from touchstone.output.pictures.cycle import cycle
from touchstone.output.pictures.profile import Level, profile
from touchstone.output.pictures.scales import axis_for
from touchstone.output.printable import plain


def areas(edition: Edition) -> tuple[AreaPart, ...]:
    """All areas of the scheme. The compositions of the first one stand in the portrait."""
    return tuple(
        AreaPart(
            id=id,
            name=plain(area.name),
            charts=(*_means(id, edition), *(composition_charts(id, edition) if number else ())),
            indicators=tuple(
                indicator_part(one, edition) for one in edition.scheme.indicators.values() if one.area == id
            ),
        )
        for number, (id, area) in enumerate(edition.scheme.areas.items())
    )


def _means(area: str, edition: Edition) -> Iterator[Chart]:
    """A picture of what each mean of an area is made of, where anything of it may be shown."""
    scheme = edition.scheme
    for measure in topmost_means(scheme):
        if scheme.indicators[measure.indicator].area != area:
            continue
        parts = [scheme.measures[id] for id in _parts(measure)]
        if any(edition.own(one.id) is not None or edition.figure(one.id).median is not None for one in parts):
            yield _chart(measure, parts, edition)


def topmost_means(scheme: Scheme) -> Sequence[Measure]:
    """The measures that are the mean of others and no part of another mean."""
    means = [one for one in scheme.measures.values() if one.derived and one.derived.operation == "mean"]
    inner = {id for one in means for id in _parts(one)}
    return [one for one in means if one.id not in inner]


def _parts(mean: Measure) -> tuple[str, ...]:
    return mean.derived.of if mean.derived else ()


def _chart(mean: Measure, parts: Sequence[Measure], edition: Edition) -> Chart:
    """Steps of one scale as a ring; what comes from several indicators as bars."""
    levels = [_level(part, mean, edition) for part in parts]
    most = mean.maximum
    title = plain(edition.scheme.indicators[mean.indicator].name)
    if most is not None and all(one.kind is Kind.SCALE and one.maximum == most for one in parts):
        picture = cycle(id=f"cycle-{mean.id}", title=title, rows=levels, most=most, words=edition.words)
        return Chart(picture=picture, caption=_caption("cycle", edition))
    picture = profile(
        id=f"profile-{mean.id}",
        title=title,
        rows=levels,
        axis=axis_for(mean, None, edition.figures(one.id for one in parts)),
        written=lambda value: edition.written(value, mean),
        words=edition.words,
    )
    return Chart(picture=picture, caption=_caption("profile", edition))


def _level(part: Measure, mean: Measure, edition: Edition) -> Level:
    """A part under its own name, or under that of its indicator where it comes from another one."""
    elsewhere = part.indicator != mean.indicator
    name = edition.scheme.indicators[part.indicator].name if elsewhere else part.label
    return Level(name=plain(name), own=edition.own(part.id), figure=edition.figure(part.id))


def _caption(picture: str, edition: Edition) -> str:
    if edition.group is None:
        return edition.words.say(f"area.{picture}_alone", day=edition.peers_on)
    return edition.words.say(f"area.{picture}", group=edition.group_name, day=edition.peers_on)
