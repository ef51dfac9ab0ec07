from dataclasses import replace

from factories.printed import printed
from factories.reports import ANSWERS, population, report
from factories.small_scheme import small_scheme
from touchstone.core.faults import Fault, Severity
from touchstone.core.report.report import make_report
from touchstone.output.content.model import CertaintyRow, SourceRow


def test_the_sizes_of_disclosure_control_are_those_of_the_scheme() -> None:
    shown = next(one.text for one in printed().reading if one.title == "What may be shown")
    assert shown == (
        "How much of a group is shown depends on how many peers answered: from 5 the median, from 10 the "
        "quartiles, from 20 also P5 and P95. Below that a dash stands in the table."
    )
    assert "12 October 2026" in printed().method[0].text


def test_without_a_readable_setting_the_report_says_that_nothing_is_shown() -> None:
    closed = small_scheme(disclosure=None)
    made = make_report(report().assessment, scheme=closed, population=population())
    found = printed(made, closed)
    sentence = "The scheme has no readable disclosure setting, so nothing of the peers is shown."
    assert next(one.text for one in found.reading if one.title == "What may be shown") == sentence
    assert found.table_caption == "No peers may be shown."
    assert found.notes == (sentence,)


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


def test_notes_name_groups_as_the_report_does() -> None:
    found = printed(report(peers=population(8)))
    assert found.notes[0] == (
        "Nothing of ICT (4 peers) is shown. It has fewer than 5 peers. "
        "Compared with ICT and related portfolios instead."
    )


def test_what_is_implausible_is_noted_with_its_remedy() -> None:
    fault = Fault("B1.staff", "2 is less than 3.", "Count again.", Severity.WARNING)
    bare = Fault("A1.members", "Odd.", severity=Severity.HINT)
    found = printed(replace(report(), faults=(fault, bare)))
    told = ("B1.staff: 2 is less than 3. Count again.", "A1.members: Odd.")
    assert found.notes == (*printed(report(ANSWERS)).notes, *told)
