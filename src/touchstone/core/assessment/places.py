"""Where a place is: a name as lists write it, found among the places of a country, or asked about.

A name finds the places that carry it, those that people shorten to it (Frankfurt for Frankfurt am Main)
or whose names begin with it, and those that it is another name of (Monachium for München). Where more
than one is left, only the text decides: what stands beside the name (a region, a larger town nearby, the
end of the full name) or the postcode. Size never picks one of two places of the same name.

Size does rule out what nobody means: a place whose name is longer, or that has the name only as another
one, beside one that carries it (see `Places.named`).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from touchstone.core.assessment.distance import Position, distance_km
from touchstone.core.assessment.place_names import (
    beginnings,
    halves,
    key,
    numbered,
    parted,
    postcodes,
    short_key,
    shortened,
    spellings,
)
from touchstone.core.assessment.spelling import one_letter_less

SAME_PLACE_KM = 5.0  # a town and its centre, listed as two: to a radius of 150 km they are one place
NEIGHBOUR_KM = 50.0  # a town named beside another says where about that is
PART_KM = 20.0  # what is called after a larger place so near is a part of it: Zürich (Kreis 3)
# So many times smaller than the place that carries a name, one whose name only begins with it is not meant:
# Palma is not Palma del Río, but San Fernando may well be San Fernando de Henares.
DWARFED = 5
NEAR_AT_MOST = 3
KNOWN_ABROAD = 100_000  # inhabitants from which other names of a place are offered for mistyped ones
ALIKE = 0.7  # as difflib counts it; below, two names have too little in common to offer one for the other
SAME_BEGINNING = 3  # letters that a name with more than one error must still begin with


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A populated place. Degrees are WGS 84; `others` are other names.

    `region` is the gazetteer's code of where it lies, `region_name` its name where that is known.
    """

    name: str
    country: str
    region: str
    latitude: float
    longitude: float
    population: int
    others: tuple[str, ...] = ()
    region_name: str = ""

    @property
    def position(self) -> Position:
        return self.latitude, self.longitude


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A part of a country: its names, the first to be shown, and how its postcodes begin."""

    code: str
    names: tuple[str, ...]
    postcodes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The one place that a text names."""

    place: Place


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Places that a text may name, the largest first; which of them, only a person can say."""

    candidates: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """No place of that name. `near` are names that may be meant; `covered`: the gazetteer has the country."""

    near: tuple[str, ...] = ()
    covered: bool = True


Located = Found | Doubtful | Unknown


class Places:
    """The places of one country, found by any of their names."""

    def __init__(self, places: Iterable[Place], regions: Iterable[Region] = ()) -> None:
        self.places = tuple(places)
        self.regions = {region.code: region for region in regions}
        self._exact, self._other, self._short, self._begun = (
            defaultdict[str, list[Place]](list) for _ in range(4)
        )
        for place in self.places:
            self._enter(place)

    def _enter(self, place: Place) -> None:
        own, short = key(place.name), short_key(place.name)
        self._exact[own].append(place)
        if short != own:
            self._short[short].append(place)
        for beginning in beginnings(own):
            self._begun[beginning].append(place)
        for name in place.others:
            self._other[key(name)].append(place)

    def named(self, words: str) -> tuple[Place, ...]:
        """The places that a key may stand for.

        Beside those that carry it: those that are shortened to it, and where there is any of these, those
        whose names begin with it; without what is `DWARFED` by, or a part of, one that carries it. Who has
        it only as another name is left out beside one of its own name that is at least as large.
        """
        exact, other, short = (index.get(words, []) for index in (self._exact, self._other, self._short))
        if not (exact or other or short):
            return ()
        longer = (*short, *self._begun.get(words, []))
        carry = [*exact, *(place for place in other if place not in longer)]
        own = [*exact, *(place for place in longer if not _overshadowed(place, carry))]
        return tuple(dict.fromkeys((*own, *(p for p in other if p.population > _largest(own)))))

    def begun(self, words: str) -> tuple[Place, ...]:
        """The places whose names begin with a key, as people leave out the rest: worth asking about."""
        return tuple(self._begun.get(words, ()))

    def regions_named(self, words: str) -> frozenset[str]:
        """The codes of the regions that a key is a name of."""
        return self._regions.get(words, frozenset())

    def regions_of(self, postcode: str) -> frozenset[str]:
        """The codes of the regions whose postcodes begin as this one does; none where that is not known."""
        return frozenset(
            region.code
            for region in self.regions.values()
            if any(postcode.startswith(beginning) for beginning in region.postcodes)
        )

    def near(self, words: str) -> tuple[str, ...]:
        """Names of places that are most like a mistyped key, at most `NEAR_AT_MOST`."""
        close = {known for part in one_letter_less(words) for known in self._mistyped.get(part, ())}
        if not close:
            close = set(self._beginning.get(words[:SAME_BEGINNING], ()))
        alike = get_close_matches(words, sorted(close), n=NEAR_AT_MOST, cutoff=ALIKE)
        return tuple(dict.fromkeys(self._spelled[known] for known in alike))

    @cached_property
    def _regions(self) -> Mapping[str, frozenset[str]]:
        by_name: dict[str, set[str]] = defaultdict(set)
        for region in self.regions.values():
            for name in region.names:
                by_name[key(name)].add(region.code)
        return {name: frozenset(codes) for name, codes in by_name.items()}

    @cached_property
    def _spelled(self) -> Mapping[str, str]:
        """Key → the name of its place, as it is written."""
        known = [place for place in self.places if place.population >= KNOWN_ABROAD]
        others = {key(name): place.name for place in known for name in place.others}
        return others | {key(place.name): place.name for place in self.places}

    @cached_property
    def _beginning(self) -> Mapping[str, Sequence[str]]:
        by_beginning: dict[str, list[str]] = defaultdict(list)
        for known in self._spelled:
            by_beginning[known[:SAME_BEGINNING]].append(known)
        return by_beginning

    @cached_property
    def _mistyped(self) -> Mapping[str, Sequence[str]]:
        by_part: dict[str, list[str]] = defaultdict(list)
        for known in self._spelled:
            for part in one_letter_less(known):
                by_part[part].append(known)
        return by_part


Gazetteer = Callable[[str], Places | None]  # the places of a country by its ISO code; None where it has none


def locate(
    place: str, country: str, gazetteer: Gazetteer, *, region: str = "", postcode: str = ""
) -> Located:
    """Which place a text names.

    Args:
        place: a name as a list writes it, with or without postcode, region, district or street.
        country: ISO 3166-1 alpha-2.
        gazetteer: gives the places of a country.
        region: what another column says of where it is; it decides between places of one name.
        postcode: the same.
    """
    places = gazetteer(country)
    if places is None:
        return Unknown(covered=False)
    read = _reading(place, places)
    if not read.candidates:
        return Unknown(near=places.near(read.words))
    left: Sequence[Place] | None = read.candidates
    for addition in (*read.additions, *parted(region)):
        left = _told(left, addition, places) if left else left
    if not left or read.unsure:
        return Doubtful(_by_size(left or read.candidates))
    return _decided(_by_postcode(left, (*postcodes(place), *_digits(postcode)), places))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What was read: the places that it may be, what stood beside the name, and whether that fits."""

    words: str
    candidates: tuple[Place, ...] = ()
    additions: tuple[str, ...] = ()
    unsure: bool = False


def _reading(text: str, places: Places) -> _Reading:
    parts = parted(text)
    whole = " ".join(parts)
    if found := places.named(whole):  # brackets and strokes may belong to the name: Frankfurt (Oder)
        return _Reading(words=whole, candidates=found)
    # What holds a number is a street; only where no other part is a place, a place with its number.
    for part in sorted(parts, key=numbered):
        for name, additions in _names(part, places):
            if found := places.named(name):
                return _beside(part, parts, _Reading(words=name, candidates=found, additions=additions))
    return _hyphenated(text, places) or _unfinished(_shortest(parts), places)


def _beside(part: str, parts: Sequence[str], read: _Reading) -> _Reading:
    """A reading of one part with the others; one that stood before it and is no street is not understood."""
    at = parts.index(part)
    before = [other for other in parts[:at] if not numbered(other)]
    after = [other for other in parts[at + 1 :] if not numbered(other)]
    return _Reading(
        words=read.words,
        candidates=read.candidates,
        additions=(*read.additions, *after),
        unsure=bool(before),
    )


def _names(part: str, places: Places) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The names that a part may be, each with what it says beside the name."""
    for words in spellings(part):
        yield words, ()
        name, _, last = words.rpartition(" ")
        if places.regions_named(last):
            yield name, (last,)
        name, addition = shortened(words)
        if addition:
            yield name, (addition,)


def _hyphenated(text: str, places: Places) -> _Reading | None:
    """A town and its district in one word; sure only where both are places, one near the other."""
    sides = halves(text)
    found = places.named(sides[0]) if sides else ()
    if not sides or not found:
        return None
    district = places.named(sides[1])
    near = tuple(p for p in found if any(_km(p, other) <= NEIGHBOUR_KM for other in district))
    return _Reading(words=sides[0], candidates=near or found, unsure=not near)


def _unfinished(words: str, places: Places) -> _Reading:
    """Names that were broken off, or none."""
    return _Reading(words=words, candidates=places.begun(words), unsure=True)


def _told(candidates: Sequence[Place], addition: str, places: Places) -> Sequence[Place] | None:
    """The candidates that an addition fits; None where it contradicts them all, all where it says nothing."""
    if own := [place for place in candidates if _in_its_name(addition, place)]:
        return own
    regions, towns = places.regions_named(addition), places.named(addition)
    beside = [p for p in candidates if any(_km(p, town) <= NEIGHBOUR_KM for town in towns)]
    fits = [p for p in candidates if p.region in regions] or beside
    if not fits and towns:  # a region goes by the name of its chief town in many countries
        fits = [p for p in candidates if p.region in {town.region for town in towns}]
    return fits or (None if regions or towns else candidates)


def _in_its_name(addition: str, place: Place) -> bool:
    """Whether each word of an addition begins a word at the end of the place's own name: "M." for Main."""
    end = key(place.name).split()[1:]
    return all(any(word.startswith(piece) for word in end) for piece in addition.split())


def _by_postcode(candidates: Sequence[Place], codes: Sequence[str], places: Places) -> Sequence[Place]:
    """The candidates in the regions of the postcodes; all of them where that would leave none."""
    regions = frozenset[str]().union(*(places.regions_of(code) for code in codes))
    return [place for place in candidates if place.region in regions] or candidates


def _decided(candidates: Sequence[Place]) -> Found | Doubtful:
    largest, *others = _by_size(candidates)
    if all(_km(largest, other) <= SAME_PLACE_KM for other in others):
        return Found(largest)
    return Doubtful((largest, *others))


def _by_size(places: Iterable[Place]) -> tuple[Place, ...]:
    def order(place: Place) -> tuple[object, ...]:
        return -place.population, place.name, place.position, place.region, place.others

    return tuple(sorted(places, key=order))


def _overshadowed(place: Place, carry: Iterable[Place]) -> bool:
    """Whether a place of a longer name is not meant where others carry the short one."""
    return any(
        other.population >= place.population * DWARFED
        or (other.population > place.population and _km(place, other) <= PART_KM)
        for other in carry
    )


def _largest(places: Iterable[Place]) -> int:
    return max((place.population for place in places), default=0)


def _km(one: Place, other: Place) -> float:
    return distance_km(one.position, other.position)


def _digits(postcode: str) -> tuple[str, ...]:
    digits = "".join(letter for letter in postcode if letter.isdigit())
    return (digits,) if digits else ()


def _shortest(parts: Sequence[str]) -> str:
    """What of an unknown place near names are looked for: the part without numbers, in its plainest form."""
    plain = [part for part in parts if not numbered(part)] or list(parts)
    return tuple(spellings(plain[0]))[-1] if plain else ""
