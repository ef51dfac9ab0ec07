"""Who the cluster is: facts, who takes part, where they are, how it grew, and what has changed."""

from collections.abc import Iterator, Sequence

from touchstone.core.benchmark.change import Movement
from touchstone.core.report.growth import Growth, growth
from touchstone.core.scheme.model import Kind, Measure
from touchstone.output.content.compositions import composition_charts
from touchstone.output.content.edition import Edition
from touchstone.output.content.model import Chart, Fact, PortraitPart
from touchstone.output.pictures import growth as growing
from touchstone.output.pictures.slope import Slope, slope
from touchstone.output.printable import plain

# Kinds of the first area's measures that say who somebody is.
TELLING = (Kind.YEAR, Kind.CHOICE, Kind.SCALE)
SLOPES = 6  # lines in a picture
PICTURES = 2
MAP_WIDTH = 226.0  # points: half a page, beside how the number of participants grew


def portrait(edition: Edition) -> PortraitPart:
    """Facts and pictures of the first area of the scheme, and the map where there is a list of places."""
    first = next(iter(edition.scheme.areas), "")
    return PortraitPart(
        facts=tuple(_facts(first, edition)),
        charts=(*composition_charts(first, edition), *_growth(edition), *_slopes(edition)),
        map=_map(edition),
        map_note=_map_note(edition),
    )


def _facts(area: str, edition: Edition) -> Iterator[Fact]:
    """What says who it is: years, choices and scales of the area, and what the scheme sorts by."""
    scheme, values = edition.scheme, edition.report.values
    sorts = {one.measure for one in scheme.classings.values()}
    for indicator in scheme.indicators.values():
        for measure in indicator.measures if indicator.area == area else ():
            if measure.kind not in TELLING and measure.id not in sorts:
                continue
            if measure.id in values and not (measure.derived and measure.id in sorts):
                yield Fact(label=plain(measure.label), value=edition.in_words(values[measure.id], measure))


def _growth(edition: Edition) -> Iterator[Chart]:
    words, found = edition.words, growth(edition.report.comparison.own)
    if found is None:
        return
    picture = growing.growth(
        id="growth",
        title=words.say("portrait.growth"),
        points=[(_when(years, edition), number) for years, number in found.numbers.items()],
        written=lambda value: words.number(value, 1),
        words=words,
    )
    yield Chart(picture=picture, caption=_growth_caption(found, edition))


def _when(years: int, edition: Edition) -> str:
    return edition.words.counted("portrait.ago", years) if years else edition.words.say("portrait.now")


def _growth_caption(found: Growth, edition: Edition) -> str:
    words = edition.words
    told = {"joined": found.joined, "left": found.left}
    fill = {name: words.number(number) for name, number in told.items() if number is not None}
    path = {2: "growth_caption", 1: f"growth_{next(iter(fill), '')}"}.get(len(fill))
    return words.say(f"portrait.{path}", **fill) if path else ""


# --- what has changed ---------------------------------------------------------------------------------


def _slopes(edition: Edition) -> Iterator[Chart]:
    """The headlines that moved most since the assessment before, those of one unit in one picture."""
    movement = edition.report.movement
    if movement is None:
        return
    moved: dict[str, list[Measure]] = {}
    for measure in edition.headlines.values():
        if measure and movement.own.get(measure.id):
            moved.setdefault(measure.unit, []).append(measure)
    several = [(unit, found) for unit, found in moved.items() if unit and len(found) > 1]
    fullest = sorted(several, key=lambda one: -len(one[1]))[:PICTURES]
    for number, (unit, found) in enumerate(fullest):
        most = sorted(found, key=lambda one: -abs(movement.own[one.id]))[:SLOPES]
        yield _slope(f"change-{number}", unit, most, movement, edition)


def _slope(id: str, unit: str, measures: Sequence[Measure], movement: Movement, edition: Edition) -> Chart:
    words = edition.words
    since, now = edition.day(movement.since), edition.day(edition.report.interviewed_on)
    picture = slope(
        id=id,
        title=words.say("portrait.change", unit=plain(unit)),
        rows=[_line(one, movement, edition) for one in measures],
        from_=since,
        to=now,
        written=lambda value: edition.written(value, measures[0]),
        words=words,
    )
    return Chart(picture=picture, caption=words.say("portrait.change_caption", since=since, now=now))


def _line(measure: Measure, movement: Movement, edition: Edition) -> Slope:
    now = edition.report.comparison.own[measure.id]
    # What is measured on a range of its own, such as the mean of steps, is known by its indicator.
    name = edition.scheme.indicators[measure.indicator].name if measure.ranged else measure.label
    return Slope(name=plain(name), before=movement.before(measure.id, now), now=now)


# --- the map ------------------------------------------------------------------------------------------


def _map(edition: Edition) -> Chart | None:
    found = edition.report.portrait
    if found is None:
        return None
    from touchstone.output.pictures.map import participants_map  # reads the outlines of all countries

    title = edition.words.say("portrait.office")
    return Chart(
        picture=participants_map(id="map", title=title, portrait=found, words=edition.words, width=MAP_WIDTH),
        caption=f"{edition.words.say('map.source')}.",
    )


def _map_note(edition: Edition) -> str:
    found = edition.report.portrait
    if found is None:
        return edition.words.say("portrait.map_none")
    unplaced, known = found.spread.unplaced, edition.words.number(found.spread.total)
    return edition.words.counted("portrait.map_unplaced", unplaced, known=known) if unplaced else ""
