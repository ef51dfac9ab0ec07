"""What makes a scheme pack sound: every fault of its files and of how its items fit together."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from touchstone.core.faults import Fault
from touchstone.core.scheme import measuring, ruling, translation
from touchstone.core.scheme.loading import Reading, read
from touchstone.core.scheme.model import Certainty, Origin, Scheme
from touchstone.core.scheme.pack import UNNAMED, Pack


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """How many items a pack has, and all that is wrong with it."""

    indicators: int  # without the supplementary ones
    quality_indicators: int
    faults: tuple[Fault, ...]


def check(folder: Path) -> tuple[Fault, ...]:
    """All faults of a pack. Raises Unusable only where there is no such folder."""
    return inspect(folder).faults


def inspect(folder: Path) -> Inspection:
    """Count and judge a pack. Raises Unusable only where there is no such folder.

    How items fit together is judged once every file can be read; what is already known to be
    wrong with an item is not said again in other words.
    """
    scheme, reading = read(folder)
    faults = [*reading.notes.faults, *reading.closing.faults]
    if reading.complete:
        faults += _judged(scheme, reading, broken={UNNAMED, *(_item(fault.place) for fault in faults)})
    faults += translation.faults(folder, [layer.values for layer in reading.layers])
    return Inspection(
        indicators=_counted(scheme), quality_indicators=len(scheme.quality), faults=tuple(faults)
    )


def _judged(scheme: Scheme, reading: Reading, *, broken: set[str]) -> list[Fault]:
    pack = Pack(scheme, reading.notes.places, reading.notes.dropped)
    found = (fault for judge in JUDGES for fault in judge(pack))
    faults = [fault for fault in found if _item(fault.place) not in broken]
    bases = [layer.prefix for layer in reading.layers[1:]]
    if not any(fault.place.startswith(tuple(bases)) for fault in faults):
        return faults
    theirs = {(fault.place, fault.problem) for fault in check(reading.layers[1].folder)}
    return [_at_its_cause(fault, bases, theirs) for fault in faults]


def _at_its_cause(fault: Fault, bases: Sequence[str], theirs: set[tuple[str, str]]) -> Fault:
    """A fault of an item of a base that is sound by itself is the overlay's, and mended there."""
    base = next((base for base in bases if fault.place.startswith(base)), "")
    own = fault.place.removeprefix(base)
    if not base or {(own, fault.problem), (fault.place, fault.problem)} & theirs:
        return fault
    remedy = f"{fault.remedy} The item comes from {base.rstrip('/')}: lay the change over it here."
    return replace(fault, place=own, remedy=remedy)


def _item(place: str) -> str:
    return place.partition(" / ")[0]


def _counted(scheme: Scheme) -> int:
    return sum(not indicator.supplementary for indicator in scheme.indicators.values())


def _extent(pack: Pack) -> Iterator[Fault]:
    declared = pack.scheme.extent
    if declared is None:
        return
    counted = {
        "indicators": (declared.indicators, _counted(pack.scheme)),
        "quality_indicators": (declared.quality_indicators, len(pack.scheme.quality)),
        "points": (declared.points, sum(q.points for q in pack.scheme.quality.values() if q.levels)),
    }
    for key, (wanted, number) in counted.items():
        if number != wanted:
            yield Fault(
                f"scheme.toml: extent / {key}",
                f"The pack says {wanted}, but has {number}.",
                "Put back what is missing, or correct the number.",
            )


def _origins(pack: Pack) -> Iterator[Fault]:
    for place, origin in _with_origin(pack):
        for source in origin.sources:
            yield from pack.unknown(source, pack.scheme.sources, "source", f"{place} / sources")
        if origin.certainty is Certainty.PUBLISHED and not origin.sources:
            yield Fault(
                f"{place} / sources",
                "It is said to be published, but no source is named.",
                "Name the source, or call it reconstructed or default.",
            )


def _with_origin(pack: Pack) -> Iterator[tuple[str, Origin]]:
    scheme = pack.scheme
    for kind, items in (
        ("indicator", scheme.indicators.values()),
        ("measure", scheme.measures.values()),
        ("quality", scheme.quality.values()),
        ("criterion", scheme.criteria.values()),
        ("portfolio", scheme.portfolios.values()),
        ("classing", scheme.classings.values()),
        ("composition", scheme.compositions.values()),
        ("rule", scheme.plausibility),
        ("rule set", scheme.rule_sets.values()),
    ):
        for item in items:
            yield pack.place(kind, item.id), item.origin
    for advice in scheme.advice.values():
        yield pack.place("advice", advice.quality), advice.origin


JUDGES: tuple[Callable[[Pack], Iterator[Fault]], ...] = (
    _extent,
    _origins,
    *measuring.JUDGES,
    *ruling.JUDGES,
)
