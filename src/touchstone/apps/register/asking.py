"""Questions to the ledger and the register: the label of one, the figures, what was known earlier."""

import json
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import connection

from touchstone.apps.pack import scheme
from touchstone.apps.register.histories import histories
from touchstone.apps.register.ledger import history
from touchstone.apps.register.models import LedgerEntry, RegisterGroup, RegisterSpan, RegisterSuccession
from touchstone.core.labels import register
from touchstone.core.labels.model import Entry, LabelLevel, LevelStatus, Standing, Status
from touchstone.core.labels.register import Figures, RegisterRow
from touchstone.core.labels.status import headline_first
from touchstone.core.labels.status import status as status_of

_LAST = f"SELECT MAX(number) FROM {LedgerEntry._meta.db_table}"  # noqa: S608, SLF001  (our own)
# Days and lists come as text, in the same form from every database.
_ON_A_DAY = f"""
    SELECT level, standing, CAST(valid_from AS text), CAST(valid_until AS text),
        CAST(renewable_until AS text), CAST(successors AS text)
    FROM {RegisterSpan._meta.db_table} WHERE organisation = %s AND starts <= %s AND ends >= %s
"""  # noqa: S608, SLF001  (our own)
_EVER = datetime.max.replace(tzinfo=UTC)
LOOKED_AT = 500  # organisations looked at for one page of the register as known earlier


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAsKnown:
    """Some rows of the register as known at an earlier moment, in the order of their keys.

    `keys_after` is what to ask the next page with; None where there is none. There may be fewer rows than
    were asked for, even none, before the last page: each page looks at so many organisations and no more.
    """

    rows: tuple[RegisterRow, ...]
    keys_after: str | None


def status(organisation: str, *, on: date, known: datetime) -> Status:
    """The label of an organisation, by its key, on a day as known at a moment (aware)."""
    return status_of(history(organisation), organisation, on=on, known=known, rule_sets=scheme().rule_sets)


def status_now(organisation: str, *, on: date) -> Status | None:
    """The same as known now, from the register: quicker. None where the organisation held no label by then.

    Its `known` is the end of time.
    """
    with connection.cursor() as cursor:  # by hand, as `ledger_number`
        cursor.execute(_ON_A_DAY, [organisation, on, on])
        rows = cursor.fetchall()
    if not rows:
        return None
    levels = headline_first(_level(*row) for row in rows)
    return Status(
        organisation=organisation, standing=levels[0].standing, level=levels[0].level,
        valid_from=levels[0].valid_from, valid_until=levels[0].valid_until,
        renewable_until=levels[0].renewable_until, on=on, known=_EVER, levels=levels,
        successors=tuple(json.loads(rows[0][-1])),
    )  # fmt: skip


def row(organisation: str, *, on: date, known: datetime, ahead: bool = False) -> RegisterRow | None:
    """All that the register tells of an organisation; None where it had held no label by that day.

    With `ahead`, also of one whose first label is yet to begin.
    """
    return _row(history(organisation), organisation, on=on, known=known, ahead=ahead)


def rows_as_known(keys_after: str = "", *, on: date, known: datetime, limit: int) -> PageAsKnown:
    """Rows of the register on a day as known at a moment, from the ledger: those whose keys come after one.

    At most `limit` of them. The register's tables know only what is known now, and are much quicker.
    """
    rows: list[RegisterRow] = []
    key = keys_after
    looked_at = 0
    with closing(histories(after=keys_after)) as each:
        for own in each:
            if looked_at == LOOKED_AT or len(rows) == limit:
                return PageAsKnown(rows=tuple(rows), keys_after=key)
            key, looked_at = own[0].act.organisation, looked_at + 1
            if made := _row(own, key, on=on, known=known):
                rows.append(made)
    return PageAsKnown(rows=tuple(rows), keys_after=None)


def figures(*, on: date) -> Figures:
    """How many organisations hold a valid label on a day, and how many had held one by then, as known now."""
    each = RegisterGroup.objects.on(on).headlines().by("standing")
    return Figures(valid=each.get((Standing.VALID,), 0), ever=sum(each.values()))


def ledger_number() -> int:
    """The number of the last entry, 0 before the first: it changes whenever anything does."""
    with connection.cursor() as cursor:  # asked before many answers: building the query took most of the time
        cursor.execute(_LAST)
        return cursor.fetchone()[0] or 0


def status_document(answer: Status) -> dict[str, object]:
    """A status in JSON's own types."""
    return {
        "organisation": answer.organisation,
        "level": answer.level and answer.level.value,
        "status": answer.standing.value,
        "valid_from": _day(answer.valid_from),
        "valid_until": _day(answer.valid_until),
        "renewable_until": _day(answer.renewable_until),
        "on": answer.on.isoformat(),
        "known": answer.known.isoformat(),
        "levels": [_level_document(level) for level in answer.levels],
        "successors": list(answer.successors),
    }


def _row(
    own: Iterable[Entry], organisation: str, *, on: date, known: datetime, ahead: bool = False
) -> RegisterRow | None:
    """The row of an organisation, with the entries of those that it became or came from read to its own."""
    own = tuple(own)
    became = {other for entry in own for other in entry.act.others}
    came = RegisterSuccession.objects.filter(successor=organisation).values_list("organisation", flat=True)
    relatives = [entry for key in sorted({*became, *came} - {organisation}) for entry in history(key)]
    rule_sets = scheme().rule_sets
    return register.row(
        [*own, *relatives], organisation, on=on, known=known, rule_sets=rule_sets, ahead=ahead
    )


def _level(
    level: str, standing: str, valid_from: str, valid_until: str, renewable_until: str, _: str
) -> LevelStatus:
    start, end, renewable = map(date.fromisoformat, (valid_from, valid_until, renewable_until))
    return LevelStatus(
        level=LabelLevel(level), standing=Standing(standing), valid_from=start, valid_until=end,
        renewable_until=renewable,
    )  # fmt: skip


def _level_document(level: LevelStatus) -> dict[str, object]:
    return {
        "level": level.level.value,
        "status": level.standing.value,
        "valid_from": _day(level.valid_from),
        "valid_until": _day(level.valid_until),
        "renewable_until": _day(level.renewable_until),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
