"""Bad input: one clear line with file, place and remedy, exit code 2, and never a traceback."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import DEMONSTRATION, Touchstone

Bend = Callable[[dict[str, Any]], None]


def write(path: Path, document: object) -> Path:
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def answer(id: str, value: object) -> Bend:
    return lambda document: document["answers"].update({id: value})


def organisation(key: str, value: object) -> Bend:
    return lambda document: document["organisation"].update({key: value})


BENT: dict[str, tuple[Bend, list[str]]] = {
    "unknown measure": (answer("A6.totl", 4), ["A6.totl", "A6.total"]),
    "wrong type": (answer("A6.total", "many"), ["A6.total", "many"]),
    "share sum": (answer("C1.fees", 0), ["C1", "100"]),
    "counts that contradict": (answer("A5.sme", 999), ["A5.sme", "1024", "52"]),
    "more heads than people": (answer("B2.fte", 400), ["B2"]),
    "unknown portfolio": (
        organisation("portfolio", "underwater-basketry"),
        ["portfolio", "underwater-basketry"],
    ),
    "unknown country": (organisation("country", "XX"), ["country", "XX"]),
    "date in the future": (lambda d: d.update(interviewed_on="2999-01-01"), ["interviewed_on", "2999-01-01"]),
    "no such date": (lambda d: d.update(interviewed_on="2026-02-30"), ["interviewed_on", "2026-02-30"]),
    "another scheme": (lambda d: d.update(scheme="michelin"), ["scheme", "michelin"]),
    "unknown without reason": (answer("E2.requests", {"state": "unknown"}), ["E2.requests", "reason"]),
}


@pytest.mark.parametrize("case", BENT)
def test_bent_answers_are_refused_in_one_line(
    case: str, touchstone: Touchstone, tmp_path: Path, answers: dict[str, Any]
) -> None:
    bend, words = BENT[case]
    bend(answers)
    file = write(tmp_path / "answers.json", answers)
    done = touchstone("compare", file, "--out", tmp_path / "out")
    assert (done.code, done.out) == (2, "")
    line = done.err.strip().splitlines()[-1]
    assert [word for word in [str(file), *words] if word not in line] == []
    assert not (tmp_path / "out").exists()


def zip_bomb() -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("xl/workbook.xml", b"0" * 400_000_000)
    return memory.getvalue()


FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "empty": ("a.json", lambda: b""),
    "not JSON": ("a.json", lambda: b"{"),
    "a list": ("a.json", lambda: b"[1, 2]"),
    "deep": ("a.json", lambda: b"[" * 100_000),
    "not text": ("a.json", lambda: b"\xff\xfe\x00\x01"),
    "not a workbook": ("a.xlsx", lambda: b"hello"),
    "broken zip": ("a.xlsx", lambda: b"PK\x03\x04 and then nothing"),
    "password-protected": ("a.xlsx", lambda: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000)),
    "zip bomb": ("a.xlsx", zip_bomb),
    "another kind": ("a.docx", lambda: b"PK\x03\x04"),
}


@pytest.mark.parametrize("case", FILES)
def test_files_that_are_no_answers_are_refused_in_one_line(
    case: str, touchstone: Touchstone, tmp_path: Path
) -> None:
    name, content = FILES[case]
    file = tmp_path / name
    file.write_bytes(content())
    done = touchstone("compare", file, "--out", tmp_path / "out")
    assert (done.code, done.out) == (2, "")
    assert len(done.err.strip().splitlines()) == 1
    assert str(file) in done.err


def test_a_huge_file_is_refused_before_it_is_read(touchstone: Touchstone, tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    with file.open("wb") as handle:
        handle.truncate(200_000_000)
    done = touchstone("compare", file, "--out", tmp_path / "out")
    assert done.code == 2
    assert "larger than 20 MB" in done.err


def test_a_missing_file_is_named(touchstone: Touchstone, tmp_path: Path) -> None:
    done = touchstone("compare", tmp_path / "nothing.json", "--out", tmp_path / "out")
    assert done.code == 2
    assert "nothing.json" in done.err


def population(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "peers.csv"
    file.write_text(text, encoding="utf-8")
    return file


HEADER = "organisation,country,portfolio,interviewed_on,level,A6.total\n"
POPULATIONS = {
    "no row": (HEADER, "peers.csv"),
    "no header": ("", "peers.csv"),
    "unknown column": (HEADER.replace("A6.total", "A6.totl") + "a,LT,ict,2025-01-01,,4\n", "A6.total"),
    "missing column": ("organisation,A6.total\na,4\n", "country"),
    "unknown portfolio": (HEADER + "a,LT,basketry,2025-01-01,,4\n", "basketry"),
    "no date": (HEADER + "a,LT,ict,yesterday,,4\n", "yesterday"),
    "no number": (HEADER + "a,LT,ict,2025-01-01,,four\n", "four"),
}


@pytest.mark.parametrize("case", POPULATIONS)
def test_populations_that_cannot_be_used_are_refused(
    case: str, touchstone: Touchstone, tmp_path: Path
) -> None:
    text, word = POPULATIONS[case]
    file = population(tmp_path, text)
    answers = DEMONSTRATION / "amber-coast-photonics.json"
    done = touchstone("compare", answers, "--population", file, "--out", tmp_path / "out")
    assert (done.code, done.out) == (2, "")
    assert [w for w in (str(file), word) if w not in done.err] == []


def test_no_peer_in_the_portfolio_is_a_named_fall_back(touchstone: Touchstone, tmp_path: Path) -> None:
    rows = "".join(f"peer-{i},PL,ict,2025-01-0{i + 1},,{20 + i}\n" for i in range(9))
    answers = DEMONSTRATION / "amber-coast-photonics.json"
    done = touchstone(
        "compare",
        answers,
        "--population",
        population(tmp_path, HEADER + rows),
        "--out",
        tmp_path / "out",
        "--json",
    )
    assert done.code == 0, done.err
    total = next(m for m in done.document["measures"] if m["id"] == "A6.total")
    portfolio = f"portfolio:{done.document['organisation']['portfolio']}"
    assert (total["groups"][portfolio]["n"], total["groups"][portfolio]["shown"]) == (0, "none")
    assert (total["groups"]["all"]["n"], total["groups"]["all"]["median"]) == (9, 24.0)
    assert done.document["notes"] != []


def test_a_language_that_is_not_there_is_said(touchstone: Touchstone, tmp_path: Path) -> None:
    amber = DEMONSTRATION / "amber-coast-photonics.json"
    for command in (("compare", amber, "--out", tmp_path / "out"), ("plan", amber)):
        done = touchstone(*command, "--lang", "fr")
        assert (done.code, done.out) == (2, "")
        assert done.err == 'touchstone: --lang: there is no report in "fr". There is: en, de, lt, pl.\n'


@pytest.mark.parametrize("name", ["x" * 201, "Ada\nLovelace", "Ada\x00", "Ada\u2028Lovelace"])
def test_an_expert_s_name_is_short_and_on_one_line(touchstone: Touchstone, tmp_path: Path, name: str) -> None:
    amber = DEMONSTRATION / "amber-coast-photonics.json"
    done = touchstone("compare", amber, "--out", tmp_path / "out", "--expert", name)
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "touchstone: --expert: this is no name of at most 200 characters on one line. "
        "Write the name as it is to stand on the cover.\n"
    )


def test_a_participant_list_in_windows_1250_is_read_or_refused_by_name(
    touchstone: Touchstone, tmp_path: Path
) -> None:
    file = tmp_path / "members.csv"
    file.write_bytes(
        "name;type;country;joined;evidence\nŻółć Łódź sp. z o.o.;sme;PL;2020-01-01;umowa\n".encode("cp1250")
    )
    done = touchstone(
        "compare",
        DEMONSTRATION / "amber-coast-photonics.json",
        "--participants",
        file,
        "--out",
        tmp_path / "out",
    )
    assert str(file) in done.err
    assert "UTF-8" in done.err
