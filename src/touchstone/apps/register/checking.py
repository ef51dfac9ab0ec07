"""A whole ledger checked in stretches, by several processes where it is long: it says the same as one alone.

Each process reads its stretches itself, and only what it found comes back. It knows no database: a ledger's
file is checked with it where there is none.
"""

from collections.abc import Generator, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Final

from touchstone.apps.register.stretches import Stretch, Unreachable
from touchstone.core.faults import Fault, Unusable
from touchstone.core.labels import ledger
from touchstone.core.labels.ledger import Checked, DayEnd, Signers
from touchstone.core.workers import Lost, Workers, processors
from touchstone.output import keys

# So many stretches a single process checks in the time in which others would have started.
FEW: Final = 4
_LOADED: Final = ["touchstone.apps.register.checking"]


def check(stretches: Iterable[Stretch], signers: Signers, *, few: int = FEW) -> Checked:
    """The first fault of all entries against these keys, and how far each day came.

    Raises Unusable where entries cannot be read before a fault is found, Unreachable where another process
    cannot read them at all.
    """
    ahead = iter(stretches)
    begun = list(islice(ahead, few + 1))
    if len(begun) <= few:
        return _joined(_found(stretch, signers) for stretch in begun)
    with closing(_in_order(_Check([*begun, *ahead], signers))) as found:
        return _joined(found)


@dataclass(frozen=True, slots=True)
class _Check:
    """Checks one of these stretches. A process is handed this once; what cannot be read comes back."""

    stretches: Sequence[Stretch]
    signers: Signers

    def __call__(self, place: int) -> tuple[int, Checked | Unusable | Unreachable]:
        try:
            return place, _found(self.stretches[place], self.signers)
        except (Unusable, Unreachable) as why:
            return place, why


def _found(stretch: Stretch, signers: Signers) -> Checked:
    entries = stretch.entries()
    after = next(entries, None) if stretch.follows else None
    check_signature = keys.check_signature(signers.keys)
    return ledger.check(entries, check_signature=check_signature, retired=signers.retired, after=after)


def _joined(stretches: Iterable[Checked]) -> Checked:
    """What all stretches together found; those after the first fault are not looked at."""
    entries, ends = 0, dict[object, DayEnd]()
    for checked in stretches:
        entries += checked.entries
        ends |= {end.day: end for end in checked.ends}
        if checked.fault:
            return Checked(entries=entries, fault=checked.fault, ends=tuple(ends.values()))
    return Checked(entries=entries, fault=None, ends=tuple(ends.values()))


def _in_order(work: _Check) -> Generator[Checked]:
    """What the processes find, in order. Closing it ends them. Raises what a stretch came back with."""
    places = range(len(work.stretches))
    workers = Workers(work=work, jobs=min(processors(), len(places)), loaded=_LOADED)
    found: dict[int, Checked | Unusable | Unreachable] = {}
    with closing(workers.outcomes(places)) as outcomes:
        for place in places:
            while place not in found:
                outcome = next(outcomes)
                if isinstance(outcome, Lost):
                    problem = "a process that checked it was ended from outside, twice."
                    raise Unusable("", Fault("the check", problem, "Run it again, with more memory."))
                found.update([outcome])
            checked = found.pop(place)
            if isinstance(checked, Exception):
                raise checked
            yield checked
