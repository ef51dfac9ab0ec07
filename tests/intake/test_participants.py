from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.workbooks import OLE, workbook
from touchstone.core.assessment.commitment import Commitment
from touchstone.core.assessment.participants import OFFICE, TYPES, Participant, ParticipantList, summarise
from touchstone.core.faults import Fault, Unusable
from touchstone.intake.participant_words import COLUMN_OF, COLUMNS, TYPE_OF
from touchstone.intake.participants import participants_in, read_participants


def listed(text: str) -> ParticipantList:
    return participants_in(text.encode(), file="members.csv")


def refusal(text: str | bytes) -> tuple[Fault, ...]:
    with pytest.raises(Unusable) as refused:
        participants_in(text.encode() if isinstance(text, str) else text, file="members.csv")
    assert refused.value.file == "members.csv"
    return refused.value.faults


def fault_of(column: str, cell: str) -> Fault:
    """The one fault of a row with this cell in this column."""
    row = {"name": "Amber", "type": "sme", column: cell}
    faults = refusal(f"{';'.join(row)}\n{';'.join(row.values())}\n")
    assert len(faults) == 1
    return faults[0]


def test_every_column_of_a_row_is_read() -> None:
    text = (
        "name,type,country,place,latitude,longitude,joined,left,evidence\n"
        '"Amber, UAB",SME,LT,Nida,55.3,21.0,2020-05-01,2026-01-31,agreement.pdf\n'
    )
    assert listed(text) == ParticipantList(
        (
            Participant(
                name="Amber, UAB", type="sme", country="LT", place="Nida", latitude=55.3, longitude=21.0,
                joined=date(2020, 5, 1), left=date(2026, 1, 31), evidence="agreement.pdf",
            ),
        )
    )  # fmt: skip


def test_name_and_type_are_enough() -> None:
    assert list(listed("name,type\nAmber,university\n")) == [Participant(name="Amber", type="university")]


def test_columns_go_by_other_names_in_any_order_and_case() -> None:
    text = (
        "Evidence of commitment;Member since;LAT;Lon;City;Country code;Organisation type;Member name\n"
        "fee;2020-01-01;54,69;25,28;Vilnius;lt;R&D institution;Amber\n"
    )
    assert list(listed(text)) == [
        Participant(
            name="Amber", type="research", country="LT", place="Vilnius", latitude=54.69, longitude=25.28,
            joined=date(2020, 1, 1), evidence="fee",
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "type"),
    [
        ("SME", "sme"),
        ("Small and medium-sized enterprises", "sme"),
        ("start-up", "sme"),
        ("non-SME", "large"),
        ("R&D institution", "research"),
        ("University", "university"),
        ("training and education provider", "training"),
        ("Financial intermediary", "finance"),
        ("Consultants", "consultant"),
        ("Governmental agency", "government"),
        ("NGO", "other"),
    ],
)
def test_the_nine_types_go_by_the_names_that_lists_give_them(cell: str, type: str) -> None:
    assert listed(f"name;type\nAmber;{cell}\n")[0].type == type


def test_every_type_and_every_column_has_its_own_name() -> None:
    assert {TYPE_OF[type] for type in TYPES} == set(TYPES)
    assert set(TYPE_OF.values()) == {*TYPES, OFFICE}
    assert {COLUMN_OF[column] for column in COLUMNS} == set(COLUMNS)


def test_an_unknown_type_names_the_nearest() -> None:
    assert fault_of("type", "universty") == Fault(
        "line 2 type", '"universty" is not a type of participant.', 'Did you mean "university"?'
    )


@pytest.mark.parametrize("cell", ["", "§"])
def test_a_type_like_no_other_names_them_all(cell: str) -> None:
    assert fault_of("type", cell).remedy == f"Write one of: {', '.join(TYPES)}."


@pytest.mark.parametrize(
    ("column", "cell", "problem", "remedy"),
    [
        ("name", "", "The name is empty.", "Write the name of the participant, or remove the row."),
        ("name", "x" * 301, "The text has 301 characters.", "Shorten it to 300."),
        ("place", "x" * 301, "The text has 301 characters.", "Shorten it to 300."),
        (
            "country",
            "Atlantis",
            '"Atlantis" is not a country.',
            "Write its ISO code of two letters, such as LT.",
        ),
        ("joined", "1.5.2020", '"1.5.2020" is not a day.', "Write the year first, such as 2026-10-12."),
        ("evidence", "a\x07", "The text holds a character that cannot be shown (U+0007).", "Remove it."),
    ],
)
def test_a_cell_that_cannot_be_read_is_told_with_line_and_column(
    column: str, cell: str, problem: str, remedy: str
) -> None:
    assert fault_of(column, cell) == Fault(f"line 2 {column}", problem, remedy)


@pytest.mark.parametrize(
    ("column", "cell", "problem", "remedy"),
    [
        ("latitude", "north", '"north" is not a number of degrees.', "Write it such as 54.687."),
        ("latitude", "90.1", '"90.1" is out of range.', "Write degrees from -90 to 90."),
        ("longitude", "-181", '"-181" is out of range.', "Write degrees from -180 to 180."),
        ("longitude", "nan", '"nan" is out of range.', "Write degrees from -180 to 180."),
    ],
)
def test_degrees_are_numbers_on_the_globe(column: str, cell: str, problem: str, remedy: str) -> None:
    cells = {"latitude": "54", "longitude": "25", column: cell}
    faults = refusal(f"name;type;latitude;longitude\nA;sme;{cells['latitude']};{cells['longitude']}\n")
    assert faults[0] == Fault(f"line 2 {column}", problem, remedy)


def test_every_fault_of_every_row_is_told() -> None:
    faults = refusal("name;type;country\n;sme;LT\nAmber;club;Atlantis\n")
    assert [fault.place for fault in faults] == ["line 2 name", "line 3 type", "line 3 country"]


def test_faults_are_told_up_to_a_hundred() -> None:
    assert len(refusal("name;type\n" + "Amber;§\n" * 5_000)) == 100


def test_who_left_before_joining_is_told() -> None:
    assert refusal("name;type;joined;left\nAmber;sme;2026-01-02;2026-01-01\n") == (
        Fault("line 2", "It left on 2026-01-01, before it joined on 2026-01-02.", "Correct one of the two."),
    )


@pytest.mark.parametrize("cells", ["54;", ";25"])
def test_half_a_position_is_told(cells: str) -> None:
    assert refusal(f"name;type;latitude;longitude\nAmber;sme;{cells}\n") == (
        Fault("line 2", "One of latitude and longitude is missing.", "Give both or none."),
    )


def test_a_row_may_say_where_the_office_is() -> None:
    text = "name;type;latitude;longitude\nOur office;office;54.69;25.28\nAmber;sme;54.9;23.9\n"
    found = summarise(listed(text), on=date(2026, 10, 12), country="LT", office=None)
    assert (found.values["A6.listed"], "no position of the office" in " ".join(found.notes)) == (1, False)


def test_the_office_may_be_named_by_its_place() -> None:
    assert listed("name;type;country;place\nOur office;office;LT;Nida\n")[0].place == "Nida"


def test_region_and_postcode_are_read() -> None:
    row = listed("name;type;State;ZIP code\nAmber;sme;Hessen;60311\n")[0]
    assert (row.region, row.postcode) == ("Hessen", "60311")


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        ("yes;;", (Commitment.AGREEMENT,)),
        ("no;250 EUR;", (Commitment.SUPPORT,)),
        ("-;0;working group 2", (Commitment.CONTRIBUTION,)),
        ("2020-05-01;paid;n/a", (Commitment.AGREEMENT, Commitment.SUPPORT)),
        (";;", ()),
    ],
)
def test_each_kind_of_commitment_may_have_its_own_column(cells: str, shown: tuple[Commitment, ...]) -> None:
    row = listed(f"name;type;signed agreement;membership fee;working groups\nAmber;sme;{cells}\n")[0]
    assert (row.shown, row.committed) == (shown, bool(shown))


def test_there_is_one_office_with_a_position() -> None:
    assert refusal("name;type\nOne;office\nTwo;office\n") == (
        Fault("", "There are 2 rows of type office (One, Two).", "Keep one."),
        Fault(
            "",
            "The row of type office has neither place nor coordinates.",
            "Give its place and country, or its latitude and longitude.",
        ),
    )


def test_a_list_without_a_participant_is_told() -> None:
    assert refusal("name;type\n") == (
        Fault("", "There is no participant in the list.", "Add a row for each participant."),
    )


def test_missing_columns_are_told_with_the_header_that_was_found() -> None:
    remedy = (
        "Name the columns name, type, country, place, region, postcode, latitude, longitude, joined, left, "
        'evidence, agreement, fee, contribution; the first row reads "Firma", "Ort".'
    )
    assert refusal("Firma;Ort\nAmber;Nida\n") == (
        Fault("header", 'There is no column "name".', remedy),
        Fault("header", 'There is no column "type".', remedy),
    )


def test_two_columns_of_one_meaning_are_told() -> None:
    assert refusal("name;type;organisation\nA;sme;B\n") == (
        Fault("header", 'The columns "name" and "organisation" both give the name.', "Rename or remove one."),
    )


def test_a_column_that_nothing_is_read_from_is_noted() -> None:
    assert listed("name;type;evidnce;VAT;\nAmber;sme;fee;123;\n").notes == (
        'The column "evidnce" is not used. Did you mean "evidence"?',
        'The column "VAT" is not used.',
    )


def test_the_notes_of_reading_come_first_in_the_summary() -> None:
    raw = "name;type;VAT\nŁódzki;sme;1\n".encode("cp1250")
    found = summarise(participants_in(raw, file="m.csv"), on=date(2026, 10, 12), country="PL", office=None)
    assert found.notes[:2] == (
        "The file is not UTF-8; its letters are those of Windows-1250, and so it was read.",
        'The column "VAT" is not used.',
    )


def test_a_workbook_is_read_like_a_text() -> None:
    raw = workbook({"Members": [["name", "type", "joined", "latitude", "longitude"],
                                ["Amber", "sme", date(2020, 5, 1), 54.5, 25]]})  # fmt: skip
    assert list(participants_in(raw, file="m.xlsx")) == [
        Participant(name="Amber", type="sme", joined=date(2020, 5, 1), latitude=54.5, longitude=25.0)
    ]


def test_a_file_is_read_by_its_content(tmp_path: Path) -> None:
    file = tmp_path / "members.csv"
    file.write_bytes(workbook({"Members": [["name", "type"], ["Amber", "sme"]]}))
    assert [participant.name for participant in read_participants(file)] == ["Amber"]


def test_a_file_that_is_called_a_workbook_must_be_one(tmp_path: Path) -> None:
    file = tmp_path / "members.xlsx"
    file.write_bytes(b"name,type\nAmber,sme\n")
    with pytest.raises(Unusable, match="This is not a workbook, whatever its name says"):
        read_participants(file)


def test_a_protected_workbook_is_told(tmp_path: Path) -> None:
    file = tmp_path / "members.xlsx"
    file.write_bytes(OLE + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(Unusable, match="protected with a password"):
        read_participants(file)


def test_a_list_can_be_sliced_and_counted() -> None:
    found = listed("name;type\nA;sme\nB;sme\nC;sme\n")
    assert (len(found), found[1:], found[0].name) == (3, found.rows[1:], "A")


def outcome(raw: bytes) -> ParticipantList | None:
    try:
        return participants_in(raw, file="f")
    except Unusable as refused:
        str(refused).encode()  # it can be printed
        return None


cells = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


lines = st.lists(st.lists(cells, max_size=9).map(";".join), max_size=5).map("\n".join)


@given(
    st.binary() | lines.map(lambda text: f"name;type;country;latitude;longitude;joined;left\n{text}".encode())
)
def test_any_list_is_read_or_unusable(raw: bytes) -> None:
    found = outcome(raw)
    assert found is None or all(participant.type in (*TYPES, OFFICE) for participant in found)
