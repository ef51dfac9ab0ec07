"""The texts of a pack in other languages: which there are, where they stand, what a catalogue lacks.

A language has a folder under `locale/`, and in it a catalogue for each file that holds texts, of the same
name: one flat table, 'English text' = 'translation'. `PATTERNS` alone says which values are texts; what is
translated and what is asked of a catalogue both follow from it.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from touchstone.core.faults import Fault, Unusable
from touchstone.core.scheme.naming import nearest, suggestion

ENGLISH = "en"
FOLDER = "locale"
LANGUAGE = re.compile(r"[a-z]{2,3}")
BRACES = re.compile(r"\{[^{}]*\}|[{}]")  # words in braces, and braces that stand alone
# A name, a unit or a sign may be the same in another language; what is longer is a forgotten text.
MOST_WORDS_OF_A_NAME = 2
SHOWN = 60  # letters of a text by which a fault names it

Pattern = Mapping[str, "Pattern"]
Catalogue = Mapping[str, str]
TEXT: Pattern = {}
ANY = "*"
PATTERNS: Pattern = {
    "scheme.toml": {
        "name": TEXT,
        "notice": TEXT,
        "areas": {ANY: TEXT},
        "dimensions": {ANY: TEXT},
        "scales": {ANY: TEXT},
        "classing": {"name": TEXT, "step": {"name": TEXT}},
        "composition": {"name": TEXT},
        "portfolio": {"name": TEXT},
    },
    "indicators/": {
        "indicator": {
            "name": TEXT,
            "question": TEXT,
            "definition": TEXT,
            "counting": TEXT,
            "example": TEXT,
            "mistakes": TEXT,
            "why": TEXT,
            "evidence": TEXT,
            "measure": {
                "label": TEXT,
                "help": TEXT,
                "unit": TEXT,
                "options": {ANY: TEXT},
                "steps": TEXT,
            },
        },
    },
    "quality.toml": {"quality": {"name": TEXT, "judged": TEXT, "evidence": TEXT, "level": {"text": TEXT}}},
    "recommendations.toml": {"advice": {"red": TEXT, "yellow": TEXT}},
    "plausibility.toml": {"rule": {"message": TEXT}},
    "eligibility.toml": {"criterion": {"text": TEXT}},
    "rulesets/": {"name": TEXT, "changed": TEXT},
}


def translated(values: Mapping[str, object], *, file: str, catalogue: Catalogue) -> dict[str, object]:
    """The table of a file with its texts in another language; a text not in the catalogue stays English."""
    return _each_text(values, file, lambda text, _: catalogue.get(text, text))


def texts(values: Mapping[str, object], *, file: str) -> dict[str, str]:
    """The texts of a file's table that are to be translated, each once, with the place where it stands."""
    found: dict[str, str] = {}

    def note(text: str, place: str) -> str:
        found.setdefault(text, place)
        return text

    _each_text(values, file, note)
    return found


def _each_text(
    values: Mapping[str, object], file: str, change: Callable[[str, str], str]
) -> dict[str, object]:
    pattern = PATTERNS.get(file) or PATTERNS.get(file.partition("/")[0] + "/", {})
    return _table(values, pattern, "", change) if pattern else dict(values)


def _table(
    values: Mapping[str, object], pattern: Pattern, place: str, change: Callable[[str, str], str]
) -> dict[str, object]:
    inner = {key: pattern.get(key, pattern.get(ANY)) for key in values}
    return {
        key: value if inner[key] is None else _value(value, inner[key] or TEXT, _under(place, key), change)
        for key, value in values.items()
    }


def _value(value: object, pattern: Pattern, place: str, change: Callable[[str, str], str]) -> object:
    if isinstance(value, dict):
        return _table(value, pattern, place, change)
    if isinstance(value, list):
        return [_value(entry, pattern, _entry(place, entry, n), change) for n, entry in enumerate(value, 1)]
    if isinstance(value, str) and pattern is TEXT and any(map(str.isalpha, value)):
        return change(value, place)
    return value


def _under(place: str, key: str) -> str:
    return f"{place} / {key}" if place else key


def _entry(place: str, entry: object, number: int) -> str:
    """An entry of a list is named by its id, which stands in a pack once, else by its number."""
    id = entry.get("id") if isinstance(entry, dict) else None
    return id if isinstance(id, str) else f"{place} {number}"


def languages(folder: Path) -> tuple[str, ...]:
    """The languages of a pack: English, and those that have a folder."""
    return (ENGLISH, *(path.name for path in _folders(folder)))


def _folders(folder: Path) -> list[Path]:
    found = (folder / FOLDER).glob("*")
    return sorted(path for path in found if path.is_dir() and LANGUAGE.fullmatch(path.name))


@dataclass(frozen=True, slots=True)
class Translations:
    """The catalogues of one language by the name of the file that they belong to."""

    language: str
    catalogues: Mapping[str, Catalogue]
    faults: tuple[Fault, ...] = ()  # of files that hold no catalogue
    lines: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # where each text stands


def read_translations(folder: Path, language: str) -> Translations:
    """All catalogues of a language. Raises Unusable, naming those there are, where it has none."""
    known = languages(folder)
    if language not in known:
        problem = f'The pack has no texts in "{language}".'
        raise Unusable(str(folder), Fault(FOLDER, problem, suggestion(language, known)))
    root = folder / FOLDER / language
    catalogues, faults, lines = {}, [], {}
    for path in sorted(root.rglob("*.toml")):
        name = path.relative_to(root).as_posix()
        try:
            content = path.read_text(encoding="utf-8")
            catalogues[name] = _catalogue(tomllib.loads(content))
        except (OSError, ValueError) as error:
            faults.append(_unreadable(f"{FOLDER}/{language}/{name}", error))
        else:
            lines[name] = _lines(content, catalogues[name])
    return Translations(language, catalogues, tuple(faults), lines)


def _catalogue(values: Mapping[str, object]) -> dict[str, str]:
    wrong = next((key for key, value in values.items() if not isinstance(value, str)), None)
    if wrong is not None:
        raise ValueError(f"{_shown(wrong)} stands for something that is no text")
    return {key: value for key, value in values.items() if isinstance(value, str)}


def _unreadable(place: str, error: OSError | ValueError) -> Fault:
    if isinstance(error, OSError):
        return Fault(place, f"The file cannot be read: {error.strerror}.", "Mend that, or take it away.")
    if isinstance(error, UnicodeDecodeError):
        return Fault(place, "This is not UTF-8 text.", "Save the file as UTF-8.")
    return Fault(place, f"{error}.", "Write it as 'English text' = 'translation', one on a line.")


def _lines(content: str, catalogue: Catalogue) -> dict[str, int]:
    starts = {line.partition(" = ")[0].strip(): n for n, line in enumerate(content.splitlines(), start=1)}
    return {text: starts.get(f"'{text}'", 0) for text in catalogue}


def _shown(text: str) -> str:
    return f'"{text if len(text) <= SHOWN else text[:SHOWN].rstrip() + "…"}"'


def faults(folder: Path, tables: Mapping[str, Mapping[str, object]]) -> Iterator[Fault]:
    """What the catalogues of a pack lack or have too much of; a language is judged where it has a folder.

    `tables` are the readable files of the pack by name.
    """
    for path in _folders(folder):
        found = read_translations(folder, path.name)
        yield from found.faults
        yield from _language(found, {name: texts(values, file=name) for name, values in tables.items()})


def _language(found: Translations, sources: Mapping[str, Mapping[str, str]]) -> Iterator[Fault]:
    root = f"{FOLDER}/{found.language}"
    unreadable = {fault.place for fault in found.faults}
    for name, source in sources.items():
        file = f"{root}/{name}"
        if name in found.catalogues:
            yield from _missing(source, found.catalogues[name], file)
            yield from _entries(source, found, name)
        elif source and file not in unreadable:
            problem = f"This file is missing: {len(source)} texts are not translated."
            yield Fault(file, problem, "Add it, with the texts of the file of the same name.")
    for name in found.catalogues:
        if name not in sources:
            yield Fault(f"{root}/{name}", "The pack has no file of this name.", "Rename it or take it away.")


def _missing(source: Mapping[str, str], catalogue: Catalogue, file: str) -> Iterator[Fault]:
    for text, place in source.items():
        if text not in catalogue:
            yield Fault(f"{file}: {place}", f"{_shown(text)} is not translated.", "Add it.")


def _entries(source: Mapping[str, str], found: Translations, name: str) -> Iterator[Fault]:
    catalogue = found.catalogues[name]
    for text, translation in catalogue.items():
        place = f"{FOLDER}/{found.language}/{name}: line {found.lines[name][text]}"
        if text not in source:
            wanted = [known for known in source if known not in catalogue]
            yield Fault(place, f"The pack has no text {_shown(text)}.", _instead(text, wanted))
        else:
            yield from _pair(text, translation, place)


def _instead(text: str, wanted: list[str]) -> str:
    close = nearest(text, wanted)
    return "Take it away." if close is None else f"Did its wording become {_shown(close)}?"


def _pair(text: str, translation: str, place: str) -> Iterator[Fault]:
    if not translation.strip():
        yield Fault(place, f"The translation of {_shown(text)} is empty.", "Write it.")
    elif translation == text and len(text.split()) > MOST_WORDS_OF_A_NAME:
        yield Fault(place, f"{_shown(text)} stands there in English.", "Translate it.")
    elif {*BRACES.findall(translation)} != {*BRACES.findall(text)}:
        wanted = ", ".join(sorted({*BRACES.findall(text)})) or "none"
        yield Fault(
            place, "Its words in braces are not those of the English.", f"Keep them as they are: {wanted}."
        )
