"""The register's counts, made from its rows: all anew, or changed by what changed of one organisation."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from touchstone.apps.register.inserting import Row, rows_into
from touchstone.apps.register.models import RegisterCount, RegisterGroup, RegisterSpan
from touchstone.core.labels.spans import LAST_DAY

GROUPED: Final = ("headline", "level", "country", "portfolio", "standing")
COUNTED: Final = (*GROUPED, "starts", "ends")
_LAST: Final = LAST_DAY.toordinal()

Steps = Counter[int]  # day, as its number in the calendar → by how many more, or fewer


class Tally:
    """By how many each group of rows changes, and on which days."""

    def __init__(self) -> None:
        self._steps: defaultdict[Row, Steps] = defaultdict(Counter)

    def add(self, rows: Iterable[Row], *, times: int = 1) -> None:
        """Count rows in, values of COUNTED with days as text; with `times` -1 count them out."""
        for *group, starts, ends in rows:
            steps = self._steps[tuple(group)]
            steps[date.fromisoformat(str(starts)).toordinal()] += times
            last = date.fromisoformat(str(ends)).toordinal()
            if last < _LAST:
                steps[last + 1] -= times

    def steps(self) -> Iterator[tuple[Row, Steps]]:
        """The groups that change, in order, each with the days on which it does."""
        for group, steps in sorted(self._steps.items()):
            if changed := Counter({day: by for day, by in steps.items() if by}):
                yield group, changed

    def counts(self) -> Iterator[tuple[Row, str, int]]:
        """Group, first day as text, number from then on: of rows that were none before."""
        for group, steps in self.steps():
            yield from ((group, day, number) for day, number in _counts(0, {}, steps))


def fill(tally: Tally) -> None:
    """Fill the empty tables of counts."""
    rows_into(RegisterGroup, GROUPED, (group for group, _ in tally.steps()))
    groups = {tuple(group): pk for pk, *group in RegisterGroup.objects.values_list("pk", *GROUPED)}
    counts = ((groups[group], day, number) for group, day, number in tally.counts())
    rows_into(RegisterCount, ("group_id", "starts", "number"), counts)


def fill_from_spans() -> None:
    """Fill the empty tables of counts from the register as it stands."""
    tally = Tally()
    tally.add(spans_of({}))
    fill(tally)


def change(tally: Tally) -> None:
    """Change the counts that are kept."""
    for group, steps in tally.steps():
        headline, level, country, portfolio, standing = group
        kept, _ = RegisterGroup.objects.get_or_create(
            headline=bool(headline), level=level, country=country, portfolio=portfolio, standing=standing
        )
        first = date.fromordinal(min(steps))
        counts = RegisterCount.objects.filter(group=kept)
        before = counts.filter(starts__lt=first).order_by("-starts").values_list("number", flat=True).first()
        later = counts.filter(starts__gte=first)
        known = {day.toordinal(): number for day, number in later.values_list("starts", "number")}
        later.delete()
        made = ((kept.pk, day, number) for day, number in _counts(before or 0, known, steps))
        rows_into(RegisterCount, ("group_id", "starts", "number"), made)
        if not counts.exists():
            kept.delete()


def spans_of(of: Mapping[str, object]) -> Iterator[Row]:
    """The values of COUNTED of the register's rows that fit, with days as text."""
    rows = RegisterSpan.objects.filter(**of).order_by().values_list(*COUNTED)
    return ((*group, starts.isoformat(), ends.isoformat()) for *group, starts, ends in rows.iterator())


def _counts(before: int, known: Mapping[int, int], steps: Mapping[int, int]) -> Iterator[tuple[str, int]]:
    """First day as text and number from then on: what was known, changed by the steps; only what differs."""
    said = before
    more = 0
    for day in sorted(known.keys() | steps.keys()):
        before, more = known.get(day, before), more + steps.get(day, 0)
        if before + more != said:
            said = before + more
            yield date.fromordinal(day).isoformat(), said
