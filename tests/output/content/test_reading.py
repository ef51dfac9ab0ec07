from dataclasses import replace

from factories.printed import printed
from factories.reports import ANSWERS, population, report
from touchstone.core.benchmark.density import Bin
from touchstone.core.report.report import Report
from touchstone.output.content.model import Reading


def reading(made: Report) -> Reading:
    return printed(made).reading


def test_the_example_is_taken_apart_with_its_real_figures() -> None:
    bins = (Bin(low=10, high=39, n=15), Bin(low=39, high=70, n=15))
    found = reading(replace(report(), densities={"A1.members": bins}))
    assert found.example is not None
    assert (found.example.picture.id, found.example.picture.title) == ("example", "Members")
    assert found.example_text == (
        "The picture shows: Members. "
        "The triangle and its line mark the own value: 30. "
        "The first row is the group ICT, with 30 peers. The dark line is the median: half of the peers have "
        "less than 39, half have more. "
        "The box holds the middle half of the peers, from 24.5 to 53.5. "
        "The thin line runs from 12.9 to 65.1; one peer in twenty lies below it and one in twenty above. "
        "The steps behind the box show where the peers gather: the higher a step, the more of them. "
        "The thin boxes below show the same for 3 more groups. "
        "The own value has the percentile 35: of a hundred peers about so many have less. "
        "So it lies in the middle half of the peers."
    )


def test_only_what_is_shown_is_explained() -> None:
    found = reading(report({**ANSWERS, "A1.members": 12}, peers=population(8)))
    assert found.example_text == (
        "The picture shows: Members. "
        "The triangle and its line mark the own value: 12. "
        "The first row is the group ICT and related portfolios, with 8 peers. The dark line is the median: "
        "half of the peers have less than 13.5, half have more. "
        "The thin box below shows the same for 1 more group. "
        "The own value has the percentile 31: of a hundred peers about so many have less. "
        "So it lies below the median of the peers."
    )


def test_without_an_own_value_the_peers_are_explained_alone() -> None:
    found = reading(report({}))
    assert found.example is not None
    assert "There is no own value here, so no triangle is drawn." in found.example_text
    assert "So it lies" not in found.example_text


def test_where_nothing_may_be_shown_there_is_no_example() -> None:
    for size in (0, 1):
        found = reading(report(peers=population(size)))
        assert (found.example, found.example_text) == (None, "")
        assert len(found.paragraphs) == 4


def test_what_has_a_better_side_and_shows_most_is_preferred() -> None:
    made = report({"B2.budget": 200_000, "B2.plan": 1})
    assert reading(made).example_text.startswith("The picture shows: Plan.")


def test_the_sizes_of_disclosure_control_are_those_of_the_scheme() -> None:
    shown = next(one.text for one in printed().reading.paragraphs if one.title == "What may be shown")
    assert shown == (
        "How much of a group is shown depends on how many peers answered: from 5 the median, from 10 the "
        "quartiles, from 20 also P5 and P95. Below that a dash stands in the table."
    )
