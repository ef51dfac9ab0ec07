"""The register's rows, made from the ledger's entries: one a level and organisation."""

from collections.abc import Iterable

from touchstone.apps.pack import scheme
from touchstone.apps.register.models import APART, RegisterRow
from touchstone.core.labels import register
from touchstone.core.labels.model import Entry, LevelStatus, Standing
from touchstone.core.labels.names import fold
from touchstone.core.labels.register import HistoryLine

STOPPED = (Standing.SUSPENDED, Standing.WITHDRAWN)
FIELDS = (
    "name", "folded", "former", "country", "portfolio", "website", "valid_from", "valid_until",
    "renewable_until", "first_labelled_on", "kind", "entry", "stopped",
)  # fmt: skip


def rows_of(entries: Iterable[Entry]) -> list[RegisterRow]:
    """The rows of all organisations in the entries, as of each one's last entry. Nothing is saved.

    An act whose day of effect lies after its record shows with the next entry or rebuild after that day.
    """
    by_organisation: dict[str, list[Entry]] = {}
    for entry in entries:
        by_organisation.setdefault(entry.act.organisation, []).append(entry)
    return [row for own in by_organisation.values() for row in _rows(own)]


def refresh(organisation: str, entries: Iterable[Entry]) -> None:
    """Bring the rows of one organisation up to its entries."""
    RegisterRow.objects.filter(organisation=organisation).delete()
    RegisterRow.objects.bulk_create(rows_of(entries))


def _rows(entries: list[Entry]) -> list[RegisterRow]:
    known = entries[-1].act.recorded
    made = register.rows(entries, on=known.date(), known=known, rule_sets=scheme().rule_sets)
    return [_row(one, level) for one in made for level in one.status.levels]


def _row(made: register.RegisterRow, level: LevelStatus) -> RegisterRow:
    rests_on = _last(made.history, level)
    return RegisterRow(
        organisation=made.organisation,
        level=level.level.value,
        name=made.name,
        folded=fold(made.name)[:250],
        former="".join(f"{APART}{fold(name)}{APART}" for name in made.former_names),
        country=made.country,
        portfolio=made.portfolio,
        website=made.website,
        valid_from=level.valid_from,
        valid_until=level.valid_until,
        renewable_until=level.renewable_until,
        first_labelled_on=made.first_labelled_on,
        kind=rests_on.kind.value,
        entry=rests_on.number,
        stopped=level.standing.value if level.standing in STOPPED else "",
    )


def _last(history: Iterable[HistoryLine], level: LevelStatus) -> HistoryLine:
    """The newest entry that speaks of a level."""
    return max((line for line in history if line.level in (None, level.level)), key=lambda line: line.number)
