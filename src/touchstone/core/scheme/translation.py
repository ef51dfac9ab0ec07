"""The texts of a pack in other languages: which there are, where they stand, what a catalogue lacks.

A language has a folder under `locale/`, and in it a catalogue for each file that holds texts, of the same
name: one flat table, 'English text' = 'translation'. `PATTERNS` alone says which values are texts; what is
translated and what is asked of a catalogue both follow from it.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path

from touchstone.core.faults import Fault, Unusable
from touchstone.core.language.language import NOUN_FORMS, PART
from touchstone.core.scheme.folders import lineage
from touchstone.core.scheme.naming import nearest, suggestion
from touchstone.core.scheme.tables import under

ENGLISH = "en"
FOLDER = "locale"
LANGUAGE = re.compile(r"[a-z]{2,3}")
BRACES = re.compile(r"\{[^{}]*\}|[{}]")  # words in braces, and braces that stand alone
# A name, a unit or a sign may be the same in another language; what is longer is a forgotten text.
MOST_WORDS_OF_A_NAME = 2
BETWEEN = re.compile(r"(?<=\S)\|(?=\S)")  # the bar between the forms of a noun
SAMPLES = {"one": "1", "few": "2", "other": "10", PART: "1.5"}  # numbers that the forms go with
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
    "recommendations.toml": {"advice": {"red": TEXT, "yellow": TEXT, "next": TEXT}},
    "plausibility.toml": {"rule": {"message": TEXT}},
    "eligibility.toml": {"criterion": {"text": TEXT}},
    "rulesets/": {"name": TEXT, "changed": TEXT, "decided_by": TEXT},
    "methods.toml": {
        "method": {"name": TEXT, "about": TEXT, "area": {"name": TEXT, "part": {"name": TEXT}}},
    },
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
        key: value if inner[key] is None else _value(value, inner[key] or TEXT, under(place, key), change)
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


def _entry(place: str, entry: object, number: int) -> str:
    """An entry of a list is named by its id, which stands in a pack once, else by its number."""
    id = entry.get("id") if isinstance(entry, dict) else None
    return id if isinstance(id, str) else f"{place} {number}"


def languages(folder: Path) -> tuple[str, ...]:
    """The languages of a pack: English, and those that it or a pack that it extends has a folder for."""
    found = {language for part in lineage(folder).folders for language in _own(part)}
    return (ENGLISH, *sorted(found))


def _own(folder: Path) -> list[str]:
    found = (folder / FOLDER).glob("*")
    return sorted(path.name for path in found if path.is_dir() and LANGUAGE.fullmatch(path.name))


@dataclass(frozen=True, slots=True)
class Translations:
    """The catalogues of one language by the name of the file that they belong to."""

    catalogues: Mapping[str, Catalogue]
    faults: tuple[Fault, ...] = ()  # of files that hold no catalogue
    lines: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # where each text stands


def read(folder: Path, language: str) -> Translations:
    """The catalogues of a pack, laid over those of the packs that it extends.

    Raises Unusable, naming the languages there are, where a language is none of them.
    """
    known = languages(folder)
    if language not in known:
        problem = f'The pack has no texts in "{language}".'
        raise Unusable(str(folder), Fault(FOLDER, problem, suggestion(language, known)))
    layers = [_read(part, language) for part in reversed(lineage(folder).folders)]
    catalogues: dict[str, Catalogue] = {}
    for layer in layers:
        for name, catalogue in layer.catalogues.items():
            catalogues[name] = {**catalogues.get(name, {}), **catalogue}
    return Translations(catalogues, tuple(fault for layer in layers for fault in layer.faults))


def _read(folder: Path, language: str) -> Translations:
    root = folder / FOLDER / language
    catalogues, faults, lines = {}, [], {}
    for path in sorted(root.rglob("*.toml")):
        name = path.relative_to(root).as_posix()
        try:
            content = path.read_text(encoding="utf-8")
            catalogues[name] = _catalogue(tomllib.loads(content))
        except (OSError, ValueError, RecursionError) as error:
            faults.append(_unreadable(f"{FOLDER}/{language}/{name}", error))
        else:
            lines[name] = _lines(content, catalogues[name])
    return Translations(catalogues, tuple(faults), lines)


def _catalogue(values: Mapping[str, object]) -> dict[str, str]:
    wrong = next((key for key, value in values.items() if not isinstance(value, str)), None)
    if wrong is not None:
        raise ValueError(f"{_shown(wrong)} stands for something that is no text")
    return {key: value for key, value in values.items() if isinstance(value, str)}


def _unreadable(place: str, error: Exception) -> Fault:
    if isinstance(error, OSError):
        return Fault(place, f"The file cannot be read: {error.strerror}.", "Mend that, or take it away.")
    if isinstance(error, UnicodeDecodeError):
        return Fault(place, "This is not UTF-8 text.", "Save the file as UTF-8.")
    if isinstance(error, RecursionError):
        return Fault(place, "Its values stand too deep within one another.", "Write it more simply.")
    return Fault(place, f"{error}.", "Write it as 'English text' = 'translation', one on a line.")


def _lines(content: str, catalogue: Catalogue) -> dict[str, int]:
    starts = {line.partition(" = ")[0].strip(): n for n, line in enumerate(content.splitlines(), start=1)}
    return {text: starts.get(f"'{text}'", 0) for text in catalogue}


def _shown(text: str) -> str:
    return f'"{text if len(text) <= SHOWN else text[:SHOWN].rstrip() + "…"}"'


def faults(folder: Path, layers: Sequence[Mapping[str, Mapping[str, object]]]) -> Iterator[Fault]:
    """What the catalogues of a pack lack or have too much of; a language is judged where it has a folder.

    `layers` are the readable files by name: of the pack, then of those that it extends. Texts of theirs
    are theirs to translate; a catalogue of the pack may word them anew.
    """
    sources = [
        {name: texts(values, file=name) for name, values in layer.items() if texts(values, file=name)}
        for layer in layers
    ]
    for language in _own(folder):
        bases = [_read(part, language).catalogues for part in lineage(folder).folders[1:]]
        yield from _Judge(language, _read(folder, language), sources, bases).faults()


@dataclass(frozen=True, slots=True)
class _Judge:
    """Holds the catalogues of one language against the texts of a pack."""

    language: str
    found: Translations
    sources: Sequence[Mapping[str, Mapping[str, str]]]
    bases: Sequence[Mapping[str, Catalogue]]

    def faults(self) -> Iterator[Fault]:
        yield from self.found.faults
        unreadable = {fault.place for fault in self.found.faults}
        for name, source in self.sources[0].items():
            if self._file(name) not in unreadable:
                yield from self._missing(name, self._wanted(name, source))
        for name, catalogue in self.found.catalogues.items():
            yield from self._entries(name, catalogue)

    def _file(self, name: str) -> str:
        return f"{FOLDER}/{self.language}/{name}"

    def _wanted(self, name: str, source: Mapping[str, str]) -> Mapping[str, str]:
        """The texts that no base has translated already."""
        there = {text for base in self.bases for text in base.get(name, ())}
        return {text: place for text, place in source.items() if text not in there}

    def _missing(self, name: str, wanted: Mapping[str, str]) -> Iterator[Fault]:
        catalogue = self.found.catalogues.get(name)
        if catalogue is None and wanted:
            problem = f"This file is missing: {len(wanted)} texts are not translated."
            yield Fault(self._file(name), problem, "Add it, with the texts of the file of the same name.")
            return
        for text, place in wanted.items():
            if text not in (catalogue or ()):
                yield Fault(f"{self._file(name)}: {place}", f"{_shown(text)} is not translated.", "Add it.")

    def _entries(self, name: str, catalogue: Catalogue) -> Iterator[Fault]:
        known = [text for layer in self.sources for text in layer.get(name, ())]
        if not known:
            yield Fault(
                self._file(name), "The pack has no texts in a file of this name.", "Take the file away."
            )
            return
        open_texts = [text for text in known if text not in catalogue]
        for text, translation in catalogue.items():
            place = f"{self._file(name)}: line {self.found.lines[name][text]}"
            if text in known:
                yield from _pair(text, translation, place)
                yield from self._forms(translation, place)
            else:
                yield Fault(place, f"The pack has no text {_shown(text)}.", _instead(text, open_texts))

    def _forms(self, translation: str, place: str) -> Iterator[Fault]:
        """A noun with bars has as many forms as the language asks for; without bars it stays as it is."""
        found, wanted = len(BETWEEN.findall(translation)) + 1, NOUN_FORMS.get(self.language, ())
        if wanted and found not in (1, len(wanted)):
            remedy = f"Write those for {', '.join(SAMPLES[name] for name in wanted)}, or one for all."
            yield Fault(place, f"The noun has {found} forms.", remedy)


def _instead(text: str, wanted: Sequence[str]) -> str:
    close = nearest(text, wanted)
    if close is None:
        return "Take it away."
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(text, close, strict=False)))
    start = text.rfind(" ", 0, same) + 1  # of the word in which the two part
    return f"The text nearest to it has {_shown(close[start:])} for {_shown(text[start:])}."


def _pair(text: str, translation: str, place: str) -> Iterator[Fault]:
    wanted = {*BRACES.findall(text)}
    if not translation.strip():
        yield Fault(place, f"The translation of {_shown(text)} is empty.", "Write it.")
    elif translation == text and len(text.split()) > MOST_WORDS_OF_A_NAME:
        yield Fault(place, f"{_shown(text)} stands there in English.", "Translate it.")
    elif {*BRACES.findall(translation)} != wanted:
        remedy = f"Keep them as they are: {', '.join(sorted(wanted)) or 'none'}."
        yield Fault(place, "Its words in braces are not those of the English.", remedy)
