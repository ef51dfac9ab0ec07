"""Every figure of the content is that of the report and of its result."""

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from factories.printed import HOSTILE, hostile, printed, real_content, real_peers, real_report, real_scheme
from factories.reports import ANSWERS, moved, population, report
from touchstone.core.assessment.model import Answer, AnswerState, Assessment, Organisation
from touchstone.core.assessment.participants import OFFICE, Participant
from touchstone.core.quality.wording import number
from touchstone.core.report.report import Report, make_report
from touchstone.core.report.result import as_result
from touchstone.core.scheme.model import Measure
from touchstone.output.content.making import content
from touchstone.output.content.model import Content, MeasureRow
from touchstone.output.content.words import words
from touchstone.output.printable import plain

WORDS = words("en")
RESULT: Any = as_result(real_report())


def rows(said: Content) -> dict[str, MeasureRow]:
    return {row.id: row for area in said.areas for part in area.indicators for row in part.rows}


def written(value: float | None, measure: Measure) -> str:
    if value is None:
        return "–"
    figure = number(value, measure, WORDS)
    return WORDS.share(figure) if measure.unit == "%" else figure


def test_every_numeric_measure_stands_in_one_row_with_the_figures_of_the_result() -> None:
    said, group = real_content(), RESULT["groups"][0]["id"]
    found = [row for area in said.areas for part in area.indicators for row in part.rows]
    assert len({row.id for row in found}) == len(found) == len(RESULT["measures"])
    by_id = rows(said)
    for one in RESULT["measures"]:
        measure, figure, row = real_scheme().measures[one["id"]], one["groups"][group], by_id[one["id"]]
        assert row.own == written(one["value"], measure)
        assert (row.low, row.median, row.high) == tuple(
            written(figure[name], measure) for name in ("p25", "median", "p75")
        )
        assert row.n == WORDS.number(figure["n"])
        assert row.place.endswith(f"({WORDS.number(figure['percentile'])})")


def test_lights_points_and_reasons_are_those_of_the_result() -> None:
    said = real_content()
    found = [row for dimension in said.dimensions for row in dimension.rows]
    judged = {one["id"]: one for one in RESULT["quality"]}
    assert [row.id for row in found] == list(judged)
    for row in found:
        one = judged[row.id]
        assert row.light.light == one["level"]
        points, most = "–" if one["points"] is None else one["points"], real_scheme().quality[row.id].points
        assert row.points == (f"{points} of {most}" if most else "–")
        assert bool(row.gate) == one["gate"]
        assert row.gate_state == ({True: "met", False: "unmet"}[one["gate_met"]] if one["gate"] else "")
        assert row.reason == plain(one["reason"])
    counts = {one.light.light: one.count for one in said.summary.lights}
    levels = [one["level"] for one in RESULT["quality"]]
    assert counts == {light: levels.count(light) for light in ("green", "yellow", "red", "not_assessed")}


def test_recommendations_are_all_those_of_the_result_in_their_order() -> None:
    said = real_content()
    asked = RESULT["recommendations"]
    assert [(one.quality, one.text, one.reason) for one in said.recommendations] == [
        (one["quality"], plain(one["text"]), plain(one["reason"])) for one in asked
    ]
    assert [one.number for one in said.recommendations] == list(range(1, len(asked) + 1))
    assert [lever.quality for lever in said.summary.levers] == [one["quality"] for one in asked[:5]]
    assert [row.quality for row in said.plan] == [one["quality"] for one in asked[:8]]
    assert all(one.next and one.effort for one in said.recommendations)


def test_groups_criteria_and_the_set_are_those_of_the_result() -> None:
    said = real_content()
    assert [row.n for row in said.groups] == [WORDS.number(one["n"]) for one in RESULT["groups"]]
    assert [(row.state, row.reason) for row in said.criteria] == [
        ({True: "met", False: "unmet", None: "open"}[one["met"]], plain(one["reason"]))
        for one in RESULT["eligibility"]["criteria"]
    ]
    assert said.facts[-1].value == RESULT["digest"]
    assert said.number == real_report().number


def test_the_opening_counts_what_the_pictures_count() -> None:
    said, score = real_content(), RESULT["score"]
    standing = said.summary.standing
    assert standing is not None
    assert standing.picture.table is not None
    counts = [[int(cell) for cell in row[1:]] for row in standing.picture.table.rows]
    weaker, _, better = (sum(column) for column in zip(*counts, strict=True))
    counted = sum(map(sum, counts))
    points = f"{score['points']} of {score['max']} points"
    assert said.summary.opening == (
        f"{said.organisation} reaches {points} and lies in the better quarter of its peers in {better} of "
        f"{counted} comparable figures, in the weaker quarter in {weaker}."
    )
    assert len(counts) == 6


def test_each_strength_lies_beyond_the_quartile_that_the_result_shows() -> None:
    group, measures = RESULT["groups"][0]["id"], {one["id"]: one for one in RESULT["measures"]}
    strengths = real_content().summary.strengths
    assert len({one.id for one in strengths}) == len(strengths) == 5
    for one in strengths:
        indicator = real_scheme().indicators[one.id]
        measure = next(each for each in indicator.measures if plain(each.label) == one.name)
        found, figure = measures[measure.id], measures[measure.id]["groups"][group]
        up = measure.direction == "higher"
        assert found["value"] > figure["p75"] if up else found["value"] < figure["p25"]


def test_the_pictures_of_the_report_show_the_own_value_of_its_rows() -> None:
    said = real_content()
    for area in said.areas:
        for part in area.indicators:
            if part.chart is not None:
                assert f"own value {part.rows[0].own}" in part.chart.picture.alt, part.id


def test_the_shipped_scheme_has_its_pictures_area_by_area() -> None:
    said = real_content()
    assert {area.id: [chart.picture.id for chart in area.charts] for area in said.areas} == {
        "A": [],
        "B": ["cycle-B5.mean", "shares-board", "shares-priorities"],
        "C": ["shares-income"],
        "D": ["profile-D8.intensity"],
        "E": ["shares-joint-projects", "shares-requests-by-place", "shares-requests-by-origin"],
        "F": [],
        "S": [],
    }
    assert [chart.picture.id for chart in said.portrait.charts] == [
        "shares-founders",
        "shares-participants",
        "growth",
    ]


# --- what may come ------------------------------------------------------------------------------------


def texts(value: Any) -> Iterator[str]:
    """All texts of a content, those of its pictures among them."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for one in fields(value):
            yield from texts(getattr(value, one.name))
    elif isinstance(value, tuple):
        for inner in value:
            yield from texts(inner)


def crowded() -> Report:
    """A report with a list of 4,000 participants."""
    office = Participant(name="Office", type=OFFICE, latitude=54.69, longitude=25.28)
    rows = [
        Participant(
            name=f"P{number}",
            type="sme",
            latitude=35 + number % 30,
            longitude=-5 + number % 37,
            evidence="signed",
        )
        for number in range(4_000)
    ]
    given = real_report().assessment
    return make_report(given, scheme=real_scheme(), population=real_peers(), participants=[office, *rows])


def silent() -> Report:
    """A report of the shipped scheme on an organisation that answered nothing."""
    organisation = Organisation(id="mute", name="Mute", country="LT", portfolio="none")
    given = Assessment(
        scheme="ecei", organisation=organisation, interviewed_on=real_report().interviewed_on, answers={}
    )
    return make_report(given, scheme=real_scheme(), population=real_peers())


def evasive() -> Report:
    """A report of the shipped scheme in which nothing is known or applies."""
    states = (AnswerState.UNKNOWN, AnswerState.NOT_APPLICABLE)
    answers = {
        id: Answer(state=states[number % 2], reason=HOSTILE)
        for number, id in enumerate(real_scheme().measures)
    }
    given = replace(real_report().assessment, answers=answers)
    return make_report(given, scheme=real_scheme(), population=real_peers())


SMALL: dict[str, Callable[[], Report]] = {
    "hostile": hostile,
    "hostile alone": lambda: hostile(peers=population(1)),
    "long name": lambda: report(name="W" * 300),
    "no answers": lambda: report({}),
    "no answers, no peers": lambda: report({}, peers=population(0)),
    "one peer": lambda: report(peers=population(1)),
    "few peers": lambda: report(peers=population(8)),
    "moved": moved,
    "huge numbers": lambda: report({**ANSWERS, "A1.members": 10**12, "B2.budget": 1e15}),
}
LARGE: dict[str, Callable[[], Report]] = {"crowded": crowded, "silent": silent, "evasive": evasive}


@pytest.mark.parametrize("which", [*SMALL, *LARGE])
def test_whatever_comes_a_content_comes_of_it_in_which_nothing_steers(which: str) -> None:
    said = printed(SMALL[which]()) if which in SMALL else content(LARGE[which](), real_scheme())
    found = list(texts(said))
    assert len(found) > 200
    assert [text for text in found if text != plain(text)] == []
    # A number that is none, a name that was not filled in, a value of Python in place of words.
    assert [text for text in found if re.search(r"\bnan\b|\binf\b|\bNone\b|\bTrue\b|\{[a-z]+\}", text)] == []


def test_where_nothing_of_the_peers_may_be_shown_the_report_says_so() -> None:
    said = printed(report(peers=population(1)))
    assert said.summary.compared == "There are too few peers to compare with; own values stand alone."
    assert said.table_caption == "No peers may be shown."
    assert [row.shown for row in said.groups] == ["nothing"] * len(said.groups)
    assert len(said.withheld) >= len(said.groups)
    assert {row.median for row in rows(said).values()} == {"–"}


def test_nobody_elses_value_is_in_a_report_with_one_peer() -> None:
    lonely = population(1, values={id: column * 0 + 987_654 for id, column in population(1).values.items()})
    assert [text for text in texts(printed(report(peers=lonely))) if "987" in text] == []


def test_the_same_report_has_the_same_content() -> None:
    assert content(real_report(), real_scheme()) == real_content()
