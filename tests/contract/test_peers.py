"""`touchstone peers`: an installation's own peers, and reports made again from their sets."""

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from factories.peers import anew, assessments, file_of, latest
from touchstone.cli.examination import LOOKS

from .conftest import Touchstone

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return file_of(latest(assessments()), tmp_path)


@pytest.fixture
def add(touchstone: Touchstone, file: Path) -> None:
    assert touchstone("peers", "add", file, "--name", "2026, spring", "--on", "2026-10-01").code == 0


def test_added_peers_are_told_with_their_groups(touchstone: Touchstone, file: Path) -> None:
    done = touchstone("peers", "add", file, "--name", "2026, spring", "--on", "2026-10-01")
    assert (done.code, done.err) == (0, "")
    first, second, *rest = done.out.splitlines()
    assert first == '"2026, spring" is in force: 141 peers as of 2026-10-01.'
    assert second.endswith("groups shown, no groups of them held over.")
    assert [line.split(":")[0] for line in rest] == ["Some measures are held back in"]


@pytest.mark.usefixtures("add")
def test_groups_that_are_held_over_are_named(touchstone: Touchstone, tmp_path: Path) -> None:
    changed = file_of(anew(latest(assessments()), np.array([20]), date(2026, 10, 2)), tmp_path)
    done = touchstone("peers", "add", changed, "--name", "later", "--on", "2026-10-02", "--json")
    assert done.code == 0
    groups = {one["id"]: one for one in done.document["groups"]}
    held = [id for id, one in groups.items() if one["held_over"]]
    assert {groups[id]["since"] for id in held} == {"2026-10-01"}
    assert ("all" in held, held != list(groups)) == (True, True)
    said = touchstone("peers", "add", changed, "--name", "last", "--on", "2026-10-02").out.splitlines()
    assert said[2].startswith("With the peers of before, since too few have changed: all")
    listed = touchstone("peers", "list", "--json").document[:2]
    assert [(one["number"], one["name"], one["on"]) for one in listed] == [
        (1, "2026, spring", "2026-10-01"), (2, "later", "2026-10-02"),
    ]  # fmt: skip
    assert listed[1] == done.document


def test_as_json_all_of_it_is_said(touchstone: Touchstone, file: Path, touchstone_home: Path) -> None:
    done = touchstone("peers", "add", file, "--name", "2026, spring", "--on", "2026-10-01", "--json")
    told = done.document
    assert list(told) == ["number", "name", "on", "added_at", "peers", "synthetic", "set", "groups"]
    assert (told["number"], told["peers"], told["synthetic"]) == (1, 141, False)
    assert (touchstone_home / "sets" / f"{told['set']}.zip").is_file()
    assert told["groups"][0] == {"id": "all", "since": "2026-10-01", "held_over": False, "withheld": []}


def test_without_peers_the_list_says_how_to_add_them(touchstone: Touchstone) -> None:
    done = touchstone("peers", "list")
    assert (done.code, done.out.splitlines()[1]) == (0, "Add yours: touchstone peers add FILE --name NAME")
    assert touchstone("peers", "list", "--json").document == []


@pytest.mark.usefixtures("add")
def test_the_list_has_a_line_for_each_release(touchstone: Touchstone) -> None:
    line = touchstone("peers", "list").out.splitlines()[1]
    assert line.startswith("1  2026, spring  2026-10-01  141    ")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--name", "x", "--on", "2999-01-01"], "--on: 2999-01-01 is in the future."),
        (["--name", "x", "--on", "soon"], '--on: "soon" is not a day.'),
        (["--name", ""], "name: A comparison set needs a name"),
    ],
)
def test_what_cannot_be_added_is_told_in_one_line(
    touchstone: Touchstone, file: Path, arguments: list[str], told: str
) -> None:
    done = touchstone("peers", "add", file, *arguments)
    assert (done.code, done.out, len(done.err.splitlines())) == (2, "", 1)
    assert done.err.startswith(f"touchstone: {told}")


def test_a_file_that_is_no_population_is_named(touchstone: Touchstone, tmp_path: Path) -> None:
    (tmp_path / "peers.csv").write_text("organisation\n")
    done = touchstone("peers", "add", tmp_path / "peers.csv", "--name", "x")
    assert (done.code, done.err.startswith(f"touchstone: {tmp_path / 'peers.csv'}: ")) == (2, True)
    missing = touchstone("peers", "add", tmp_path / "nothing.csv", "--name", "x")
    assert (missing.code, len(missing.err.splitlines())) == (2, 1)


def test_doctor_tells_of_the_peers(touchstone: Touchstone) -> None:
    assert LOOKS["peers"]() == (True, "none of your own; reports compare with the synthetic ones", "")


@pytest.mark.usefixtures("add")
def test_doctor_names_the_peers_in_force_and_what_cannot_be_read(
    touchstone: Touchstone, touchstone_home: Path
) -> None:
    assert LOOKS["peers"]() == (True, '"2026, spring", 141 as of 2026-10-01', "")
    (touchstone_home / "releases" / "0001.json").write_text("{}")
    done = touchstone("doctor", "--json")
    check = next(one for one in done.document["checks"] if one["name"] == "peers")
    assert (done.code, check["passed"]) == (1, False)
    assert check["detail"].startswith(str(touchstone_home / "releases" / "0001.json"))


def test_a_report_is_made_again_from_its_set(
    touchstone: Touchstone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.utils import timezone

    from factories.apps import CaseFactory, PersonFactory, SavedAnswerFactory
    from touchstone.apps.cases import making, services
    from touchstone.output import report

    monkeypatch.setattr(report, "FORMS", {"result.json": report.FORMS["result.json"]})
    case = CaseFactory(state="recorded", reference="2026-0042")
    SavedAnswerFactory(case=case)
    run = services.request_report(case=case, by=PersonFactory(), at=timezone.now(), in_background=False)
    making.make(run.pk)
    out = tmp_path / "again.json"
    done = touchstone("peers", "remake", "2026-0042", "--out", out)
    same = '2026-0042, from "Synthetic peers" of 2026-10-12: the result is the same to the byte.\n'
    assert (done.code, done.out, done.err) == (0, same, "")
    assert out.read_bytes() == run.documents.get().file.read_bytes()
    run.documents.update(sha256="0" * 64)
    done = touchstone("peers", "remake", "2026-0042", "--json")
    run.refresh_from_db()
    assert (done.code, json.loads(done.out)) == (
        1,
        {
            "case": "2026-0042", "name": "Synthetic peers", "on": "2026-10-12", "set": run.set_digest,
            "equal": False,
        },
    )  # fmt: skip
    assert touchstone("peers", "remake", "2026-0042").out.endswith("the result is NOT the same.\n")


def test_a_case_that_there_is_not_is_told(touchstone: Touchstone) -> None:
    done = touchstone("peers", "remake", "2026-9999")
    assert (done.code, done.err.startswith('touchstone: case: there is no case "2026-9999".')) == (2, True)
