"""Makes a Scheme of a pack's TOML files, strictly: an unknown key is a fault as a missing one is."""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Literal, Protocol, TypeVar, get_args

from touchstone.core.faults import Fault, Unusable
from touchstone.core.scheme.model import (
    Advice,
    Certainty,
    Condition,
    Criterion,
    Derivation,
    Direction,
    Disclosure,
    Extent,
    Indicator,
    Kind,
    Level,
    Light,
    Measure,
    Named,
    Operation,
    Option,
    Origin,
    Plausibility,
    PlausibilityKind,
    Portfolio,
    QualityIndicator,
    RuleSet,
    Scheme,
    Source,
    Test,
    Validity,
)
from touchstone.core.scheme.naming import suggestion
from touchstone.core.scheme.tables import Notes, Table


class _WithId(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_WithId)
Scales = Mapping[str, tuple[str, ...]] | None  # None where the file that has them could not be read

OPERATIONS: tuple[Operation, ...] = get_args(Operation)
TESTS: tuple[Test, ...] = get_args(Test)
PLAUSIBILITY_KINDS: tuple[PlausibilityKind, ...] = get_args(PlausibilityKind)
SEVERITIES: tuple[Literal["error", "warning", "hint"], ...] = ("error", "warning", "hint")
PERIOD_ENDS: tuple[Literal["day", "month"], ...] = ("day", "month")
RENEWAL_STARTS: tuple[Literal["interview", "previous_end"], ...] = ("interview", "previous_end")
SILVER = {"yes": True, "no": False, "unknown": None}
# Fewer peers than this tell about one another whatever is shown: such a setting counts as none.
FEWEST_PEERS = 3

# Stands where a rule set says nothing readable about validity; such a pack is not loaded.
NO_VALIDITY = Validity(end="day", first_months=0, renewal_months=0, renewal_from="interview", grace_months=0)

SINGLE_FILES = (
    "scheme.toml",
    "quality.toml",
    "recommendations.toml",
    "eligibility.toml",
    "plausibility.toml",
)
INDICATORS = "indicators/"
RULE_SETS = "rulesets/"
TRANSLATIONS = "locale/"
# The recipe of a synthetic population belongs to a pack, but `benchmark.recipe` reads it.
RECIPE = "population.toml"


@dataclass(slots=True)
class Reading:
    """A pack as far as it could be read, and what was found wrong."""

    notes: Notes = field(default_factory=Notes)
    closing: Notes = field(default_factory=Notes)  # faults that close disclosure, but stop no work
    tables: dict[str, Table] = field(default_factory=dict)
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
        elif name != RECIPE and not name.startswith(TRANSLATIONS):
            reading.notes.faults.append(
                Fault(name, "No file of this name belongs in a pack.", "Rename it or take it away.")
            )
    return reading


def _contents(folder: Path, reading: Reading) -> dict[str, bytes]:
    contents = {}
    for path in sorted(folder.rglob("*.toml")):
        name = path.relative_to(folder).as_posix()
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
    def single(name: str) -> Table:
        return reading.tables.get(name) or Table({}, file=name, notes=Notes())

    head = single("scheme.toml")
    scales = head.inner("scales", _scales)
    indicators = [
        indicator
        for name, table in reading.tables.items()
        if name.startswith(INDICATORS)
        for indicator in table.each("indicator", partial(_indicator, scales=scales))
    ]
    rule_sets = [
        _rule_set(table, reading.notes)
        for name, table in reading.tables.items()
        if name.startswith(RULE_SETS)
    ]
    return Scheme(
        id=head.text("id"),
        name=head.text("name"),
        notice=head.text("notice"),
        digest=reading.digest,
        areas=_named(head.labels("areas")),
        dimensions=_named(head.labels("dimensions")),
        indicators=_by_id(indicators),
        quality=_by_id(single("quality.toml").each("quality", _quality)),
        advice=_advice(single("recommendations.toml")),
        criteria=_by_id(single("eligibility.toml").each("criterion", _criterion)),
        portfolios=_by_id(head.each("portfolio", _portfolio)),
        rule_sets=_by_id(sorted(rule_sets, key=lambda rules: rules.in_force_from)),
        plausibility=_plausibility(single("plausibility.toml")),
        disclosure=_disclosure(head, reading),
        sources=_by_id(head.each("source", _source)),
        measures=_by_id(measure for indicator in indicators for measure in indicator.measures),
        extent=head.inner("extent", _extent),
    )


def _by_id(items: Iterable[T]) -> dict[str, T]:
    return {item.id: item for item in items}


def _named(labels: Mapping[str, str]) -> dict[str, Named]:
    return {id: Named(id=id, name=name) for id, name in labels.items()}


def _scales(table: Table) -> Scales:
    scales = {id: table.texts(id) for id in table.keys}
    for id, steps in scales.items():
        if len(steps) < 2:
            table.note(id, "A scale has at least two worded steps.", "Word each step, the least first.")
    return scales


def _extent(table: Table) -> Extent:
    return Extent(
        indicators=table.whole("indicators"),
        quality_indicators=table.whole("quality_indicators"),
        points=table.whole("points"),
    )


def _source(table: Table) -> Source:
    return Source(id=table.text("id"), title=table.text("title"), url=table.text("url", ""))


def _origin(table: Table, inherited: Origin | None = None) -> Origin:
    return Origin(
        certainty=table.word("certainty", tuple(Certainty), inherited.certainty.value if inherited else None),
        sources=table.texts("sources", inherited.sources if inherited else ()),
    )


def _portfolio(table: Table) -> Portfolio:
    return Portfolio(
        id=table.text("id"), name=table.text("name"), related=table.texts("related"), origin=_origin(table)
    )


def _disclosure(head: Table, reading: Reading) -> Disclosure | None:
    """None where anything about it is missing or makes no sense, so that nothing is shown."""
    if "scheme.toml" not in reading.tables:
        return None
    found = head.diverted(reading.closing).inner("disclosure", _sizes)
    return None if reading.closing.faults else found


def _sizes(table: Table) -> Disclosure:
    sizes = Disclosure(
        median_from=table.whole("median_from"),
        quartiles_from=table.whole("quartiles_from"),
        full_from=table.whole("full_from"),
        difference=table.whole("difference"),
        oldest_years=table.whole("oldest_years"),
        origin=_origin(table),
    )
    if not FEWEST_PEERS <= sizes.median_from <= sizes.quartiles_from <= sizes.full_from:
        table.note(
            "median_from",
            "The group sizes do not rise from median_from over quartiles_from to full_from.",
            f"Set three rising sizes, the first at least {FEWEST_PEERS}; until then nothing is shown.",
        )
    for key, size in (("difference", sizes.difference), ("oldest_years", sizes.oldest_years)):
        if size < 1:
            table.note(key, f"{size} is too small.", "Set 1 or more; until then nothing is shown.")
    return sizes


def _indicator(table: Table, *, scales: Scales) -> Indicator:
    id = table.text("id")
    origin = _origin(table)
    return Indicator(
        id=id,
        area=table.text("area"),
        name=table.text("name"),
        definition=table.text("definition"),
        why=table.text("why"),
        evidence=table.text("evidence"),
        direction=table.word("direction", tuple(Direction)),
        origin=origin,
        measures=table.each("measure", partial(_measure, indicator=id, scales=scales, inherited=origin)),
        quality=table.texts("quality", ()),
        supplementary=table.yes_no("supplementary", default=False),
    )


def _measure(table: Table, *, indicator: str, scales: Scales, inherited: Origin) -> Measure:
    kind = table.word("kind", tuple(Kind))
    low, high, options = _range(table, kind, scales)
    return Measure(
        id=table.text("id"),
        indicator=indicator,
        label=table.text("label"),
        kind=kind,
        origin=_origin(table, inherited),
        unit=table.text("unit", ""),
        help=table.text("help", ""),
        direction=table.word("direction", tuple(Direction)),
        minimum=low,
        maximum=high,
        options=options,
        derived=table.inner("derived", _derivation) if table.has("derived") else None,
        from_participants=table.yes_no("from_participants", default=False),
    )


def _range(table: Table, kind: Kind, scales: Scales) -> tuple[float | None, float | None, tuple[Option, ...]]:
    """Least and greatest value and the worded options, from what a kind of measure may say about them."""
    if kind is Kind.SCALE:
        return _steps(table, scales)
    if kind is Kind.CHOICE:
        options = table.labels("options")
        return None, None, tuple(Option(id=id, label=label) for id, label in options.items())
    if kind in (Kind.TEXT, Kind.YES_NO):
        return None, None, ()
    low, high = table.number_if_any("minimum"), table.number_if_any("maximum")
    if low is None and kind in (Kind.COUNT, Kind.SHARE, Kind.MONEY):
        low = 0
    if high is None and kind is Kind.SHARE:
        high = 100
    return low, high, ()


def _steps(table: Table, scales: Scales) -> tuple[float, float, tuple[Option, ...]]:
    """A scale's range follows from its worded steps, counted up from its least value."""
    first = table.whole("minimum") if table.has("minimum") else 0
    steps = _shared_steps(table, scales) if table.has("scale") else table.texts("steps")
    if len(steps) < 2 and table.has("steps"):
        table.note("steps", "A scale has at least two worded steps.", "Word each step, the least first.")
    options = tuple(Option(id=str(number), label=label) for number, label in enumerate(steps, start=first))
    return first, first + len(steps) - 1, options


def _shared_steps(table: Table, scales: Scales) -> tuple[str, ...]:
    name = table.text("scale")
    if scales is None:
        return ()
    if name not in scales:
        table.note("scale", f'There is no scale "{name}".', suggestion(name, scales) or "Give steps here.")
    return scales.get(name, ())


def _derivation(table: Table) -> Derivation:
    return Derivation(
        operation=table.word("operation", OPERATIONS),
        of=table.texts("of"),
        bound=table.number_if_any("bound"),
    )


def _quality(table: Table) -> QualityIndicator:
    return QualityIndicator(
        id=table.text("id"),
        dimension=table.text("dimension"),
        name=table.text("name"),
        judged=table.text("judged"),
        evidence=table.text("evidence"),
        levels=table.each("level", _level),
        gate=table.yes_no("gate"),
        silver=SILVER[table.word("silver", tuple(SILVER))],
        origin=_origin(table),
        thresholds=table.word("thresholds", tuple(Certainty)),
        strategy_first=table.yes_no("strategy_first", default=False),
    )


def _level(table: Table) -> Level:
    return Level(
        light=table.word("light", tuple(Light)),
        points=table.whole("points"),
        text=table.text("text"),
        when=table.each("when", _condition, required=False),
        misses_gate=table.yes_no("misses_gate", default=False),
    )


def _condition(table: Table) -> Condition:
    """`{ measure = "A6.total", at_least = 40 }`: the test is the key of its bound."""
    measure = table.text("measure")
    given = [test for test in TESTS if table.has(test)]
    if len(given) != 1:
        table.note("measure", "A condition has one test.", f"Give one of {', '.join(TESTS)}.")
        return Condition(measure=measure, test="equals", bound="")
    return Condition(measure=measure, test=given[0], bound=_bound(table, given[0]))


def _bound(table: Table, test: Test) -> float | bool | str | tuple[str, ...]:
    if test == "one_of":
        return table.texts(test)
    if test != "equals":
        return table.number(test)
    value = table.bare(test)
    if isinstance(value, bool | int | float | str):
        return value
    table.note(test, "This can be equal to no answer.", "Give a number, a word in quotes, true or false.")
    return ""


def _advice(root: Table) -> dict[tuple[str, Light], Advice]:
    """Each [[advice]] bears the id of its quality indicator and a text for each light that asks for one."""
    found = root.each("advice", partial(_texts, origin=_origin(root)))
    return {(advice.quality, advice.light): advice for texts in found for advice in texts}


def _texts(table: Table, *, origin: Origin) -> list[Advice]:
    quality = table.text("id")
    return [
        Advice(quality=quality, light=light, text=table.text(light), origin=origin)
        for light in (Light.RED, Light.YELLOW)
        if table.has(light)
    ]


def _criterion(table: Table) -> Criterion:
    return Criterion(
        id=table.text("id"),
        text=table.text("text"),
        when=table.each("when", _condition),
        origin=_origin(table),
    )


def _plausibility(root: Table) -> tuple[Plausibility, ...]:
    return root.each("rule", partial(_plausibility_rule, inherited=_origin(root)))


def _plausibility_rule(table: Table, *, inherited: Origin) -> Plausibility:
    total = table.number_if_any("total")
    return Plausibility(
        id=table.text("id"),
        kind=table.word("kind", PLAUSIBILITY_KINDS),
        measures=table.texts("measures"),
        message=table.text("message"),
        severity=table.word("severity", SEVERITIES),
        limit=table.text("limit", ""),
        total=100.0 if total is None else total,
        tolerance=table.number_if_any("tolerance") or 0.0,
        low=table.number_if_any("low"),
        high=table.number_if_any("high"),
        origin=_origin(table, inherited),
    )


def _rule_set(table: Table, notes: Notes) -> RuleSet:
    id = table.text("id")
    notes.register("rule set", id, table.place)
    return RuleSet(
        id=id,
        name=table.text("name"),
        in_force_from=table.day("in_force_from"),
        changed=table.text("changed"),
        levels=table.texts("levels"),
        decided_by=table.text("decided_by"),
        validity=table.inner("validity", _validity) or NO_VALIDITY,
        eligibility=table.texts("eligibility"),
        pass_share=table.number("pass_share"),
        origin=_origin(table),
    )


def _validity(table: Table) -> Validity:
    return Validity(
        end=table.word("end", PERIOD_ENDS),
        first_months=table.whole("first_months"),
        renewal_months=table.whole("renewal_months"),
        renewal_from=table.word("renewal_from", RENEWAL_STARTS),
        grace_months=table.whole("grace_months"),
    )
