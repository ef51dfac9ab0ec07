from dataclasses import replace
from datetime import date

from factories.labels import act, award, moment, stop, unchained
from touchstone.core.labels.known import (
    KnownAct,
    as_known,
    by_organisation,
    described,
    known_entries,
    told,
)
from touchstone.core.labels.model import Act, EntryKind, LabelLevel

GRANT = award(date(2024, 1, 10), date(2026, 1, 31), derived=("valid_from", "renewable_until"))


def correction(of: int, **changes: object) -> Act:
    return act(EntryKind.CORRECTION, corrects=of, recorded=moment("2026-05-01"), **changes)


def known(*acts: Act) -> tuple[KnownAct, ...]:
    return as_known(unchained(acts))


def test_what_was_recorded_later_is_not_known() -> None:
    entries = unchained([act(recorded=moment("2024-02-01")), act(recorded=moment("2024-02-02"))])
    assert known_entries(entries, known=moment("2024-02-01")) == entries[:1]
    assert known_entries(reversed(entries), known=moment("2024-02-02")) == entries


def test_entries_are_put_apart_by_organisation_in_their_order() -> None:
    entries = unchained([act(organisation="b"), act(organisation="a"), act(organisation="b")])
    assert by_organisation(entries) == {"b": (entries[0], entries[2]), "a": (entries[1],)}


def test_a_correction_replaces_the_dates_that_it_gives() -> None:
    corrected = known(GRANT, correction(1, valid_until=date(2026, 1, 13)))
    assert corrected == (
        KnownAct(number=1, act=replace(GRANT, valid_until=date(2026, 1, 13)), corrected_by=(2,)),
    )


def test_a_date_given_by_a_correction_is_no_longer_derived() -> None:
    (corrected,) = known(GRANT, correction(1, valid_from=date(2024, 1, 12)))
    assert (corrected.act.valid_from, corrected.act.derived) == (date(2024, 1, 12), ("renewable_until",))


def test_a_correction_may_give_a_date_that_is_itself_derived() -> None:
    given = correction(1, renewable_until=date(2027, 2, 28), derived=("renewable_until",))
    (corrected,) = known(GRANT, given)
    assert corrected.act.derived == ("valid_from", "renewable_until")


def test_a_correction_may_replace_the_level() -> None:
    (corrected,) = known(GRANT, correction(1, level=LabelLevel.SILVER))
    assert corrected.act == replace(GRANT, level=LabelLevel.SILVER)


def test_the_day_of_effect_is_replaced_for_what_is_no_grant() -> None:
    suspension = stop(EntryKind.SUSPENSION, date(2025, 3, 1))
    moved = correction(2, effective=date(2025, 3, 15))
    of_a_grant = correction(1, effective=date(2030, 1, 1))
    assert [one.act for one in known(GRANT, suspension, moved, of_a_grant)] == [
        GRANT,
        replace(suspension, effective=date(2025, 3, 15)),
    ]


def test_the_last_correction_wins_also_through_another_correction() -> None:
    first = correction(1, valid_until=date(2026, 1, 13), renewable_until=date(2027, 1, 13))
    second = correction(2, valid_until=date(2026, 1, 15))
    (corrected,) = known(GRANT, first, second)
    dates = (corrected.act.valid_until, corrected.act.renewable_until)
    assert (dates, corrected.corrected_by) == ((date(2026, 1, 15), date(2027, 1, 13)), (2, 3))


def test_a_correction_of_nothing_that_is_there_changes_nothing() -> None:
    assert known(correction(2, valid_until=date(2030, 1, 1)), GRANT) == (KnownAct(number=2, act=GRANT),)


def test_the_last_name_in_effect_holds() -> None:
    old, new = act(name="Old", effective=date(2024, 1, 10)), act(name="New", effective=date(2025, 6, 1))
    acts = known(old, replace(new, recorded=moment("2025-06-02")))
    days = [date(2023, 1, 1), date(2025, 5, 31), date(2025, 6, 1)]
    assert [described(acts, on=day).name for day in days] == ["Old", "Old", "New"]


def test_an_old_label_entered_late_does_not_bring_the_old_name_back() -> None:
    now = act(name="New", effective=date(2025, 6, 1), recorded=moment("2025-06-01"))
    late = act(name="Old", effective=date(2011, 2, 23), recorded=moment("2025-07-01"))
    acts = known(now, late)
    assert [described(acts, on=day).name for day in (date(2026, 1, 1), date(2012, 1, 1))] == ["New", "Old"]


def test_of_one_day_the_later_entry_holds() -> None:
    acts = known(act(name="First"), act(name="Second"))
    assert described(acts, on=date(2024, 1, 10)).name == "Second"


class TestRenames:
    OLD = act(name="Old")
    RENAME = act(EntryKind.RENAME, name="New", effective=date(2025, 6, 1))
    AFTER, BEFORE = date(2025, 9, 1), date(2025, 5, 31)

    def names(self, *acts: Act) -> list[str]:
        return [described(known(*acts), on=day).name for day in (self.BEFORE, self.AFTER)]

    def test_what_only_repeats_the_name_never_changes_it(self) -> None:
        repeated = [
            stop(kind, day, name=name)
            for kind in (EntryKind.SUSPENSION, EntryKind.HOST, EntryKind.MERGER, EntryKind.WITHDRAWAL)
            for day in (date(2025, 3, 1), self.AFTER)
            for name in ("Old", "New")
        ]
        assert [self.names(self.OLD, self.RENAME, one) for one in repeated] == [["Old", "New"]] * 16
        assert [self.names(self.OLD, one, self.RENAME) for one in repeated] == [["Old", "New"]] * 16

    def test_a_label_that_was_recorded_before_the_rename_and_takes_effect_after_it_keeps_the_new_name(
        self,
    ) -> None:
        ahead = replace(self.OLD, effective=self.AFTER)
        assert self.names(self.OLD, ahead, self.RENAME) == ["Old", "New"]
        assert self.names(self.OLD, self.RENAME, replace(ahead, name="Newer")) == ["Old", "Newer"]

    def test_of_who_has_only_acts_that_repeat_the_first_names_it(self) -> None:
        first, later = (
            stop(EntryKind.SUSPENSION, day, name=day.isoformat()) for day in (self.BEFORE, self.AFTER)
        )
        assert self.names(later, first) == ["2025-05-31", "2025-05-31"]


class TestHosts:
    AWARD = act(host="Foundation", recorded=moment("2024-01-10"))
    CHANGE = act(EntryKind.HOST, host="University", effective=date(2025, 6, 1), recorded=moment("2025-05-01"))
    RENEWAL = act(effective=date(2026, 1, 1), recorded=moment("2026-01-01"))

    def hosts(self, *acts: Act) -> list[str]:
        days = [date(2024, 1, 9), date(2025, 5, 31), date(2025, 6, 1), date(2026, 2, 1)]
        return [described(known(*acts), on=day).host for day in days]

    def test_the_last_host_that_was_named_holds(self) -> None:
        assert self.hosts(self.AWARD, self.CHANGE, self.RENEWAL) == [
            "", "Foundation", "University", "University",
        ]  # fmt: skip

    def test_a_change_of_host_may_leave_none(self) -> None:
        assert self.hosts(self.AWARD, replace(self.CHANGE, host=""), self.RENEWAL) == [
            "", "Foundation", "", "",
        ]  # fmt: skip

    def test_a_website_is_kept_likewise(self) -> None:
        acts = known(replace(self.AWARD, website="https://one.example"), self.CHANGE, self.RENEWAL)
        assert described(acts, on=date(2026, 2, 1)).website == "https://one.example"

    def test_who_never_had_a_host_has_none(self) -> None:
        assert self.hosts(self.RENEWAL) == ["", "", "", ""]


class TestCorrectionsOfWhatIsNoLabel:
    def test_of_a_rename_the_name_and_the_day(self) -> None:
        rename = act(EntryKind.RENAME, name="Aviation Vale", effective=date(2025, 6, 1))
        mended = correction(2, name="Aviation Hill", effective=date(2025, 7, 1))
        acts = known(GRANT, rename, mended)
        assert [one.act.name for one in acts] == ["Aviation Valley", "Aviation Hill"]
        assert [described(acts, on=day).name for day in (date(2025, 6, 30), date(2025, 7, 1))] == [
            "Aviation Valley",
            "Aviation Hill",
        ]
        assert told(acts).former_names(date(2026, 1, 1)) == ("Aviation Valley",)

    def test_of_a_change_of_host_the_host(self) -> None:
        change = act(EntryKind.HOST, host="Universty")
        assert known(GRANT, change, correction(2, host="University"))[1].act.host == "University"
        assert known(GRANT, change, correction(2))[1].act.host == "Universty"

    def test_of_a_merger_what_the_organisation_became(self) -> None:
        merger = act(EntryKind.MERGER, others=("pl-other",))
        assert known(GRANT, merger, correction(2, others=("pl-third",)))[1].act.others == ("pl-third",)
        assert known(GRANT, merger, correction(2))[1].act.others == ("pl-other",)

    def test_of_a_label_neither_name_nor_host_nor_what_it_became(self) -> None:
        mended = correction(1, name="Another", host="A host", others=("pl-other",))
        assert known(GRANT, mended)[0].act == GRANT


def test_former_names_come_in_the_order_in_which_they_were_borne() -> None:
    acts = known(
        act(name="First"),
        act(EntryKind.RENAME, name="Second", effective=date(2025, 1, 1)),
        act(EntryKind.RENAME, name="First", effective=date(2025, 3, 1)),
        act(EntryKind.RENAME, name="Third", effective=date(2025, 6, 1)),
    )
    days = (date(2024, 6, 1), date(2025, 2, 1), date(2025, 4, 1), date(2025, 7, 1))
    assert [told(acts).former_names(day) for day in days] == [
        (), ("First",), ("Second",), ("First", "Second"),
    ]  # fmt: skip
