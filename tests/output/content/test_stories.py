from dataclasses import replace

from factories.printed import printed, real_content
from factories.reports import assessment, population
from factories.small_scheme import PLAN, STORY, small_scheme
from touchstone.core.assessment.model import Value
from touchstone.core.report.report import make_report
from touchstone.core.scheme.model import Scheme
from touchstone.output.content.model import Story


def rated() -> Scheme:
    """The small scheme with a story and the plan as its rating."""
    scheme = small_scheme()
    told = replace(scheme.indicators["B2"], measures=(STORY, PLAN))
    return replace(scheme, indicators={**scheme.indicators, "B2": told})


def stories(values: dict[str, Value]) -> tuple[Story, ...]:
    made = make_report(assessment(values), scheme=small_scheme(), population=population())
    return printed(made, rated()).stories


def test_a_story_stands_with_its_own_rating() -> None:
    assert stories({"B2.story": "Two firms\nmet.", "B2.plan": 1}) == (
        Story(title="Story", text="Two firms met.", rating="Own rating: 1 (a list)"),
    )


def test_a_story_may_be_without_a_rating() -> None:
    assert stories({"B2.story": "Two firms met."}) == (
        Story(title="Story", text="Two firms met.", rating=""),
    )


def test_a_rating_without_a_story_is_none() -> None:
    assert stories({"B2.plan": 1}) == stories({"B2.plan": 1, "B2.story": "  "}) == ()


def test_a_text_without_a_rating_of_its_own_is_no_story() -> None:
    assert printed().stories == ()


def test_the_stories_of_the_shipped_scheme_are_three() -> None:
    assert [one.title for one in real_content().stories] == [f"Success story {n}" for n in (1, 2, 3)]
