"""Frozen comparison sets and earlier assessments, through the command line."""

import json
from pathlib import Path
from typing import Any

from .conftest import DEMONSTRATION, Touchstone

AMBER = DEMONSTRATION / "amber-coast-photonics.json"
DAY = "2026-10-12"


def frozen(touchstone: Touchstone, folder: Path, *more: str) -> Path:
    file = folder / "autumn.zip"
    assert touchstone("freeze", *more, "--name", "Autumn 2026", "--on", DAY, "--out", file).code == 0
    return file


def test_a_report_from_a_frozen_set_is_that_from_the_peers_to_the_byte(
    touchstone: Touchstone, tmp_path: Path
) -> None:
    file = frozen(touchstone, tmp_path)
    assert touchstone("compare", AMBER, "--on", DAY, "--out", tmp_path / "live").code == 0
    assert touchstone("compare", AMBER, "--population", file, "--out", tmp_path / "frozen").code == 0
    for name in ("result.json", "report.pdf", "summary.pdf", "report.html", "report.xlsx"):
        assert (tmp_path / "frozen" / name).read_bytes() == (tmp_path / "live" / name).read_bytes()


def test_a_frozen_set_tells_its_name_day_and_digest(touchstone: Touchstone, tmp_path: Path) -> None:
    file = tmp_path / "autumn.zip"
    outcome = touchstone("freeze", "--name", "Autumn 2026", "--on", DAY, "--out", file, "--json")
    told = outcome.document
    assert (told["name"], told["on"], told["scheme"], told["synthetic"]) == ("Autumn 2026", DAY, "ecei", True)
    assert len(told["digest"]) == 64


def test_another_day_than_that_of_the_set_is_refused(touchstone: Touchstone, tmp_path: Path) -> None:
    file = frozen(touchstone, tmp_path)
    outcome = touchstone(
        "compare", AMBER, "--population", file, "--on", "2026-10-13", "--out", tmp_path / "x"
    )
    assert (outcome.code, (tmp_path / "x").exists()) == (2, False)
    assert 'the set "Autumn 2026" holds the peers of 2026-10-12, not of 2026-10-13' in outcome.err


def test_an_earlier_assessment_shows_what_has_changed(
    touchstone: Touchstone, answers: dict[str, Any], tmp_path: Path
) -> None:
    before = {**answers, "interviewed_on": "2024-10-12"}
    before["answers"] = {**answers["answers"], "E1.projects": 3}
    file = tmp_path / "before.json"
    file.write_text(json.dumps(before), encoding="utf-8")
    outcome = touchstone("compare", AMBER, "--previous", file, "--out", tmp_path / "out", "--json")
    change = outcome.document["change"]
    projects = next(one for one in change["measures"] if one["id"] == "E1.projects")
    assert change["since"] == "2024-10-12"
    assert projects["value"] == answers["answers"]["E1.projects"] - 3


def test_an_earlier_assessment_of_another_organisation_is_refused(
    touchstone: Touchstone, tmp_path: Path
) -> None:
    other = DEMONSTRATION / "daugava-timber.json"
    outcome = touchstone("compare", AMBER, "--previous", other, "--out", tmp_path / "out")
    assert (outcome.code, len(outcome.err.splitlines())) == (2, 1)
    assert "the assessment before: It is of " in outcome.err


def test_a_list_without_coordinates_is_placed_by_its_places(touchstone: Touchstone, tmp_path: Path) -> None:
    members = tmp_path / "members.csv"
    rows = [
        "name,type,country,place,evidence",
        "Our office,office,LT,Klaipėda,",
        *(f"Firm {number},sme,LT,{place},agreement" for number, place in enumerate(["Klaipėda"] * 9)),
        "Far away,sme,LT,Vilnius,agreement",
    ]
    members.write_text("\n".join(rows), encoding="utf-8")
    outcome = touchstone("compare", AMBER, "--participants", members, "--out", tmp_path / "out", "--json")
    near = next(one for one in outcome.document["measures"] if one["id"] == "A7.within_150km")
    assert near["value"] == 90.0
