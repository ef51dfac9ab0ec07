"""`touchstone plan` and `touchstone view`, checked from outside."""

import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import DEMONSTRATION, Touchstone

AMBER = DEMONSTRATION / "amber-coast-photonics.json"
PLAN = ["now", "after", "chosen", "improvements", "in_the_way", "unanswered"]
INDEX = [
    "id", "name", "own", "used", "of", "n", "shown", "median", "best", "gap_to_best", "gap_to_median",
    "parts",
]  # fmt: skip


def test_a_plan_names_three_improvements_and_what_they_bring_together(touchstone: Touchstone) -> None:
    document = touchstone("plan", AMBER, "--json").document
    assert list(document) == PLAN
    gains = [one["gain"] for one in document["chosen"]]
    assert len(gains) == 3
    assert document["after"]["points"] == document["now"]["points"] + sum(gains)
    assert document["now"]["max"] == 150


def test_a_plan_comes_true_when_its_changes_are_made(
    touchstone: Touchstone, answers: dict[str, Any], tmp_path: Path
) -> None:
    """What is said about answers that are given, and not derived, can be tried by giving them."""
    chosen = touchstone("plan", AMBER, "--steps", "31", "--json").document["improvements"]
    derived = {"C1.private", "D8.intensity", "D8.fields", "A6.committed_share", "A6.retention"}
    tried = next(
        one for one in chosen if not derived.intersection(change["measure"] for change in one["changes"])
    )
    for change in tried["changes"]:
        answers["answers"][change["measure"]] = change["needed"]
    file = tmp_path / "better.json"
    file.write_text(json.dumps(answers), encoding="utf-8")
    before, after = (touchstone("plan", one, "--json").document["now"]["points"] for one in (AMBER, file))
    assert after == before + tried["gain"]


def test_a_plan_is_told_in_words(touchstone: Touchstone) -> None:
    outcome = touchstone("plan", AMBER, "--steps", "1")
    assert outcome.code == 0
    assert outcome.out == (
        "Now 106 of 150 points (70.7\u00a0%).\n"
        "\n"
        "1. 3.2 Share of private sources: yellow to green\n"
        "   2 points more\n"
        "   Private share of the budget: 31\u00a0%, asked from 40\u00a0%; median of 24 peers 43.6\n"
        "\n"
        "With these: 108 of 150 points (72.0\u00a0%).\n"
        "In the way of Gold by themselves: 2.2.3, 4.1.5, 4.1.6.\n"
    )


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "lt",
            (
                "Dabar taškų yra 106 iš 150 (70,7~%).",
                "1. 3.2 Privačių šaltinių dalis: geltona → žalia",
                "   2 taškais daugiau",
                (
                    "   Privačių lėšų dalis biudžete: 31~%, reikia: bent 40~%; "
                    "24 palyginamųjų organizacijų mediana – 43,6"
                ),
            ),
        ),
        (
            "pl",
            (
                "Teraz: 106 z 150 pkt (70,7%).",
                "1. 3.2 Udział źródeł prywatnych: żółty → zielony",
                "   2 punkty więcej",
                (
                    "   Udział środków prywatnych w budżecie: 31%, wymagane: co najmniej 40%; "
                    "mediana 24 organizacji porównywanych: 43,6"
                ),
            ),
        ),
        (
            "de",
            (
                "Jetzt 106 von 150 Punkten (70,7~%).",
                "1. 3.2 Anteil privater Mittel: von gelb auf grün",
                "   2 Punkte mehr",
                (
                    "   Privater Anteil am Budget: 31~%, verlangt: mindestens 40~%; "
                    "Median von 24 Vergleichsorganisationen 43,6"
                ),
            ),
        ),
    ],
)
def test_a_plan_is_told_in_a_language(touchstone: Touchstone, language: str, lines: tuple[str, ...]) -> None:
    outcome = touchstone("plan", AMBER, "--steps", "1", "--lang", language)
    told = [line.replace("\u00a0", "~") for line in outcome.out.splitlines() if line]
    assert (outcome.code, tuple(told[:4])) == (0, lines)


def test_a_plan_without_answers_tells_what_is_missing(
    touchstone: Touchstone, answers: dict[str, Any], tmp_path: Path
) -> None:
    file = tmp_path / "empty.json"
    file.write_text(json.dumps({**answers, "answers": {}}), encoding="utf-8")
    outcome = touchstone("plan", file)
    assert outcome.code == 0
    assert "There is no light left to improve by work alone.\n" in outcome.out
    assert "3.2 could not be assessed: C1.private without an answer.\n" in outcome.out


def test_a_view_shows_own_median_and_best_of_each_area(touchstone: Touchstone) -> None:
    document = touchstone("view", "polish-benchmark", AMBER, "--json").document
    assert list(document) == ["method", "variant", "group", "whole", "left_out", "notes"]
    assert list(document["whole"]) == INDEX
    assert [area["id"] for area in document["whole"]["parts"]] == [
        "resources", "processes", "results", "environment", "internationalisation",
    ]  # fmt: skip
    assert document["variant"] == "robust"


def test_a_view_is_told_as_a_table(touchstone: Touchstone) -> None:
    outcome = touchstone("view", "polish-benchmark", AMBER)
    lines = outcome.out.splitlines()
    assert lines[0] == (
        "Polish cluster benchmark, robust, among the peers of portfolio:micro-nano-optics; 0 to 10"
    )
    assert lines[2].split() == ["own", "median", "best", "peers"]
    assert len(lines) == 3 + 1 + 5 + 13 + 38


def test_a_small_portfolio_gives_way_to_all_peers(
    touchstone: Touchstone, answers: dict[str, Any], tmp_path: Path
) -> None:
    from touchstone.cli.commands import run

    peers = tmp_path / "peers.csv"
    assert run(["population", "make", "--size", "150", "--seed", "5", "--out", str(peers)]) == 0
    document = touchstone("view", "polish-benchmark", AMBER, "--population", peers, "--json").document
    assert document["group"] == "all"


def test_the_classic_variant_of_real_peers_is_refused_with_its_reason(
    touchstone: Touchstone, tmp_path: Path
) -> None:
    from touchstone.cli.commands import run

    peers = tmp_path / "peers.csv"
    assert run(["population", "make", "--size", "300", "--seed", "5", "--out", str(peers)]) == 0
    peers.write_text(peers.read_text(encoding="utf-8").replace("SYN-", "REAL-"), encoding="utf-8")
    arguments = ("view", "polish-benchmark", AMBER, "--variant", "classic", "--population", peers)
    outcome = touchstone(*arguments)
    assert outcome.out.startswith("Polish cluster benchmark, robust, ")
    assert outcome.err.startswith("The classic variant would let the least and the greatest value")
    classic = touchstone("view", "polish-benchmark", AMBER, "--variant", "classic", "--json").document
    assert (classic["variant"], classic["notes"]) == ("classic", [])


@pytest.mark.parametrize("command", [("plan",), ("view", "polish-benchmark")])
def test_answers_that_contradict_each_other_are_refused(
    touchstone: Touchstone, answers: dict[str, Any], tmp_path: Path, command: tuple[str, ...]
) -> None:
    answers["answers"] |= {"C1.fees": 90, "C1.services": 90}
    file = tmp_path / "odd.json"
    file.write_text(json.dumps(answers), encoding="utf-8")
    outcome = touchstone(*command, file)
    assert (outcome.code, outcome.out, len(outcome.err.splitlines())) == (2, "", 1)
    assert "add up to" in outcome.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("view", "polish", AMBER), "polish: the scheme has no such method. "),
        (("view", "nothing", AMBER), "Known are: polish-benchmark."),
        (("view", "polish-benchmark", AMBER, "--variant", "grand"), 'there is no variant "grand".'),
        (("plan", "nowhere.json"), "nowhere.json"),
        (("plan", AMBER, "--steps", "0"), "--steps"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_line(
    touchstone: Touchstone, arguments: tuple[object, ...], told: str
) -> None:
    outcome = touchstone(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert told in outcome.err
    assert len(outcome.err.splitlines()) == 1
