from dataclasses import replace

import pytest

from factories.printed import printed
from factories.reports import population, report
from factories.small_scheme import small_scheme
from touchstone.output.content.making import content
from touchstone.output.content.model import Fact
from touchstone.output.logo import Logo


def test_the_cover_names_organisation_rules_number_and_the_frozen_set() -> None:
    made = replace(report(), expert="Rasa Kazlauskaitė")
    assert printed(made).facts == (
        Fact(label="Comparative portfolio", value="ICT"),
        Fact(label="Country", value="Lithuania"),
        Fact(label="Website", value="https://example.org"),
        Fact(label="Interview", value="12 October 2026"),
        Fact(label="Expert", value="Rasa Kazlauskaitė"),
        Fact(label="Peers as of", value="12 October 2026"),
        Fact(label="Scheme", value="Small scheme"),
        Fact(label="Rule set", value="Rules of 2020, in force from 1 January 2020"),
        Fact(label="Report number", value=made.number),
        Fact(label="Comparison set (SHA-256)", value=made.comparison.digest),
    )


def test_what_is_not_known_of_an_organisation_is_left_out_or_told_as_it_is() -> None:
    facts = {
        fact.label: fact.value for fact in printed(report(website="", country="XX", portfolio="none")).facts
    }
    assert set(facts) & {"Website", "Expert"} == set()
    assert (facts["Country"], facts["Comparative portfolio"]) == ("XX", "none")


def test_synthetic_peers_are_marked_and_real_ones_are_not() -> None:
    assert printed().synthetic_mark == "Synthetic peers"
    real = printed(report(peers=population(synthetic=False)))
    assert (real.synthetic, real.synthetic_mark) == ("", "")


def test_a_long_name_is_short_in_running_heads_and_whole_elsewhere() -> None:
    found = printed(report(name="x" * 300))
    assert (found.organisation, len(found.organisation_short)) == ("x" * 300, 60)
    assert found.title == f"Benchmarking report: {'x' * 300}"
    assert found.title_summary == f"Summary of the benchmarking report: {'x' * 300}"


def test_the_logo_goes_with_the_content() -> None:
    logo = Logo(kind="png", data=b"png", width=3, height=1)
    assert content(report(), small_scheme(), logo=logo).logo == logo
    assert content(report(), small_scheme()).logo is None


@pytest.mark.parametrize(
    ("language", "country", "day"),
    [
        ("en", "Lithuania", "12 October 2026"),
        ("lt", "Lietuva", "2026 m. spalio 12 d."),
        ("pl", "Litwa", "12 października 2026"),
        ("de", "Litauen", "12. Oktober 2026"),
    ],
)
def test_the_report_speaks_its_language(language: str, country: str, day: str) -> None:
    found = printed(replace(report(), language=language))
    values = [fact.value for fact in found.facts]
    assert (found.language, values[1], values[3]) == (language, country, day)
