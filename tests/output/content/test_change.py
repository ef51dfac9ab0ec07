from dataclasses import replace

from factories.printed import printed
from factories.reports import ANSWERS, moved, population, report
from factories.small_scheme import small_scheme
from touchstone.core.report.report import Report
from touchstone.output.content.model import Chart, IndicatorPart


def block(made: Report, id: str = "A1") -> IndicatorPart:
    return next(part for area in printed(made).areas for part in area.indicators if part.id == id)


def slopes(made: Report, **scheme: object) -> list[Chart]:
    return [chart for chart in printed(made).portrait.charts if chart.picture.id.startswith("change-")]


def test_a_change_is_told_beside_the_median_change_of_the_peers() -> None:
    made = moved()
    assert made.movement is not None
    assert made.movement.own["A1.members"] == 9
    assert made.movement.figures["A1.members"]["portfolio:ict"].median == 5
    assert block(made).change == (
        "Since 12 October 2024 it went from 21 members to 30 members. The median change of 30 peers is 5."
    )


def test_where_the_peers_changes_may_not_be_shown_the_own_one_stands_alone() -> None:
    own = "Since 12 October 2024 it went from 21 members to 30 members."
    assert block(moved(peers=population())).change == own
    assert block(moved(peers=population(0))).change == own


def test_what_has_not_changed_is_told_too() -> None:
    assert block(moved(), "B1").change == (
        "Since 12 October 2024 it has stayed at 2 FTE. The median change of 30 peers is 0."
    )


def test_without_an_assessment_before_or_without_an_answer_nothing_is_told() -> None:
    assert block(report()).change == ""
    gone = {id: value for id, value in ANSWERS.items() if id != "A1.members"}
    assert block(moved(gone)).change == ""


def test_headlines_of_one_unit_that_moved_share_a_picture_the_largest_step_first() -> None:
    scheme = small_scheme()
    staff = replace(scheme.indicators["B1"].measures[0], unit="members", label="Staff")
    joined = replace(
        scheme,
        measures={**scheme.measures, "B1.staff": staff},
        indicators={
            **scheme.indicators,
            "B1": replace(scheme.indicators["B1"], measures=(staff, *scheme.indicators["B1"].measures[1:])),
        },
    )
    made = moved()
    assert made.movement is not None
    steps = {**made.movement.own, "B1.staff": -10.5, "B2.plan": 1.0}
    changed = replace(made, movement=replace(made.movement, own=steps))
    (found,) = [
        chart for chart in printed(changed, joined).portrait.charts if chart.picture.id.startswith("change-")
    ]
    assert (found.picture.id, found.picture.title) == ("change-0", "What has changed (members)")
    assert found.picture.table is not None
    assert [row[0] for row in found.picture.table.rows] == ["Staff", "Members"]
    assert found.picture.table.rows[0][1:3] == ("12.5", "2")
    assert found.caption == "The figures that changed most, from 12 October 2024 to 12 October 2026."


def test_one_figure_that_moved_alone_has_no_picture() -> None:
    assert slopes(moved()) == []
    assert slopes(report()) == []


def test_the_mean_of_steps_is_known_by_its_indicator() -> None:
    scheme = small_scheme()
    staff, members = (replace(scheme.measures[id], unit="0 to 4") for id in ("B1.staff", "A1.members"))
    indicators = {
        **scheme.indicators,
        "A1": replace(scheme.indicators["A1"], measures=(members,)),
        "B1": replace(scheme.indicators["B1"], measures=(staff,)),
    }
    ranged = replace(
        scheme,
        measures={**scheme.measures, "B1.staff": staff, "A1.members": members},
        indicators=indicators,
    )
    made = moved()
    assert made.movement is not None
    steps = replace(made.movement, own={"A1.members": 2.0, "B1.staff": 1.0})
    charts = printed(replace(made, movement=steps), ranged).portrait.charts
    tables = [chart.picture.table for chart in charts if chart.picture.id == "change-0"]
    assert [[row[0] for row in table.rows] for table in tables if table] == [["Indicator A1", "Indicator B1"]]
