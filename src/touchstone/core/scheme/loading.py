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
from touchstone.core.scheme.model import Disclosure, Indicator, RuleSet, Scheme
from touchstone.core.scheme.tables import Notes, Table


class _WithId(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_WithId)
SINGLE_FILES = (
    "scheme.toml",
    "quality.toml",
    "recommendations.toml",
    "eligibility.toml",
    "plausibility.toml",
)
INDICATORS = "indicators/"
RULE_SETS = "rulesets/"
# The recipe of a synthetic population belongs to a pack, but `benchmark.recipe` reads it.
RECIPE = "population.toml"
# So do other published methods on the same answers, which `views` reads.
METHODS = "methods.toml"


@dataclass(slots=True)
class Reading:
    """A pack as far as it could be read, and what was found wrong."""

    notes: Notes = field(default_factory=Notes)
    closing: Notes = field(default_factory=Notes)  # faults that close disclosure, but stop no work
    tables: dict[str, Table] = field(default_factory=dict)
    values: dict[str, dict[str, object]] = field(default_factory=dict)  # what the files hold
    digest: str = ""
    complete: bool = True  # every file was there and was TOML


def load(folder: Path) -> Scheme:
    """The scheme of a pack. Raises Unusable with all faults of its files; `checking` judges deeper."""
    scheme, reading = read(folder)
    if reading.notes.faults:
        raise Unusable(str(folder), *reading.notes.faults)
    return scheme


def shipped(name: str = "ecei") -> Path:
    """The folder of a pack that comes with the program: inside the package, else in the checkout."""
    package = Path(__file__).parents[2]
    installed = package / "schemes" / name
    return installed if installed.is_dir() else package.parents[1] / "schemes" / name


def read(folder: Path) -> tuple[Scheme, Reading]:
    """A pack as far as it can be read. Raises Unusable only where there is no such folder."""
    if not folder.is_dir():
        raise Unusable(
            str(folder), Fault("", "There is no such folder.", "Name the folder of a scheme pack.")
        )
    reading = _parse(folder)
    scheme = _scheme(reading)
    for table in reading.tables.values():
        table.close()
    return scheme, reading


def _parse(folder: Path) -> Reading:
    reading = Reading()
    contents = _contents(folder, reading)
    reading.digest = _digest(contents)
    for name in SINGLE_FILES:
        if name not in contents:
            _lost(reading, name, "This file is missing.", "Every pack has it: put it back.")
    for name, content in contents.items():
        if name in SINGLE_FILES or name.startswith((INDICATORS, RULE_SETS)):
            _parse_file(reading, name, content)
        elif name not in (RECIPE, METHODS):
            reading.notes.faults.append(
                Fault(name, "No file of this name belongs in a pack.", "Rename it or take it away.")
            )
    return reading


def _contents(folder: Path, reading: Reading) -> dict[str, bytes]:
    contents = {}
    for path in sorted(folder.rglob("*.toml")):
        name = path.relative_to(folder).as_posix()
        if name.startswith(f"{translation.FOLDER}/"):
            continue  # texts, not rules: they are read by language, and are no part of the digest
        try:
            contents[name] = path.read_bytes()
        except OSError as error:
            _lost(reading, name, f"The file cannot be read: {error.strerror}.", "Mend that, or take it away.")
    return contents


def _parse_file(reading: Reading, name: str, content: bytes) -> None:
    try:
        values = tomllib.loads(content.decode())
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        _lost(reading, f"{name}: line {line}", "This is not UTF-8 text.", "Save the file as UTF-8.")
    except ValueError as error:  # TOML's own, or a number too long for any use
        problem, line = _syntax(str(error), content)
        _lost(reading, f"{name}: line {line}", f"{problem}.", "Mend the TOML there.")
    except RecursionError:
        _lost(reading, name, "Its values stand too deep within one another.", "Write it more simply.")
    else:
        path = str(values.get("id", "")) if name.startswith(RULE_SETS) else ""
        reading.values[name] = values
        reading.tables[name] = Table(values, file=name, notes=reading.notes, path=path)


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
    head = _single(reading, "scheme.toml")
    indicators = _indicators(reading, head.inner("scales", items.scales))
    return Scheme(
        id=head.text("id"),
        name=head.text("name"),
        notice=head.text("notice"),
        digest=reading.digest,
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
    read_one = partial(items.indicator, scales=scales)
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
    if "scheme.toml" not in reading.tables:
        return None
    found = head.diverted(reading.closing).inner("disclosure", items.disclosure)
    return None if reading.closing.faults else found
