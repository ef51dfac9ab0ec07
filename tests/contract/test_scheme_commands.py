"""`scheme show` with its languages and packs, `scheme diff`."""

from pathlib import Path

import pytest

from factories.scheme import overlay
from touchstone.core.scheme.loading import load, shipped
from touchstone.core.scheme.model import Light

from .conftest import Touchstone


def test_an_indicator_is_shown_with_all_that_is_said_of_it(touchstone: Touchstone) -> None:
    indicator = load(shipped()).indicators["A6"]
    text = touchstone("scheme", "show", "A6").out
    said = indicator.question, indicator.counting, indicator.example, indicator.mistakes, indicator.why
    assert [words for words in said if words not in text] == []
    assert "whole number, from 0, participants" in text


def test_the_document_of_an_indicator_has_its_texts_and_ranges(touchstone: Touchstone) -> None:
    document = touchstone("scheme", "show", "C1", "--json").document
    indicator = load(shipped()).indicators["C1"]
    keys = "question", "counting", "example", "mistakes"
    assert {key: document[key] for key in keys} == {key: getattr(indicator, key) for key in keys}
    first = document["measures"][0]
    assert (first["unit"], first["minimum"], first["maximum"], first["help"]) == (
        "%",
        0,
        100,
        indicator.measures[0].help,
    )


def test_the_steps_of_a_scale_are_in_the_document(touchstone: Touchstone) -> None:
    measures = touchstone("scheme", "show", "D3.newsletter", "--json").document["measures"]
    (newsletter,) = (measure for measure in measures if measure["id"] == "D3.newsletter")
    assert (newsletter["options"], newsletter["steps"][0]) == (["0", "1", "2", "3", "4"], "Not offered")


@pytest.mark.parametrize("language", ["lt", "pl", "de"])
def test_an_indicator_is_shown_in_a_language(language: str, touchstone: Touchstone) -> None:
    document = touchstone("scheme", "show", "A6", "--lang", language, "--json").document
    assert document["question"] == load(shipped(), language).indicators["A6"].question


def test_a_language_that_the_pack_does_not_speak_is_refused(touchstone: Touchstone) -> None:
    done = touchstone("scheme", "show", "A6", "--lang", "fr")
    assert (done.code, done.out, "Known are: en, de, lt, pl." in done.err) == (2, "", True)


def test_an_indicator_of_another_pack_is_shown(touchstone: Touchstone, tmp_path: Path) -> None:
    change = "[[indicator]]\nid = 'A6'\nname = 'Partners'\n"
    pack = overlay(tmp_path, {"indicators/A.toml": change})
    assert touchstone("scheme", "show", "A6", "--pack", pack, "--json").document["name"] == "Partners"
    assert touchstone("scheme", "show", "BW1", "--pack", "ecei-bw", "--json").document["id"] == "BW1"


def test_two_rule_sets_differ_in_words(touchstone: Touchstone) -> None:
    done = touchstone("scheme", "diff", "2019-11-15", "2020")
    assert (done.code, done.out.splitlines()) == (
        0,
        [
            "A label runs until the last day of the month; before it ran to the day.",
            (
                "Renewal runs for 36 months from the previous end; "
                "before it ran for 24 months from the interview."
            ),
        ],
    )


def test_two_packs_differ_in_words(touchstone: Touchstone, tmp_path: Path) -> None:
    pack = overlay(tmp_path, {"indicators/A.toml": 'drop = ["A2"]'}, indicators=35)
    done = touchstone("scheme", "diff", "ecei", pack)
    assert (done.code, done.out.splitlines()[1:]) == (
        0,
        [
            "indicator A2: It is gone: “Legal form of the cluster organisation”.",
            "measure A2.legal_form: It is gone: “Legal form”.",
        ],
    )


def test_the_document_of_a_difference_names_item_and_kind(touchstone: Touchstone) -> None:
    document = touchstone("scheme", "diff", "2012", "2014", "--json").document
    assert (document["one"], document["other"]) == ("2012", "2014")
    assert document["changes"][0] == {
        "kind": "rule set",
        "id": "2014",
        "what": "changed",
        "text": "Silver is new.",
    }


@pytest.mark.parametrize("pair", [("ecei", "ecei"), ("2020", "2020")])
def test_nothing_differs_from_itself_and_that_is_an_answer(
    pair: tuple[str, str], touchstone: Touchstone
) -> None:
    done = touchstone("scheme", "diff", *pair)
    assert (done.code, done.out) == (0, "No difference.\n")
    assert touchstone("scheme", "diff", *pair, "--json").document["changes"] == []


@pytest.mark.parametrize(
    ("one", "other", "line"),
    [
        ("2020", "2021", '2021: there is no pack and no rule set of this name. Did you mean "2022"?'),
        (
            "ecei",
            "ecei-bv",
            'ecei-bv: there is no pack and no rule set of this name. Did you mean "ecei-bw"?',
        ),
        ("2020", "ecei", "2020: this is a rule set, the other a pack. Name two of the same kind."),
        ("ecei", "2020", "2020: this is a rule set, the other a pack. Name two of the same kind."),
    ],
)
def test_what_cannot_be_compared_is_refused_in_one_line(
    one: str, other: str, line: str, touchstone: Touchstone
) -> None:
    done = touchstone("scheme", "diff", one, other)
    assert (done.code, done.out, done.err) == (2, "", f"touchstone: {line}\n")


def test_a_pack_with_a_fault_is_not_compared(touchstone: Touchstone, tmp_path: Path) -> None:
    pack = overlay(tmp_path, {"quality.toml": "quality = 3"})
    done = touchstone("scheme", "diff", "ecei", pack)
    assert (done.code, "quality.toml: quality" in done.err) == (2, True)


def test_a_translation_that_lacks_a_text_is_told(touchstone: Touchstone, tmp_path: Path) -> None:
    pack = overlay(tmp_path, {"locale/de/scheme.toml": "'Local scheme' = ''\n"})
    done = touchstone("scheme", "check", pack, "--json")
    assert (done.code, [fault["place"] for fault in done.document["faults"]]) == (
        1,
        ["locale/de/scheme.toml: line 1"],
    )


def test_advice_without_its_first_step_is_told_with_its_place(touchstone: Touchstone, tmp_path: Path) -> None:
    change = "[[advice]]\nid = '3.1'\ndrop = ['next', 'effort']\n"
    done = touchstone("scheme", "check", overlay(tmp_path, {"recommendations.toml": change}), "--json")
    told = [(fault["place"], fault["problem"]) for fault in done.document["faults"]]
    assert (done.code, told) == (
        1,
        [
            ("recommendations.toml: 3.1 / next", "The first step is missing."),
            ("recommendations.toml: 3.1 / effort", "The effort is missing."),
        ],
    )


def test_another_first_step_is_a_difference(touchstone: Touchstone, tmp_path: Path) -> None:
    step = load(shipped()).advice["3.1", Light.RED].next
    change = "[[advice]]\nid = '3.1'\nnext = 'Ask the treasurer.'\n"
    done = touchstone("scheme", "diff", "ecei", overlay(tmp_path, {"recommendations.toml": change}))
    assert done.out.splitlines()[1:] == [
        f"advice 3.1: The first step is now “Ask the treasurer”; it was “{step.rstrip('.')}”."
    ]
