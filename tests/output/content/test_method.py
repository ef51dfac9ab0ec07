from dataclasses import replace

from factories.printed import printed
from factories.reports import ANSWERS, MIXED, assessment, population, report, with_income
from factories.small_scheme import small_scheme
from touchstone.core.faults import Fault, Severity
from touchstone.core.report.report import make_report
from touchstone.output.content.model import CertaintyRow, GroupRow, SourceRow

UNREADABLE = "The scheme has no readable disclosure setting, so nothing of the peers is shown."


def test_the_method_names_the_day_and_the_sizes_of_the_scheme() -> None:
    peers, _, control, *_ = printed().method
    assert peers.text.startswith(
        "Peers are the latest assessments of other organisations, none later than 12 October 2026 and none "
        "more than 5 years older."
    )
    assert control.text.startswith("Fewer than 5 peers with a value: nothing is shown. From 5 the median")


def test_without_a_readable_setting_the_report_says_that_nothing_is_shown() -> None:
    closed = small_scheme(disclosure=None)
    made = make_report(report().assessment, scheme=closed, population=population())
    found = printed(made, closed)
    assert (
        next(one.text for one in found.reading.paragraphs if one.title == "What may be shown") == UNREADABLE
    )
    assert found.table_caption == "No peers may be shown."
    assert found.withheld == (UNREADABLE,)
    assert found.notes == ()


def test_groups_say_what_is_withheld_and_why() -> None:
    made = report(peers=population(8))
    rows = printed(made).groups
    assert rows[0] == GroupRow(
        name="ICT",
        kind="Comparative portfolio",
        n="4",
        shown="nothing",
        withheld=made.comparison.groups[0].withheld,
    )
    assert rows[0].withheld != ""
    assert rows[1] == GroupRow(
        name="ICT and related portfolios",
        kind="Portfolio and related ones",
        n="8",
        shown="median",
        withheld="–",
    )
    assert [row.name for row in rows[2:]] == ["Lithuania", "Gold label holders", "All organisations"]


def test_what_was_held_back_names_groups_as_the_report_does() -> None:
    found = printed(report(peers=population(8))).withheld
    assert found[0] == (
        "Nothing of ICT (4 peers) is shown. It has fewer than 5 peers. "
        "Compared with ICT and related portfolios instead."
    )


def test_figures_that_show_less_than_their_group_are_counted() -> None:
    columns = dict(population().values)
    columns["B1.staff"][:56:2] = float("nan")  # leaves two peers of the portfolio
    columns["B2.budget"][:30:2] = float("nan")  # leaves fifteen
    found = printed(report(peers=population(values=columns))).withheld
    nothing, less = (one for one in found if one.startswith("ICT: "))
    # The derived measures of these peers have no values at all.
    assert nothing == (
        "ICT: 3 figures show nothing, because fewer than 5 peers answered or what is shown could be reckoned "
        "back to them."
    )
    assert less == (
        "ICT: 1 figure shows less than all there is, because fewer than 20 peers answered or a tail would "
        "tell of single ones."
    )


def test_where_all_is_shown_nothing_was_held_back() -> None:
    made = report()
    groups = tuple(one for one in made.comparison.groups if one.id == "portfolio:ict")
    even = {
        id: {"portfolio:ict": made.figure("A1.members", "portfolio:ict")} for id in made.comparison.figures
    }
    alone = replace(made.comparison, groups=groups, figures=even, notes=())
    assert printed(replace(made, comparison=alone)).withheld == ()


def test_indicators_are_counted_by_how_sure_they_are() -> None:
    assert printed().certainties == (
        CertaintyRow(word="published", meaning="read in a public source", count="3"),
        CertaintyRow(word="reconstructed", meaning="rebuilt from sources", count="0"),
        CertaintyRow(
            word="default", meaning="a default of this scheme pack, not an official rule", count="0"
        ),
    )


def test_all_sources_of_the_pack_are_listed() -> None:
    assert printed().sources == (SourceRow(title="Slides of 2012", url="https://example.org/slides"),)


def test_what_is_implausible_is_noted_with_its_remedy() -> None:
    fault = Fault("B1.staff", "2 is less than 3.", "Count again.", Severity.WARNING)
    bare = Fault("A1.members", "Odd.", severity=Severity.HINT)
    found = printed(replace(report(), faults=(fault, bare)))
    assert found.notes == ("B1.staff: 2 is less than 3. Count again.", "A1.members: Odd.")
    assert printed(report(ANSWERS)).notes == ()


def test_shares_that_a_picture_had_to_scale_are_noted() -> None:
    def notes(private: float) -> tuple[str, ...]:
        values = {**ANSWERS, "B2.private": private}
        made = make_report(assessment(values), scheme=MIXED, population=with_income())
        return printed(made, MIXED).notes

    assert notes(27.5) == ("Income: the own shares add up to 90\u00a0%; the picture scales them to 100.",)
    assert notes(37.6) == notes(37.5) == ()


def test_every_term_is_explained_in_one_line() -> None:
    terms = printed().glossary
    assert len(terms) == 17
    assert [fact.label for fact in terms][:3] == ["Cluster", "Cluster organisation", "Committed participant"]
    assert max(len(fact.value) for fact in terms) <= 100
