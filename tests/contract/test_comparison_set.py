"""`touchstone freeze`, and that a report made again from a frozen set is the same to the byte."""

import hashlib
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from factories.sets import small_file
from touchstone.cli.comparison_set import freeze_set, is_set, peers_of
from touchstone.core.benchmark.model import Population
from touchstone.core.faults import Unusable
from touchstone.core.report.report import make_report
from touchstone.core.scheme.folders import shipped
from touchstone.core.scheme.loading import load
from touchstone.core.scheme.model import Scheme
from touchstone.intake.answers import read_answers
from touchstone.intake.comparison_set import read_set
from touchstone.intake.population import read_population
from touchstone.output.report import result_json

from .conftest import DEMONSTRATION

ANSWERS = DEMONSTRATION / "amber-coast-photonics.json"
ON = date(2026, 10, 12)
NAME = "2026, autumn"


@pytest.fixture(scope="module")
def peers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from touchstone.cli.commands import run

    file = tmp_path_factory.mktemp("peers") / "peers.csv"
    assert run(["population", "make", "--size", "1292", "--seed", "77", "--out", str(file)]) == 0
    return file


@pytest.fixture(scope="module")
def frozen(peers: Path) -> Path:
    file = peers.parent / "autumn.zip"
    freeze_set(population=peers, name=NAME, on=ON.isoformat(), out=file)
    return file


def result(population: Population, scheme: Scheme, on: date = ON) -> bytes:
    assessment = read_answers(ANSWERS, scheme, today=date(2030, 1, 1))
    return result_json(make_report(assessment, scheme=scheme, population=population, on=on))


def test_the_report_from_the_set_is_that_from_the_population_to_the_byte(peers: Path, frozen: Path) -> None:
    scheme = load(shipped())
    kept, of_then = peers_of(frozen)
    assert result(kept.population, of_then, kept.on) == result(read_population(peers, scheme), scheme)


AGAIN = """
import sys
from pathlib import Path
from hashlib import sha256
from datetime import date
from touchstone.cli.comparison_set import freeze_set, peers_of
from touchstone.core.report.report import make_report
from touchstone.intake.answers import read_answers
from touchstone.output.report import result_json
answers, frozen, peers, again = map(Path, sys.argv[1:])
kept, scheme = peers_of(frozen)
assessment = read_answers(answers, scheme, today=date(2030, 1, 1))
report = make_report(assessment, scheme=scheme, population=kept.population, on=kept.on)
freeze_set(population=peers, name=kept.name, on=kept.on.isoformat(), out=again, json=True)
sys.stderr.write(sha256(result_json(report)).hexdigest())
"""
ELSEWHERE = {
    "line islands": {
        "PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C",
        "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1",
    },
    "two threads": {
        "PYTHONHASHSEED": "4242", "TZ": "America/Anchorage", "LC_ALL": "C.UTF-8",
        "OMP_NUM_THREADS": "2", "OPENBLAS_NUM_THREADS": "2",
    },
    # Where the machine has it, numbers have decimal commas there; where not, it is as C.
    "decimal commas": {
        "PYTHONHASHSEED": "0", "TZ": "Europe/Vilnius", "LC_ALL": "lt_LT.UTF-8", "PYTHONOPTIMIZE": "1",
    },
}  # fmt: skip


@pytest.mark.parametrize("place", list(ELSEWHERE))
def test_another_process_anywhere_gives_the_same_bytes(
    peers: Path, frozen: Path, tmp_path: Path, place: str
) -> None:
    again = tmp_path / "again.zip"
    ran = subprocess.run(
        [sys.executable, "-c", AGAIN, str(ANSWERS), str(frozen), str(peers), str(again)],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": ":".join(sys.path), **ELSEWHERE[place]},
        capture_output=True,
        check=False,
        cwd=tmp_path,
    )
    assert ran.returncode == 0, ran.stderr.decode()
    kept, scheme = read_set(frozen)
    assert ran.stderr.decode() == hashlib.sha256(result(kept.population, scheme, kept.on)).hexdigest()
    assert again.read_bytes() == frozen.read_bytes()


def test_the_command_says_what_it_froze(
    frozen: Path, peers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    freeze_set(population=peers, name=NAME, on="2026-10-12", out=frozen)
    kept, _ = read_set(frozen)
    assert capsys.readouterr().out == f"{frozen}: {len(kept)} peers as of 2026-10-12, digest {kept.digest}\n"


def test_as_json_the_command_says_all_of_it(
    frozen: Path, peers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    freeze_set(population=peers, name=NAME, on="2026-10-12", out=frozen, json=True)
    kept, scheme = read_set(frozen)
    assert json.loads(capsys.readouterr().out) == {
        "file": str(frozen),
        "name": NAME,
        "on": "2026-10-12",
        "scheme": "ecei",
        "scheme_digest": scheme.digest,
        "synthetic": True,
        "rows": len(kept),
        "digest": kept.digest,
    }


def test_without_a_population_the_one_that_ships_is_frozen_as_of_today(tmp_path: Path) -> None:
    freeze_set(name="shipped", out=tmp_path / "s.zip")
    kept, _ = read_set(tmp_path / "s.zip")
    assert kept.population.synthetic is True
    assert len(kept) > 500


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"out": Path("set.tar")}, "--out: set.tar does not end in .zip. Name it with .zip."),
        ({"on": "2999-01-01"}, "--on: 2999-01-01 is in the future. Name today or an earlier day."),
        ({"on": "yesterday"}, '--on: "yesterday" is not a day. Write it as 2026-10-12.'),
        ({"on": "1999-01-01"}, "on: No assessment is in the 5 years up to 1999-01-01."),
        ({"name": ""}, "name: A comparison set needs a name of printable letters"),
    ],
)
def test_what_cannot_be_frozen_is_told(tmp_path: Path, changes: dict[str, Any], told: str) -> None:
    asked = {"name": NAME, "on": "2026-10-12", "out": tmp_path / "s.zip", **changes}
    with pytest.raises(Unusable) as refused:
        freeze_set(**asked)
    assert str(refused.value).startswith(told)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "is_one"), [("a.zip", True), ("A.ZIP", True), ("a.csv", False), ("zip", False)]
)
def test_a_set_is_known_by_its_name(name: str, is_one: bool) -> None:
    assert is_set(Path(name)) is is_one


def test_a_set_serves_for_its_own_day_alone(tmp_path: Path) -> None:
    file = tmp_path / "set.zip"
    file.write_bytes(small_file())
    assert peers_of(file, on=date(2025, 7, 1))[0].on == date(2025, 7, 1)
    with pytest.raises(Unusable) as refused:
        peers_of(file, on=date(2025, 7, 2))
    assert str(refused.value) == (
        '--on: the set "Autumn, “näher”" holds the peers of 2025-07-01, not of 2025-07-02. '
        "Leave --on out, or take another set."
    )


def test_a_set_gives_its_scheme_in_another_language(tmp_path: Path) -> None:
    file = tmp_path / "set.zip"
    file.write_bytes(small_file())
    assert peers_of(file, language="lt")[1] == load(shipped(), "lt")
