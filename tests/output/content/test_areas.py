from dataclasses import replace

import pytest

from factories.printed import printed, real_content
from factories.reports import ANSWERS, MIXED, assessment, population, with_income
from factories.small_scheme import PLAN, measure, small_scheme
from touchstone.core.assessment.model import Value
from touchstone.core.benchmark.model import Population
from touchstone.core.report.report import Report, make_report
from touchstone.core.scheme.model import Derivation, Kind, Measure, Scheme
from touchstone.output.content.areas import areas, topmost_means
from touchstone.output.content.edition import Edition
from touchstone.output.content.model import AreaPart

NEEDS = replace(PLAN, id="B2.needs", label="Needs")


def mean(id: str, *of: str, maximum: float | None = 2) -> Measure:
    derivation = Derivation(operation="mean", of=of)
    return measure(id, f"Mean of {id}", Kind.NUMBER, unit="0 to 2", maximum=maximum, derived=derivation)


def with_measures(*more: Measure) -> Scheme:
    """The small scheme with more measures in their indicators."""
    scheme = small_scheme()
    indicators = {
        id: replace(one, measures=(*one.measures, *(extra for extra in more if extra.indicator == id)))
        for id, one in scheme.indicators.items()
    }
    measures = {one.id: one for indicator in indicators.values() for one in indicator.measures}
    return replace(scheme, indicators=indicators, measures=measures)


STEPS = with_measures(NEEDS, mean("B2.mean", "B2.plan", "B2.needs"))
ACROSS = with_measures(mean("A1.level", "A1.members"), mean("B2.all", "A1.level", "B2.plan"))


def made(scheme: Scheme, values: dict[str, Value] | None = None, peers: Population | None = None) -> Report:
    there = population() if peers is None else peers
    columns = {**there.values, "B2.needs": there.values["B2.plan"]}
    known = {id: column for id, column in columns.items() if id in scheme.measures}
    given = {**ANSWERS, "B2.needs": 2} if values is None else values
    answers = {id: value for id, value in given.items() if id in scheme.measures}
    return make_report(assessment(answers), scheme=scheme, population=replace(there, values=known))


def area(id: str, scheme: Scheme, shown: Report) -> AreaPart:
    return next(one for one in areas(Edition.of(shown, scheme)) if one.id == id)


def test_indicators_stand_in_their_area_in_the_order_of_the_pack() -> None:
    found = printed().areas
    assert [(area.id, area.name, [part.id for part in area.indicators]) for area in found] == [
        ("A", "Structure", ["A1"]),
        ("B", "Management", ["B1", "B2"]),
    ]
    assert [area.charts for area in found] == [(), ()]


def test_a_mean_that_is_part_of_another_one_has_no_picture_of_its_own() -> None:
    assert [one.id for one in topmost_means(ACROSS)] == ["B2.all"]
    assert [one.id for one in topmost_means(STEPS)] == ["B2.mean"]
    assert topmost_means(small_scheme()) == []


def test_steps_of_one_scale_are_drawn_as_a_cycle() -> None:
    (found,) = area("B", STEPS, made(STEPS)).charts
    assert (found.picture.id, found.picture.title) == ("cycle-B2.mean", "Indicator B2")
    assert found.picture.table is not None
    assert [row[0] for row in found.picture.table.rows] == ["Plan", "Needs"]
    assert found.caption == (
        "Filled steps are the own ones, a mark is the median of the peers (ICT). "
        "Source: interviews; peers as of 12 October 2026."
    )


def test_what_comes_from_several_indicators_is_drawn_as_a_profile_under_their_names() -> None:
    (found,) = area("B", ACROSS, made(ACROSS)).charts
    assert found.picture.id == "profile-B2.all"
    assert found.picture.table is not None
    assert [row[0] for row in found.picture.table.rows] == ["Indicator A1", "Plan"]
    assert found.caption.startswith("A bar for the own value, a line for the median of the peers (ICT)")
    assert area("A", ACROSS, made(ACROSS)).charts == ()


@pytest.mark.parametrize(
    ("scheme", "caption"),
    [
        (STEPS, "Filled steps are the own ones; of the peers nothing may be shown."),
        (ACROSS, "A bar for the own value; of the peers nothing may be shown."),
    ],
)
def test_without_peers_the_own_ones_stand_alone(scheme: Scheme, caption: str) -> None:
    (found,) = area("B", scheme, made(scheme, peers=population(1))).charts
    assert found.caption == f"{caption} Source: interviews; peers as of 12 October 2026."


def test_without_answers_and_peers_there_is_no_picture() -> None:
    assert area("B", STEPS, made(STEPS, {}, population(1))).charts == ()
    assert len(area("B", STEPS, made(STEPS, {})).charts) == 1


def test_compositions_stand_in_their_area_those_of_the_first_one_in_the_portrait() -> None:
    values: dict[str, Value] = {**ANSWERS, "B2.private": 37.5}
    shown = make_report(assessment(values), scheme=MIXED, population=with_income())
    found = printed(shown, MIXED)
    assert [chart.picture.id for chart in found.areas[1].charts] == ["shares-income"]
    assert found.portrait.charts == ()
    turned = replace(MIXED, areas={id: MIXED.areas[id] for id in ("B", "A")})
    moved = printed(shown, turned)
    assert [chart.picture.id for chart in moved.portrait.charts] == ["shares-income"]
    assert [part.charts for part in moved.areas] == [(), ()]


def test_every_picture_of_a_report_has_an_id_of_its_own() -> None:
    said = real_content()
    charts = [
        said.summary.score,
        said.summary.standing,
        said.reading.example,
        said.portrait.map,
        *said.portrait.charts,
        *(chart for part in said.areas for chart in part.charts),
        *(one.chart for part in said.areas for one in part.indicators),
    ]
    ids = [chart.picture.id for chart in charts if chart]
    assert len(ids) == len(set(ids))
    assert len(ids) > 50
