"""Each language of the scheme's pages says everything, and says it in its own words."""

import re
from collections.abc import Mapping
from dataclasses import fields

import pytest

from touchstone.core.scheme.difference import differences
from touchstone.core.scheme.folders import shipped
from touchstone.core.scheme.loading import load
from touchstone.core.scheme.model import Certainty, Direction, Kind, Light
from touchstone.core.scheme.translation import languages
from touchstone.web.public.scheme_words import EN, WORDS, Words

OTHERS = [words for words in WORDS.values() if words is not EN]
# What is the same word, name or sign in another language.
SAME = {
    "de": {"unit", "per_cent", "label_names gold", "label_names bronze", "items indicator", "labels"},
    "lt": {"per_cent"},
    "pl": {"rules", "rule_set"},
}
FIGURES = {"quoted", "locale", "language", "own_name", "tests equals", "changes_in_english"}


def texts(words: Words) -> dict[str, str]:
    """Every text by its name; those of a table by the table's name and theirs."""
    found = {}
    for field in fields(words):
        value = getattr(words, field.name)
        inner = value.items() if isinstance(value, Mapping) else [("", value)]
        found |= {f"{field.name} {key}".strip(): text for key, text in inner}
    return found


def braces(text: str) -> list[str]:
    return sorted(set(re.findall(r"\{\w+\}", text)))


@pytest.fixture(params=OTHERS, ids=lambda words: words.language)
def words(request: pytest.FixtureRequest) -> Words:
    return request.param


def test_each_language_of_the_pack_has_its_words() -> None:
    assert set(languages(shipped())) <= set(WORDS)


def test_each_language_has_the_same_texts_as_english(words: Words) -> None:
    assert texts(words).keys() == texts(EN).keys()


def test_no_text_is_empty(words: Words) -> None:
    assert [name for name, text in texts(words).items() if not text.strip()] == []


def test_english_lacks_only_the_lines_that_speak_of_english() -> None:
    assert [name for name, text in texts(EN).items() if not text] == ["changes_in_english"]


def test_the_places_to_fill_are_those_of_english(words: Words) -> None:
    mine, english = texts(words), texts(EN)
    assert {name: braces(text) for name, text in mine.items()} == {
        name: braces(text) for name, text in english.items()
    }


def test_no_text_was_left_in_english(words: Words) -> None:
    mine, english = texts(words), texts(EN)
    same = {name for name, text in mine.items() if text == english[name]} - FIGURES
    assert same <= SAME[words.language]


@pytest.mark.parametrize("each", WORDS.values(), ids=WORDS)
def test_every_word_of_the_model_has_its_word(each: Words) -> None:
    assert set(each.certainty) == set(each.certainty_explained) == set(Certainty)
    assert set(each.directions) == set(Direction)
    assert set(each.kinds) == set(Kind)
    assert set(each.lights) == set(Light)
    pack = load(shipped())
    operations = {measure.derived.operation for measure in pack.measures.values() if measure.derived}
    tests = {one.test for item in pack.quality.values() for level in item.levels for one in level.when}
    assert operations <= set(each.operations)
    assert tests <= set(each.tests)
    assert {level for rules in pack.rule_sets.values() for level in rules.levels} <= set(each.label_names)


@pytest.mark.parametrize("each", WORDS.values(), ids=WORDS)
def test_every_change_of_a_shipped_pack_has_its_heading(each: Words) -> None:
    changes = differences(load(shipped()), load(shipped("ecei-bw")))
    assert {change.kind for change in changes} <= set(each.items)
    assert {change.what for change in changes} <= set(each.becomes)
