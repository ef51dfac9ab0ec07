import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from factories.comparisons import group
from factories.small_scheme import small_scheme
from touchstone.core.faults import Unusable
from touchstone.core.language.language import language, languages, read
from touchstone.output.content.words import (
    WORDS,
    begun,
    country_name,
    first_sentence,
    group_name,
    portfolio_name,
    words,
)

OUTPUT = WORDS.parents[1]
REPORT = read(WORDS / "en" / "report.toml")
# Who names sentences of the report: modules by their paths, templates by `words.part.name`.
FORMS_OF_THE_REPORT = ("html", "pdf", "workbook", "workbook_charts")
MODULES = [*(OUTPUT / "content").glob("*.py"), *(OUTPUT / f"{name}.py" for name in FORMS_OF_THE_REPORT)]
TEMPLATES = [*WORDS.parent.glob("*.typ"), *WORDS.parent.glob("*.jinja")]
SAYING = {"say", "counted", "at"}
PLURALS = {"one", "few", "other"}
# Tables that are listed as a whole by `at`.
LISTED = {"how", "method", "term"}


def leaves(tree: Mapping[str, Any], path: str = "") -> Iterator[str]:
    for name, inner in tree.items():
        if isinstance(inner, Mapping) and not set(inner) <= PLURALS:
            yield from leaves(inner, f"{path}{name}.")
        else:
            yield f"{path}{name}"


def asked_for(module: Path) -> Iterator[ast.expr]:
    """The paths of all sentences that a module asks for."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in SAYING:
                either = node.args[0]
                yield from (either.body, either.orelse) if isinstance(either, ast.IfExp) else (either,)


def pattern(path: ast.expr) -> str:
    """A path as a regular expression; what is filled in stands for any name."""
    if isinstance(path, ast.Constant):
        return re.escape(str(path.value))
    if isinstance(path, ast.JoinedStr):
        return "".join(
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z_0-9]+"
            for part in path.values
        )
    return ""


def named() -> set[str]:
    """The patterns of all paths that modules and templates name."""
    modules = {pattern(path) for module in MODULES for path in asked_for(module)}
    texts = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES)
    templates = {re.escape(path) for path in re.findall(r"words\.([a-z]+\.[a-z_]+)", texts)}
    return {one for one in modules | templates if "." in one}


def test_no_sentence_is_missing() -> None:
    texts = words("en").texts
    known = {*leaves(texts), *(f"{part}.{name}" for part, table in texts.items() for name in table)}
    missing = [one for one in named() if not any(re.fullmatch(one, path) for path in known)]
    assert sorted(missing) == []
    assert len(named()) > 200


def test_no_sentence_of_the_report_is_idle() -> None:
    used = named()
    idle = [
        path
        for path in leaves(REPORT)
        if path.partition(".")[0] not in LISTED and not any(re.fullmatch(one, path) for one in used)
    ]
    assert idle == []


@pytest.mark.parametrize("code", languages())
def test_no_sentence_of_a_form_hides_one_of_the_core(code: str) -> None:
    core, files = set(leaves(language(code).texts)), sorted((WORDS / code).glob("*.toml"))
    paths = [path for file in files for path in leaves(read(file))]
    assert len(paths) == len(set(paths))
    assert core & set(paths) == set()
    assert core <= set(leaves(words(code).texts))


def braces(tree: Mapping[str, Any], path: str) -> set[str]:
    """The names that a sentence has filled in, in any of its plural forms."""
    found: Any = tree
    for name in path.split("."):
        found = found[name]
    forms = found.values() if isinstance(found, Mapping) else [str(found)]
    return {name for form in forms for _, name, _, _ in Formatter().parse(form) if name}


@pytest.mark.parametrize("code", languages())
def test_all_languages_say_the_same_sentences_with_the_same_names(code: str) -> None:
    other = read(WORDS / code / "report.toml")
    assert sorted(leaves(other)) == sorted(leaves(REPORT))
    assert {path: braces(other, path) for path in leaves(other)} == {
        path: braces(REPORT, path) for path in leaves(REPORT)
    }


def test_a_language_that_does_not_exist_is_refused() -> None:
    with pytest.raises(Unusable, match="xx"):
        words("xx")


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("LT", "en", "Lithuania"),
        ("GB", "en", "United Kingdom"),
        ("XK", "en", "Kosovo"),
        ("XX", "en", "XX"),
        ("LT", "lt", "Lietuva"),
        ("DE", "pl", "Niemcy"),
        ("PL", "de", "Polen"),
    ],
)
def test_a_country_has_its_name_in_a_language_or_its_code(code: str, language: str, name: str) -> None:
    assert country_name(code, language) == name


@pytest.mark.parametrize(
    ("id", "name"),
    [
        ("portfolio:ict", "ICT"),
        ("portfolio:unknown", "unknown"),
        ("related:ict", "ICT and related portfolios"),
        ("country:PL", "Poland"),
        ("gold", "Gold label holders"),
        ("all", "All organisations"),
    ],
)
def test_groups_have_names(id: str, name: str) -> None:
    assert group_name(group(id, size=9), small_scheme(), words("en")) == name


def test_a_portfolio_that_the_scheme_does_not_know_is_called_by_its_id() -> None:
    assert [portfolio_name(id, small_scheme()) for id in ("ict", "none\nat all")] == ["ICT", "none at all"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Win members. Then count.", "Win members."),
        ("At least 2.5 of them. Then more.", "At least 2.5 of them."),
        ("Win members.", "Win members."),
        ("Win members", "Win members"),
        ("", ""),
    ],
)
def test_the_first_sentence_ends_with_its_stop(text: str, first: str) -> None:
    assert first_sentence(text) == first


def test_a_text_begins_with_a_capital() -> None:
    assert [begun(text) for text in ("large firms", "žemė", "SMEs", "")] == [
        "Large firms",
        "Žemė",
        "SMEs",
        "",
    ]
