from dataclasses import replace
from typing import Any

import pytest

from factories.reports import ANSWERS, assessment, population, report
from factories.small_scheme import MEMBERS, PLAN, PUBLIC, STAFF, STORY, measure, small_scheme
from touchstone.core.assessment.model import Answer, AnswerState
from touchstone.core.report.report import Report, make_report
from touchstone.core.report.standing import reference_group
from touchstone.core.scheme.model import Direction, Kind, Measure, Scheme
from touchstone.output.content.areas import areas, headline
from touchstone.output.content.model import Fact, IndicatorPart


def parts(made: Report | None = None, scheme: Scheme | None = None) -> dict[str, IndicatorPart]:
    shown = made or report()
    found = areas(shown, scheme or small_scheme(), reference_group(shown.comparison))
    return {part.id: part for area in found for part in area.indicators}


def answered(**answers: Answer) -> Report:
    given = assessment()
    ids = {id.replace("_", ".", 1): answer for id, answer in answers.items()}
    return make_report(
        replace(given, answers={**given.answers, **ids}), scheme=small_scheme(), population=population()
    )


def test_indicators_stand_in_their_area_in_the_order_of_the_pack() -> None:
    found = areas(report(), small_scheme(), None)
    assert [(area.id, [part.id for part in area.indicators]) for area in found] == [
        ("A", ["A1"]),
        ("B", ["B1", "B2"]),
    ]


def test_a_row_holds_the_own_value_and_what_may_be_shown_of_the_reference_group() -> None:
    row = parts()["A1"].rows[0]
    assert (row.id, row.label, row.own) == ("A1.members", "Members", "30")
    assert (row.low, row.median, row.high, row.n) == ("24.5", "39", "53.5", "30")
    assert row.place == "middle half (35)"
    assert row.strip.own is not None


def test_what_may_not_be_shown_is_a_dash() -> None:
    few = parts(report(peers=population(8)))["A1"].rows[0]
    assert (few.low, few.median, few.high, few.place) == ("–", "13.5", "–", "above the median (100)")
    alone = parts(report(peers=population(0)))["A1"].rows[0]
    assert (alone.own, alone.median, alone.n, alone.place) == ("30", "–", "0", "–")


def test_a_missing_answer_is_a_dash_beside_the_peers() -> None:
    row = parts(report({}))["A1"].rows[0]
    assert (row.own, row.median, row.place, row.strip.own) == ("–", "39", "–", None)


def test_the_unit_stands_with_the_label_unless_the_label_says_it() -> None:
    labels = {row.id: row.label for part in parts().values() for row in part.rows}
    assert labels["A1.members"] == "Members"
    assert labels["B1.staff"] == "Staff, FTE"
    assert labels["B2.plan"] == "Plan"
    assert labels["B2.budget"] == "Budget, EUR"


def test_choices_yes_and_no_and_texts_are_told_in_words() -> None:
    assert parts()["B1"].facts == (
        Fact(label="Deputy", value="yes"),
        Fact(label="Legal form", value="Association"),
    )
    assert parts(report({}))["B2"].facts == (Fact(label="Story", value="no answer"),)


def test_the_quality_indicators_that_rest_on_an_indicator_are_named_with_their_light() -> None:
    (feed,) = parts()["A1"].feeds
    assert (feed.quality, feed.name, feed.light, feed.word) == ("1.1", "Quality 1.1", "yellow", "yellow")


def test_a_picture_shows_all_groups_and_its_source() -> None:
    (chart,) = parts()["A1"].charts
    assert chart.title == "Members"
    assert chart.caption == "Source: interviews; peers as of 12 October 2026."
    assert [name in chart.alt for name in ("ICT, 30 peers", "Lithuania", "Gold label holders", "All")] == [
        True
    ] * 4


def test_a_per_cent_sign_stands_in_the_picture_and_other_units_in_its_title() -> None:
    scheme = small_scheme()
    indicator = replace(scheme.indicators["B2"], measures=(PUBLIC,), quality=())
    found = parts(scheme=replace(scheme, indicators={"B2": indicator}))["B2"]
    assert found.charts[0].title == "Public share, %"
    assert "own value 62.5 %." in found.charts[0].alt


def _headline(*measures: Measure, **changes: Any) -> list[str]:
    scheme = small_scheme()
    indicator = replace(scheme.indicators["A1"], measures=measures, **{"quality": (), **changes})
    return [one.id for one in headline(indicator, scheme)]


DERIVED = measure(
    "A1.mean",
    "Mean",
    Kind.NUMBER,
    direction=Direction.HIGHER,
    derived=small_scheme().measures["B1.load"].derived,
)


@pytest.mark.parametrize(
    ("measures", "changes", "chosen"),
    [
        ((STAFF, MEMBERS, STORY), {"quality": ("1.1",)}, ["A1.members"]),
        (
            (STAFF, MEMBERS, small_scheme().measures["B1.load"]),
            {"quality": ("1.1", "1.2")},
            ["B1.staff", "A1.members"],
        ),
        ((PLAN, DERIVED), {"quality": ("2.1",)}, ["A1.mean"]),
        ((PLAN, PUBLIC), {}, ["B2.plan"]),
        ((PLAN, PUBLIC, STAFF, MEMBERS), {}, []),
        ((PLAN,), {"supplementary": True}, []),
        ((STORY,), {}, []),
    ],
)
def test_the_measures_that_are_judged_get_the_pictures(
    measures: tuple[Measure, ...], changes: dict[str, Any], chosen: list[str]
) -> None:
    assert _headline(*measures, **changes) == chosen


def test_why_something_is_not_answered_is_told() -> None:
    unknown = Answer(state=AnswerState.UNKNOWN, reason="not counted\nyet")
    nothing = Answer(state=AnswerState.NOT_APPLICABLE)
    made = answered(A1_members=unknown, A1_founded=nothing)
    assert parts(made)["A1"].remarks == ("Members: unknown. not counted yet", "Founded: not applicable.")


def test_what_was_verified_otherwise_than_declared_is_told_with_the_note() -> None:
    corrected = Answer(state=AnswerState.ANSWERED, declared=30, verified=28, note="two left")
    confirmed = Answer(state=AnswerState.ANSWERED, declared=2012, verified=2012)
    found = Answer(state=AnswerState.ANSWERED, verified=2.0)
    made = answered(A1_members=corrected, A1_founded=confirmed, B1_staff=found)
    assert parts(made)["A1"].remarks == (
        "Members: declared 30 members, verified 28 members.",
        "Members: two left",
    )
    assert parts(made)["A1"].rows[0].own == "28"
    assert parts(made)["B1"].remarks == ()


def test_supplementary_indicators_are_marked() -> None:
    scheme = small_scheme()
    extra = replace(scheme.indicators["A1"], supplementary=True)
    found = parts(scheme=replace(scheme, indicators={"A1": extra}))
    assert found["A1"].supplementary is True
    assert ANSWERS["A1.members"] == 30


def test_each_indicator_says_how_sure_it_is_and_where_it_comes_from() -> None:
    assert parts()["A1"].origin == "Origin: read in a public source (Slides of 2012)."
    scheme = small_scheme()
    bare = replace(scheme.indicators["A1"], origin=scheme.measures["A1.members"].origin)
    found = parts(scheme=replace(scheme, indicators={"A1": bare}))
    assert found["A1"].origin == "Origin: a default of this scheme pack, not an official rule."
