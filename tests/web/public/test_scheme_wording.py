from dataclasses import replace

import pytest

from touchstone.apps.pack import scheme
from touchstone.core.scheme.model import Condition, Derivation, Light, Process
from touchstone.web.public import scheme_wording as wording
from touchstone.web.public.scheme_words import DE, EN, LT, PL, WORDS, Words

LANGUAGES = pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)


@pytest.mark.parametrize(
    ("words", "value", "said"),
    [
        (EN, 0.5, "0.5"),
        (EN, 300_000, "300,000"),
        (EN, 40.0, "40"),
        (LT, 0.5, "0,5"),
        (PL, 300_000, "300\u00a0000"),
        (DE, 300_000, "300.000"),
    ],
)
def test_a_number_is_written_as_the_language_writes_it(words: Words, value: float, said: str) -> None:
    assert wording.number(value, words) == said


@pytest.mark.parametrize(
    ("words", "unit", "said"),
    [
        (EN, "", "40"),
        (EN, "%", "40 %"),
        (PL, "%", "40%"),
        (EN, "participants", "40 participants"),
        (LT, "dalyviai", "40 (dalyviai)"),
        (LT, "EUR", "40 EUR"),
        (DE, "Akteure", "40 Akteure"),
        (EN, "0 to 4", "40 (0 to 4)"),
    ],
)
def test_a_unit_stands_where_it_need_not_bend(words: Words, unit: str, said: str) -> None:
    assert wording.amount(40, unit, words) == said


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (Condition(measure="A6.total", test="at_least", bound=40), "40 participants or more"),
        (Condition(measure="B2.fte", test="below", bound=0.5), "less than 0.5 FTE"),
        (Condition(measure="B4.deputy", test="equals", bound=True), "yes"),
        (Condition(measure="B4.deputy", test="equals", bound=False), "no"),
        (Condition(measure="A2.legal_form", test="equals", bound="company"), "“Limited company”"),
        (
            Condition(measure="A2.legal_form", test="one_of", bound=("company", "foundation")),
            "one of “Limited company”, “Foundation”",
        ),
        (Condition(measure="A6.leaving", test="at_most", bound=7.5), "7.5 % or less"),
        (Condition(measure="A6.leaving", test="above", bound=30.0), "more than 30 %"),
        (Condition(measure="A1.founded", test="at_most", bound=2020), "2020 or less"),
    ],
)
def test_a_condition_is_said_in_words(condition: Condition, said: str) -> None:
    found = wording.wanted(condition, scheme(), EN)
    assert (found.measure.id, found.text) == (condition.measure, said)


@LANGUAGES
def test_every_condition_of_the_pack_can_be_said(words: Words) -> None:
    pack = scheme(language=words.language)
    conditions = [one for item in pack.quality.values() for level in item.levels for one in level.when]
    said = [wording.wanted(one, pack, words).text for one in conditions]
    assert [text for text in said if not text or "{" in text] == []


@pytest.mark.parametrize(
    ("measure", "form"),
    [
        ("A1.founded", "a year, from 1900 to 2100"),
        ("A2.legal_form", "one of a list"),
        ("A4.specialisation", "a step, from 1 to 5"),
        ("A4.core_share", "a share, from 0 to 100"),
        ("A6.listed", "a whole number, from 0"),
        ("A6.growth", "a number"),
        ("B1.minutes", "yes or no"),
        ("C3.budget", "an amount, from 0"),
        ("F2.story_1", "a text"),
    ],
)
def test_what_may_be_answered_is_said_in_words(measure: str, form: str) -> None:
    assert wording.answer_form(scheme().measures[measure], EN) == form


def test_an_upper_end_alone_is_said_too() -> None:
    measure = replace(scheme().measures["A6.listed"], minimum=None, maximum=3000)
    assert wording.answer_form(measure, LT) == "sveikasis skaičius, iki 3\u00a0000"


@pytest.mark.parametrize(
    ("measure", "text", "inputs"),
    [
        ("A1.age", "The year of the interview less “{A1.founded}”.", ["A1.founded"]),
        (
            "A6.growth",
            "The change from “{A6.one_year_ago}” to “{A6.total}”, as a percentage of “{A6.one_year_ago}”.",
            ["A6.total", "A6.one_year_ago"],
        ),
        ("A6.retention", "100 % less “{A6.leaving}”.", ["A6.leaving"]),
    ],
)
def test_a_formula_of_one_or_two_names_them(measure: str, text: str, inputs: list[str]) -> None:
    pack = scheme()
    found = wording.formula(pack.measures[measure], pack, EN)
    assert found is not None
    for id in inputs:
        text = text.replace(f"{{{id}}}", pack.measures[id].label)
    assert (found.text, [one.id for one in found.inputs], found.named) == (text, inputs, True)


def test_a_formula_of_many_introduces_their_list() -> None:
    pack = scheme()
    found = wording.formula(pack.measures["C1.public"], pack, EN)
    assert found is not None
    derived = pack.measures["C1.public"].derived
    assert derived is not None
    assert (found.text, found.named) == ("The sum of:", False)
    assert tuple(one.id for one in found.inputs) == derived.of


def test_a_share_of_a_sum_names_its_part_and_lists_the_sum() -> None:
    pack = scheme()
    found = wording.formula(pack.measures["A5.sme_share"], pack, EN)
    derived = pack.measures["A5.sme_share"].derived
    assert found is not None
    assert derived is not None
    part = pack.measures[derived.of[0]].label
    assert found.text == f"“{part}” as a percentage of the sum of:"
    assert tuple(one.id for one in found.inputs) == derived.of[1:]


def test_a_bound_of_a_formula_has_the_unit_of_its_inputs() -> None:
    pack = scheme()
    found = wording.formula(pack.measures["A3.typology"], pack, PL)
    assert found is not None
    assert "wynosi 50% lub więcej" in found.text


def test_what_is_answered_has_no_formula() -> None:
    pack = scheme()
    assert wording.formula(pack.measures["A1.founded"], pack, EN) is None


@LANGUAGES
def test_every_formula_of_the_pack_can_be_said(words: Words) -> None:
    pack = scheme(language=words.language)
    found = [wording.formula(one, pack, words) for one in pack.measures.values() if one.derived]
    assert [one for one in found if one is None or "{" in one.text or not one.inputs] == []


def test_a_formula_without_a_bound_counts_from_nought() -> None:
    pack = scheme()
    rule = Derivation(operation="at_least_count", of=("A6.total", "A6.listed"))
    found = wording.formula(replace(pack.measures["A5.types"], derived=rule), pack, EN)
    assert found is not None
    assert found.text == "How many of these are 0 participants or more:"


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        (
            "2014",
            [
                "24 months from the interview, to the day",
                "24 months from the interview, to the day",
                "until 12 months after the end",
            ],
        ),
        (
            "2022",
            [
                "24 months from the interview, to the last day of the month",
                "36 months from the previous end, to the last day of the month",
                "until 12 months after the end",
            ],
        ),
    ],
)
def test_how_long_labels_run_is_said_in_words(rules: str, said: list[str]) -> None:
    assert list(wording.periods(scheme().rule_sets[rules], EN).values()) == said


def test_what_gold_needs_is_said_only_where_there_is_gold() -> None:
    pack = scheme()
    assert wording.gold(pack.rule_sets["2010"], EN) == ""
    assert wording.gold(pack.rule_sets["2022"], EN) == (
        "80 % of the points, and at least yellow on each quality indicator"
    )
    assert Light.YELLOW is pack.rule_sets["2022"].pass_light


def test_how_labels_are_come_by_is_said_as_far_as_it_is_known() -> None:
    rules = scheme().rule_sets
    assert wording.process(rules["2010"], EN) == {
        "Experts who assess": "Bronze: 1",
        "The interview is held": "on site",
        "Before a Bronze decision": "nothing: whoever is benchmarked gets Bronze",
    }
    assert wording.process(rules["2022"], EN) == {
        "Experts who assess": "Bronze: 1, Silver: 1, Gold: 2; one of them for Gold from another country",
        "The interview is held": "on site, by video",
        "Questions are also about": "digital change, green change, the social economy",
        "Before a Bronze decision": "the expert recommends or advises against",
        "Silver needs": "a second benchmarking 18 to 24 months after the first; evidenced areas of "
        "improvement: 3",
        "One missed minimum requirement stops": "Silver",
    }


def test_of_a_process_that_nobody_knows_nothing_is_said() -> None:
    assert wording.process(replace(scheme().rule_sets["2022"], process=Process()), EN) == {}


@LANGUAGES
def test_the_process_of_every_rule_set_can_be_said(words: Words) -> None:
    said = [wording.process(rules, words) for rules in scheme(language=words.language).rule_sets.values()]
    assert [text for one in said for text in one.values() if "{" in text] == []
    assert all(said)


def test_the_labels_of_a_rule_set_stand_in_a_row() -> None:
    assert wording.levels(scheme().rule_sets["2022"], PL) == "brązowy, srebrny, złoty"
