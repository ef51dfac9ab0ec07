"""`touchstone compare`, checked from outside: files, figures, no database, no network."""

import csv
import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from .conftest import DEMONSTRATION, Touchstone

FILES = ["report.pdf", "summary.pdf", "report.html", "report.xlsx", "result.json"]


@pytest.fixture(scope="module")
def peers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """1,292 assessments made with another seed than the shipped ones."""
    from touchstone.cli.commands import run

    file = tmp_path_factory.mktemp("peers") / "peers.csv"
    assert run(["population", "make", "--size", "1292", "--seed", "77", "--out", str(file)]) == 0
    return file


@pytest.fixture(scope="module")
def result(peers: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    from touchstone.cli.commands import run

    folder = tmp_path_factory.mktemp("report")
    answers = DEMONSTRATION / "amber-coast-photonics.json"
    assert run(["compare", str(answers), "--population", str(peers), "--out", str(folder)]) == 0
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)
    return json.loads((folder / "result.json").read_text(encoding="utf-8"))


def peers_as_of(file: Path, on: date, own: str) -> list[dict[str, str]]:
    """The peers by the words of the contract: in the window, the latest of each, never the own one."""
    first = on.replace(year=on.year - 5)
    latest: dict[str, dict[str, str]] = {}
    for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines()):
        day = date.fromisoformat(row["interviewed_on"])
        if not first <= day <= on or row["organisation"] == own:
            continue
        if (
            row["organisation"] not in latest
            or row["interviewed_on"] >= latest[row["organisation"]]["interviewed_on"]
        ):
            latest[row["organisation"]] = row
    return list(latest.values())


def expected_figure(values: list[float], own: float | None) -> dict[str, Any]:
    """One measure in one group by numpy alone, disclosure control included."""
    n = len(values)
    shown = "none" if n < 5 else "median" if n < 10 else "quartiles" if n < 20 else "full"
    p5, p25, median, p75, p95 = np.quantile(values, [0.05, 0.25, 0.5, 0.75, 0.95]) if n else [0.0] * 5
    below, equal = sum(v < own for v in values) if own is not None else 0, sum(v == own for v in values)
    return {
        "n": n,
        "shown": shown,
        "median": median if n >= 5 else None,
        "p25": p25 if n >= 10 else None,
        "p75": p75 if n >= 10 else None,
        "p5": p5 if n >= 20 else None,
        "p95": p95 if n >= 20 else None,
        "percentile": 100 * (below + equal / 2) / n if n >= 5 and own is not None else None,
    }


def test_every_figure_equals_an_independent_computation(peers: Path, result: dict[str, Any]) -> None:
    on = date.fromisoformat(result["on"])
    rows = peers_as_of(peers, on, result["organisation"]["id"])
    of_group = {
        "portfolio": [r for r in rows if r["portfolio"] == result["organisation"]["portfolio"]],
        "country": [r for r in rows if r["country"] == result["organisation"]["country"]],
        "gold": [r for r in rows if r["level"] == "gold"],
        "all": rows,
    }
    groups = {
        group["id"]: of_group[group["kind"]]
        for group in result["groups"]
        if not group["id"].startswith("related")
    }
    assert [group["kind"] for group in result["groups"] if group["id"] in groups] == [
        "portfolio",
        "country",
        "gold",
        "all",
    ]
    compared = 0
    for measure in result["measures"]:
        for id, members in groups.items():
            values = [float(row[measure["id"]]) for row in members if row[measure["id"]] != ""]
            found, expected = measure["groups"][id], expected_figure(values, measure["value"])
            assert {"n": found["n"], "shown": found["shown"]} == {
                "n": expected["n"],
                "shown": expected["shown"],
            }, (measure["id"], id)
            for key in ("median", "p25", "p75", "p5", "p95", "percentile"):
                same = found[key] == expected[key] or found[key] == pytest.approx(expected[key], rel=1e-9)
                assert same, (measure["id"], id, key, found[key], expected[key])
            compared += 1
    numeric = [c for c in list(rows[0])[5:] if any(_is_number(r[c]) for r in rows)]
    assert [measure["id"] for measure in result["measures"]] == numeric
    assert compared == 4 * len(numeric)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def test_suppression_takes_place_in_the_small_country_group(result: dict[str, Any]) -> None:
    sizes = {group["kind"]: group["n"] for group in result["groups"]}
    assert 0 < sizes["country"] < sizes["portfolio"] < sizes["all"]


def test_the_result_has_the_keys_of_the_contract(result: dict[str, Any]) -> None:
    for key in (
        "organisation",
        "scheme",
        "rule_set",
        "groups",
        "measures",
        "quality",
        "score",
        "recommendations",
        "synthetic",
        "digest",
    ):
        assert key in result
    assert len(result["quality"]) == 31
    assert {q["level"] for q in result["quality"]} <= {"red", "yellow", "green", "not_assessed"}
    assert result["score"]["max"] == 150
    assert result["synthetic"] is True


def test_the_workbook_way_gives_the_same_result(
    touchstone: Touchstone, tmp_path: Path, answers: dict[str, Any]
) -> None:
    from openpyxl import load_workbook

    questionnaire = tmp_path / "questionnaire.xlsx"
    assert touchstone("assess", "new", "--out", questionnaire).code == 0
    book = load_workbook(questionnaire)
    fill(book, answers)
    book.save(questionnaire)
    by_workbook = touchstone("compare", questionnaire, "--out", tmp_path / "a", "--json")
    by_document = touchstone(
        "compare", DEMONSTRATION / "amber-coast-photonics.json", "--out", tmp_path / "b", "--json"
    )
    assert by_workbook.code == 0, by_workbook.err
    assert by_workbook.document == by_document.document


def fill(book: Any, answers: dict[str, Any]) -> None:
    """Type the answers into the workbook as a person would: the organisation, then row by row."""
    organisation = {**answers["organisation"], "interviewed_on": answers["interviewed_on"]}
    for row in book["Organisation"].iter_rows(min_row=2):
        row[2].value = organisation.get(row[0].value, row[2].value)
    for sheet in book.worksheets:
        headings = [cell.value for cell in sheet[1]]
        if "Answer" in headings:
            for row in sheet.iter_rows(min_row=2):
                if row[0].value in answers["answers"]:
                    answer = answers["answers"][row[0].value]
                    row[headings.index("Answer")].value = typed(answer)
                    if isinstance(answer, dict):
                        row[headings.index("Evidence")].value = "\n".join(answer.get("evidence", ()))


def typed(answer: Any) -> Any:
    value = answer["value"] if isinstance(answer, dict) else answer
    return ("yes" if value else "no") if isinstance(value, bool) else value


def test_the_main_job_loads_neither_django_nor_the_network(tmp_path: Path) -> None:
    script = (
        "import socket, sys\n"
        "def refuse(*a, **k): raise AssertionError('a connection was tried')\n"
        "socket.socket.connect = refuse\n"
        "from touchstone.cli.commands import run\n"
        "code = run(['compare', sys.argv[1], '--out', 'out'])\n"
        "assert 'django' not in sys.modules, 'Django was loaded'\n"
        "sys.exit(code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(DEMONSTRATION / "amber-coast-photonics.json")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, sorted(p.name for p in (tmp_path / "out").iterdir())) == (0, sorted(FILES)), (
        done.stderr
    )
    assert not (tmp_path / "var").exists()


def test_the_participant_list_answers_its_measures(
    touchstone: Touchstone, tmp_path: Path, answers: dict[str, Any]
) -> None:
    for id in [
        id for id in answers["answers"] if id.split(".")[0] in ("A5", "A6", "A9") or id == "A7.within_150km"
    ]:
        del answers["answers"][id]
    bare = tmp_path / "bare.json"
    bare.write_text(json.dumps(answers), encoding="utf-8")
    members = DEMONSTRATION / "amber-coast-participants.csv"
    done = touchstone("compare", bare, "--participants", members, "--out", tmp_path / "out", "--json")
    assert done.code == 0, done.err
    whole = touchstone(
        "compare", DEMONSTRATION / "amber-coast-photonics.json", "--out", tmp_path / "b", "--json"
    ).document
    values = {m["id"]: m["value"] for m in done.document["measures"]}
    for measure in whole["measures"]:
        if measure["id"].startswith(("A5.", "A6.", "A7.", "A9.")):
            assert values[measure["id"]] == pytest.approx(measure["value"]), measure["id"]


def test_a_report_in_a_language_has_the_list_on_its_map_and_the_expert_on_its_cover() -> None:
    from touchstone.cli.basis import basis

    amber, members = (
        DEMONSTRATION / f"amber-coast-{name}" for name in ("photonics.json", "participants.csv")
    )
    made = basis(
        amber, population=None, participants=members, on=None, lang="lt", expert="Rasa Žemaitė"
    ).report
    assert (made.language, made.expert) == ("lt", "Rasa Žemaitė")
    assert made.portrait is not None
    # Of the 52 that are committed two have neither coordinates nor a town that is known.
    assert (sum(spot.count for spot in made.portrait.spots), made.values["A6.total"]) == (50, 52)
    assert made.assessment.answers["A6.total"].note == "iš amber-coast-participants.csv"
