"""A pack that is judged: its scheme, where its items stand, and what it drops of another pack."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from touchstone.core.faults import Fault
from touchstone.core.scheme.model import Measure, Scheme
from touchstone.core.scheme.naming import suggestion

UNNAMED = "an item without an id"  # that the id is missing is said already


@dataclass(frozen=True, slots=True)
class Pack:
    """A scheme with the places of its items."""

    scheme: Scheme
    places: Mapping[tuple[str, str], str]
    dropped: Mapping[str, str] = field(default_factory=dict)  # id of what an overlay drops, and where

    def place(self, kind: str, id: str) -> str:
        """Where an item stands: file and id."""
        return self.places.get((kind, id), UNNAMED)

    def unknown(self, word: str, known: Iterable[str], what: str, place: str) -> Iterator[Fault]:
        """A fault where a word is none of those known; one that an overlay drops is told where it does."""
        names = tuple(known)
        if word in names:
            return
        if word in self.dropped:
            problem = f"It drops {word}, which is named in {place}."
            yield Fault(self.dropped[word], problem, "Keep it, or change what names it as well.")
        else:
            yield Fault(place, f'There is no {what} "{word}".', suggestion(word, names))

    def numeric(self, id: str, place: str) -> Iterator[Fault]:
        """A fault where an id is that of no measure, or of one that cannot be reckoned with."""
        yield from self.unknown(id, self.scheme.measures, "measure", place)
        measure = self.scheme.measures.get(id)
        if measure is not None and not measure.kind.numeric:
            yield Fault(
                place, f"{id} is {kind_of(measure)} and cannot be reckoned with.", "Name a numeric measure."
            )


def kind_of(measure: Measure) -> str:
    """The kind of a measure in words."""
    return f"of kind {measure.kind.value}"
