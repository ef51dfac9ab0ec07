"""The register's tables, made from the ledger's entries: the same rows whatever the way there."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import islice
from operator import itemgetter
from typing import Final

from django.db import connection
from django.db.models import F

from touchstone.apps.pack import scheme
from touchstone.apps.register import counting
from touchstone.apps.register.counting import COUNTED, Tally
from touchstone.apps.register.inserting import Row, rows_into
from touchstone.apps.register.models import (
    LONGEST_NAME,
    LONGEST_WORD,
    RegisterCount,
    RegisterGroup,
    RegisterName,
    RegisterSpan,
    RegisterSpelling,
    RegisterSuccession,
    RegisterWord,
)
from touchstone.core.assessment.spelling import one_letter_less
from touchstone.core.labels.known import as_known
from touchstone.core.labels.model import Entry
from touchstone.core.labels.names import fold
from touchstone.core.labels.spans import Span, spans
from touchstone.core.labels.status import RuleSets

TABLES: Final = (
    RegisterSpan, RegisterName, RegisterWord, RegisterSpelling, RegisterSuccession, RegisterCount,
    RegisterGroup,
)  # fmt: skip
AT_ONCE = 1_000  # organisations
SHORTEST_SPELT = 3  # letters: with one that was typed too many they are four
COLUMNS = (
    "organisation", "first_entry", "level", "headline", "standing", "starts", "ends", "valid_from",
    "valid_until", "renewable_until", "grant", "name", "folded", "former_names", "country", "portfolio",
    "website", "host", "first_labelled_on", "entry", "successors",
)  # fmt: skip
_counted = itemgetter(*map(COLUMNS.index, COUNTED))


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """What the register keeps of one organisation. `rows` hold values of COLUMNS, days and lists as text."""

    organisation: str
    first_entry: int
    rows: tuple[Row, ...]
    names: frozenset[str]  # folded: all that it has, had or will have
    words: frozenset[str]
    successors: frozenset[str]

    def counted(self) -> Iterator[Row]:
        """The rows as they are counted: values of COUNTED."""
        return map(_counted, self.rows)


def projected(entries: Sequence[Entry], rule_sets: RuleSets) -> Projection:
    """What the entries of one organisation, at least one and in order, come to. Nothing is saved."""
    organisation, acts = entries[0].act.organisation, as_known(entries)
    stretches = spans(acts, organisation, rule_sets=rule_sets)
    # Who never held a label is not in the register, and so is not found in it.
    folded = {name: fold(name)[:LONGEST_NAME] for name in {known.act.name for known in acts}}
    names = set(folded.values()) if stretches else set()
    others = {other for entry in entries for other in entry.act.others}
    return Projection(
        organisation=organisation,
        first_entry=entries[0].number,
        rows=tuple(row for span in stretches for row in _rows(span, entries, folded)),
        names=frozenset(names - {""}),
        words=frozenset(word[:LONGEST_WORD] for name in names for word in name.split()),
        successors=frozenset(others - {organisation}),
    )


def _rows(span: Span, entries: Sequence[Entry], folded: Mapping[str, str]) -> Iterator[Row]:
    told, first, last = span.told, entries[0], entries[-1]
    particulars = (
        told.name, folded[told.name], _list(told.former_names), told.country, told.portfolio,
        told.website, told.host, told.first_labelled_on.isoformat(), last.number, _list(told.successors),
    )  # fmt: skip
    for place, held in enumerate(told.levels):
        level = held.status
        days = (span.starts, span.ends, level.valid_from, level.valid_until, level.renewable_until)
        yield (
            first.act.organisation, first.number, level.level.value, place == 0,
            level.standing.value, *(day.isoformat() for day in days), held.grant, *particulars,
        )  # fmt: skip


def _list(texts: Sequence[str]) -> str:
    return json.dumps(list(texts)) if texts else "[]"


def _plain(value: object) -> str | int:
    match value:
        case date():
            return value.isoformat()
        case list():
            return _list(value)
        case str() | int():
            return value
    raise TypeError(f"{value!r} is no value of the register")


def refresh(organisation: str, entries: Sequence[Entry]) -> None:
    """Bring the register up to the entries of one organisation, at least one, and touch nothing else."""
    made = projected(entries, scheme().rule_sets)
    own = RegisterWord.objects.filter(first_entry=made.first_entry)
    before = set(own.values_list("word", flat=True))
    tally = Tally()
    tally.add(counting.spans_of({"first_entry": made.first_entry}), times=-1)
    tally.add(made.counted())
    RegisterSpan.objects.filter(first_entry=made.first_entry).delete()
    RegisterName.objects.filter(first_entry=made.first_entry).delete()
    RegisterSuccession.objects.filter(organisation=organisation).delete()
    own.delete()
    _insert([made])
    counting.change(tally)
    _forget(before - made.words)
    _insert_spellings(made.words - before - _spelt(made.words - before))


def fill(projections: Iterable[Projection]) -> int:
    """Fill the empty tables of the register, a batch at a time; gives the number of stretches."""
    words: set[str] = set()
    tally = Tally()
    stretches = 0
    waiting = iter(projections)
    with _indexes_last():
        while batch := list(islice(waiting, AT_ONCE)):
            _insert(batch)
            for made in batch:
                words.update(made.words)
                tally.add(made.counted())
                stretches += len(made.rows)
        _insert_spellings(words)
        counting.fill(tally)
    return stretches


def clear() -> None:
    """Empty the register's tables."""
    for model in TABLES:
        model.objects.all().delete()


def plain(row: Iterable[object]) -> Row:
    """Values of COLUMNS as the database gives them, in the form of a projection's."""
    return tuple(map(_plain, row))


def spellings(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The rows that let a word be found with a typing error in it."""
    for word in words:
        if len(word) >= SHORTEST_SPELT:
            yield from ((variant, word) for variant in dict.fromkeys(one_letter_less(word)))


def _insert(batch: Sequence[Projection]) -> None:
    rows_into(RegisterSpan, COLUMNS, (row for made in batch for row in made.rows))
    for model, column in ((RegisterName, "folded"), (RegisterWord, "word")):
        texts = ((text, made.first_entry) for made in batch for text in _sorted(made, column))
        rows_into(model, (column, "first_entry"), texts)
    successions = ((made.organisation, other) for made in batch for other in sorted(made.successors))
    rows_into(RegisterSuccession, ("organisation", "successor"), successions)


def _insert_spellings(words: Iterable[str]) -> None:
    rows_into(RegisterSpelling, ("variant", "word"), spellings(sorted(words)))


def _spelt(words: Iterable[str]) -> set[str]:
    """Those of some words that are spelt out already, because others have them too."""
    there = RegisterSpelling.objects.filter(word__in=list(words), variant=F("word"))
    return set(there.values_list("word", flat=True))


def _forget(words: Iterable[str]) -> None:
    """Take away the spellings of words that no organisation has any more."""
    left = RegisterWord.objects.filter(word__in=list(words)).values_list("word", flat=True)
    gone = set(words) - set(left)
    RegisterSpelling.objects.filter(word__in=gone).delete()


@contextmanager
def _indexes_last() -> Iterator[None]:
    """On SQLite, make the indexes after the rows: sorted at once and not row by row.

    A server would not let others read in the meantime.
    """
    if connection.vendor != "sqlite":
        yield
        return
    tables = [model._meta.db_table for model in TABLES]  # noqa: SLF001  (Django's own way to a table's name)
    places = ", ".join(["%s"] * len(tables))
    with connection.cursor() as cursor:
        own = f"type = 'index' AND sql IS NOT NULL AND tbl_name IN ({places})"
        cursor.execute(f"SELECT name, sql FROM sqlite_master WHERE {own}", tables)  # noqa: S608  (only marks)
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {connection.ops.quote_name(name)}")
        yield
        for _, statement in indexes:
            cursor.execute(statement)


def _sorted(made: Projection, column: str) -> list[str]:
    return sorted(made.words if column == "word" else made.names)
