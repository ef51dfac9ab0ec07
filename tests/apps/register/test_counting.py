"""How many rows the register has is kept beside the rows, and is never anything else than their number."""

import random
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories.apps import INTERVIEW, entry
from touchstone.apps.register import counting, projection, services
from touchstone.apps.register.counting import Tally
from touchstone.apps.register.models import RegisterCount, RegisterGroup, RegisterSpan
from touchstone.core.labels.model import EntryKind, LabelLevel, Standing
from touchstone.web.public.register.filters import ORDERS, Filters

pytestmark = pytest.mark.django_db
BEGIN = date(2020, 1, 1)
NO_PERIOD = {"valid_from": None, "valid_until": None, "renewable_until": None}
Counted = tuple[bool, str, str, str, str, str, str]  # COUNTED

DAYS = st.integers(0, 12).map(lambda number: BEGIN + timedelta(days=number))
ENDS = st.integers(0, 9).map(lambda length: date.max if length == 9 else BEGIN + timedelta(days=12 + length))
ROWS = st.tuples(
    st.booleans(), st.sampled_from(["bronze", "gold"]), st.sampled_from(["LT", "PL"]), st.just("ict"),
    st.sampled_from(["valid", "lapsed"]), DAYS.map(str), ENDS.map(str),
)  # fmt: skip


def tally(rows: Iterable[Counted], without: Iterable[Counted] = ()) -> Tally:
    made = Tally()
    made.add(rows)
    made.add(without, times=-1)
    return made


def kept() -> set[tuple[object, ...]]:
    """All counts, with what their groups are."""
    groups = (f"group__{name}" for name in counting.GROUPED)
    return set(RegisterCount.objects.values_list(*groups, "starts", "number"))


def emptied() -> None:
    RegisterCount.objects.all().delete()
    RegisterGroup.objects.all().delete()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(ROWS, max_size=8), day=st.integers(-2, 30))
def test_on_any_day_each_group_has_as_many_as_there_are_rows(rows: list[Counted], day: int) -> None:
    emptied()
    on = BEGIN + timedelta(days=day)
    counting.fill(tally(rows))
    there = Counter(row[2:5:2] for row in rows if row[5] <= str(on) <= row[6])
    assert RegisterGroup.objects.on(on).by("country", "standing") == there
    assert RegisterGroup.objects.on(on).total() == there.total()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    stay=st.lists(ROWS, max_size=5), go=st.lists(ROWS, max_size=3), come=st.lists(ROWS, max_size=3)
)  # fmt: skip
def test_changed_row_by_row_the_counts_are_those_of_all_rows_counted_anew(
    stay: list[Counted], go: list[Counted], come: list[Counted]
) -> None:
    emptied()
    counting.fill(tally([*stay, *go]))
    counting.change(tally(come, without=go))
    changed, groups = kept(), RegisterGroup.objects.count()
    emptied()
    counting.fill(tally([*stay, *come]))
    assert (changed, groups) == (kept(), RegisterGroup.objects.count())


@pytest.fixture
def eventful() -> None:
    """Organisations in two countries and two portfolios to which much happens, some of it back-dated."""
    chance = random.Random(13)
    for number in range(36):
        day = INTERVIEW + timedelta(days=chance.randrange(-900, 900))
        grants = number % 3 != 2
        kind = chance.choice([EntryKind.AWARD, EntryKind.RENEWAL]) if grants else chance.choice(
            [EntryKind.SUSPENSION, EntryKind.REINSTATEMENT, EntryKind.WITHDRAWAL]
        )  # fmt: skip
        ends = {"valid_from": day, "valid_until": day + timedelta(days=chance.randrange(1, 700))}
        fields: dict[str, object] = {**ends, "renewable_until": None} if grants else {**NO_PERIOD}
        of = number % 5
        entry(
            organisation=f"org-{of}", name=f"Cluster {of}", country=("LT", "PL")[of % 2], kind=kind,
            portfolio=("ict", "food")[of % 3 == 0], effective=day,
            level=chance.choice(list(LabelLevel)), **fields,
        )  # fmt: skip


def days(count: int, seed: int) -> list[date]:
    chance = random.Random(seed)
    turns = RegisterSpan.objects.values_list("starts", flat=True).order_by("starts").distinct()
    return [*chance.sample(list(turns), count), date(2009, 1, 1), INTERVIEW, date.max]


def asked(on: date, seed: int, **fields: str) -> Filters:
    chance = random.Random(f"{seed} {on}")
    choices = {
        "country": ["", "LT", "PL", "DE"], "portfolio": ["", "ict", "food"],
        "level": ["", *LabelLevel], "state": ["", *Standing],
    }  # fmt: skip
    return Filters(on=on, **{name: chance.choice(some) for name, some in choices.items()} | fields)


@pytest.mark.usefixtures("eventful")
def test_what_is_kept_is_what_counting_all_rows_gives_on_any_day_for_any_filters() -> None:
    questions = [asked(on, seed) for seed in range(8) for on in days(6, seed)]
    questions += [Filters(on=on) for on in days(6, 8)]
    assert [one.groups().total() for one in questions] == [one.rows().count() for one in questions]
    services.rebuild()
    assert [one.groups().total() for one in questions] == [one.rows().count() for one in questions]


@pytest.mark.usefixtures("eventful")
def test_the_figures_of_a_day_are_those_of_its_headlines() -> None:
    for on in days(8, 9):
        rows = RegisterSpan.objects.on(on).headlines()
        told = services.figures(on=on)
        assert (told.valid, told.ever) == (rows.with_state(Standing.VALID).count(), rows.count())


@pytest.mark.usefixtures("eventful")
def test_rows_in_the_order_of_their_ends_are_the_same_rows() -> None:
    def rows(filters: Filters) -> set[int]:
        return set(filters.rows().values_list("pk", flat=True))

    for standing in ("", *Standing):
        for on in days(4, 10):
            wanted = rows(asked(on, 11, state=standing))
            assert [rows(asked(on, 11, state=standing, sort=order)) for order in ORDERS] == [wanted] * 5


@pytest.mark.usefixtures("eventful")
def test_what_expires_is_valid_and_ends_in_time() -> None:
    for on in days(6, 12):
        by = on.replace(year=on.year + 1) if on < date.max else on
        valid = RegisterSpan.objects.on(on).with_state(Standing.VALID)
        expected = set(valid.filter(valid_until__lte=by).values_list("pk", flat=True))
        assert set(valid.expiring(on=on, by=by).values_list("pk", flat=True)) == expected


@pytest.mark.usefixtures("eventful")
class TestKept:
    def test_a_register_without_counts_is_counted_once(self) -> None:
        before, rows = kept(), set(RegisterSpan.objects.values_list("pk", flat=True))
        emptied()
        assert services.rebuild_where_empty() == 0
        assert (kept(), set(RegisterSpan.objects.values_list("pk", flat=True))) == (before, rows)
        RegisterCount.objects.filter(number=1).update(number=7)
        services.rebuild_where_empty()
        assert kept() != before

    def test_a_wrong_a_missing_and_an_added_count_are_told(self) -> None:
        wrong, missing = RegisterCount.objects.order_by("pk")[:2]
        group = " ".join(str(getattr(wrong.group, name)) for name in counting.GROUPED)
        RegisterCount.objects.filter(pk=wrong.pk).update(number=40)
        missing.delete()
        RegisterCount.objects.create(group=wrong.group, starts=date(2001, 1, 1), number=3)
        assert services.rebuild_check() == sorted([
            f"the count {wrong.starts} {wrong.number} {group}: is in the ledger, and not in the register",
            f"the count {wrong.starts} 40 {group}: is in the register, and not in the ledger",
            f"the count {missing.starts} {missing.number} "
            + " ".join(str(getattr(missing.group, name)) for name in counting.GROUPED)
            + ": is in the ledger, and not in the register",
            f"the count 2001-01-01 3 {group}: is in the register, and not in the ledger",
        ])  # fmt: skip
        services.rebuild()
        assert services.rebuild_check() == []

    def test_counts_that_are_wrong_keep_nothing_from_the_ledger(self) -> None:
        RegisterCount.objects.update(number=0)
        stopped = {"organisation": "org-1", "name": "Cluster 1", "country": "PL", "portfolio": "ict"}
        entry(**stopped, kind=EntryKind.WITHDRAWAL, effective=INTERVIEW, level=None, **NO_PERIOD)
        services.rebuild()
        assert services.rebuild_check() == []

    def test_nothing_is_left_of_an_empty_register(self) -> None:
        projection.clear()
        assert (RegisterGroup.objects.count(), RegisterCount.objects.count()) == (0, 0)
        assert services.figures(on=INTERVIEW).ever == 0


def test_groups_and_counts_tell_what_they_are() -> None:
    counting.fill(tally([(True, "gold", "LT", "ict", "valid", "2020-01-01", "9999-12-31")]))
    count = RegisterCount.objects.get()
    assert (str(count.group), str(count)) == ("LT ict gold valid first", f"{count.group_id} 2020-01-01 1")
