from dataclasses import replace
from datetime import date

from factories.labels import ALWAYS, act, award, chained, moment, stop
from touchstone.core.labels.model import ENTERED_TWICE, Act, EntryKind, LabelLevel, Standing
from touchstone.core.labels.register import (
    Figures,
    HistoryLine,
    RegisterRow,
    Relative,
    figures,
    row,
    rows,
)
from touchstone.core.labels.status import status

BRONZE = award(date(2018, 12, 3), date(2020, 12, 31), name="Łódź Cluster", organisation="pl-lodz")
GOLD = award(
    date(2020, 6, 1),
    date(2022, 6, 30),
    kind=EntryKind.UPGRADE,
    level=LabelLevel.GOLD,
    name="Łódź Cluster",
    organisation="pl-lodz",
    website="https://lodz.example",
)
OTHER = award(date(2021, 1, 1), date(2023, 1, 31), name="Aviation Valley", recorded=moment("2021-02-01"))


def register(*acts: Act, on: date = date(2021, 3, 1)) -> tuple[RegisterRow, ...]:
    return rows(chained(*acts), on=on, known=ALWAYS)


def test_there_is_one_row_an_organisation_in_order_of_folded_names() -> None:
    assert [(row.name, row.organisation) for row in register(BRONZE, GOLD, OTHER)] == [
        ("Aviation Valley", "pl-aviation-valley"),
        ("Łódź Cluster", "pl-lodz"),
    ]


def test_a_row_has_the_one_status_and_what_was_last_said_of_the_organisation() -> None:
    row = register(BRONZE, GOLD, OTHER)[1]
    entries = chained(BRONZE, GOLD, OTHER)
    assert row.status == status(entries, "pl-lodz", on=date(2021, 3, 1), known=ALWAYS)
    assert (row.country, row.portfolio, row.website) == ("PL", "aviation-space", "https://lodz.example")
    assert (row.first_labelled_on, row.former_names) == (date(2018, 12, 3), ())


def test_who_holds_nothing_yet_is_not_in_the_register() -> None:
    assert register(OTHER, on=date(2020, 12, 31)) == ()
    assert register(act(EntryKind.RENAME)) == ()


def test_what_was_not_known_is_not_in_the_register() -> None:
    entries = chained(BRONZE, GOLD, OTHER)
    known = rows(entries, on=date(2021, 3, 1), known=moment("2021-01-31"))
    assert [row.organisation for row in known] == ["pl-lodz"]


def test_a_lapsed_label_stays_in_the_register() -> None:
    assert [row.status.standing for row in register(OTHER, on=date(2030, 1, 1))] == [Standing.LAPSED]


def test_the_history_tells_each_act_with_its_corrected_dates() -> None:
    correction = act(
        EntryKind.CORRECTION,
        corrects=1,
        valid_until=date(2023, 1, 15),
        recorded=moment("2021-02-02"),
    )
    (row,) = register(replace(OTHER, derived=("valid_from",), origin="a page, line 5"), correction)
    assert row.history == (
        HistoryLine(
            number=1,
            kind=EntryKind.AWARD,
            level=LabelLevel.BRONZE,
            name="Aviation Valley",
            effective=date(2021, 1, 1),
            recorded=moment("2021-02-01"),
            valid_from=date(2021, 1, 1),
            valid_until=date(2023, 1, 15),
            renewable_until=date(2024, 1, 31),
            rule_set="2020",
            origin="a page, line 5",
            derived=("valid_from",),
            corrected_by=(2,),
        ),
    )


def test_the_history_runs_by_day_of_effect() -> None:
    suspension = stop(EntryKind.SUSPENSION, date(2021, 2, 1))
    old = award(date(2011, 2, 23), date(2013, 2, 23), recorded=moment("2021-06-01"))
    (row,) = register(OTHER, suspension, old)
    assert [line.number for line in row.history] == [3, 1, 2]
    assert row.first_labelled_on == date(2011, 2, 23)


def test_former_names_are_told_until_a_rename_takes_effect_and_after() -> None:
    rename = act(
        EntryKind.RENAME, name="Aviation Hill", effective=date(2021, 6, 1), recorded=moment("2021-05-01")
    )
    before, after = (register(OTHER, rename, on=day)[0] for day in (date(2021, 5, 31), date(2021, 6, 1)))
    assert (before.name, before.former_names) == ("Aviation Valley", ())
    assert (after.name, after.former_names) == ("Aviation Hill", ("Aviation Valley",))


def test_a_label_that_never_held_a_day_was_not_the_first() -> None:
    emptied = stop(EntryKind.CORRECTION, date(2021, 2, 2), corrects=1, valid_until=date(2020, 12, 31))
    (told,) = register(OTHER, emptied, award(date(2021, 2, 10), date(2023, 2, 28)))
    assert told.first_labelled_on == date(2021, 2, 10)


class TestAhead:
    """A label that is yet to begin: no row of the register, and a row for who asks for this organisation."""

    LATER = award(date(2022, 1, 1), date(2024, 1, 31), name="Later", organisation="pl-later")
    INTO = act(EntryKind.MERGER, organisation="pl-later", name="Later", others=("pl-unheard-of",),
               effective=date(2021, 6, 1), recorded=moment("2022-02-01"))  # fmt: skip

    def told(self, *acts: Act, on: date, ahead: bool = True) -> RegisterRow | None:
        return row(chained(*acts), "pl-later", on=on, known=ALWAYS, ahead=ahead)

    def test_before_its_first_day_it_stands_as_never(self) -> None:
        day = date(2021, 12, 31)
        assert self.told(self.LATER, on=day, ahead=False) is None
        told = self.told(self.LATER, on=day)
        assert told
        assert (told.name, told.first_labelled_on, told.status) == (
            "Later", date(2022, 1, 1), status(chained(self.LATER), "pl-later", on=day, known=ALWAYS),
        )  # fmt: skip
        assert [line.number for line in told.history] == [1]
        assert (told.status.standing, told.status.levels) == (Standing.NEVER, ())

    def test_from_its_first_day_on_it_is_the_same_row(self) -> None:
        day = date(2022, 1, 1)
        assert self.told(self.LATER, on=day) == self.told(self.LATER, on=day, ahead=False)

    def test_one_that_never_came_to_hold_a_day_is_told_with_what_it_became(self) -> None:
        told = self.told(self.LATER, self.INTO, on=date(2023, 1, 1))
        assert told
        assert (told.first_labelled_on, told.status.standing) == (date(2022, 1, 1), Standing.NEVER)
        assert told.successors == (
            Relative(organisation="pl-unheard-of", name="pl-unheard-of", kind=EntryKind.MERGER,
                     effective=date(2021, 6, 1), listed=False),
        )  # fmt: skip

    def test_who_was_never_granted_anything_has_no_row(self) -> None:
        only_named = act(EntryKind.RENAME, organisation="pl-later", name="Later", effective=date(2021, 1, 1))
        assert self.told(only_named, on=date(2022, 1, 1)) is None
        assert self.told(BRONZE, on=date(2022, 1, 1)) is None


class TestHostsAndRelatives:
    SKY = award(date(2019, 3, 1), date(2021, 3, 31), name="Sky", organisation="pl-sky")
    HILL = award(date(2019, 4, 1), date(2021, 4, 30), name="Hill", organisation="pl-hill", host="Foundation")
    MERGER = act(EntryKind.MERGER, organisation="pl-sky", name="Sky", others=("pl-valley",),
                 effective=date(2020, 1, 1), recorded=moment("2020-01-01"))  # fmt: skip
    SPLIT = act(EntryKind.SPLIT, organisation="pl-hill", name="Hill",
                others=("pl-hill", "pl-valley", "pl-new"), effective=date(2020, 3, 1),
                recorded=moment("2020-03-01"))  # fmt: skip
    VALLEY = award(date(2020, 3, 1), date(2022, 3, 31), name="Valley", organisation="pl-valley")
    RENAME = act(EntryKind.RENAME, organisation="pl-valley", name="Sky Valley", effective=date(2020, 6, 1),
                 recorded=moment("2020-06-01"))  # fmt: skip
    ALL = (SKY, HILL, MERGER, SPLIT, VALLEY, RENAME)
    FROM_SKY = Relative(organisation="pl-sky", name="Sky", kind=EntryKind.MERGER, effective=date(2020, 1, 1))
    FROM_HILL = Relative(
        organisation="pl-hill", name="Hill", kind=EntryKind.SPLIT, effective=date(2020, 3, 1)
    )

    def told(self, on: date) -> dict[str, RegisterRow]:
        return {row.organisation: row for row in register(*self.ALL, on=on)}

    def test_each_side_of_a_merger_or_a_split_names_the_other_as_it_was_called_then(self) -> None:
        told = self.told(date(2020, 5, 31))
        assert told["pl-valley"].predecessors == (self.FROM_SKY, self.FROM_HILL)
        assert told["pl-sky"].successors == (replace(self.FROM_SKY, organisation="pl-valley", name="Valley"),)
        assert told["pl-hill"].successors == (
            replace(self.FROM_HILL, organisation="pl-valley", name="Valley"),
            replace(self.FROM_HILL, organisation="pl-new", name="pl-new", listed=False),
        )
        assert self.told(date(2020, 6, 1))["pl-sky"].successors[0].name == "Sky Valley"

    def test_who_goes_on_after_a_split_is_not_its_own_relative(self) -> None:
        told = self.told(date(2020, 6, 1))["pl-hill"]
        assert told.predecessors == ()
        assert [one.organisation for one in told.successors] == ["pl-valley", "pl-new"]

    def test_before_it_takes_effect_there_is_no_relative(self) -> None:
        told = self.told(date(2019, 12, 31))
        assert (told["pl-sky"].successors, told["pl-hill"].successors) == ((), ())

    def test_a_split_and_a_merger_with_the_same_organisation_are_told_once(self) -> None:
        again = replace(self.MERGER, effective=date(2020, 2, 1), recorded=moment("2020-07-01"))
        (told,) = (one for one in register(*self.ALL, again, on=date(2021, 1, 1)) if one.name == "Sky")
        assert [one.effective for one in told.successors] == [date(2020, 1, 1)]

    def test_the_host_is_told_and_the_history_tells_what_it_became(self) -> None:
        told = self.told(date(2020, 6, 1))["pl-hill"]
        assert (told.host, [line.host for line in told.history]) == ("Foundation", ["Foundation", ""])
        assert [line.others for line in told.history] == [(), ("pl-hill", "pl-valley", "pl-new")]

    def test_one_row_is_made_from_the_entries_of_its_relatives(self) -> None:
        entries = chained(*self.ALL)
        day = date(2020, 6, 1)
        whole = self.told(day)["pl-valley"]
        assert row(entries, "pl-valley", on=day, known=ALWAYS) == whole
        assert row(entries, "pl-nobody", on=day, known=ALWAYS) is None
        assert row(entries, "pl-valley", on=date(2020, 2, 28), known=ALWAYS) is None


def test_valid_now_and_ever_labelled_are_two_figures() -> None:
    assert figures(register(BRONZE, OTHER, on=date(2022, 6, 1))) == Figures(valid=1, ever=2)
    assert figures(()) == Figures(valid=0, ever=0)

    def test_two_records_of_one_organisation_name_each_other_as_the_same(self) -> None:
        joined = replace(self.MERGER, origin=ENTERED_TWICE)
        told = {row.organisation: row for row in register(self.SKY, joined, self.VALLEY, on=date(2020, 5, 1))}
        assert [(one.organisation, one.same) for one in told["pl-sky"].successors] == [("pl-valley", True)]
        assert [(one.organisation, one.same) for one in told["pl-valley"].predecessors] == [("pl-sky", True)]
        assert (self.MERGER.joins_records, replace(self.SPLIT, origin=ENTERED_TWICE).joins_records) == (
            False, False,
        )  # fmt: skip
