from dataclasses import replace

import pytest

from factories.printed import printed
from factories.reports import ANSWERS, MIXED, assessment, population, report, with_income
from factories.small_scheme import DEPUTY, FORM, PLAN, STORY, measure, small_scheme
from touchstone.core.assessment.model import Answer, AnswerState, Value
from touchstone.core.benchmark.density import Bin
from touchstone.core.report.report import Report, make_report
from touchstone.core.scheme.model import Kind, Measure, Scheme
from touchstone.output.content.model import Fact, Feed, IndicatorPart, Light, MeasureRow


def parts(made: Report | None = None, scheme: Scheme | None = None) -> dict[str, IndicatorPart]:
    found = printed(made, scheme).areas
    return {part.id: part for area in found for part in area.indicators}


def answered(**answers: Answer) -> Report:
    given = assessment()
    ids = {id.replace("_", ".", 1): answer for id, answer in answers.items()}
    return make_report(
        replace(given, answers={**given.answers, **ids}), scheme=small_scheme(), population=population()
    )


def with_only(*measures: Measure, scheme: Scheme | None = None) -> Scheme:
    """The small scheme with an indicator B2 of these measures that nothing rests on."""
    within = scheme or small_scheme()
    indicator = replace(within.indicators["B2"], measures=measures, quality=())
    return replace(within, indicators={**within.indicators, "B2": indicator})


# --- in front -----------------------------------------------------------------------------------------


def test_a_block_says_what_it_is_and_its_own_value_large() -> None:
    found = parts()["A1"]
    assert (found.name, found.definition, found.supplementary) == ("Indicator A1", "What A1 is.", False)
    assert (found.measure, found.own) == ("Members", "30")
    assert (parts()["B1"].measure, parts()["B1"].own) == ("Staff, FTE", "2")


def test_a_step_of_a_scale_stands_with_its_last_one_and_its_wording() -> None:
    found = parts()["B2"]
    assert (found.measure, found.own) == ("Plan: a list", "1 of 2")


def test_an_amount_has_its_currency_and_a_share_its_sign() -> None:
    measures = small_scheme().measures
    money = parts(scheme=with_only(measures["B2.budget"]))["B2"]
    assert (money.measure, money.own) == ("Budget, EUR", "EUR 250,000")
    share = parts(scheme=with_only(measures["B2.public"]))["B2"]
    assert (share.measure, share.own) == ("Public share", "62.5\u00a0%")


def test_a_missing_answer_is_a_dash_in_front() -> None:
    found = parts(report({}))
    assert [(part.measure, part.own) for part in found.values()] == [
        ("Members", "–"),
        ("Staff, FTE", "–"),
        ("Plan", "–"),
    ]


def test_a_choice_stands_in_front_where_there_is_no_number_and_is_not_told_twice() -> None:
    scheme = with_only(FORM, DEPUTY)
    found = parts(scheme=scheme)["B2"]
    assert (found.measure, found.own, found.chart) == ("Legal form", "Association", None)
    assert found.facts == (Fact(label="Deputy", value="yes"),)
    assert parts(report({}), scheme)["B2"].own == "–"


def test_without_numbers_and_choices_it_is_counted_how_much_was_agreed_to() -> None:
    second = replace(DEPUTY, id="B1.form", label="Second")
    scheme = with_only(DEPUTY, second, STORY)
    made = report({"B1.deputy": True, "B2.story": "told"})
    found = parts(made, scheme)["B2"]
    assert (found.measure, found.own) == ("Answered with yes", "1 of 2")
    texts = parts(made, with_only(STORY))["B2"]
    assert (texts.measure, texts.own) == ("", "–")


# --- rows ---------------------------------------------------------------------------------------------


def test_a_row_holds_the_own_value_and_what_may_be_shown_of_the_reference_group() -> None:
    assert parts()["A1"].rows[0] == MeasureRow(
        id="A1.members",
        label="Members",
        own="30",
        low="24.5",
        median="39",
        high="53.5",
        n="30",
        place="middle half (35)",
    )


def test_the_headline_comes_first_among_the_rows() -> None:
    found = parts()["B2"]
    assert [row.id for row in found.rows] == ["B2.plan", "B2.public", "B2.budget"]
    assert (found.headline, found.further) == ("B2.plan", found.rows[1:])
    scheme = with_only(small_scheme().measures["B2.budget"], PLAN)
    assert [row.id for row in parts(scheme=scheme)["B2"].rows] == ["B2.plan", "B2.budget"]


def test_what_may_not_be_shown_is_a_dash() -> None:
    few = parts(report(peers=population(8)))["A1"].rows[0]
    assert (few.low, few.median, few.high, few.place) == ("–", "13.5", "–", "above the median (100)")
    alone = parts(report(peers=population(0)))["A1"].rows[0]
    assert (alone.own, alone.median, alone.n, alone.place) == ("30", "–", "0", "–")


def test_a_missing_answer_is_a_dash_beside_the_peers() -> None:
    row = parts(report({}))["A1"].rows[0]
    assert (row.own, row.median, row.place) == ("–", "39", "–")


def test_without_a_percentile_the_place_stands_alone() -> None:
    made = report()
    figures = {
        id: {group: replace(figure, percentile=None) for group, figure in found.items()}
        for id, found in made.comparison.figures.items()
    }
    bare = replace(made, comparison=replace(made.comparison, figures=figures))
    assert parts(bare)["A1"].rows[0].place == "middle half"


def test_the_unit_stands_with_the_label_unless_label_or_figure_say_it() -> None:
    labels = {row.id: row.label for part in parts().values() for row in part.rows}
    assert labels == {
        "A1.members": "Members",
        "A1.founded": "Founded",
        "A1.age": "Age, years",
        "B1.staff": "Staff, FTE",
        "B1.load": "Members per FTE",
        "B2.plan": "Plan",
        "B2.public": "Public share",
        "B2.budget": "Budget, EUR",
    }
    ranged = measure("B2.mean", "Mean", Kind.NUMBER, unit="0 to 4")
    scheme = replace(with_only(ranged), measures={**small_scheme().measures, "B2.mean": ranged})
    assert parts(scheme=scheme)["B2"].rows[0].label == "Mean"


# --- pictures -----------------------------------------------------------------------------------------


def test_a_picture_shows_the_groups_that_show_something_the_reference_group_first() -> None:
    chart = parts(report(peers=population(8)))["A1"].chart
    assert chart is not None
    assert chart.picture.id == "spread-A1.members"
    assert chart.caption == "Source: interviews; peers as of 12 October 2026."
    assert chart.picture.table is not None
    assert [row[0] for row in chart.picture.table.rows] == ["ICT and related portfolios", "All organisations"]


def test_all_groups_of_a_large_population_are_shown() -> None:
    chart = parts()["A1"].chart
    assert chart is not None
    assert chart.picture.table is not None
    names = [row[0] for row in chart.picture.table.rows]
    assert (names[0], names[-1], len(names)) == ("ICT", "All organisations", 4)


def test_the_shape_of_the_reference_group_goes_into_its_picture() -> None:
    bins = (Bin(low=10, high=30, n=10), Bin(low=30, high=70, n=20))
    before = parts(replace(report(), densities={}))["A1"].chart
    after = parts(replace(report(), densities={"A1.members": bins}))["A1"].chart
    assert before is not None
    assert after is not None
    assert before.picture.shapes != after.picture.shapes


def test_without_an_own_value_and_without_peers_there_is_no_picture() -> None:
    assert parts(report({}, peers=population(1)))["A1"].chart is None
    assert parts(report({}))["A1"].chart is not None
    assert parts(report(peers=population(1)))["A1"].chart is not None


# --- words --------------------------------------------------------------------------------------------


def test_choices_yes_and_no_and_texts_are_told_in_words() -> None:
    assert parts()["B1"].facts == (
        Fact(label="Deputy", value="yes"),
        Fact(label="Legal form", value="Association"),
    )
    assert parts(report({}))["B2"].facts == (Fact(label="Story", value="no answer"),)


def test_a_rated_story_is_told_elsewhere() -> None:
    assert parts(scheme=with_only(STORY, PLAN))["B2"].facts == ()


def test_the_quality_indicators_that_rest_on_an_indicator_are_named_with_their_light() -> None:
    assert parts()["A1"].feeds == (
        Feed(quality="1.1", name="Quality 1.1", light=Light(light="yellow", word="yellow")),
    )


def test_each_piece_of_evidence_is_named_once() -> None:
    proven = Answer(state=AnswerState.ANSWERED, declared=30, evidence=("list.csv", "minutes\nof May"))
    again = Answer(state=AnswerState.ANSWERED, declared=2012, evidence=("list.csv",))
    made = answered(A1_members=proven, A1_founded=again)
    assert parts(made)["A1"].evidence == "Evidence on file: list.csv; minutes of May."
    assert parts(made)["B1"].evidence == ""


def test_evidence_is_named_at_no_length() -> None:
    proven = Answer(state=AnswerState.ANSWERED, declared=30, evidence=("x" * 500,))
    assert parts(answered(A1_members=proven))["A1"].evidence == f"Evidence on file: {'x' * 119}…."


def test_why_something_is_not_answered_is_told() -> None:
    unknown = Answer(state=AnswerState.UNKNOWN, reason="not counted\nyet")
    nothing = Answer(state=AnswerState.NOT_APPLICABLE)
    made = answered(A1_members=unknown, A1_founded=nothing)
    assert parts(made)["A1"].remarks == (
        "No measure of this indicator was answered.",
        "Members: unknown. not counted yet",
        "Founded: not applicable.",
    )


def test_what_was_verified_otherwise_than_declared_is_told_with_the_note() -> None:
    corrected = Answer(state=AnswerState.ANSWERED, declared=30, verified=28, note="two left")
    confirmed = Answer(state=AnswerState.ANSWERED, declared=2012, verified=2012)
    found = Answer(state=AnswerState.ANSWERED, verified=2.0)
    made = answered(A1_members=corrected, A1_founded=confirmed, B1_staff=found)
    assert parts(made)["A1"].remarks == (
        "Members: declared 30 members, verified 28 members.",
        "Members: two left",
    )
    assert parts(made)["A1"].own == "28"
    assert parts(made)["B1"].remarks == ()


def test_what_was_noted_of_several_measures_is_told_once() -> None:
    listed = Answer(state=AnswerState.ANSWERED, declared=30, note="from members.csv")
    founded = Answer(state=AnswerState.ANSWERED, declared=2012, note="from members.csv")
    assert parts(answered(A1_members=listed, A1_founded=founded))["A1"].remarks == (
        "2 figures: from members.csv",
    )


def test_each_indicator_says_how_sure_it_is_and_where_it_comes_from() -> None:
    assert parts()["A1"].origin == "Origin: read in a public source (Slides of 2012)."
    assert parts()["A1"].certainty == "Origin: read in a public source."
    scheme = small_scheme()
    bare = replace(scheme.indicators["A1"], origin=scheme.measures["A1.members"].origin, supplementary=True)
    found = parts(scheme=replace(scheme, indicators={"A1": bare}))["A1"]
    assert found.origin == "Origin: a default of this scheme pack, not an official rule."
    assert found.certainty == found.origin
    assert found.supplementary is True


# --- meaning ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("members", "where"),
    [
        (30, "It lies in the middle half of 30 peers, which runs from 24.5 to 53.5; the median is 39. "),
        (60, "It lies in the upper and better quarter of 30 peers; the middle half runs from 24.5 to 53.5, "),
        (12, "It lies in the lower and weaker quarter of 30 peers; the middle half runs from 24.5 to 53.5, "),
    ],
)
def test_the_first_sentence_says_where_the_own_value_lies(members: int, where: str) -> None:
    assert parts(report({**ANSWERS, "A1.members": members}))["A1"].meaning.startswith(where)


def test_without_a_direction_no_side_is_better() -> None:
    scheme = with_only(small_scheme().measures["B2.budget"])
    assert parts(report({"B2.budget": 9_000_000}), scheme)["B2"].meaning.startswith(
        "It lies in the upper quarter of 30 peers; the middle half runs from 195,000 to 485,000"
    )


@pytest.mark.parametrize(
    ("values", "size", "where"),
    [
        (ANSWERS, 8, "It lies above the median of 8 peers, 13.5; too few answered to show more."),
        ({}, 60, "There is no own answer; the median of 30 peers is 39."),
        (ANSWERS, 1, "There are too few peers to compare with."),
        (ANSWERS, 0, "There are too few peers to compare with."),
    ],
)
def test_no_more_is_said_than_may_be_shown(values: dict[str, Value], size: int, where: str) -> None:
    assert parts(report(values, peers=population(size)))["A1"].meaning.startswith(where)


def test_where_one_figure_may_not_be_shown_the_number_that_answered_is_told() -> None:
    made = report()
    hidden = replace(made.figure("A1.members", "portfolio:ict"), shown="none", n=3, median=None)
    figures = {**made.comparison.figures, "A1.members": {"portfolio:ict": hidden}}
    found = parts(replace(made, comparison=replace(made.comparison, figures=figures)))["A1"].meaning
    assert found.startswith("Of the peers nothing may be shown: 3 answered.")


@pytest.mark.parametrize(
    ("members", "label"),
    [
        (30, "It counts for the label in quality indicator 1.1, which is yellow (green from 40 members)."),
        (50, "It counts for the label in quality indicator 1.1, which is green."),
        (3, "It counts for the label in quality indicator 1.1, which is red (red from 15 members)."),
    ],
)
def test_the_second_sentence_says_what_it_is_for_the_label(members: int, label: str) -> None:
    assert parts(report({**ANSWERS, "A1.members": members}))["A1"].meaning.endswith(label)


def test_what_nothing_rests_on_does_not_count_for_the_label() -> None:
    scheme = with_only(small_scheme().measures["B2.budget"])
    assert parts(scheme=scheme)["B2"].meaning.endswith(
        "It describes the organisation and does not count for the label."
    )


def test_several_quality_indicators_are_counted_by_their_lights() -> None:
    scheme = small_scheme()
    first = replace(scheme.indicators["A1"], quality=("1.1", "1.2", "2.1"))
    several = replace(scheme, indicators={**scheme.indicators, "A1": first})
    assert parts(scheme=several)["A1"].meaning.endswith(
        "It counts for the label in 3 quality indicators: 1 green and 2 yellow."
    )


def test_what_is_answered_in_words_has_no_figure_to_compare() -> None:
    assert parts(scheme=with_only(FORM))["B2"].meaning.startswith(
        "It is answered in words, so there is no figure to compare."
    )


def test_parts_of_a_whole_are_compared_in_a_picture_of_the_whole() -> None:
    public, private = (MIXED.measures[f"B2.{part}"] for part in ("public", "private"))
    scheme = with_only(public, private, FORM, scheme=MIXED)
    made = make_report(assessment(), scheme=MIXED, population=with_income())
    found = parts(made, scheme)["B2"]
    assert found.meaning.startswith("Its parts are compared in a picture of the whole.")
    assert (found.measure, found.own, found.chart) == ("Legal form", "Association", None)
    assert [row.id for row in found.rows] == ["B2.public", "B2.private"]
    assert (found.headline, found.further) == ("", found.rows)
