"""The register made anew from the ledger, and compared with it."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice

from django.db import transaction

from touchstone.apps.pack import scheme
from touchstone.apps.register import counting, projection
from touchstone.apps.register.counting import GROUPED, Tally
from touchstone.apps.register.histories import histories
from touchstone.apps.register.inserting import Row
from touchstone.apps.register.ledger import lock
from touchstone.apps.register.models import (
    LedgerEntry,
    RegisterCount,
    RegisterGroup,
    RegisterName,
    RegisterSpan,
    RegisterSpelling,
    RegisterSuccession,
    RegisterWord,
)
from touchstone.apps.register.projection import COLUMNS, Projection

AT_ONCE = 500  # organisations compared together
_AT = {name: place for place, name in enumerate(COLUMNS)}


@transaction.atomic
def rebuild() -> int:
    """Make the register anew from the ledger; gives the number of its stretches.

    Raises Unusable at an entry whose act is damaged; then the register stays as it was.
    """
    lock()
    projection.clear()
    return projection.fill(_projections())


@transaction.atomic
def rebuild_where_empty() -> int:
    """Make the register where the ledger has entries and the register has none, as after an older version.

    Where it has rows and no counts of them, they are only counted.
    """
    if RegisterSpan.objects.exists():
        if not RegisterGroup.objects.exists():
            lock()
            counting.fill_from_spans()
        return 0
    if not LedgerEntry.objects.exists():
        return 0
    return rebuild()


def rebuild_check() -> list[str]:
    """How the register and its index differ from the ledger, in words; empty where they do not."""
    found: list[str] = []
    known: dict[int, str] = {}
    words: set[str] = set()
    tally = Tally()
    waiting = iter(_projections())
    while batch := list(islice(waiting, AT_ONCE)):
        known |= {made.first_entry: made.organisation for made in batch}
        for made in batch:
            words.update(made.words)
            tally.add(made.counted())
        found += _spans_told(batch)
        found += _index_told(batch)
    found += (f"{stray}: is in the register, and not in the ledger" for stray in _strays(known))
    found += _counts_told(tally)
    spelt = RegisterSpelling.objects.values_list("variant", "word")
    return sorted([*found, *_told("the spelling", set(projection.spellings(words)), set(spelt.iterator()))])


def _projections() -> Iterator[Projection]:
    rule_sets = scheme().rule_sets
    return (projection.projected(own, rule_sets) for own in histories())


def _spans_told(batch: Sequence[Projection]) -> Iterator[str]:
    """How the stretches of some organisations differ."""
    kept = RegisterSpan.objects.filter(first_entry__in=[made.first_entry for made in batch])
    present = {_place(row): row for row in map(projection.plain, kept.values_list(*COLUMNS))}
    wanted = {_place(row): row for made in batch for row in made.rows}
    yield from _told("", set(wanted), set(present))
    for place in wanted.keys() & present.keys():
        for name, here, there in zip(COLUMNS, present[place], wanted[place], strict=True):
            if here != there:
                yield f"{_words(*place)}: {name} is {here} in the register, {there} in the ledger"


def _index_told(batch: Sequence[Projection]) -> Iterator[str]:
    """How names, words and successions of some organisations differ."""
    of = {"first_entry__in": [made.first_entry for made in batch]}
    names = set(RegisterName.objects.filter(**of).values_list("first_entry", "folded"))
    words = set(RegisterWord.objects.filter(**of).values_list("first_entry", "word"))
    own = RegisterSuccession.objects.filter(organisation__in=[made.organisation for made in batch])
    became = set(own.values_list("organisation", "successor"))
    yield from _told("the name of entry", {(m.first_entry, name) for m in batch for name in m.names}, names)
    yield from _told("the word of entry", {(m.first_entry, word) for m in batch for word in m.words}, words)
    yield from _told("the succession", {(m.organisation, o) for m in batch for o in m.successors}, became)


def _strays(known: Mapping[int, str]) -> Iterator[str]:
    """What the register keeps of organisations that the ledger does not have."""
    spans = set(RegisterSpan.objects.values_list("first_entry", "organisation").distinct())
    yield from (str(organisation) for first, organisation in spans if first not in known)
    for what, index in (("the name", RegisterName), ("the word", RegisterWord)):
        entries = set(index.objects.values_list("first_entry", flat=True).distinct())
        yield from (f"{what} of entry {first}" for first in entries - known.keys())
    became = set(RegisterSuccession.objects.values_list("organisation", flat=True).distinct())
    yield from (f"the succession of {organisation}" for organisation in became - set(known.values()))


def _counts_told(tally: Tally) -> Iterator[str]:
    """How the counts differ."""
    fields = ("starts", "number", *(f"group__{name}" for name in GROUPED))
    kept = RegisterCount.objects.values_list(*fields).iterator()
    wanted = {(day, number, *group) for group, day, number in tally.counts()}
    yield from _told("the count", wanted, {(day.isoformat(), *rest) for day, *rest in kept})


def _told(what: str, wanted: AbstractSet[Row], present: AbstractSet[Row]) -> Iterator[str]:
    for row in wanted - present:
        yield f"{_words(what, *row)}: is in the ledger, and not in the register"
    for row in present - wanted:
        yield f"{_words(what, *row)}: is in the register, and not in the ledger"


def _place(row: Row) -> Row:
    """What tells a stretch apart: organisation, level and first day."""
    return row[_AT["organisation"]], row[_AT["level"]], row[_AT["starts"]]


def _words(*parts: object) -> str:
    return " ".join(str(part) for part in parts if part != "")
