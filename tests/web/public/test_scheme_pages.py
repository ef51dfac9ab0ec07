from dataclasses import replace

import pytest

from touchstone.apps.pack import scheme
from touchstone.core.scheme.model import Condition
from touchstone.web.public.scheme_pages import answer_form, outline, quality_page


def conditions(*when: Condition) -> list[str]:
    """How a level with these conditions is explained."""
    pack = scheme()
    item = pack.quality["1.1.2"]
    changed = replace(item, levels=(replace(item.levels[0], when=when),))
    steps = quality_page(pack, changed)["steps"]
    assert isinstance(steps, list)
    return list(steps[0].conditions)


def test_the_outline_counts_what_the_pack_says_it_holds() -> None:
    table = outline(scheme())
    extent = scheme().extent
    assert extent is not None
    assert (table.indicators, table.points) == (extent.indicators, extent.points)
    assert sum(len(chapter.items) for chapter in table.dimensions) == extent.quality_indicators
    assert sum(len(chapter.items) for chapter in table.areas) == table.indicators + table.supplementary


def test_rule_sets_stand_newest_first() -> None:
    days = [rules.in_force_from for rules in outline(scheme()).rule_sets]
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (
            Condition(measure="A6.total", test="at_least", bound=40),
            "Committed participants: 40 participants or more",
        ),
        (Condition(measure="B2.fte", test="below", bound=0.5), "{label}: less than 0.5 FTE"),
        (Condition(measure="B4.deputy", test="equals", bound=True), "{label}: yes"),
        (Condition(measure="B4.deputy", test="equals", bound=False), "{label}: no"),
        (Condition(measure="A2.legal_form", test="equals", bound="company"), "{label}: Limited company"),
        (
            Condition(measure="A2.legal_form", test="one_of", bound=("company", "foundation")),
            "{label}: one of Limited company, Foundation",
        ),
        (Condition(measure="A6.leaving", test="at_most", bound=7.5), "{label}: 7.5 % or less"),
        (Condition(measure="A6.leaving", test="above", bound=30.0), "{label}: more than 30 %"),
    ],
)
def test_a_condition_is_said_in_words(condition: Condition, said: str) -> None:
    label = scheme().measures[condition.measure].label
    assert conditions(condition) == [said.format(label=label)]


@pytest.mark.parametrize(
    ("measure", "form"),
    [
        ("A1.founded", "a year"),
        ("A1.age", "reckoned from other answers"),
        ("A2.legal_form", "one of a list"),
        ("A4.specialisation", "a step from 1 to 5"),
        ("A4.core_share", "a share from 0 to 100 %"),
        ("A6.listed", "a whole number"),
        ("B1.minutes", "yes or no"),
        ("B2.fte", "a number"),
        ("C3.budget", "an amount in euro"),
        ("F2.story_1", "a text"),
    ],
)
def test_how_a_measure_is_answered_is_said_in_words(measure: str, form: str) -> None:
    assert answer_form(scheme().measures[measure]) == form
