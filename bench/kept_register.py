"""The ledger of a large register, kept in the home that TOUCHSTONE_HOME names, and the register made from it.

usage: python -m bench.kept_register make SIZE | rebuild
"""

import json
import os
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, date
from itertools import islice, pairwise
from pathlib import Path
from time import perf_counter, process_time

from bench.made_up_register import acts, chained
from bench.measuring import peak_megabytes

from touchstone.config.startup import ready
from touchstone.core.labels import heads, ledger
from touchstone.core.labels.ledger import DayEnd
from touchstone.core.labels.model import Entry, Head
from touchstone.core.scheme.loading import load, shipped
from touchstone.output import keys

ROWS = 2_000  # of one statement


def main() -> None:
    ready()
    done = make(int(sys.argv[2])) if sys.argv[1] == "make" else rebuild()
    print(json.dumps(done))


def make(organisations: int) -> dict[str, float]:
    """Make the ledger of so many organisations, sign it and keep it: in bulk, with the head of each day."""
    from django.db import transaction

    from touchstone.apps.register.models import LedgerEntry, LedgerHead

    began = perf_counter()
    key = keys.create(Path(os.environ["TOUCHSTONE_HOME"]) / "keys")
    entries = list(chained(acts(organisations, load(shipped())), key=key.id, sign=key.sign))
    closed = list(_heads(entries, key))
    made = perf_counter()
    with transaction.atomic():
        for batch in _batches(entries):
            LedgerEntry.objects.bulk_create(LedgerEntry(**_row(entry)) for entry in batch)
        LedgerHead.objects.bulk_create(LedgerHead(**_columns(head)) for head in closed)
    kept = perf_counter()
    return {"entries": len(entries), "heads": len(closed), "made": made - began, "kept": kept - made}


def rebuild() -> dict[str, float]:
    """Make the register's tables anew."""
    from touchstone.apps.register import services

    began, used = perf_counter(), process_time()
    spans = services.rebuild()
    return {
        "spans": spans,
        "seconds": perf_counter() - began,
        "processor": process_time() - used,
        "megabytes": peak_megabytes(),
    }


def _heads(entries: Iterable[Entry], key: keys.KeyPair) -> Iterator[Head]:
    """The head of each day on which something was recorded, the last one's left open."""
    before = None
    for entry, following in pairwise(entries):
        day = _day(entry)
        if day < _day(following):
            end = DayEnd(day=day, number=entry.number, hash=entry.hash)
            before = heads.make(before, end, day=day, key_id=key.id, sign=key.sign)
            yield before


def _day(entry: Entry) -> date:
    return entry.act.recorded.astimezone(UTC).date()


def _row(entry: Entry) -> dict[str, object]:
    kept = ledger.stored(entry)
    names = ("number", "previous", "hash", "key", "signature")
    fields = {name: getattr(kept, name) for name in names}
    return {**fields, "organisation": entry.act.organisation, "document": str(kept.document)}


def _columns(head: Head) -> dict[str, object]:
    names = ("day", "number", "entry", "previous", "hash", "key", "signature")
    return {name: getattr(head, name) for name in names}


def _batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    waiting = iter(entries)
    while batch := list(islice(waiting, ROWS)):
        yield batch


if __name__ == "__main__":
    main()
