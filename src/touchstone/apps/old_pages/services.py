"""Pages of the old register taken into the ledger, and what a person says of their doubtful rows.

A row that holds is entered under the rule set of its time. All else is kept with its reason and waits for a
person: nothing is dropped, nothing guessed, and two names become one organisation only when somebody says so.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from touchstone.apps.old_pages.models import OldPage, OldRow
from touchstone.apps.organisations import services as organisations
from touchstone.apps.organisations.models import Organisation
from touchstone.apps.pack import scheme
from touchstone.apps.refusal import Refused
from touchstone.apps.register.services import append, history, lock
from touchstone.core.assessment.countries import country_code
from touchstone.core.labels.history import PastLabel, acts_of
from touchstone.core.labels.likeness import likely_same
from touchstone.core.labels.model import Entry
from touchstone.core.labels.names import fold, key_of
from touchstone.intake.old_register import Page, guessed, period_problems

ORIGIN = "page of the old public register"
State = OldRow.State


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What came of a page. `entered` counts new entries of the ledger, `waiting` rows for a person."""

    page: Page
    entered: int
    waiting: int
    kept: OldPage | None  # None after a trial, which keeps nothing

    def as_document(self) -> dict[str, object]:
        """The page's account in JSON's own types."""
        return self.page.as_document()


@transaction.atomic
def take_in(
    *, page: Page, name: str, country: str, by: str, at: datetime, hold: bool = False, trial: bool = False
) -> Reading:
    """Keep a page and enter its accepted rows as labels of their time. Safe to repeat.

    `country` is that of rows which name none. With `hold`, a row whose organisation looks like one that is
    known waits for a person. A `trial` enters and keeps nothing, only counts.
    """
    code = country_code(country)
    if code is None:
        raise Refused(f"“{country}” is no country code. Write two letters, such as PL.")
    lock()
    digest = hashlib.sha256(page.text.encode(errors="surrogatepass")).hexdigest()
    before = OldPage.objects.filter(sha256=digest, country=code).first()
    if before:
        return Reading(
            page=page, entered=0, waiting=before.rows.filter(state=State.WAITING).count(), kept=before
        )
    kept = OldPage(
        name=name[:200], sha256=digest, country=code, layout=page.layout, text=page.text,
        notes=list(page.notes), read_at=at, read_by=by,
    )  # fmt: skip
    rows = [*_accepted(page, code, hold=hold), *_not_entered(page)]
    if trial:
        return _counted(page, rows, None)
    kept.save()
    for row in rows:
        row.page = kept
        if row.state == State.ENTERED:
            row.entry = _entered(_past(row), by=by, at=at).number
        row.save()
    return _counted(page, rows, kept)


@transaction.atomic
def enter(*, row: OldRow, past: PastLabel, same_as: str, by: str, at: datetime) -> Entry:
    """Enter a row that waited, as a person read it.

    `same_as` is the key of the organisation whose label it is; empty makes it one of its own. Refused in
    plain words where it cannot be so.
    """
    lock()
    waiting = _waiting(row)
    for problem in _problems(past, today=at.date()):
        raise Refused(problem)
    entry = _entered(past, by=by, at=at, same_as=same_as)
    waiting.name, waiting.portfolio, waiting.country = past.name, past.portfolio, past.country
    waiting.valid_until, waiting.entry = past.valid_until, entry.number
    _settle(waiting, State.ENTERED, by=by, at=at)
    return entry


@transaction.atomic
def leave_out(*, row: OldRow, reason: str, by: str, at: datetime) -> None:
    """Leave a row out that waited; the reason is kept beside its own words."""
    if not reason.strip():
        raise Refused("Say why the row is left out.")
    waiting = _waiting(row)
    waiting.reason = "; ".join(filter(None, (waiting.reason, f"left out: {reason.strip()}")))
    _settle(waiting, State.LEFT_OUT, by=by, at=at)


def _accepted(page: Page, country: str, *, hold: bool) -> Iterator[OldRow]:
    """A row for each accepted one, in the order of the page, with what is to become of it."""
    taken: set[tuple[str, date]] = set()
    names: dict[str, str] = {}
    for past in page.rows:
        there = past.country or country
        key = key_of(past.name, there)
        row = OldRow(
            line=past.line, text=page.lines[past.line - 1], name=past.name, portfolio=past.portfolio,
            country=there, valid_until=past.valid_until, state=State.ENTERED,
        )  # fmt: skip
        if (key, past.valid_until) in taken or _is_known(key, past.valid_until):
            row.state, row.reason = State.KNOWN, "the ledger has this label already"
        elif hold and key not in names and (alike := _alike(key, past.name, there, names)):
            row.state, row.alike, row.reason = (
                State.WAITING,
                alike,
                "looks like an organisation that is known",
            )
        taken.add((key, past.valid_until))
        names[key] = past.name
        yield row


def _not_entered(page: Page) -> Iterator[OldRow]:
    taken = {row.line for row in page.rows} | {row.line for row in page.duplicates}
    for twin in page.duplicates:
        reason = f"says exactly what line {twin.same_as} says"
        yield OldRow(line=twin.line, text=twin.text, reason=reason, state=State.REPEATED)
    for kept in (*page.doubtful, *page.unread):
        guess = guessed(kept.text, scheme())
        yield OldRow(
            line=kept.line, part=int(kept.line in taken), text=kept.text, reason=kept.reason,
            name=guess.name[:250], portfolio=guess.portfolio, country=guess.country,
            valid_until=guess.valid_until, state=State.WAITING,
        )  # fmt: skip


def _counted(page: Page, rows: Iterable[OldRow], kept: OldPage | None) -> Reading:
    states = [row.state for row in rows]
    return Reading(
        page=page, entered=states.count(State.ENTERED), waiting=states.count(State.WAITING), kept=kept
    )


def _past(row: OldRow) -> PastLabel:
    assert row.valid_until is not None  # noqa: S101  (an accepted row has its day)
    return PastLabel(
        line=row.line,
        name=row.name,
        portfolio=row.portfolio,
        valid_until=row.valid_until,
        country=row.country,
    )


def _entered(past: PastLabel, *, by: str, at: datetime, same_as: str = "") -> Entry:
    (act,) = acts_of([past], country=past.country, scheme=scheme(), recorded=at, actor=by, origin=ORIGIN)
    if same_as:
        if not Organisation.objects.filter(key=same_as).exists():
            raise Refused(f"There is no organisation “{same_as}”. Choose one of those shown, or a new one.")
        act = replace(act, organisation=same_as)
    if _is_known(act.organisation, past.valid_until):
        raise Refused("The ledger has a label of this organisation that ends on that day. Leave the row out.")
    organisations.ensure(
        key=act.organisation, name=act.name, country=act.country, portfolio=act.portfolio, website=act.website
    )
    return append(act=act)


def _is_known(key: str, valid_until: date) -> bool:
    return any(entry.act.valid_until == valid_until for entry in history(key) if entry.act.kind.grants)


def _alike(key: str, name: str, country: str, earlier: Mapping[str, str]) -> list[str]:
    """Keys of the organisations of the country that may be the same, the most alike first."""
    if Organisation.objects.filter(key=key).exists():
        return []
    known = dict(Organisation.objects.filter(country=country).values_list("key", "name")) | dict(earlier)
    return list(likely_same(name, known))


def _waiting(row: OldRow) -> OldRow:
    found = OldRow.objects.select_for_update().get(pk=row.pk)
    if found.state != State.WAITING:
        raise Refused("Somebody has settled this row meanwhile. Look at the page again.")
    return found


def _settle(row: OldRow, state: OldRow.State, *, by: str, at: datetime) -> None:
    row.state, row.settled_by, row.settled_at = state, by, at
    row.save()


def _problems(past: PastLabel, *, today: date) -> Iterator[str]:
    if not fold(past.name):
        yield "Give the name of the organisation."
    if past.portfolio not in scheme().portfolios:
        yield "Choose one of the comparative portfolios."
    if country_code(past.country) != past.country:
        yield "Choose the country."
    for problem in period_problems(past.valid_until, scheme(), today=today):
        yield f"The day does not hold: {problem}."
