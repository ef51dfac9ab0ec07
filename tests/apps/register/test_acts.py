"""What happens to labels and organisations: each an entry, refused where it would be nonsense."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from factories.apps import INTERVIEW, NOW, OrganisationFactory, entry
from touchstone.apps.refusal import Refused
from touchstone.apps.register import services
from touchstone.apps.register.models import LedgerEntry
from touchstone.core.labels.model import Entry, EntryKind, LabelLevel, Standing

pytestmark = pytest.mark.django_db

BRONZE, SILVER, GOLD = LabelLevel
LATER = NOW + timedelta(days=1)
DAY = date(2026, 12, 1)
WHO: dict[str, Any] = {"actor": "EUCLES", "at": LATER}
WHY: dict[str, Any] = {**WHO, "reason": "The address was false."}


def stop(verb: Callable[..., Entry], **changes: Any) -> Entry:
    return verb(**{"organisation": "lt-amber", "level": BRONZE, "effective": DAY, **WHY, **changes})


suspend, reinstate, withdraw = (
    partial(stop, verb) for verb in (services.suspend, services.reinstate, services.withdraw)
)


def standing(on: date = DAY, organisation: str = "lt-amber") -> Standing:
    return services.status(organisation, on=on, known=LATER + timedelta(days=9)).standing


def refusal(verb: Callable[..., object], **fields: Any) -> str:
    """What a verb says no with; nothing may have been entered."""
    before = LedgerEntry.objects.count()
    with pytest.raises(Refused) as refused:
        verb(**fields)
    assert LedgerEntry.objects.count() == before
    return str(refused.value)


@pytest.fixture
def amber() -> Entry:
    """Bronze from 12 October 2026 to 31 October 2028, renewable until 31 October 2029."""
    OrganisationFactory(key="lt-amber", name="Amber Cluster")
    return entry(case="2026-0007", website="https://amber.example/", host="Amber Association")


@pytest.fixture
def other(amber: Entry) -> Entry:
    """Another organisation, with Silver that ended in 2020."""
    OrganisationFactory(key="lv-pine", name="Pine Cluster", country="LV")
    return entry(
        organisation="lv-pine", name="Pine Cluster", country="LV", level=SILVER, effective=date(2018, 1, 1),
        valid_from=date(2018, 1, 1), valid_until=date(2020, 1, 31), renewable_until=date(2021, 1, 31),
    )  # fmt: skip


@pytest.mark.usefixtures("amber")
class TestStopping:
    def test_a_suspension_says_why_and_carries_what_the_grant_rests_on(self) -> None:
        act = suspend().act
        assert (act.kind, act.level, act.effective, act.recorded) == (
            EntryKind.SUSPENSION, BRONZE, DAY, LATER,
        )  # fmt: skip
        assert (act.case, act.rule_set, act.reason, act.actor) == (
            "2026-0007", "2022", "The address was false.", "EUCLES",
        )  # fmt: skip
        assert (act.name, act.country, act.portfolio, act.website, act.host) == (
            "Amber Cluster", "LT", "ict", "https://amber.example/", "Amber Association",
        )  # fmt: skip
        assert (act.valid_from, act.valid_until, act.corrects) == (None, None, None)
        assert [standing(DAY - timedelta(days=1)), standing()] == [Standing.VALID, Standing.SUSPENDED]

    def test_a_reinstated_label_is_valid_again_and_needs_no_reason(self) -> None:
        suspend()
        reinstate(effective=DAY + timedelta(days=9), reason="")
        days = (DAY + timedelta(days=8), DAY + timedelta(days=9))
        assert [standing(day) for day in days] == [Standing.SUSPENDED, Standing.VALID]

    def test_a_withdrawn_label_is_so_for_good(self) -> None:
        suspend()
        assert withdraw(level=None, effective=DAY).act.level is None
        assert standing() is Standing.WITHDRAWN
        assert refusal(reinstate) == (
            "On 2026-12-01 the Bronze label of Amber Cluster is withdrawn already: it cannot be reinstated."
        )

    def test_what_has_lapsed_may_be_withdrawn_and_not_suspended(self) -> None:
        day = date(2029, 11, 1)
        assert refusal(suspend, effective=day) == (
            "On 2029-11-01 the Bronze label of Amber Cluster has lapsed: it cannot be suspended."
        )
        withdraw(effective=day)
        assert standing(day) is Standing.WITHDRAWN

    def test_a_stop_of_every_level_stops_all_that_runs(self) -> None:
        entry(level=SILVER, kind=EntryKind.UPGRADE)
        withdraw()
        assert suspend(level=None).act.level is None
        levels = services.status("lt-amber", on=DAY, known=LATER).levels
        assert [(one.level, one.standing) for one in levels] == [
            (SILVER, Standing.SUSPENDED), (BRONZE, Standing.WITHDRAWN),
        ]  # fmt: skip
        assert refusal(suspend, level=None) == (
            "On 2026-12-01 the Silver label of Amber Cluster is suspended already: it cannot be suspended. "
            "On 2026-12-01 the Bronze label of Amber Cluster is withdrawn already: it cannot be suspended."
        )

    @pytest.mark.parametrize("verb", [suspend, withdraw])
    def test_who_stops_a_label_says_why(self, verb: Callable[..., Entry]) -> None:
        assert refusal(verb, reason=" ") == (
            "Say why: the reason stands in the ledger for everybody to read."
        )
        assert refusal(verb, reason="x" * 1_001) == "The reason has 1001 characters; 1000 are the most."
        assert verb(reason="x" * 1_000).number == 2

    @pytest.mark.parametrize("verb", [suspend, reinstate, withdraw])
    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"organisation": "lt-none"}, "The ledger knows no organisation “lt-none”."),
            ({"level": GOLD}, "Amber Cluster has no Gold label on 2026-12-01 that could be "),
            ({"effective": date(2009, 12, 31)}, "2009-12-31 cannot be meant."),
            ({"effective": date(2200, 1, 1)}, "2200-01-01 cannot be meant."),
            ({"effective": date(2999, 1, 1)}, "2999-01-01 cannot be meant."),
            ({"effective": INTERVIEW - timedelta(days=1)}, "On 2026-10-11 Amber Cluster had no label yet"),
            ({"actor": " "}, "The ledger does not take this entry: actor: is empty."),
            ({"at": NOW - timedelta(days=1)}, "The ledger does not take this entry: recorded: lies before"),
        ],
    )
    def test_what_cannot_be_is_refused_in_plain_words(
        self, verb: Callable[..., Entry], changes: dict[str, Any], said: str
    ) -> None:
        if verb is reinstate:
            suspend(at=NOW)
        assert refusal(verb, **changes).startswith(said)

    def test_twice_the_same_is_refused(self) -> None:
        assert refusal(reinstate) == (
            "On 2026-12-01 the Bronze label of Amber Cluster is not suspended: it cannot be reinstated."
        )
        suspend()
        assert refusal(suspend).endswith("is suspended already: it cannot be suspended.")
        withdraw()
        assert refusal(withdraw).endswith("is withdrawn already: it cannot be withdrawn.")

    def test_a_label_in_its_year_of_grace_may_be_suspended(self) -> None:
        suspend(effective=date(2028, 12, 1))
        assert standing(date(2028, 12, 1)) is Standing.SUSPENDED


def correct(number: int = 1, **changes: Any) -> Entry:
    return services.correct(**{"entry": number, **WHY, **changes})


@pytest.mark.usefixtures("amber")
class TestCorrecting:
    def test_the_dates_and_the_level_of_a_grant_are_replaced_and_the_entry_stays(self) -> None:
        fixed = correct(level=SILVER, valid_until=date(2028, 9, 30)).act
        assert (fixed.kind, fixed.corrects, fixed.effective) == (EntryKind.CORRECTION, 1, INTERVIEW)
        assert (fixed.level, fixed.valid_from, fixed.valid_until) == (SILVER, None, date(2028, 9, 30))
        assert (fixed.case, fixed.rule_set) == ("2026-0007", "2022")
        now = services.status("lt-amber", on=DAY, known=LATER)
        assert [(one.level, one.valid_until, one.renewable_until) for one in now.levels] == [
            (SILVER, date(2028, 9, 30), date(2029, 10, 31)),
        ]  # fmt: skip
        then = services.status("lt-amber", on=DAY, known=NOW)
        assert (then.level, then.valid_until) == (BRONZE, date(2028, 10, 31))

    def test_a_correction_is_corrected_like_the_entry_that_it_stands_for(self) -> None:
        correct(valid_until=date(2028, 9, 30))
        correct(2, valid_until=date(2028, 8, 31))
        assert services.status("lt-amber", on=DAY, known=LATER).valid_until == date(2028, 8, 31)

    def test_the_day_of_a_stop_is_corrected(self) -> None:
        suspend()
        correct(2, effective=date(2026, 12, 24))
        assert [standing(date(2026, 12, day)) for day in (23, 24)] == [Standing.VALID, Standing.SUSPENDED]

    def test_the_name_of_a_rename_is_corrected(self) -> None:
        services.rename(organisation="lt-amber", name="Amber Clutser", effective=DAY, **WHO)
        correct(2, name="Amber Clusters")
        row = services.row("lt-amber", on=DAY, known=LATER)
        assert row is not None
        assert (row.name, row.former_names) == ("Amber Clusters", ("Amber Cluster",))

    def test_the_day_of_a_rename_is_corrected_and_its_name_kept(self) -> None:
        services.rename(organisation="lt-amber", name="Amber Clusters", effective=DAY, **WHO)
        assert correct(2, effective=date(2026, 12, 24)).act.name == "Amber Clusters"

    def test_a_host_is_corrected(self) -> None:
        services.change_host(organisation="lt-amber", host="Amber Lmt", effective=DAY, **WHO)
        assert correct(2, effective=date(2026, 12, 2)).act.host == "Amber Lmt"
        correct(2, host="Amber Ltd")
        row = services.row("lt-amber", on=date(2026, 12, 2), known=LATER)
        assert row is not None
        assert row.host == "Amber Ltd"

    def test_a_merger_that_never_was_is_undone(self, other: Entry) -> None:
        merged = services.merge(organisation="lt-amber", into="lv-pine", effective=DAY, **WHO)
        assert standing() is Standing.LAPSED
        correct(merged.number, others=["lt-amber"])
        assert standing() is Standing.VALID

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"number": 9}, "The ledger has no entry 9."),
            ({"reason": ""}, "Say why: the reason stands in the ledger for everybody to read."),
            ({}, "Nothing would change: give a date, a level or a name that differs."),
            ({"valid_from": INTERVIEW}, "Nothing would change: give a date, a level or a name that differs."),
            (
                {"valid_until": date(2020, 1, 1)},
                "The last day, 2020-01-01, would lie before the first, 2026-10-12.",
            ),
            (
                {"valid_until": date(2030, 1, 1)},
                "The last day of renewal, 2029-10-31, would lie before the last day, 2030-01-01.",
            ),
            (
                {"valid_from": date(1999, 1, 1)},
                "1999-01-01 cannot be meant. Give a day from 2010-01-01 to 2199-12-31.",
            ),
            ({"effective": DAY}, "An entry of the kind award has no effective that could be corrected."),
            ({"name": "Other"}, "An entry of the kind award has no name that could be corrected."),
            ({"others": ["lt-amber"]}, "An entry of the kind award has no others that could be corrected."),
        ],
    )  # fmt: skip
    def test_a_correction_that_makes_no_sense_is_refused(self, changes: dict[str, Any], said: str) -> None:
        assert refusal(correct, **changes) == said

    def test_a_stop_is_not_moved_before_the_label_began(self) -> None:
        suspend()
        assert refusal(correct, number=2, effective=date(2026, 10, 11)).startswith("On 2026-10-11 ")
        assert refusal(correct, number=2, valid_until=DAY).startswith(
            "An entry of the kind suspension has no valid_"
        )

    def test_a_merger_is_not_corrected_into_what_is_unknown(self, other: Entry) -> None:
        merged = services.merge(organisation="lt-amber", into="lv-pine", effective=DAY, **WHO)
        assert refusal(correct, number=merged.number, others=["lt-none"]) == (
            "There is no organisation “lt-none”. Add it first."
        )


CALLED = "On 2026-12-01 it is called “Amber Cluster” already."
HOSTED = "On 2026-12-01 “Amber Association” is its host already."
NOTHING = "Name what it becomes: at least one other organisation."


@pytest.mark.usefixtures("amber")
class TestOrganisations:
    def test_a_rename_shows_from_its_day(self) -> None:
        done = services.rename(organisation="lt-amber", name=" Baltic  Amber ", effective=DAY, **WHO)
        assert (done.act.kind, done.act.name, done.act.level) == (EntryKind.RENAME, "Baltic Amber", None)
        names = [services.row("lt-amber", on=day, known=LATER) for day in (DAY - timedelta(days=1), DAY)]
        assert [row and (row.name, row.former_names) for row in names] == [
            ("Amber Cluster", ()), ("Baltic Amber", ("Amber Cluster",)),
        ]  # fmt: skip

    def test_another_host_shows_from_its_day(self) -> None:
        services.change_host(organisation="lt-amber", host="Amber Ltd", effective=DAY, **WHO)
        hosts = [services.row("lt-amber", on=day, known=LATER) for day in (DAY - timedelta(days=1), DAY)]
        assert [row and row.host for row in hosts] == ["Amber Association", "Amber Ltd"]

    @pytest.mark.parametrize(
        ("verb", "fields", "said"),
        [
            (services.rename, {"name": "Amber Cluster"}, CALLED),
            (services.rename, {"name": "\t "}, "Give a name of 1 to 250 characters."),
            (services.rename, {"name": "x" * 251}, "Give a name of 1 to 250 characters."),
            (services.change_host, {"host": ""}, "Give a host of 1 to 250 characters."),
            (services.change_host, {"host": "Amber Association"}, HOSTED),
            (services.merge, {"into": "lt-amber"}, "An organisation cannot go into itself."),
            (services.merge, {"into": "lt-none"}, "There is no organisation “lt-none”. Add it first."),
            (services.split, {"into": []}, NOTHING),
            (services.split, {"into": ["lt-amber"]}, NOTHING),
            (services.split, {"into": ["lt-none"]}, "There is no organisation “lt-none”. Add it first."),
        ],
    )  # fmt: skip
    def test_what_cannot_be_is_refused(
        self, verb: Callable[..., Entry], fields: dict[str, Any], said: str
    ) -> None:
        assert refusal(verb, organisation="lt-amber", effective=DAY, **WHO, **fields) == said


class TestMerging:
    def merge(self, **changes: Any) -> Entry:
        return services.merge(
            **{"organisation": "lt-amber", "into": "lv-pine", "effective": DAY, **WHO, **changes}
        )

    def test_the_labels_of_what_ceased_end_on_the_day_before(self, other: Entry) -> None:
        assert self.merge().act.others == ("lv-pine",)
        days = (DAY - timedelta(days=1), DAY)
        assert [standing(day) for day in days] == [Standing.VALID, Standing.LAPSED]
        assert standing(organisation="lv-pine") is Standing.LAPSED

    def test_a_label_that_is_taken_over_is_an_award_to_the_same_last_day(self, other: Entry) -> None:
        merged = self.merge(take_over=True)
        award = services.history("lv-pine")[-1]
        assert (award.number, award.act.kind, award.act.recorded) == (
            merged.number + 1, EntryKind.AWARD, merged.act.recorded,
        )  # fmt: skip
        assert (award.act.level, award.act.valid_from, award.act.valid_until, award.act.renewable_until) == (
            BRONZE, DAY, date(2028, 10, 31), date(2029, 10, 31),
        )  # fmt: skip
        assert (award.act.name, award.act.country, award.act.case, award.act.rule_set) == (
            "Pine Cluster", "LV", "2026-0007", "2022",
        )  # fmt: skip
        assert award.act.reason == "Taken over from Amber Cluster (lt-amber)."
        assert standing(organisation="lv-pine") is Standing.VALID

    def test_two_records_of_one_organisation_are_joined_without_a_merger_that_never_was(
        self, other: Entry
    ) -> None:
        joined = self.merge(same=True, take_over=True)
        assert (joined.act.kind, joined.act.joins_records) == (EntryKind.MERGER, True)
        assert services.history("lv-pine")[-1].act.reason == "Held until then as Amber Cluster (lt-amber)."
        row = services.row("lv-pine", on=DAY, known=LATER)
        assert row
        assert [(one.organisation, one.same) for one in row.predecessors] == [("lt-amber", True)]

    def test_a_new_organisation_may_take_over(self, amber: Entry) -> None:
        OrganisationFactory(key="lt-new", name="New Cluster")
        self.merge(into="lt-new", take_over=True)
        assert services.history("lt-new")[0].act.name == "New Cluster"

    def test_a_level_that_the_successor_holds_as_long_is_not_taken_over(self, other: Entry) -> None:
        entry(organisation="lv-pine", name="Pine Cluster")
        said = "“lv-pine” holds the same label at least as long already: there is nothing to take over."
        assert refusal(self.merge, take_over=True) == said
        entry(level=SILVER, kind=EntryKind.UPGRADE)
        self.merge(take_over=True)
        assert [one.act.level for one in services.history("lv-pine")] == [SILVER, BRONZE, SILVER]

    def test_nothing_valid_is_nothing_to_take_over(self, other: Entry) -> None:
        said = "No label of “lt-amber” is valid on 2028-11-01: there is nothing to take over."
        assert refusal(self.merge, effective=date(2028, 11, 1), take_over=True) == said
        suspend(at=NOW)
        assert refusal(self.merge, effective=date(2026, 12, 2), take_over=True).startswith("No label of")

    def test_what_has_ceased_does_not_go_into_anything_more_and_takes_nothing_in(self, other: Entry) -> None:
        self.merge()
        OrganisationFactory(key="lt-new", name="New Cluster")
        said = "Amber Cluster ceases on 2026-12-01 already: it becomes lv-pine."
        assert refusal(self.merge, into="lt-new", effective=date(2026, 11, 1)) == said
        assert refusal(services.split, organisation="lt-amber", into=["lt-new"], effective=DAY, **WHO) == said
        assert refusal(self.merge, organisation="lv-pine", into="lt-amber") == said

    def test_a_part_that_is_split_off_leaves_the_label_where_it_goes_on(self, other: Entry) -> None:
        into = ["lt-amber", "lv-pine", "lv-pine"]
        done = services.split(organisation="lt-amber", into=into, effective=DAY, **WHO)
        assert (done.act.kind, done.act.others) == (EntryKind.SPLIT, ("lt-amber", "lv-pine"))
        assert standing() is Standing.VALID

    def test_a_split_into_others_ends_the_label(self, other: Entry) -> None:
        OrganisationFactory(key="lt-new", name="New Cluster")
        services.split(organisation="lt-amber", into=["lv-pine", "lt-new"], effective=DAY, **WHO)
        assert standing() is Standing.LAPSED


def test_all_that_can_happen_leaves_a_ledger_that_checks_and_a_register_that_equals_it(other: Entry) -> None:
    suspend()
    reinstate()
    correct(valid_until=date(2028, 9, 30))
    services.rename(organisation="lt-amber", name="Baltic Amber", effective=DAY, **WHO)
    services.change_host(organisation="lt-amber", host="Amber Ltd", effective=DAY, **WHO)
    OrganisationFactory(key="lt-new", name="New Cluster")
    services.split(organisation="lt-amber", into=["lt-amber", "lt-new"], effective=DAY, **WHO)
    services.merge(organisation="lt-amber", into="lv-pine", effective=date(2027, 1, 1), take_over=True, **WHO)
    withdraw(organisation="lv-pine", effective=date(2027, 2, 1), at=datetime(2026, 12, 1, tzinfo=UTC))
    assert services.verify().as_document() == {
        "entries": 11, "intact": True, "first_fault": None, "heads": 2,
    }  # fmt: skip
    assert services.rebuild_check() == []
