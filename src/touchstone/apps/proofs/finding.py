"""Which organisations a list of texts means: by key, by name now or before, by the number of a label.

Only what the ledger held up to an entry is looked at, so that the same list later means the same.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from touchstone.apps.register.histories import restored
from touchstone.apps.register.models import LONGEST_NAME, LedgerEntry, RegisterName, RegisterSpan
from touchstone.core.labels.known import by_organisation
from touchstone.core.labels.model import Entry
from touchstone.core.labels.names import fold

SUGGESTIONS = 3
_KEY = re.compile(r"[a-z0-9-]{1,120}")
_NUMBER = re.compile(r"(?:n[or]\.? ?|#|№ ?)?0{0,8}([1-9][0-9]{0,8})", re.IGNORECASE | re.ASCII)

Keys = Mapping[str, frozenset[str]]  # text → keys of organisations


@dataclass(frozen=True, slots=True)
class Found:
    """The keys that each text means, and the entries of all these organisations, in order."""

    keys: Keys
    entries: Mapping[str, tuple[Entry, ...]]


def find(texts: Iterable[str], *, upto: int) -> Found:
    """The organisations that texts mean, by the entries of the ledger up to a number.

    A key means its own organisation and no other. A name that several have, and a number that is also a name,
    mean all of these.
    """
    asked = tuple(dict.fromkeys(texts))
    named, numbered = _named(asked), _numbered(asked, upto)
    every = {text.lower() for text in asked if _KEY.fullmatch(text.lower())}
    entries = _entries(every.union(*named.values(), *numbered.values()), upto)

    def meant(text: str) -> frozenset[str]:
        if text.lower() in entries:
            return frozenset({text.lower()})
        names = {key for key in named[text] if _was_called(entries.get(key, ()), fold(text)[:LONGEST_NAME])}
        return frozenset(names | numbered[text])

    return Found({text: meant(text) for text in asked}, entries)


def suggestions(text: str, *, on: date) -> tuple[str, ...]:
    """Names of the register that a text may have been meant for. They are shown, and never taken."""
    like = RegisterSpan.objects.on(on).headlines().search(text)
    return tuple(like.values_list("name", flat=True)[:SUGGESTIONS]) if fold(text) else ()


def _named(texts: Iterable[str]) -> dict[str, set[str]]:
    """The organisations that have such a name, now or before, by the register as it is now."""
    folded = {text: fold(text)[:LONGEST_NAME] for text in texts}
    wanted = set(folded.values()) - {""}
    names = list(RegisterName.objects.filter(folded__in=wanted).values_list("folded", "first_entry"))
    first = LedgerEntry.objects.filter(number__in={entry for _, entry in names})
    keys = dict(first.values_list("number", "organisation"))
    bearing: dict[str, set[str]] = defaultdict(set)
    for name, entry in names:
        bearing[name].add(keys[entry])
    return {text: bearing[name] if name else set() for text, name in folded.items()}


def _numbered(texts: Iterable[str], upto: int) -> dict[str, set[str]]:
    """The organisations of the ledger entries that texts are numbers of."""
    numbers = {text: int(found[1]) for text in texts if (found := _NUMBER.fullmatch(text))}
    asked = [number for number in numbers.values() if number <= upto]
    filed = dict(LedgerEntry.objects.filter(number__in=asked).values_list("number", "organisation"))
    return {text: {filed[numbers[text]]} if numbers.get(text) in filed else set() for text in texts}


def _entries(organisations: Iterable[str], upto: int) -> Mapping[str, tuple[Entry, ...]]:
    rows = LedgerEntry.objects.filter(organisation__in=sorted(organisations), number__lte=upto)
    return by_organisation(map(restored, rows.order_by("number")))


def _was_called(entries: Iterable[Entry], folded: str) -> bool:
    return any(fold(entry.act.name)[:LONGEST_NAME] == folded for entry in entries)
