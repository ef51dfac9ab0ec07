from dataclasses import replace
from datetime import date

from factories.labels import ALWAYS, act, award, chained, moment, stop
from touchstone.core.labels.model import Act, EntryKind, LabelLevel, Standing
from touchstone.core.labels.register import Figures, HistoryLine, RegisterRow, figures, rows
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


def test_valid_now_and_ever_labelled_are_two_figures() -> None:
    assert figures(register(BRONZE, OTHER, on=date(2022, 6, 1))) == Figures(valid=1, ever=2)
    assert figures(()) == Figures(valid=0, ever=0)
