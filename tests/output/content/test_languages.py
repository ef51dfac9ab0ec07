"""What the report says in each language: the same sentences as English, with the same names in braces."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

import pytest

from touchstone.core.language.language import ENGLISH, PLURALS, language, languages
from touchstone.output.content.words import WORDS

# What may be written as in English: signs, and words that are the same in the language.
SAME = {
    "de": {"Bronze", "Cluster", "Dimension", "Gold", "Median", "Plan", "Website", "n"},
    "lt": {"n"},
    "pl": {"Plan", "n"},
}
ABBREVIATION = re.compile(r"P\d+|SHA-256|km")
WORD = re.compile(r"[^\W\d_]+")
# Where there is little room: the names of pages and columns, and what stands in pictures.
NARROW = (
    "table.",
    "part.",
    "picture.",
    "workbook.column.",
    "light.",
    "effort.",
    "place.",
    "ready.met",
    "group.",
)
SENTENCES = (".alt", "_caption", ".caption", "spread.", "level.", ".alt_line")
ROOM = 1.75  # how much longer a text may be there
SHORT = 20  # characters that fit anywhere


@cache
def texts(code: str) -> Mapping[str, Mapping[str, str]]:
    """The plural forms of each text of a language by its path; a text without them has one form, named ""."""
    found: dict[str, Mapping[str, str]] = {}
    for path in sorted((WORDS / code).glob("*.toml")):
        found |= _leaves(tomllib.loads(path.read_text(encoding="utf-8")), "")
    return found


def _leaves(value: object, path: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    if isinstance(value, str):
        yield path, {"": value}
    elif isinstance(value, list):
        for number, entry in enumerate(value):
            yield from _leaves(entry, f"{path}.{number}")
    elif isinstance(value, dict) and "other" in value:
        yield path, value
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield from _leaves(entry, f"{path}.{key}".lstrip("."))


def braces(text: str) -> set[str]:
    return set(re.findall(r"\{\w*\}", text))


def said(code: str) -> Iterator[tuple[str, str, str]]:
    """Path, English and translation of each form that is in both languages."""
    for path, english in texts(ENGLISH).items():
        for name, text in texts(code).get(path, {}).items():
            yield path, english.get(name, english.get("other", "")), text


@pytest.fixture(params=[code for code in languages() if code != ENGLISH])
def code(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_each_language_has_the_files_of_english(code: str) -> None:
    assert {path.name for path in (WORDS / code).iterdir()} == {
        path.name for path in (WORDS / ENGLISH).iterdir()
    }


def test_each_language_says_what_english_says(code: str) -> None:
    assert sorted(texts(ENGLISH).keys() - texts(code).keys()) == []
    assert sorted(texts(code).keys() - texts(ENGLISH).keys()) == []


@pytest.mark.parametrize("spoken", languages())
def test_a_text_with_a_count_has_every_plural_form(spoken: str) -> None:
    wanted = {PLURALS[spoken](n) for n in range(200)}
    assert {
        path: set(forms) for path, forms in texts(spoken).items() if set(forms) not in (wanted, {""})
    } == {}


def test_a_text_has_plural_forms_where_the_english_has_them(code: str) -> None:
    english, here = texts(ENGLISH), texts(code)
    assert [path for path in english if path in here and ("" in here[path]) != ("" in english[path])] == []


def test_the_names_in_braces_are_those_of_the_english(code: str) -> None:
    assert [(path, text) for path, english, text in said(code) if braces(text) != braces(english)] == []


def test_no_text_is_left_in_english(code: str) -> None:
    same = [(path, text) for path, english, text in said(code) if text == english and _worded(text)]
    assert [(path, text) for path, text in same if text not in SAME[code]] == []


def _worded(text: str) -> bool:
    """Whether a text has words besides the names in braces and abbreviations."""
    return bool(WORD.search(ABBREVIATION.sub("", re.sub(r"\{\w*\}", "", text))))


def test_what_may_be_the_same_is_the_same_somewhere(code: str) -> None:
    english = {text for forms in texts(ENGLISH).values() for text in forms.values()}
    translated = {text for forms in texts(code).values() for text in forms.values()}
    assert SAME[code] & english & translated == SAME[code]


def test_a_sentence_ends_as_in_english(code: str) -> None:
    sentences = [one for one in said(code) if " " in one[1] and one[1][-1] in ".:,"]
    assert [(path, text) for path, english, text in sentences if text[-1] != english[-1]] == []


def test_no_day_that_ends_in_a_stop_has_another_after_it(code: str) -> None:
    ends = language(code).day(date(2026, 11, 22)).endswith(".")
    doubled = [text for _, _, text in said(code) if re.search(r"\{(day|on|since)\}\.", text)]
    assert (doubled if ends else []) == []


def test_texts_keep_to_the_manners_of_the_house(code: str) -> None:
    unmannered = re.compile(r"!|  |'|\"|^\s|\s$|\.\.|TODO")
    assert [text for _, _, text in said(code) if unmannered.search(text)] == []


def test_names_of_columns_pages_and_pictures_stay_short(code: str) -> None:
    long = [
        (path, text)
        for path, english, text in said(code)
        if path.startswith(NARROW) and not any(part in path for part in SENTENCES)
        if len(text) > max(SHORT, ROOM * len(english))
    ]
    assert long == []


@pytest.mark.parametrize("spoken", languages())
def test_a_workbook_has_sheets_and_columns_of_their_own_names(spoken: str) -> None:
    for table in ("workbook.sheet.", "workbook.column."):
        names = [forms[""].casefold() for path, forms in texts(spoken).items() if path.startswith(table)]
        assert sorted(names) == sorted({*names})
    sheets = [forms[""] for path, forms in texts(spoken).items() if path.startswith("workbook.sheet.")]
    assert [name for name in sheets if len(name) > 31] == []
