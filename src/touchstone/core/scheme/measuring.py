"""Whether what a pack measures fits together: indicators, measures, derivations, classes, compositions."""

from collections import Counter
from collections.abc import Callable, Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from touchstone.core.faults import Fault
from touchstone.core.scheme.model import Classing, Composition, Derivation, Kind, Measure
from touchstone.core.scheme.pack import Pack, kind_of

OPERANDS = {"ratio": 2, "percent_of": 2, "growth": 2, "complement": 1, "years_since": 1}


def _indicators(pack: Pack) -> Iterator[Fault]:
    for indicator in pack.scheme.indicators.values():
        place = pack.place("indicator", indicator.id)
        yield from pack.unknown(indicator.area, pack.scheme.areas, "area", f"{place} / area")
        for quality in indicator.quality:
            yield from pack.unknown(quality, pack.scheme.quality, "quality indicator", f"{place} / quality")
        if not indicator.measures:
            yield Fault(
                f"{place} / measure", "The indicator has no measure.", "Add one as [[indicator.measure]]."
            )


def _measures(pack: Pack) -> Iterator[Fault]:
    for measure in pack.scheme.measures.values():
        place = pack.place("measure", measure.id)
        if not measure.id.startswith(f"{measure.indicator}."):
            yield Fault(
                f"{place} / id",
                f"It stands under {measure.indicator}, but is not named after it.",
                f"Begin the id with {measure.indicator} and a dot.",
            )
        if measure.minimum is not None and measure.maximum is not None and measure.minimum > measure.maximum:
            yield Fault(
                f"{place} / minimum", "The least value is above the greatest.", "Swap or correct them."
            )
        if measure.derived is not None:
            yield from _derivation(pack, measure, measure.derived, f"{place} / derived")


def _derivation(pack: Pack, measure: Measure, derivation: Derivation, place: str) -> Iterator[Fault]:
    for id in derivation.of:
        yield from pack.numeric(id, f"{place} / of")
    operation, wanted = derivation.operation, OPERANDS.get(derivation.operation)
    if wanted is not None and len(derivation.of) != wanted:
        yield Fault(
            f"{place} / of",
            f"{operation} needs {wanted} and has {len(derivation.of)}.",
            f"Name {wanted} in the order that it reads them.",
        )
    if not derivation.of:
        yield Fault(f"{place} / of", "It follows from no measure.", "Name those that it follows from.")
    if operation == "share_of_sum" and not {*derivation.of[:1]} <= {*derivation.of[1:]}:
        yield Fault(
            f"{place} / of", "The part is not among the whole.", "Name the part first, then all parts."
        )
    if operation == "at_least_count" and derivation.bound is None:
        yield Fault(f"{place} / bound", "There is no bound to count from.", "Add bound = a number.")
    if operation == "dominant":
        yield from _dominant(measure, derivation, place)


def _dominant(measure: Measure, derivation: Derivation, place: str) -> Iterator[Fault]:
    options = {option.id for option in measure.options}
    results = {id.rpartition(".")[2] for id in derivation.of} | {"mixed"}
    if options != results:
        yield Fault(
            f"{place} / of",
            f"It gives {', '.join(sorted(results))}, but the options are {', '.join(sorted(options))}.",
            "Make the options those that it gives.",
        )


def _cycles(pack: Pack) -> Iterator[Fault]:
    inputs = {m.id: m.derived.of for m in pack.scheme.measures.values() if m.derived is not None}
    try:
        TopologicalSorter(inputs).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1]
        yield Fault(
            f"{pack.place('measure', circle[0])} / derived / of",
            f"These follow from one another in a circle: {', '.join(circle)}.",
            "Let one of them be answered.",
        )


def _classings(pack: Pack) -> Iterator[Fault]:
    for classing in pack.scheme.classings.values():
        place = pack.place("classing", classing.id)
        yield from pack.numeric(classing.measure, f"{place} / measure")
        if not classing.steps:
            yield Fault(f"{place} / step", "It has no classes.", "Add them as [[classing.step]].")
        for lower, upper in pairwise(classing.steps):
            if upper.start <= lower.start:
                yield Fault(
                    f"{pack.place('step', upper.id)} / start",
                    f"The class does not begin above {lower.id}, which stands before it.",
                    "Order the classes from the lowest to the highest, each with a start of its own.",
                )
        yield from _reach(pack, classing, place)


def _reach(pack: Pack, classing: Classing, place: str) -> Iterator[Fault]:
    """The first class begins where the measure does, and the last before the measure ends."""
    measure = pack.scheme.measures.get(classing.measure)
    if measure is None or not measure.kind.numeric or not classing.steps:
        return
    first, last = classing.steps[0], classing.steps[-1]
    if measure.minimum is None or first.start > measure.minimum:
        least = "no least value" if measure.minimum is None else f"values from {measure.minimum:g}"
        yield Fault(
            f"{place} / step",
            f"The first class begins at {first.start:g}, but {measure.id} has {least}.",
            "Begin the first class at the least value of the measure.",
        )
    if measure.maximum is not None and last.start > measure.maximum:
        yield Fault(
            f"{pack.place('step', last.id)} / start",
            f"No value leads to this class: {measure.id} ends at {measure.maximum:g}.",
            "Take the class away, or let it begin lower.",
        )


def _compositions(pack: Pack) -> Iterator[Fault]:
    for composition in pack.scheme.compositions.values():
        place = f"{pack.place('composition', composition.id)} / parts"
        for id in composition.parts:
            yield from pack.unknown(id, pack.scheme.measures, "measure", place)
        parts = [pack.scheme.measures[id] for id in composition.parts if id in pack.scheme.measures]
        for measure in parts:
            if measure.kind is not Kind.SHARE:
                yield Fault(place, f"{measure.id} is {kind_of(measure)}.", "Name shares alone.")
        if len(composition.parts) < 2:
            yield Fault(place, "A whole has at least two parts.", "Name them all.")
        for id, times in Counter(composition.parts).items():
            if times > 1:
                yield Fault(place, f"{id} is named {times} times.", "Name each part once.")
        yield from _whole(pack, composition, parts, place)


def _whole(pack: Pack, composition: Composition, parts: list[Measure], place: str) -> Iterator[Fault]:
    """Parts that are asked add up only where a rule asks for it; derived ones are shares of their sum."""
    held = [{*rule.measures} for rule in pack.scheme.plausibility if rule.kind == "parts_of"]
    if any(part.derived is None for part in parts) and {*composition.parts} not in held:
        yield Fault(
            place,
            "No rule of plausibility asks that these parts add up.",
            "Add one of kind parts_of with the same measures.",
        )


JUDGES: tuple[Callable[[Pack], Iterator[Fault]], ...] = (
    _indicators,
    _measures,
    _cycles,
    _classings,
    _compositions,
)
