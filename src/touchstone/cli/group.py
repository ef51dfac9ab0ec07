"""`touchstone group`: what may be told of a group, narrowed by age and size where wanted."""

from datetime import date
from typing import Annotated

import typer

from touchstone.cli.basis import On, Peers, frame
from touchstone.cli.speaking import Json, counted, misuse, say, say_json, say_table, today
from touchstone.core.benchmark.filters import Filters, narrowed_id, prepare_filters, read_id
from touchstone.core.benchmark.model import Figure
from touchstone.core.benchmark.prepared import prepare
from touchstone.core.language.language import language
from touchstone.core.quality.wording import number
from touchstone.core.scheme.model import Scheme
from touchstone.core.scheme.naming import suggestion

GROUP = "A group, narrowed or not, such as portfolio:ict or country:LT;age=young;size=small."
MEASURES = "Only these measures, such as A6.total; may be given several times."
FIGURES = ("n", "shown", "p5", "p25", "median", "p75", "p95")


def show(
    group: Annotated[str, typer.Argument(help=GROUP)],
    population: Peers = None,
    on: On = None,
    measure: Annotated[list[str] | None, typer.Option(help=MEASURES)] = None,
    json: Json = False,
) -> None:
    """Show the figures of a group that may be shown, narrowed by classes of age and size.

    Example: touchstone group "portfolio:ict;size=small" --measure A6.total
    """
    given = frame(population, on)
    filters = prepare_filters(prepare(given.rows, given.scheme), scheme=given.scheme, on=given.on or today())
    id = _known(group, filters)
    figures = filters.figures(id, measures=_measures(measure, filters))
    if json:
        say_json(_document(id, figures, given.on or today()))
    else:
        _say(id, figures, filters)


def _known(group: str, filters: Filters) -> str:
    """The id in the order of the pack. Raises Unusable for a group that there is none of."""
    name, chosen = read_id(group, filters.scheme)
    if name not in filters.groups:
        raise misuse(name, "there is no such group on that day.", suggestion(name, filters.groups))
    return narrowed_id(name, chosen, filters.scheme)


def _measures(asked: list[str] | None, filters: Filters) -> tuple[str, ...]:
    for id in asked or ():
        if id not in filters.ready.measures:
            raise misuse(
                id, "the scheme has no such numeric measure.", suggestion(id, filters.ready.measures)
            )
    return tuple(asked or filters.ready.measures)


def _document(id: str, figures: dict[str, Figure], on: date) -> dict[str, object]:
    found = {measure: {key: getattr(figure, key) for key in FIGURES} for measure, figure in figures.items()}
    return {"group": id, "on": on.isoformat(), "measures": found}


def _say(id: str, figures: dict[str, Figure], filters: Filters) -> None:
    say(f"{id}: {counted(len(filters.members(id)), 'organisation')}\n")
    rows = (_row(measure, figure, filters.scheme) for measure, figure in figures.items())
    say_table([("", "peers", "P5", "P25", "median", "P75", "P95"), *rows])


def _row(id: str, figure: Figure, scheme: Scheme) -> tuple[str, ...]:
    measure, words = scheme.measures[id], language(scheme.language)
    told = (figure.p5, figure.p25, figure.median, figure.p75, figure.p95)
    return id, str(figure.n), *("–" if one is None else number(one, measure, words) for one in told)
