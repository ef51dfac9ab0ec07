"""Published methods as a pack defines them in `methods.toml`, read strictly."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from touchstone.core.faults import Fault, Unusable
from touchstone.core.scheme.folders import nearest_file
from touchstone.core.scheme.items import origin_of
from touchstone.core.scheme.loading import METHODS, shipped
from touchstone.core.scheme.model import Origin, Scheme
from touchstone.core.scheme.naming import suggestion
from touchstone.core.scheme.tables import Notes, Table
from touchstone.core.scheme.translation import ENGLISH, read, translated

Turn = Literal["stimulant", "destimulant", "nominant"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingredient:
    """One measure of a part. `optimum` is the best value of a nominant, in the measure's unit."""

    measure: str
    turn: Turn
    optimum: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part (sub-area) of an area: the mean of its ingredients, each with equal weight."""

    id: str
    name: str
    ingredients: tuple[Ingredient, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """An area of a method: the mean of its parts, each with equal weight."""

    id: str
    name: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A published method as a view on the answers of a scheme."""

    id: str
    name: str
    about: str
    areas: tuple[Area, ...]
    origin: Origin

    @property
    def ingredients(self) -> Iterator[Ingredient]:
        """All that it reads, in its order."""
        for area in self.areas:
            for part in area.parts:
                yield from part.ingredients


def methods_for(scheme: Scheme, language: str = ENGLISH) -> Mapping[str, Method]:
    """The methods of the shipped pack of a scheme, or of the nearest pack that this one extends.

    Their texts are in a language as far as they are translated. Raises Unusable where method and scheme do
    not fit, or naming the languages there are where the pack has no such one.
    """
    folder = shipped(scheme.id)
    file = nearest_file(folder, METHODS)
    methods = read_methods(folder, language)
    if faults := tuple(_misfits(methods, scheme)):
        raise Unusable(str(file), *faults)
    return methods


@cache
def read_methods(folder: Path, language: str = ENGLISH) -> Mapping[str, Method]:
    """Read the methods of a pack; none where neither it nor one that it extends has such a file.

    Raises Unusable with every fault.
    """
    file = nearest_file(folder, METHODS)
    if not file.is_file():
        return {}
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Unusable(str(file), Fault("", f"This is not readable TOML: {error}.", "Mend it.")) from None
    catalogue = read(folder, language).catalogues.get(METHODS, {})
    notes = Notes()
    table = Table(translated(values, file=METHODS, catalogue=catalogue), file=file.name, notes=notes)
    methods = table.each("method", _method)
    table.close()
    if notes.faults:
        raise Unusable(str(file), *notes.faults)
    return {method.id: method for method in methods}


def _method(table: Table) -> Method:
    return Method(
        id=table.text("id"),
        name=table.text("name"),
        about=table.text("about"),
        areas=table.each("area", _area),
        origin=origin_of(table),
    )


def _area(table: Table) -> Area:
    return Area(id=table.text("id"), name=table.text("name"), parts=table.each("part", _part))


def _part(table: Table) -> Part:
    ingredients = (
        *(Ingredient(measure=id, turn="stimulant") for id in table.texts("stimulants", ())),
        *(Ingredient(measure=id, turn="destimulant") for id in table.texts("destimulants", ())),
        *(table.inner("nominants", _nominants) or () if table.has("nominants") else ()),
    )
    if not ingredients:
        table.note("stimulants", "The part has no measure.", "Name one.")
    return Part(id=table.text("id"), name=table.text("name"), ingredients=ingredients)


def _nominants(table: Table) -> tuple[Ingredient, ...]:
    return tuple(Ingredient(measure=id, turn="nominant", optimum=table.number(id)) for id in table.keys)


def _misfits(methods: Mapping[str, Method], scheme: Scheme) -> Iterator[Fault]:
    """Measures that the scheme lacks or that have no order, and sources that it does not name."""
    for method in methods.values():
        place = f"{METHODS}: {method.id}"
        for ingredient in method.ingredients:
            measure = scheme.measures.get(ingredient.measure)
            if measure is None:
                remedy = suggestion(ingredient.measure, scheme.measures)
                yield Fault(place, f"The scheme has no {ingredient.measure}.", remedy)
            elif not measure.kind.numeric:
                yield Fault(place, f"{measure.id} has no order.", "Name a numeric measure.")
        for source in method.origin.sources:
            if source not in scheme.sources:
                yield Fault(place, f'There is no source "{source}".', suggestion(source, scheme.sources))
