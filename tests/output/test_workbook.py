import io
import math
import zipfile
from functools import cache
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from factories.printed import HOSTILE, hostile, printed, real_content, real_report, real_scheme
from factories.reports import population, report
from factories.small_scheme import PUBLISHED, small_scheme
from touchstone.core.report.report import Report
from touchstone.core.report.result import as_result
from touchstone.core.scheme.model import Named
from touchstone.output.printable import plain
from touchstone.output.workbook import FIGURES, LONGEST_NAME, LONGEST_TEXT, book


def opened(made: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(made))


@cache
def real_book() -> bytes:
    return book(real_report(), real_content(), real_scheme())


def small_book(made: Report | None = None) -> bytes:
    shown = made or report()
    return book(shown, printed(shown), small_scheme())


def rows(workbook: Workbook, name: str) -> list[list[Any]]:
    return [list(row) for row in workbook[name].iter_rows(values_only=True)]


def test_there_is_a_sheet_an_area_and_one_for_each_other_part() -> None:
    assert opened(real_book()).sheetnames == [
        "About",
        "A Structure of the cluster",
        "B Management and governance",
        "C Financing of the cluster mana",
        "D Services of the cluster manag",
        "E Contacts and interaction",
        "F Achievements and recognition",
        "S Supplementary questions",
        "The groups compared",
        "Quality indicators",
        "Recommendations",
        "Eligibility",
    ]


def test_every_figure_of_every_measure_and_group_is_that_of_the_result() -> None:
    document: Any = as_result(real_report())
    workbook = opened(real_book())
    found = {}
    for name in workbook.sheetnames[1:8]:
        for row in rows(workbook, name)[1:]:
            found[row[0]] = row[4:-2]
    for told in document["measures"]:
        figures = [figure[key] for figure in told["groups"].values() for key in FIGURES]
        # A cell keeps sixteen significant digits of a number.
        pairs = zip(found[told["id"]], [told["value"], *figures], strict=True)
        assert [pair for pair in pairs if pair[0] != pair[1] and not math.isclose(*pair, rel_tol=1e-14)] == []


def test_choices_and_texts_stand_beside_the_numbers() -> None:
    workbook = opened(small_book())
    own = {row[0]: row[4] for name in ("A Structure", "B Management") for row in rows(workbook, name)[1:]}
    assert own == {
        "A1.members": 30,
        "A1.founded": 2012,
        "A1.age": 14,
        "B1.staff": 2,
        "B1.load": 15,
        "B1.deputy": "yes",
        "B1.form": "Association",
        "B2.plan": 1,
        "B2.public": 62.5,
        "B2.budget": 250000,
        "B2.story": "One story",
    }


def test_every_row_names_its_certainty_and_source() -> None:
    row = rows(opened(small_book()), "A Structure")[1]
    assert row[-2:] == ["default", "Slides of 2012"]
    assert PUBLISHED.sources == ("slides",)


def test_groups_have_their_size_and_digest() -> None:
    made = report(peers=population(8))
    found = rows(opened(small_book(made)), "The groups compared")
    assert found[1] == [
        "ICT", "Comparative portfolio", 4, "nothing", "It has fewer than 5 peers.",
        made.comparison.groups[0].digest,
    ]  # fmt: skip


def test_quality_indicators_have_points_gates_and_reasons() -> None:
    found = rows(opened(small_book()), "Quality indicators")
    assert found[1] == [
        "1.1", "Quality 1.1", "yellow", 3, 5, True, True,
        "Members: 30 members; green from 40 members", None, "default",
    ]  # fmt: skip
    missing = rows(opened(small_book(report({}))), "Quality indicators")[1]
    assert missing[2:5] == ["not assessed", None, 5]
    assert missing[6:9] == [None, "No answer to: Members", "A1.members"]


def test_recommendations_and_eligibility_are_there() -> None:
    workbook = opened(small_book())
    recommended = rows(workbook, "Recommendations")
    assert recommended[0][-2:] == ["No evidence on file", "What it would change"]
    assert [(row[1], *row[-2:]) for row in recommended[1:]] == [
        ("2.1", "Plan", "With green the score gains 2 points."),
        ("1.1", "Members", "With green the score gains 2 points."),
    ]
    assert [row[:2] for row in rows(workbook, "Eligibility")[1:]] == [
        ["Is set up.", None],
        ["Is large enough.", True],
    ]


def test_the_first_sheet_says_what_this_is_and_that_the_peers_are_made_up() -> None:
    about = dict(row for row in rows(opened(small_book()), "About") if row[0])
    assert about["Report number"] == report().number
    assert about["Synthetic peers"].startswith("The peers in this report are synthetic")
    real = report(peers=population(synthetic=False))
    assert "Synthetic peers" not in dict(rows(opened(small_book(real)), "About"))


def test_text_never_becomes_a_formula_a_number_or_a_link() -> None:
    made = hostile(id="=1+1")
    workbook = opened(small_book(made))
    cells = [cell for sheet in workbook for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "b"}
    assert [cell.hyperlink for cell in cells if cell.hyperlink] == []
    story = next(row[4] for row in rows(workbook, "B Management") if row[0] == "B2.story")
    assert story.startswith("=HYPERLINK(1) <b>&amp;")
    assert rows(workbook, "About")[0][0] == f"Benchmarking report: {plain(HOSTILE)}"


def test_a_text_longer_than_a_cell_is_cut() -> None:
    made = report({"B2.story": "x" * (LONGEST_TEXT + 9)})
    story = next(row[4] for row in rows(opened(small_book(made)), "B Management") if row[0] == "B2.story")
    assert len(story) == LONGEST_TEXT


def test_a_value_that_is_not_finite_stays_out() -> None:
    made = report({"B2.budget": float("nan")})
    found = {row[0]: row[4] for row in rows(opened(small_book(made)), "B Management")}
    assert found["B2.budget"] is None


@pytest.mark.parametrize(
    ("names", "sheets"),
    [
        (("Money [in: EUR]/x?*\\", "'Quoted'"), ["A Money  in  EUR  x", "B 'Quoted"]),
        (("quality indicators", "x" * 40), ["A quality indicators", "B " + "x" * (LONGEST_NAME - 2)]),
    ],
)
def test_a_sheets_name_is_one_that_the_format_allows(names: tuple[str, str], sheets: list[str]) -> None:
    areas = {id: Named(id=id, name=name) for id, name in zip("AB", names, strict=True)}
    scheme = small_scheme(areas=areas)
    assert opened(book(report(), printed(report(), scheme), scheme)).sheetnames[1:3] == sheets


def test_two_parts_of_one_name_get_sheets_of_their_own() -> None:
    areas = {"A": Named(id="A", name="x" * 40 + "1"), "a": Named(id="a", name="x" * 40 + "2")}
    scheme = small_scheme(areas=areas, indicators={})
    said = printed(report(), small_scheme())
    names = opened(book(report(), said, scheme)).sheetnames[1:3]
    assert names == ["A " + "x" * 29, "a " + "x" * 25 + " 2"]


def test_the_same_report_gives_the_same_bytes_with_its_own_date() -> None:
    made = small_book()
    assert made == small_book()
    core = zipfile.ZipFile(io.BytesIO(made)).read("docProps/core.xml").decode()
    assert "2026-10-12T00:00:00Z</dcterms:created>" in core
