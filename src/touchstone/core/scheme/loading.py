"""Makes a Scheme of a pack's TOML files, strictly: an unknown key is a fault as a missing one is."""

import hashlib
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from touchstone.core.faults import Fault, Unusable
from touchstone.core.scheme import items, translation
from touchstone.core.scheme.folders import EXTENDS, HEAD, lineage, shipped
from touchstone.core.scheme.model import Disclosure, Indicator, RuleSet, Scheme
from touchstone.core.scheme.overlays import DROP, laid_over
from touchstone.core.scheme.tables import Notes, Table

__all__ = ["METHODS", "RECIPE", "Reading", "load", "read", "shipped"]


class _WithId(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_WithId)
Values = dict[str, object]
SINGLE_FILES = (
    HEAD,
    "quality.toml",
    "recommendations.toml",
    "eligibility.toml",
    "plausibility.toml",
)
INDICATORS = "indicators/"
RULE_SETS = "rulesets/"
# The recipe of a synthetic population belongs to a pack, but `benchmark.recipe` reads it.
RECIPE = "population.toml"
# So do other published methods on the same answers. Their texts are translated with those of the pack, but
# `methods.definition` makes something of them.
METHODS = "methods.toml"
# What a pack says of itself alone, whatever it extends.
OWN_KEYS = ("id", "name", "extent", EXTENDS)


@dataclass(slots=True)
class Layer:
    """The files of one folder: what a pack holds itself, or what one holds that it extends."""

    folder: Path
    prefix: str  # before the names of its files where a fault is told
    contents: dict[str, bytes] = field(default_factory=dict)
    values: dict[str, Values] = field(default_factory=dict)  # of the files that are readable


@dataclass(slots=True)
class Reading:
    """A pack as far as it could be read, and what was found wrong."""

    notes: Notes = field(default_factory=Notes)
    closing: Notes = field(default_factory=Notes)  # faults that close disclosure, but stop no work
    tables: dict[str, Table] = field(default_factory=dict)
    layers: list[Layer] = field(default_factory=list)  # the pack, then those that it extends
    digest: str = ""
    language: str = translation.ENGLISH
    complete: bool = True  # every file was there and was TOML


def load(folder: Path, language: str = translation.ENGLISH) -> Scheme:
    """The scheme of a pack, its texts in a language as far as they are translated.

    Raises Unusable with all faults of its files, or naming the languages there are where it has no
    such one; `checking` judges deeper.
    """
    scheme, reading = read(folder, language)
    if reading.notes.faults:
        raise Unusable(str(folder), *reading.notes.faults)
    return scheme


def read(folder: Path, language: str = translation.ENGLISH) -> tuple[Scheme, Reading]:
    """A pack as far as it can be read. Raises Unusable where there is no such folder or language."""
    if not folder.is_dir():
        raise Unusable(
            str(folder), Fault("", "There is no such folder.", "Name the folder of a scheme pack.")
        )
    reading = _parse(folder, language)
    scheme = _scheme(reading)
    for table in reading.tables.values():
        table.close()
    return scheme, reading


def _parse(folder: Path, language: str) -> Reading:
    line = lineage(folder)
    if line.faults:
        return Reading(notes=Notes(faults=[*line.faults]), complete=False)
    reading = Reading(language=language)
    for part in line.folders:
        reading.layers.append(Layer(part, f"{part.name}/" if reading.layers else ""))
        _read_layer(reading, reading.layers[-1])
    reading.digest = _digest(
        {layer.prefix + name: content for layer in reading.layers for name, content in layer.contents.items()}
    )
    words = translation.read(folder, language)
    reading.notes.faults += words.faults
    for name, values in sorted(_merged(reading, words.catalogues).items()):
        path = str(values.get("id", "")) if name.startswith(RULE_SETS) else ""
        reading.tables[name] = Table(values, file=name, notes=reading.notes, path=path)
    _miss(reading)
    return reading


def _miss(reading: Reading) -> None:
    """Note the files that no pack can do without; without its head nobody knows what a pack extends."""
    has_head = HEAD in reading.tables
    for name in SINGLE_FILES if has_head or HEAD not in reading.layers[0].contents else ():
        if not any(name in layer.contents for layer in reading.layers):
            _lost(reading, name, "This file is missing.", "Every pack has it: put it back.")


def _read_layer(reading: Reading, layer: Layer) -> None:
    for path in sorted(layer.folder.rglob("*.toml")):
        name = path.relative_to(layer.folder).as_posix()
        if name.startswith(f"{translation.FOLDER}/"):
            continue  # texts, not rules: they are read by language, and are no part of the digest
        try:
            layer.contents[name] = path.read_bytes()
        except OSError as error:
            problem = f"The file cannot be read: {error.strerror}."
            _lost(reading, layer.prefix + name, problem, "Mend that, or take it away.")
            continue
        if name in (*SINGLE_FILES, METHODS) or name.startswith((INDICATORS, RULE_SETS)):
            _parse_file(reading, layer, name)
        elif name != RECIPE:
            problem = "No file of this name belongs in a pack."
            reading.notes.faults.append(Fault(layer.prefix + name, problem, "Rename it or take it away."))


def _parse_file(reading: Reading, layer: Layer, name: str) -> None:
    content, file = layer.contents[name], layer.prefix + name
    try:
        layer.values[name] = tomllib.loads(content.decode())
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        _lost(reading, f"{file}: line {line}", "This is not UTF-8 text.", "Save the file as UTF-8.")
    except ValueError as error:  # TOML's own, or a number too long for any use
        problem, line = _syntax(str(error), content)
        _lost(reading, f"{file}: line {line}", f"{problem}.", "Mend the TOML there.")
    except RecursionError:
        _lost(reading, file, "Its values stand too deep within one another.", "Write it more simply.")


def _merged(reading: Reading, catalogues: Mapping[str, translation.Catalogue]) -> dict[str, Values]:
    """The files of all layers, from the first base on laid over one another, in the language asked for."""
    merged: dict[str, Values] = {}
    for layer in reversed(reading.layers):
        for name, english in layer.values.items():
            if name == METHODS:
                continue
            values = translation.translated(english, file=name, catalogue=catalogues.get(name, {}))
            if len(reading.layers) == 1:
                merged[name] = values
            else:
                _lay(merged, name, values, file=layer.prefix + name, notes=reading.notes)
    return merged


def _lay(merged: dict[str, Values], name: str, values: Values, *, file: str, notes: Notes) -> None:
    base = merged.pop(name, {})
    inherited = {key: value for key, value in base.items() if name != HEAD or key not in OWN_KEYS}
    if name.startswith(RULE_SETS) and base and values.get(DROP) == [base.get("id")]:
        notes.dropped[str(base["id"])] = f"{file}: {DROP} {base['id']}"
    else:
        merged[name] = laid_over(inherited, values, file=file, notes=notes)


def _syntax(message: str, content: bytes) -> tuple[str, int]:
    """What the parser says, and the line; one that it does not name is the last."""
    found = re.fullmatch(r"(.*) \(at line (\d+), column \d+\)", message)
    return (found[1], int(found[2])) if found else (message, content.count(b"\n") + 1)


def _lost(reading: Reading, place: str, problem: str, remedy: str) -> None:
    reading.notes.faults.append(Fault(place, problem, remedy))
    reading.complete = False


def _digest(contents: Mapping[str, bytes]) -> str:
    """SHA-256 over names and contents, each with its length, so that no two packs run together."""
    running = hashlib.sha256()
    for name, content in sorted(contents.items()):
        for part in (name.encode(), content):
            running.update(len(part).to_bytes(8, "big"))
            running.update(part)
    return running.hexdigest()


def _scheme(reading: Reading) -> Scheme:
    head = _single(reading, HEAD)
    head.text(EXTENDS, "")  # `folders` has followed it
    indicators = _indicators(reading, head.inner("scales", items.scales))
    return Scheme(
        id=head.text("id"),
        name=head.text("name"),
        notice=head.text("notice"),
        digest=reading.digest,
        language=reading.language,
        areas=items.named(head.labels("areas")),
        dimensions=items.named(head.labels("dimensions")),
        indicators=_by_id(indicators),
        quality=_by_id(_single(reading, "quality.toml").each("quality", items.quality)),
        advice=items.advice(_single(reading, "recommendations.toml")),
        criteria=_by_id(_single(reading, "eligibility.toml").each("criterion", items.criterion)),
        portfolios=_by_id(head.each("portfolio", items.portfolio)),
        rule_sets=_by_id(_rule_sets(reading)),
        plausibility=items.plausibility(_single(reading, "plausibility.toml")),
        disclosure=_disclosure(head, reading),
        sources=_by_id(head.each("source", items.source)),
        measures=_by_id(measure for indicator in indicators for measure in indicator.measures),
        extent=head.inner("extent", items.extent),
        classings=_by_id(_if_any(head, "classing", items.classing)),
        compositions=_by_id(_if_any(head, "composition", items.composition)),
    )


def _single(reading: Reading, name: str) -> Table:
    """The table of a file; of one that is lost an empty one, about which nothing more is said."""
    return reading.tables.get(name) or Table({}, file=name, notes=Notes())


def _indicators(reading: Reading, scales: items.Scales) -> list[Indicator]:
    read_one = partial(items.indicator, scales=scales, language=reading.language)
    files = (table for name, table in reading.tables.items() if name.startswith(INDICATORS))
    return [indicator for table in files for indicator in table.each("indicator", read_one)]


def _rule_sets(reading: Reading) -> list[RuleSet]:
    """The rule sets by the date on which they come into force."""
    files = [table for name, table in reading.tables.items() if name.startswith(RULE_SETS)]
    rule_sets = [items.rule_set(table) for table in files]
    for rules, table in zip(rule_sets, files, strict=True):
        reading.notes.register("rule set", rules.id, table.place)
    return sorted(rule_sets, key=lambda rules: rules.in_force_from)


def _if_any(head: Table, key: str, make: Callable[[Table], T]) -> tuple[T, ...]:
    return head.each(key, make) if head.has(key) else ()


def _by_id(items: Iterable[T]) -> dict[str, T]:
    return {item.id: item for item in items}


def _disclosure(head: Table, reading: Reading) -> Disclosure | None:
    """None where anything about it is missing or makes no sense, so that nothing is shown."""
    if HEAD not in reading.tables:
        return None
    found = head.diverted(reading.closing).inner("disclosure", items.disclosure)
    return None if reading.closing.faults else found
