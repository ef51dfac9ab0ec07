"""All languages say the same: what one lacks, or says with other names, is a fault of the build."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import touchstone
from touchstone.core.language.language import ENGLISH, NOUN_FORMS, PART, language, languages

SOURCE = Path(touchstone.__file__).parent
OTHERS = [code for code in languages() if code != ENGLISH]
NAMES = re.compile(r"\{(\w*)\}")
FORMS = {"one", "few", "other"}
# Where a path stands in the program: after `say`, `counted` or `at`, or as the path of a sentence to come.
SAID = re.compile(r"""["']([a-z_]+\.[a-z_]+|[a-z_]+\.\{[^"']*)["']""")


def sentences(tree: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    """Path and text of each sentence; the plural forms of one are one."""
    for key, value in tree.items():
        place = f"{path}.{key}" if path else key
        if isinstance(value, dict) and not FORMS.issuperset(value):
            yield from sentences(value, place)
        else:
            yield place, value


@cache
def said(code: str) -> dict[str, Any]:
    return dict(sentences(language(code).texts))


def forms(text: Any) -> dict[str, str]:
    return text if isinstance(text, dict) else {"": str(text)}


# How numbers and days are written is held against the repository of locales; here it need only be there.
PATHS = sorted(path for path in said(ENGLISH) if not path.startswith("format."))


@pytest.mark.parametrize("code", OTHERS)
def test_each_sentence_is_there_in_each_language(code: str) -> None:
    own, english = said(code), said(ENGLISH)
    assert [f"{code} lacks {path}" for path in english if path not in own] == []
    assert [f"{code} alone has {path}" for path in own if path not in english] == []


@pytest.mark.parametrize("code", languages())
def test_sentences_have_the_same_names_in_braces_and_the_plural_forms_of_their_language(code: str) -> None:
    plural = [form for form in NOUN_FORMS[code] if form != PART]
    for path in PATHS:
        own, english = said(code)[path], said(ENGLISH)[path]
        assert type(own) is type(english), path
        names = {name for text in forms(english).values() for name in NAMES.findall(text)}
        assert [form for form, text in forms(own).items() if {*NAMES.findall(text)} != names] == [], path
        assert [*forms(own)] == (plural if isinstance(own, dict) else [""]), path


@pytest.mark.parametrize("code", languages())
def test_each_sentence_can_be_said(code: str) -> None:
    for path in PATHS:
        for text in forms(said(code)[path]).values():
            told = text.format(**dict.fromkeys(NAMES.findall(text), "x"))
            assert told.strip() == told.strip(" {}") != "", path
            assert "  " not in told, path


@pytest.mark.parametrize("code", OTHERS)
def test_nothing_was_left_in_english(code: str) -> None:
    """What is but names in braces, marks and codes is the same everywhere."""
    own, english = said(code), said(ENGLISH)
    worded = [path for path in PATHS if any(map(str.isalpha, NAMES.sub("", str(english[path]))))]
    assert [path for path in worded if own[path] == english[path]] == []


def test_the_program_says_each_sentence_and_none_that_there_is_not() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in SOURCE.glob("c*/**/*.py"))
    found = {re.sub(r"\{.*", "", path) for path in SAID.findall(sources)}
    tables = {path.partition(".")[0] for path in PATHS}
    paths = {path for path in found if path.partition(".")[0] in tables}
    assert [path for path in sorted(paths) if not any(known.startswith(path) for known in PATHS)] == []
    unsaid = [path for path in PATHS if not any(path.startswith(one) for one in paths)]
    assert unsaid == []
