"""The rows of the open data, from the register's stretches and from the ledger."""

from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import cast

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.db.models.functions import Collate

from touchstone.apps.pack import scheme
from touchstone.apps.register.histories import restored
from touchstone.apps.register.models import LedgerEntry, RegisterSpan
from touchstone.core.labels.grants import Grant, grants
from touchstone.output.open_data import Row

APART = " | "
_AT_ONCE = 2000
# The order of bytes, whatever a server sorts by: the files are the same from any database.
_BY_BYTES = {"sqlite": "BINARY", "postgresql": "C"}


def register_rows(on: date) -> Iterator[Row]:
    """A row for each level of each organisation, by key; of several levels the headline first."""
    spans = RegisterSpan.objects.on(on).order_by(_by_key(), "-headline", "level")
    return (register_row(span, on=on) for span in spans.iterator(_AT_ONCE))


def register_row(span: RegisterSpan, *, on: date) -> Row:
    """A stretch of the register as a row about a day that it holds."""
    return {
        "on": on,
        "organisation": span.organisation,
        "name": span.name,
        "former_names": APART.join(span.former_names),
        "country": span.country,
        "portfolio": span.portfolio,
        "website": span.website,
        "host": span.host,
        "level": span.level,
        "headline": span.headline,
        "status": span.standing,
        "valid_from": span.valid_from,
        "valid_until": span.valid_until,
        "renewable_until": span.renewable_until,
        "first_labelled_on": span.first_labelled_on,
        "grant": span.grant,
        "entry": span.entry,
        "successors": APART.join(span.successors),
        "page": f"{settings.TOUCHSTONE_ADDRESS}/register/{span.organisation}/",
    }


def label_rows(on: date, *, known: datetime) -> Iterator[Row]:
    """A row for each grant as known at a moment, by key of its organisation, then by number."""
    rows = LedgerEntry.objects.order_by(_by_key(), "number").iterator(_AT_ONCE)
    rules = scheme().rule_sets
    with closing(cast(Generator[LedgerEntry], rows)) as each:
        for _, own in groupby(each, key=attrgetter("organisation")):
            acts = list(map(restored, own))
            yield from _of_grants(grants(acts, on=on, known=known, rule_sets=rules), on)


def _by_key() -> Collate:
    return Collate(F("organisation"), _BY_BYTES[connection.vendor])


def _of_grants(given: Iterable[Grant], on: date) -> Iterator[Row]:
    for grant in given:
        act = grant.act
        yield {
            "on": on,
            "number": grant.number,
            "organisation": act.organisation,
            "name": act.name,
            "country": act.country,
            "portfolio": act.portfolio,
            "kind": act.kind.value,
            "level": act.level and act.level.value,
            "valid_from": act.valid_from,
            "valid_until": act.valid_until,
            "renewable_until": act.renewable_until,
            "became": grant.fate.value,
            "renewed_by": grant.renewed_by,
            "rule_set": act.rule_set,
            "recorded": act.recorded,
            "derived": APART.join(act.derived),
            "origin": act.origin,
            "corrected_by": APART.join(map(str, grant.corrected_by)),
        }
