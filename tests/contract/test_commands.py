"""The promises that every command keeps, and the small commands one by one."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import typer.main

from touchstone.cli.commands import app
from touchstone.cli.reference import _commands
from touchstone.core.scheme.loading import shipped

from .conftest import DEMONSTRATION, Touchstone

AMBER = DEMONSTRATION / "amber-coast-photonics.json"
COMMANDS = [
    context.command_path.split()[1:]
    for context in _commands(typer.Context(typer.main.get_command(app), info_name="touchstone"))
]


def test_the_commands_are_those_of_the_contract() -> None:
    assert sorted(" ".join(command) for command in COMMANDS) == [
        "assess check", "assess new", "certificate", "compare", "compare-all", "demo", "doctor", "due",
        "freeze", "group", "keys disown", "keys rotate", "keys show", "ledger export", "ledger show",
        "ledger verify", "peers add", "peers list", "peers remake", "plan", "population make", "proof",
        "register export", "register import", "register rebuild", "register search", "scheme check",
        "scheme diff", "scheme show", "serve", "status", "verify", "view",
    ]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_ends_with_an_example(command: list[str], touchstone: Touchstone) -> None:
    done = touchstone(*command, "--help")
    assert done.code == 0
    assert f"Example: touchstone {' '.join(command)}" in done.out


@pytest.mark.parametrize(
    "arguments", [["bogus"], ["compare"], ["population", "make", "--size", "x", "--out", "a.csv"]]
)
def test_misuse_is_one_line_and_two(arguments: list[str], touchstone: Touchstone) -> None:
    done = touchstone(*arguments)
    assert (done.code, done.out, len(done.err.strip().splitlines())) == (2, "", 1)


def test_a_fault_of_the_program_is_one_line_without_a_traceback(
    touchstone: Touchstone, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr("touchstone.cli.scheme.the_scheme", fail)
    done = touchstone("scheme", "show")
    assert (done.code, "ZeroDivisionError" in done.err, len(done.err.strip().splitlines())) == (2, True, 1)
    monkeypatch.setenv("TOUCHSTONE_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        touchstone("scheme", "show")


def test_an_interruption_ends_quietly(touchstone: Touchstone, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("touchstone.cli.scheme.the_scheme", interrupt)
    assert touchstone("scheme", "show").code == 130


def test_a_folder_that_may_not_be_written_is_named(touchstone: Touchstone, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    done = touchstone("assess", "new", "--out", tmp_path / "file" / "new.json")
    assert (done.code, str(tmp_path / "file") in done.err) == (2, True)


def test_the_shipped_pack_is_sound(touchstone: Touchstone) -> None:
    done = touchstone("scheme", "check", "--json")
    assert (done.code, done.document) == (0, {"indicators": 36, "quality_indicators": 31, "faults": []})


def test_a_pack_with_a_fault_is_told_with_file_and_place(touchstone: Touchstone, tmp_path: Path) -> None:
    pack = shutil.copytree(shipped(), tmp_path / "pack")
    quality = pack / "quality.toml"
    quality.write_text(
        quality.read_text("utf-8").replace('"A6.committed_share"', '"A6.comited_share"', 1), "utf-8"
    )
    done = touchstone("scheme", "check", pack, "--json")
    assert done.code == 1
    assert [fault["place"].split(":")[0] for fault in done.document["faults"]] == ["quality.toml"]
    assert "A6.comited_share" in str(done.document["faults"])
    assert touchstone("scheme", "check", pack).out.count("quality.toml") == 1


def test_a_pack_that_is_not_there_is_said(touchstone: Touchstone, tmp_path: Path) -> None:
    done = touchstone("scheme", "check", tmp_path / "nothing")
    assert (done.code, "nothing" in done.err) == (2, True)


def test_an_indicator_is_shown_with_its_thresholds_and_sources(touchstone: Touchstone) -> None:
    text = touchstone("scheme", "show", "a6").out
    for word in ("A6.total", "Thresholds of 1.1.2", "5 points", "Certainty: ", "Source: "):
        assert word in text, word
    document = touchstone("scheme", "show", "A6.total", "--json").document
    assert (document["id"], document["measures"][1]["id"]) == ("A6", "A6.total")


def test_a_quality_indicator_is_shown_with_its_levels(touchstone: Touchstone) -> None:
    document = touchstone("scheme", "show", "1.1.2", "--json").document
    assert ([level["points"] for level in document["levels"]], document["gate"]) == ([5, 3, 1, 0], True)
    assert "Judged: " in touchstone("scheme", "show", "1.1.2").out


def test_the_list_of_indicators_is_shown(touchstone: Touchstone) -> None:
    document = touchstone("scheme", "show", "--json").document
    assert (len(document["quality_indicators"]), document["indicators"][:2]) == (31, ["A1", "A2"])
    assert "A1" in touchstone("scheme", "show").out


@pytest.mark.parametrize(("id", "nearest"), [("A6.totl", "A6.total"), ("zzz", "scheme show")])
def test_an_unknown_indicator_is_refused_with_the_nearest(
    id: str, nearest: str, touchstone: Touchstone
) -> None:
    done = touchstone("scheme", "show", id)
    assert (done.code, nearest in done.err) == (2, True)


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_the_same_seed_gives_the_same_bytes(kind: str, touchstone: Touchstone, tmp_path: Path) -> None:
    files = [tmp_path / f"{name}.{kind}" for name in "ab"]
    for file in files:
        done = touchstone("population", "make", "--size", 40, "--seed", 5, "--out", file, "--json")
        assert done.document == {"file": str(file), "size": 40, "seed": 5, "synthetic": True}
    assert files[0].read_bytes() == files[1].read_bytes()
    assert touchstone("population", "make", "--size", 40, "--seed", 6, "--out", files[1]).code == 0
    assert files[0].read_bytes() != files[1].read_bytes()


def test_a_population_of_an_unknown_kind_is_refused(touchstone: Touchstone, tmp_path: Path) -> None:
    done = touchstone("population", "make", "--size", 5, "--seed", 1, "--out", tmp_path / "peers.doc")
    assert (done.code, "peers.doc" in done.err) == (2, True)


@pytest.mark.parametrize("kind", ["json", "xlsx"])
def test_an_empty_questionnaire_is_written(kind: str, touchstone: Touchstone, tmp_path: Path) -> None:
    file = tmp_path / f"new.{kind}"
    done = touchstone("assess", "new", "--out", file, "--json")
    assert (done.code, done.document, file.stat().st_size > 1000) == (
        0,
        {"file": str(file), "measures": 199},
        True,
    )


def test_a_questionnaire_of_an_unknown_kind_is_refused(touchstone: Touchstone, tmp_path: Path) -> None:
    done = touchstone("assess", "new", "--out", tmp_path / "new.doc")
    assert (done.code, "new.doc" in done.err) == (2, True)


def test_full_answers_pass_their_check(touchstone: Touchstone) -> None:
    done = touchstone("assess", "check", AMBER, "--json")
    assert (done.code, done.document["answered"], done.document["faults"]) == (0, 199, [])
    assert "199 of 199" in touchstone("assess", "check", AMBER).out


def bent(tmp_path: Path, answers: dict[str, Any], **changes: object) -> Path:
    file = tmp_path / "answers.json"
    changed = {**answers, "answers": {**answers["answers"], **changes}}
    file.write_text(json.dumps(changed), encoding="utf-8")
    return file


@pytest.mark.parametrize(("budget", "severity", "code"), [(90_000_000, "warning", 1), ("much", "error", 2)])
def test_a_check_ends_by_its_worst_fault(  # noqa: PLR0917  (fixtures and parameters)
    budget: object, severity: str, code: int, touchstone: Touchstone, tmp_path: Path, answers: dict[str, Any]
) -> None:
    file = bent(tmp_path, answers, **{"C3.budget": budget})
    done = touchstone("assess", "check", file, "--json")
    assert (done.code, done.document["faults"][0]["severity"]) == (code, severity)
    assert f"{file}: {severity}: C3" in touchstone("assess", "check", file).out


def test_a_warning_is_told_and_the_report_comes(
    touchstone: Touchstone, tmp_path: Path, answers: dict[str, Any]
) -> None:
    file = bent(tmp_path, answers, **{"C3.budget": 90_000_000})
    done = touchstone("compare", file, "--out", tmp_path / "out")
    assert (done.code, "warning: C3" in done.err, len(done.out.splitlines())) == (0, True, 5)


@pytest.mark.parametrize(("on", "words"), [("2999-01-01", "future"), ("soon", "soon")])
def test_a_day_of_comparison_that_cannot_be_is_refused(
    on: str, words: str, touchstone: Touchstone, tmp_path: Path
) -> None:
    done = touchstone("compare", AMBER, "--on", on, "--out", tmp_path / "out")
    assert (done.code, "--on" in done.err, words in done.err) == (2, True, True)


def test_an_earlier_day_gives_the_peers_of_that_day(touchstone: Touchstone, tmp_path: Path) -> None:
    now = touchstone("compare", AMBER, "--out", tmp_path / "a", "--json").document
    then = touchstone("compare", AMBER, "--on", "2022-01-01", "--out", tmp_path / "b", "--json").document
    assert then["on"] == "2022-01-01"
    assert then["groups"][-1]["n"] != now["groups"][-1]["n"]
