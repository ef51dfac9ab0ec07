"""Pages of the register in order of keys, for programs: on any day, as known at any moment."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from touchstone.apps.register import asking
from touchstone.apps.register.models import RegisterSpan, RegisterSpanQuerySet
from touchstone.core.labels.model import LabelLevel, LevelStatus, Standing
from touchstone.core.labels.names import fold
from touchstone.core.labels.register import RegisterRow
from touchstone.core.labels.validity import add_months


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked of the register; None and "" leave a filter out.

    `known` is None for what is known now. `expiring_within` is in months, counted from the day.
    """

    on: date
    known: datetime | None = None
    q: str = ""
    country: str = ""
    portfolio: str = ""
    level: LabelLevel | None = None
    state: Standing | None = None
    expiring_within: int | None = None

    @property
    def ends_by(self) -> date | None:
        """The last day on which a label ends that is asked for."""
        months = self.expiring_within
        return add_months(self.on, months) if months else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An organisation as a list shows it, with one of its levels."""

    key: str
    name: str
    former_names: tuple[str, ...]
    country: str
    portfolio: str
    website: str
    host: str
    level: LevelStatus
    first_labelled_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A page of a list, and the key behind which the next begins; None where there is none."""

    items: tuple[Listed, ...]
    next: str | None


def listing(wanted: Wanted, *, after: str, limit: int) -> Listing:
    """The organisations whose keys come after `after`, at most `limit`.

    Where an earlier moment is asked for, they are looked through page by page: a page may hold fewer than
    `limit`, and even none, and yet another may follow.
    """
    return (_now if wanted.known is None else _then)(wanted, after, limit)


def listed(row: RegisterRow, level: LevelStatus) -> Listed:
    """A row of the register with one of its levels."""
    return Listed(
        key=row.organisation, name=row.name, former_names=row.former_names, country=row.country,
        portfolio=row.portfolio, website=row.website, host=row.host, level=level,
        first_labelled_on=row.first_labelled_on,
    )  # fmt: skip


def _now(wanted: Wanted, after: str, limit: int) -> Listing:
    found = _filtered(RegisterSpan.objects.on(wanted.on), wanted).filter(organisation__gt=after)
    spans = list(found.order_by("organisation")[: limit + 1])
    more = len(spans) > limit
    return Listing(
        items=tuple(map(_of_span, spans[:limit])), next=spans[limit - 1].organisation if more else None
    )


def _filtered(spans: RegisterSpanQuerySet, wanted: Wanted) -> RegisterSpanQuerySet:
    spans = spans.holding(wanted.level) if wanted.level else spans.headlines()
    if wanted.country:
        spans = spans.in_country(wanted.country)
    if wanted.portfolio:
        spans = spans.in_portfolio(wanted.portfolio)
    if wanted.state:
        spans = spans.with_state(wanted.state)
    if wanted.ends_by:
        spans = spans.expiring(on=wanted.on, by=wanted.ends_by)
    return spans.search(wanted.q) if wanted.q else spans


def _of_span(span: RegisterSpan) -> Listed:
    return Listed(
        key=span.organisation,
        name=span.name,
        former_names=tuple(span.former_names),
        country=span.country,
        portfolio=span.portfolio,
        website=span.website,
        host=span.host,
        level=LevelStatus(
            level=LabelLevel(span.level),
            standing=Standing(span.standing),
            valid_from=span.valid_from,
            valid_until=span.valid_until,
            renewable_until=span.renewable_until,
        ),
        first_labelled_on=span.first_labelled_on,
    )


def _then(wanted: Wanted, after: str, limit: int) -> Listing:
    known = wanted.known
    assert known is not None  # noqa: S101  (or `_now` would answer)
    page = asking.rows_as_known(after, on=wanted.on, known=known, limit=limit)
    return Listing(items=tuple(_those(page.rows, wanted)), next=page.keys_after)


def _those(rows: Iterable[RegisterRow], wanted: Wanted) -> Iterator[Listed]:
    tests = tuple(_tests(wanted))
    for row in rows:
        level = _level(row, wanted.level)
        if level and all(test(row, level) for test in tests):
            yield listed(row, level)


def _level(row: RegisterRow, wanted: LabelLevel | None) -> LevelStatus | None:
    """The level asked for, or the headline."""
    return next((one for one in row.status.levels if wanted in (None, one.level)), None)


def _tests(wanted: Wanted) -> Iterator[Callable[[RegisterRow, LevelStatus], bool]]:
    """What a row must meet; the same as the filters of the register as it is now."""
    if wanted.country:
        yield lambda row, _: row.country == wanted.country
    if wanted.portfolio:
        yield lambda row, _: row.portfolio == wanted.portfolio
    if wanted.state:
        yield lambda _, level: level.standing is wanted.state
    ends_by = wanted.ends_by
    if ends_by:
        yield lambda _, level: level.standing is Standing.VALID and level.valid_until <= ends_by
    words = fold(wanted.q).split()
    if words:
        yield lambda row, _: _is_meant(row, words)


def _is_meant(row: RegisterRow, words: Iterable[str]) -> bool:
    """Whether each word begins a word of the organisation's names by then."""
    names = [part for name in (row.name, *row.former_names) for part in fold(name).split()]
    return all(any(part.startswith(word) for part in names) for word in words)
