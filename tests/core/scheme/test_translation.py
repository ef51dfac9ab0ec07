"""Texts of a pack in other languages: what is translated, and what a catalogue lacks."""

import re
import shutil
import tomllib
from dataclasses import fields, is_dataclass
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories.scheme import copied_pack, overlay, shipped_scheme
from touchstone.core.faults import Fault, Unusable
from touchstone.core.scheme.checking import check
from touchstone.core.scheme.loading import load, shipped
from touchstone.core.scheme.model import Light, Scheme
from touchstone.core.scheme.translation import PATTERNS, languages, texts, translated

CRITERIA = (
    "The organisation manages a cluster and is set up for it.",
    "The organisation is listed on the European Cluster Collaboration Platform.",
    "Firms and research or education bodies of one theme and one region take part.",
    "At least 0.5 full-time equivalents manage the cluster.",
    "At least 15 participants are committed.",
)
SPOKEN = ("de", "lt", "pl")


def files_of(pack: Path) -> dict[str, dict[str, object]]:
    return {
        path.relative_to(pack).as_posix(): tomllib.loads(path.read_text(encoding="utf-8"))
        for path in sorted(pack.rglob("*.toml"))
        if "locale" not in path.relative_to(pack).parts
    }


def catalogue(entries: dict[str, str]) -> str:
    return "".join(f"'{text}' = '{translation}'\n" for text, translation in entries.items())


def spoken_pack(folder: Path, language: str = "fi") -> Path:
    """A copy of the pack with a language made up by turning each text into capitals."""
    pack = copied_pack(folder)
    for name, values in files_of(pack).items():
        found = {text: capitals(text) for text in texts(values, file=name)}
        if found:
            write(pack, name, catalogue(found), language=language)
    return pack


def capitals(text: str) -> str:
    return re.sub(r"(\{\w+\})|.", lambda match: match[1] or match[0].upper() + "\u0307", text)


def write(pack: Path, name: str, text: str, *, language: str = "fi") -> None:
    file = pack / "locale" / language / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def criteria_in(folder: Path, entries: dict[str, str]) -> tuple[Fault, ...]:
    """The faults of a language that is complete but for the criteria, which are given."""
    pack = spoken_pack(folder)
    write(pack, "eligibility.toml", catalogue(entries))
    return check(pack)


def words(item: object) -> set[str]:
    """All texts of a value that are English prose, whatever they are for."""
    if isinstance(item, str):
        return {item}
    if isinstance(item, tuple):
        return set(chain.from_iterable(map(words, item)))
    if isinstance(item, dict):
        return words(tuple(item.values()))
    if is_dataclass(item) and not isinstance(item, type):
        return words(tuple(getattr(item, field.name) for field in fields(item)))
    return set()


def test_the_shipped_pack_speaks_four_languages() -> None:
    assert languages(shipped()) == ("en", *SPOKEN)


def test_a_pack_without_translations_speaks_english(tmp_path: Path) -> None:
    assert languages(copied_pack(tmp_path)) == ("en",)


def test_only_folders_named_as_languages_are(tmp_path: Path) -> None:
    pack = copied_pack(tmp_path)
    (pack / "locale" / "notes of ours").mkdir(parents=True)
    (pack / "locale" / "fi").mkdir()
    (pack / "locale" / "sv").write_text("no folder", encoding="utf-8")
    assert languages(pack) == ("en", "fi")


@pytest.mark.parametrize("language", SPOKEN)
def test_the_shipped_pack_is_loaded_in_each_language_with_the_same_rules(language: str) -> None:
    scheme = load(shipped(), language)
    assert scheme.digest == shipped_scheme().digest
    assert {id: m.derived for id, m in scheme.measures.items()} == {
        id: m.derived for id, m in shipped_scheme().measures.items()
    }
    assert {id: [level.when for level in q.levels] for id, q in scheme.quality.items()} == {
        id: [level.when for level in q.levels] for id, q in shipped_scheme().quality.items()
    }


@pytest.mark.parametrize("language", SPOKEN)
def test_nothing_of_an_indicator_stays_english(language: str) -> None:
    ours, theirs = shipped_scheme().indicators, load(shipped(), language).indicators
    for id, indicator in ours.items():
        for field in ("question", "definition", "counting", "example", "mistakes", "why", "evidence"):
            assert getattr(theirs[id], field) != getattr(indicator, field), (id, field)


def test_every_long_text_of_the_scheme_is_translated(tmp_path: Path) -> None:
    """Whatever is not in the table of texts would stay English here."""
    spoken = load(spoken_pack(tmp_path), "fi")
    english = {text for text in words(as_dict(spoken)) if len(text.split()) > 2 and text.upper() != text}
    left = {text for text in english if "\u0307" not in text}
    assert left == set()


@pytest.mark.parametrize(
    ("language", "decided_by"),
    [
        ("de", "ESCA für Bronze und Silber; die Gruppe für Clusterexzellenz für Gold"),
        ("lt", "ESCA dėl bronzos ir sidabro ženklų; klasterių meistriškumo grupė dėl aukso ženklo"),
        ("pl", "ESCA o znaku brązowym i srebrnym; grupa ds. doskonałości klastrów o znaku złotym"),
    ],
)
def test_who_decides_is_said_in_each_language(language: str, decided_by: str) -> None:
    rule_sets = load(shipped(), language).rule_sets
    assert (rule_sets["2014"].decided_by, rule_sets["2022"].decided_by) == (decided_by, "EUCLES")


def test_a_method_without_translation_is_told_with_its_place(tmp_path: Path) -> None:
    pack = spoken_pack(tmp_path)
    file = pack / "locale" / "fi" / "methods.toml"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if not line.startswith("'Human")), encoding="utf-8")
    assert check(pack) == (
        Fault(
            "locale/fi/methods.toml: people / name",
            '"Human resources and competence development" is not translated.',
            "Add it.",
        ),
    )


def as_dict(scheme: Scheme) -> dict[str, object]:
    """All of a scheme but its sources, whose titles are those of the pages."""
    kept = {field.name: getattr(scheme, field.name) for field in fields(Scheme) if field.name != "sources"}
    return {name: dict(value) if hasattr(value, "keys") else value for name, value in kept.items()}


def test_steps_of_a_shared_scale_and_of_its_own_are_translated(tmp_path: Path) -> None:
    measures = load(spoken_pack(tmp_path), "fi").measures
    assert measures["D3.newsletter"].options[0].label == capitals("Not offered")
    assert measures["A4.specialisation"].options[0].label == capitals(
        shipped_scheme().measures["A4.specialisation"].options[0].label
    )
    assert measures["A2.legal_form"].options[-1].label == capitals("Other")


def test_ids_units_without_letters_and_sources_stay(tmp_path: Path) -> None:
    scheme = load(spoken_pack(tmp_path), "fi")
    assert scheme.measures["C1.private"].unit == "%"
    assert scheme.sources == shipped_scheme().sources
    assert scheme.advice["1.2", Light.RED].text == capitals(shipped_scheme().advice["1.2", Light.RED].text)


def test_a_text_without_translation_stays_english(tmp_path: Path) -> None:
    pack = copied_pack(tmp_path)
    write(pack, "eligibility.toml", catalogue({CRITERIA[0]: "Järjestö."}))
    criteria = load(pack, "fi").criteria
    assert [criteria["set-up"].text, criteria["team"].text] == ["Järjestö.", CRITERIA[3]]


def test_a_language_that_a_pack_does_not_speak_is_refused_naming_those_it_does() -> None:
    with pytest.raises(Unusable) as refused:
        load(shipped(), "fr")
    assert refused.value.faults == (
        Fault("locale", 'The pack has no texts in "fr".', "Known are: en, de, lt, pl."),
    )


def test_a_complete_language_has_no_faults(tmp_path: Path) -> None:
    assert check(spoken_pack(tmp_path)) == ()


def test_a_missing_text_is_told_with_catalogue_and_place(tmp_path: Path) -> None:
    entries = {text: capitals(text) for text in CRITERIA[:4]}
    assert criteria_in(tmp_path, entries) == (
        Fault(
            "locale/fi/eligibility.toml: participants / text",
            '"At least 15 participants are committed." is not translated.',
            "Add it.",
        ),
    )


def test_a_text_that_the_pack_no_longer_has_is_told_with_its_line_and_what_became_of_it(
    tmp_path: Path,
) -> None:
    old = "At least 12 participants are committed."
    entries = {**{text: capitals(text) for text in CRITERIA[:4]}, old: "X"}
    assert criteria_in(tmp_path, entries)[1] == Fault(
        "locale/fi/eligibility.toml: line 5",
        f'The pack has no text "{old}".',
        'The text nearest to it has "15 participants are committed." for "12 participants are committed.".',
    )


def test_a_text_that_is_like_none_of_the_pack_is_to_be_taken_away(tmp_path: Path) -> None:
    entries = {**{text: capitals(text) for text in CRITERIA}, "Zebra": "Seepra"}
    assert criteria_in(tmp_path, entries) == (
        Fault("locale/fi/eligibility.toml: line 6", 'The pack has no text "Zebra".', "Take it away."),
    )


def test_an_empty_translation_is_told(tmp_path: Path) -> None:
    entries = {**{text: capitals(text) for text in CRITERIA}, CRITERIA[4]: " "}
    assert criteria_in(tmp_path, entries) == (
        Fault(
            "locale/fi/eligibility.toml: line 5",
            f'The translation of "{CRITERIA[4]}" is empty.',
            "Write it.",
        ),
    )


def test_a_text_that_stands_there_in_english_is_told(tmp_path: Path) -> None:
    entries = {**{text: capitals(text) for text in CRITERIA}, CRITERIA[1]: CRITERIA[1]}
    assert criteria_in(tmp_path, entries) == (
        Fault(
            "locale/fi/eligibility.toml: line 2",
            '"The organisation is listed on the European Cluster Collabora…" stands there in English.',
            "Translate it.",
        ),
    )


def test_a_name_of_one_or_two_words_may_be_the_same(tmp_path: Path) -> None:
    pack = spoken_pack(tmp_path)
    file = pack / "locale" / "fi" / "scheme.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(f"'{capitals('ICT')}'", "'ICT'"), encoding="utf-8")
    assert check(pack) == ()


@pytest.mark.parametrize(
    ("old", "new", "remedy"),
    [
        ("{value}", "{arvo}", "Keep them as they are: {limit}, {value}."),
        ("{value}", "{value", "Keep them as they are: {limit}, {value}."),
        ("{value}", "", "Keep them as they are: {limit}, {value}."),
    ],
)
def test_words_in_braces_stay_as_they_are(tmp_path: Path, old: str, new: str, remedy: str) -> None:
    pack = spoken_pack(tmp_path)
    file = pack / "locale" / "fi" / "plausibility.toml"
    lines = file.read_text(encoding="utf-8").splitlines()
    number = next(n for n, line in enumerate(lines) if "{value}" in line and "{limit}" in line)
    english, _, spoken = lines[number].partition("' = '")
    lines[number] = f"{english}' = '{spoken.replace(old, new)}"
    file.write_text("\n".join(lines), encoding="utf-8")
    assert check(pack) == (
        Fault(
            f"locale/fi/plausibility.toml: line {number + 1}",
            "Its words in braces are not those of the English.",
            remedy,
        ),
    )


def test_words_in_braces_of_a_text_that_has_none_are_told(tmp_path: Path) -> None:
    entries = {**{text: capitals(text) for text in CRITERIA}, CRITERIA[0]: "{value}"}
    assert [fault.remedy for fault in criteria_in(tmp_path, entries)] == ["Keep them as they are: none."]


@pytest.mark.parametrize(
    ("language", "unit", "forms"),
    [
        ("en", "participants", ("participant", "participants")),
        ("lt", "dalyviai", ("dalyvis", "dalyviai", "dalyvių", "dalyvio")),
        ("pl", "uczestników", ("uczestnik", "uczestników", "uczestników", "uczestnika")),
        ("de", "Akteure", ("Akteur", "Akteure")),
    ],
)
def test_a_unit_stands_by_itself_as_it_goes_with_five_and_has_forms_beside_numbers(
    language: str, unit: str, forms: tuple[str, ...]
) -> None:
    measure = load(shipped(), language).measures["A6.total"]
    assert (measure.unit, measure.forms) == (unit, forms)


def test_a_unit_that_does_not_bend_has_no_forms() -> None:
    measures = load(shipped(), "pl").measures
    assert [(measures[id].unit, measures[id].forms) for id in ("B2.fte", "D1.intensity")] == [
        ("EPC", ()),
        ("od 0 do 4", ()),
    ]
    assert [measures[id].ranged for id in ("B2.fte", "D1.intensity")] == [False, True]


@pytest.mark.parametrize(
    ("language", "noun", "problem", "remedy"),
    [
        ("lt", "etatas|etatai", "The noun has 2 forms.", "Write those for 1, 2, 10, 1.5, or one for all."),
        ("de", "Stelle|Stellen|Stelle", "The noun has 3 forms.", "Write those for 1, 10, or one for all."),
    ],
)
def test_a_noun_has_the_forms_that_its_language_asks_for(
    tmp_path: Path, language: str, noun: str, problem: str, remedy: str
) -> None:
    pack = copied_pack(tmp_path)
    shutil.copytree(shipped() / "locale" / language, pack / "locale" / language)
    file = pack / "locale" / language / "indicators" / "B.toml"
    lines = file.read_text(encoding="utf-8").splitlines()
    number = next(n for n, line in enumerate(lines) if line.startswith("'FTE' = "))
    lines[number] = f"'FTE' = '{noun}'"
    file.write_text("\n".join(lines), encoding="utf-8")
    place = f"locale/{language}/indicators/B.toml: line {number + 1}"
    assert check(pack) == (Fault(place, problem, remedy),)
    # Until somebody has mended it, it is told in its last form beside any number.
    measure = load(pack, language).measures["B2.fte"]
    assert (measure.unit, measure.forms) == (noun.rpartition("|")[2], ())


def test_a_missing_catalogue_is_one_fault(tmp_path: Path) -> None:
    pack = spoken_pack(tmp_path)
    (pack / "locale" / "fi" / "eligibility.toml").unlink()
    assert check(pack) == (
        Fault(
            "locale/fi/eligibility.toml",
            "This file is missing: 5 texts are not translated.",
            "Add it, with the texts of the file of the same name.",
        ),
    )


@pytest.mark.parametrize("name", ["eligiblity.toml", "population.toml"])
def test_a_catalogue_for_a_file_without_texts_is_told(tmp_path: Path, name: str) -> None:
    pack = spoken_pack(tmp_path)
    write(pack, name, "'a' = 'b'\n")
    assert check(pack) == (
        Fault(f"locale/fi/{name}", "The pack has no texts in a file of this name.", "Take the file away."),
    )


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"'a' =\n", "Invalid value (at line 1, column 6)."),
        (b"a = " + b"[" * 5000, "Its values stand too deep within one another."),
        (b"'a' = 'b'\n'a' = 'c'\n", "Cannot overwrite a value (at line 2, column 10)."),
        (b"'a' = 3\n", '"a" stands for something that is no text.'),
        (b"[table]\n'a' = 'b'\n", '"table" stands for something that is no text.'),
        (b"'a' = '\xfc'\n", "This is not UTF-8 text."),
    ],
)
def test_a_catalogue_that_is_none_is_told_and_nothing_else_of_it(
    tmp_path: Path, content: bytes, problem: str
) -> None:
    pack = spoken_pack(tmp_path)
    (pack / "locale" / "fi" / "eligibility.toml").write_bytes(content)
    assert [(fault.place, fault.problem) for fault in check(pack)] == [
        ("locale/fi/eligibility.toml", problem)
    ]
    with pytest.raises(Unusable) as refused:
        load(pack, "fi")
    assert [fault.problem for fault in refused.value.faults] == [problem]


def test_a_catalogue_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    pack = spoken_pack(tmp_path)
    file = pack / "locale" / "fi" / "eligibility.toml"
    file.unlink()
    file.mkdir()
    assert [(fault.place, fault.problem) for fault in check(pack)] == [
        ("locale/fi/eligibility.toml", "The file cannot be read: Is a directory.")
    ]


def test_catalogues_of_other_languages_do_not_hinder_loading(tmp_path: Path) -> None:
    pack = spoken_pack(tmp_path)
    write(pack, "eligibility.toml", "broken", language="sv")
    assert load(pack).criteria["set-up"].text == CRITERIA[0]
    assert load(pack, "fi").criteria["set-up"].text == capitals(CRITERIA[0])


def test_an_overlay_speaks_the_languages_of_its_base_and_its_own(tmp_path: Path) -> None:
    pack = overlay(tmp_path, {})
    write(pack, "scheme.toml", catalogue({"Local scheme": "Paikallinen"}))
    assert languages(pack) == ("en", "de", "fi", "lt", "pl")
    assert load(pack, "fi").name == "Paikallinen"
    german = load(pack, "de")
    assert german.criteria == load(shipped(), "de").criteria
    assert german.name == "Local scheme"


def test_an_overlay_translates_only_what_it_says_itself(tmp_path: Path) -> None:
    criterion = (
        "[[criterion]]\nid = 'local'\ntext = 'At least 12 are committed.'\n"
        "when = [{ measure = 'A6.total', at_least = 12 }]\ncertainty = 'default'\n"
    )
    pack = overlay(tmp_path, {"eligibility.toml": criterion})
    write(pack, "scheme.toml", catalogue({"Local scheme": "Lokales Schema"}), language="de")
    assert [fault.place for fault in check(pack)] == ["locale/de/eligibility.toml"]
    write(
        pack, "eligibility.toml", catalogue({"At least 12 are committed.": "Mindestens 12."}), language="de"
    )
    assert check(pack) == ()
    assert load(pack, "de").criteria["local"].text == "Mindestens 12."


def test_an_overlay_may_word_a_text_of_its_base_anew(tmp_path: Path) -> None:
    pack = overlay(tmp_path, {})
    write(pack, "scheme.toml", catalogue({"Local scheme": "Lokales Schema"}), language="de")
    write(pack, "eligibility.toml", catalogue({CRITERIA[4]: "Mindestens fünfzehn."}), language="de")
    assert load(pack, "de").criteria["participants"].text == "Mindestens fünfzehn."
    assert check(pack) == ()


def test_a_text_that_a_base_has_translated_need_not_be_translated_again(tmp_path: Path) -> None:
    base = load(shipped(), "de").indicators["A6"].name
    change = "[[indicator]]\nid = 'A6'\nname = 'Number of committed participants'\n"
    pack = overlay(tmp_path, {"indicators/A.toml": change})
    write(pack, "scheme.toml", catalogue({"Local scheme": "Lokales Schema"}), language="de")
    assert check(pack) == ()
    assert load(pack, "de").indicators["A6"].name == base


def test_texts_are_found_once_in_the_order_of_the_file_with_their_places() -> None:
    values: dict[str, object] = {
        "quality": [
            {"id": "1.1", "name": "Name", "level": [{"text": "At least 3"}, {"text": "40 %"}]},
            {"id": "1.2", "name": "Name", "judged": "What.", "dimension": "Not a text"},
        ]
    }
    assert texts(values, file="quality.toml") == {
        "Name": "1.1 / name",
        "At least 3": "1.1 / level 1 / text",
        "What.": "1.2 / judged",
    }


def test_a_file_without_texts_has_none() -> None:
    values: dict[str, object] = {"name": "Name"}
    assert texts(values, file="population.toml") == {}
    assert translated(values, file="population.toml", catalogue={"Name": "Nimi"}) == values


def test_what_is_translated_is_what_is_asked_of_a_catalogue() -> None:
    for name, values in files_of(shipped()).items():
        found = texts(values, file=name)
        made = translated(values, file=name, catalogue={text: f"§{text}" for text in found})
        assert {text.removeprefix("§") for text in words(plain(made)) if text.startswith("§")} == {*found}


def plain(value: object) -> object:
    """Lists as tuples, so that `words` walks them."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    return tuple(map(plain, value)) if isinstance(value, list) else value


def test_every_file_that_a_pack_must_have_is_in_the_table_of_texts() -> None:
    names = {name.split("/")[0] + ("/" if "/" in name else "") for name in files_of(shipped())}
    assert names - {*PATTERNS} == {"population.toml"}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=80))
def test_no_text_in_a_catalogue_makes_the_check_fall_over(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    pack = overlay(tmp_path_factory.mktemp("pack"), {})
    write(pack, "scheme.toml", text)
    assert all(fault.place.startswith("locale/fi/scheme.toml") for fault in check(pack))


def test_the_shipped_catalogues_stand_in_the_order_of_their_sources() -> None:
    sources = files_of(shipped())
    for path in sorted((shipped() / "locale").rglob("*.toml")):
        name = path.relative_to(shipped() / "locale").as_posix().partition("/")[2]
        given_order = [*tomllib.loads(path.read_text(encoding="utf-8"))]
        assert given_order == [*texts(sources[name], file=name)], path


def test_a_copied_pack_keeps_its_translations(tmp_path: Path) -> None:
    pack = Path(shutil.copytree(shipped(), tmp_path / "copy"))
    assert load(pack, "lt").name == load(shipped(), "lt").name
