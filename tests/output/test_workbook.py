import io
import math
import zipfile
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

from factories.printed import (
    HOSTILE,
    hostile,
    printed,
    real_content,
    real_peers,
    real_report,
    real_scheme,
)
from factories.reports import ANSWERS, MIXED, assessment, earlier, population, report, with_income
from factories.small_scheme import small_scheme
from touchstone.core.assessment.model import Answer, AnswerState
from touchstone.core.report.report import Report, make_report
from touchstone.core.report.result import as_result
from touchstone.core.scheme.model import Kind, Measure, Named, Scheme
from touchstone.output.printable import plain
from touchstone.output.sheets import LONGEST_TEXT
from touchstone.output.workbook import book


def opened(made: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(made))


@cache
def real_book() -> Workbook:
    return opened(book(real_report(), real_content(), real_scheme()))


def small_book(made: Report | None = None, scheme: Scheme | None = None) -> Workbook:
    shown = made or report()
    pack = scheme or small_scheme()
    return opened(book(shown, printed(shown, pack), pack))


def rows(workbook: Workbook, name: str) -> list[list[Any]]:
    return [list(row) for row in workbook[name].iter_rows(values_only=True)]


def records(workbook: Workbook, name: str) -> list[dict[str, Any]]:
    head, *below = rows(workbook, name)
    return [dict(zip(head, row, strict=True)) for row in below]


def same(one: object, other: object) -> bool:
    """Equal, or equal numbers: a cell knows no difference between 2 and 2.0."""
    return one == other or (
        isinstance(one, int | float)
        and isinstance(other, int | float)
        and math.isclose(one, other, rel_tol=1e-15)
    )


def test_there_is_a_sheet_for_each_kind_of_figure() -> None:
    assert real_book().sheetnames == [
        "About", "Charts", "Figures", "Groups", "Peers", "Compositions", "Distances", "Quality",
        "Recommendations", "Plan", "Growth", "Eligibility", "Sources", "Notes",
    ]  # fmt: skip


def test_a_sheet_about_what_is_not_there_is_left_out() -> None:
    assert small_book().sheetnames == [
        "About", "Figures", "Groups", "Peers", "Quality", "Recommendations", "Plan", "Eligibility", "Sources",
        "Notes",
    ]  # fmt: skip


def test_each_sheet_but_the_first_two_is_a_table_of_its_own_name() -> None:
    workbook = real_book()
    for name in workbook.sheetnames[2:]:
        sheet = workbook[name]
        rows_told = sheet.max_row + 10 if name == "Plan" else sheet.max_row  # it has empty lines too
        assert [table.name for table in sheet.tables.values()] == [name]
        assert sheet.tables[name].ref == f"A1:{get_column_letter(sheet.max_column)}{rows_told}"
        assert sheet.freeze_panes in {"B2", "C2"}


def test_every_measure_has_one_row_of_figures_of_the_reference_group() -> None:
    document: Any = as_result(real_report())
    told = {one["id"]: one for one in document["measures"]}
    found = records(real_book(), "Figures")
    assert [row["Measure"] for row in found] == list(real_scheme().measures)
    group = document["groups"][0]["id"]
    for row in found:
        if row["Measure"] in told:
            figure = told[row["Measure"]]["groups"][group]
            wanted = [told[row["Measure"]]["value"], *(figure[key.lower()] for key in SPREAD)]
            pairs = zip([row["Own"], *(row[key] for key in SPREAD)], wanted, strict=True)
            assert [pair for pair in pairs if not same(*pair)] == []


SPREAD = ("n", "P5", "P25", "Median", "P75", "P95", "Percentile")


def test_every_figure_of_every_group_is_that_of_the_result() -> None:
    document: Any = as_result(real_report())
    found = records(real_book(), "Groups")
    told = [(one["id"], figure) for one in document["measures"] for figure in one["groups"].values()]
    assert [row["Measure"] for row in found] == [id for id, _ in told]
    for row, (_, figure) in zip(found, told, strict=True):
        assert [key for key in SPREAD if not same(row[key], figure[key.lower()])] == []
    words = {"none": "nothing", "full": "median, quartiles, P5 and P95", "quartiles": "median and quartiles"}
    levels = [words.get(figure["shown"], figure["shown"]) for _, figure in told]
    assert [row["Shown"] for row in found] == levels


def test_own_values_are_numbers_and_choices_are_in_words() -> None:
    own = {row["Measure"]: row["Own"] for row in records(small_book(), "Figures")}
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


def test_a_row_says_where_the_value_lies_what_is_better_and_how_sure_that_is() -> None:
    members = records(small_book(), "Figures")[0]
    assert (members["Label"], members["Indicator"], members["Area"], members["Unit"]) == (
        "Members", "Indicator A1", "Structure", "members",
    )  # fmt: skip
    assert (members["Direction"], members["Position"]) == ("more is better", "middle half")
    assert (members["Certainty"], members["Sources"]) == ("default", "Slides of 2012")
    founded, deputy = records(small_book(), "Figures")[1], records(small_book(), "Figures")[5]
    assert founded["Direction"] == "no judgement"
    assert [deputy[key] for key in (*SPREAD, "Position")] == [None] * 8


@pytest.mark.parametrize(
    ("values", "peers", "place"),
    [
        ({"A1.members": 100}, 60, "upper quarter"),
        ({"A1.members": 1}, 60, "lower quarter"),
        ({"A1.members": 1}, 14, "below the median"),
        ({"A1.members": 16}, 14, "at the median"),
        ({"A1.members": 99}, 14, "above the median"),
        ({"A1.members": 99}, 4, None),
        ({}, 60, None),
    ],
)
def test_the_position_is_told_in_words(values: dict[str, Any], peers: int, place: str | None) -> None:
    made = report(values, peers=population(peers))
    assert records(small_book(made), "Figures")[0]["Position"] == place


def test_numbers_are_written_as_their_kind_asks() -> None:
    sheet = small_book()["Figures"]
    head = [cell.value for cell in sheet[1]]
    own, median, place = (head.index(name) for name in ("Own", "Median", "Percentile"))
    formats = {
        row[0].value: (row[own].number_format, row[median].number_format)
        for row in sheet.iter_rows(min_row=2)
    }
    ids = ("A1.members", "A1.founded", "B1.staff", "B2.plan", "B2.public", "B2.budget")
    assert [formats[id] for id in ids] == [
        ("#,##0", "#,##0.0"), ("0", "0"), ("#,##0.00", "#,##0.00"), ("0", "0.0"), ("0.0", "0.0"),
        ("#,##0", "#,##0"),
    ]  # fmt: skip
    assert sheet.cell(row=2, column=place + 1).number_format == "0.0"


def test_peers_are_told_by_group_with_their_size_and_hash() -> None:
    made = report(peers=population(8))
    found = records(small_book(made), "Peers")
    assert [row["SHA-256"] for row in found] == [group.digest for group in made.comparison.groups]
    assert [row["n"] for row in found] == [group.n for group in made.comparison.groups]
    assert (found[0]["Group"], found[0]["Shown"], found[0]["Why withheld"] is None) == (
        "ICT",
        "nothing",
        False,
    )


def mixed() -> Report:
    return make_report(
        assessment({**ANSWERS, "B2.public": 62.5, "B2.private": 37.5}), scheme=MIXED, population=with_income()
    )


def test_compositions_stand_beside_the_medians_of_each_group() -> None:
    made = mixed()
    found = rows(small_book(made, MIXED), "Compositions")
    assert found[0][:4] == ["Composition", "Part", "Measure", "Own"]
    assert found[0][4:] == [row["Group"] for row in records(small_book(made, MIXED), "Peers")]
    assert [row[:4] for row in found[1:]] == [
        ["Income", "Public share", "B2.public", 62.5],
        ["Income", "Public share", "B2.private", 37.5],
    ]
    medians = [made.figure("B2.public", group.id).median for group in made.comparison.groups]
    assert found[1][4:] == medians


def test_how_unlike_a_composition_is_stands_group_by_group() -> None:
    made = mixed()
    wholes = made.wholes["income"]
    found = records(small_book(made, MIXED), "Distances")
    assert [(row["Distance"], row["n"], row["Percentile"]) for row in found] == [
        (whole.distance, whole.others.n, whole.others.percentile) for whole in wholes.values()
    ]


def test_changes_are_there_where_there_is_an_assessment_before() -> None:
    made = make_report(assessment(), scheme=small_scheme(), population=population(), previous=earlier())
    members = records(small_book(made), "Change")[0]
    assert (members["Measure"], members["Since"], members["Own change"]) == ("A1.members", "2024-10-12", 9)
    assert made.movement is not None
    assert members["Years between"] == pytest.approx(made.movement.years)
    assert (members["n"], members["Median"]) == (0, None)


def test_changes_of_an_organisation_without_a_group_stand_alone() -> None:
    made = make_report(assessment(), scheme=small_scheme(), population=population(0), previous=earlier())
    members = records(small_book(made), "Change")[0]
    assert [members[key] for key in ("Own change", "n", "Median")] == [9, 0, None]


def test_without_peers_own_values_stand_alone() -> None:
    workbook = small_book(report(peers=population(0)))
    members = records(workbook, "Figures")[0]
    assert [members[key] for key in ("Own", *SPREAD)] == [30, 0, *[None] * 6]
    assert ["Reference group", "none may be shown"] in rows(workbook, "About")


def test_quality_indicators_have_points_gates_and_reasons() -> None:
    found = records(small_book(), "Quality")[0]
    assert [found[key] for key in ("No.", "Quality indicator", "Dimension", "Light", "Points", "Of")] == [
        "1.1", "Quality 1.1", "Structure", "yellow", 3, 5,
    ]  # fmt: skip
    assert [found[key] for key in ("Minimum requirement", "Met", "Missing answers", "Thresholds")] == [
        "yes", "yes", None, "default",
    ]  # fmt: skip
    assert found["Reason"] == report().appraisal.judgements[0].reason
    missing = records(small_book(report({})), "Quality")
    assert [missing[0][key] for key in ("Light", "Points", "Met", "Missing answers")] == [
        "not assessed", None, None, "Members",
    ]  # fmt: skip
    assert [missing[1][key] for key in ("Minimum requirement", "Met")] == ["no", None]


def test_a_gate_that_is_missed_says_no() -> None:
    assert records(small_book(report({"A1.members": 3})), "Quality")[0]["Met"] == "no"


def test_recommendations_have_a_next_step_and_an_effort() -> None:
    content = real_content()
    found = records(real_book(), "Recommendations")
    keys = ("Order", "No.", "What to do", "Next step", "Effort", "Reason")
    assert [[row[key] for key in keys] for row in found] == [
        [one.number, one.quality, one.text, one.next or None, one.effort or None, one.reason]
        for one in content.recommendations
    ]
    assert {row["Minimum requirement"] for row in found} <= {"yes", "no"}


def test_the_plan_is_there_to_be_filled_in() -> None:
    sheet = real_book()["Plan"]
    found = records(real_book(), "Plan")
    planned = real_content().plan
    assert [row["Quality indicator"] for row in found[: len(planned)]] == [one.name for one in planned]
    assert [row[key] for row in found for key in ("Who", "By when", "State", "Remark") if row[key]] == []
    due, state = sheet.data_validations.dataValidation
    last = len(planned) + 11
    assert (sheet.tables["Plan"].ref, str(state.sqref)) == (f"A1:H{last}", f"G2:G{last}")
    assert state.formula1 == '"open,under way,done,dropped"'
    assert due.prompt == "A day, such as 2027-03-31."


def growing(**values: int) -> tuple[Report, Scheme]:
    ids = ("A6.two_years_ago", "A6.one_year_ago", "A6.total")
    new = {
        id: Measure(
            id=id,
            indicator="A1",
            label=id,
            kind=Kind.COUNT,
            origin=small_scheme().measures["A1.members"].origin,
        )
        for id in ids
    }
    scheme = small_scheme(measures={**small_scheme().measures, **new})
    said = {**ANSWERS, **{f"A6.{id}": value for id, value in values.items()}}
    return make_report(assessment(said), scheme=scheme, population=population()), scheme


def test_the_growth_in_participants_is_told_from_the_earliest_day_on() -> None:
    workbook = small_book(*growing(two_years_ago=20, total=30))
    assert rows(workbook, "Growth") == [
        ["Label", "Committed participants"], ["A6.two_years_ago", 20], ["A6.total", 30],
    ]  # fmt: skip


def test_eligibility_sources_and_notes_are_there() -> None:
    workbook = small_book()
    assert [row[:2] for row in rows(workbook, "Eligibility")[1:]] == [
        ["Is set up.", "open"], ["Is large enough.", "met"],
    ]  # fmt: skip
    assert rows(workbook, "Sources")[1:] == [["Slides of 2012", "https://example.org/slides"]]
    content = printed()
    assert [row[0] for row in rows(workbook, "Notes")[1:]] == [*content.withheld, *content.notes]


def test_the_first_sheet_says_what_this_is_and_what_is_on_the_others() -> None:
    workbook = small_book()
    about = {row[0]: row[1] for row in rows(workbook, "About") if row[0]}
    assert about["Report number"] == report().number
    assert about["Synthetic peers"].startswith("The peers in this report are synthetic")
    assert about["Reference group"] == "ICT"
    assert [name for name in workbook.sheetnames[1:] if not about.get(name)] == []
    real = report(peers=population(synthetic=False))
    assert "Synthetic peers" not in [row[0] for row in rows(small_book(real), "About")]


def test_the_charts_draw_what_stands_beside_them() -> None:
    sheet = real_book()["Charts"]
    assert [type(chart).__name__ for chart in sheet._charts] == ["BarChart", "BarChart", "BarChart"]
    titles = [row[0].value for row in sheet.iter_rows() if row[0].value and row[1].value is None]
    assert [title.partition(":")[0] for title in titles] == [
        "Services of the cluster management", "Management and governance", "Participants by type",
    ]  # fmt: skip
    profile = sheet._charts[0].series[0]
    assert profile.val.numRef.f == "Charts!$B$3:$B$10"
    assert [point.v for point in profile.val.numRef.numCache.pt] == [
        sheet.cell(row=row, column=2).value for row in range(3, 11)
    ]


def test_without_peers_only_the_own_composition_is_drawn() -> None:
    made = make_report(real_report().assessment, scheme=real_scheme(), population=replace_rows())
    workbook = opened(book(made, printed(made, real_scheme()), real_scheme()))
    assert [len(sheet._charts) for sheet in workbook if sheet._charts] == [1]


def replace_rows() -> Any:
    from numpy import arange

    from touchstone.core.benchmark.rows import only

    return only(real_peers().population, arange(0))


def test_text_never_becomes_a_formula_a_number_or_a_link() -> None:
    workbook = small_book(hostile(id="=1+1"))
    cells = [cell for sheet in workbook for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert [cell.hyperlink for cell in cells if cell.hyperlink] == []
    story = next(row["Own"] for row in records(workbook, "Figures") if row["Measure"] == "B2.story")
    assert story.startswith("=HYPERLINK(1) <b>&amp;")
    assert rows(workbook, "About")[0][0] == f"Benchmarking report: {plain(HOSTILE)}"


def test_names_of_the_pack_may_be_anything_too() -> None:
    scheme = small_scheme(areas={id: Named(id=id, name="<r>=1+1</r>") for id in "AB"})
    portfolios = {id: replace(one, name="=1+1") for id, one in scheme.portfolios.items()}
    scheme = replace(scheme, portfolios=portfolios)
    workbook = small_book(scheme=scheme)
    assert records(workbook, "Figures")[0]["Area"].strip() == "<r>=1+1</r>"
    assert records(workbook, "Peers")[0]["Group"] == "=1+1"
    cells = [cell for sheet in workbook for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}


def test_a_text_longer_than_a_cell_is_cut() -> None:
    made = report({"B2.story": "x" * (LONGEST_TEXT + 9)})
    story = next(row["Own"] for row in records(small_book(made), "Figures") if row["Measure"] == "B2.story")
    assert len(story) == LONGEST_TEXT


def test_a_value_that_is_not_finite_or_not_said_stays_out() -> None:
    said = assessment({"B2.budget": float("nan")})
    said = replace(said, answers={**said.answers, "A1.members": Answer(state=AnswerState.NOT_ASKED)})
    made = make_report(said, scheme=small_scheme(), population=population())
    found = {row["Measure"]: row["Own"] for row in records(small_book(made), "Figures")}
    assert (found["B2.budget"], found["A1.members"]) == (None, None)


def test_the_same_report_gives_the_same_bytes_with_its_own_date() -> None:
    made = book(report(), printed(), small_scheme())
    assert made == book(report(), printed(), small_scheme())
    assert opened(made).properties.created == datetime(2026, 10, 12)  # noqa: DTZ001
    assert zipfile.ZipFile(io.BytesIO(made)).testzip() is None
