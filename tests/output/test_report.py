import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from factories.printed import hostile, real_report, real_scheme
from factories.reports import population, report
from factories.small_scheme import small_scheme
from touchstone.core.report.report import Report
from touchstone.core.report.result import as_result
from touchstone.output.report import (
    html,
    make_all,
    pdf,
    result_json,
    summary_pdf,
    workbook,
    write_all,
)

NAMES = ["report.pdf", "summary.pdf", "report.html", "report.xlsx", "result.json"]


def test_five_files_are_written_into_a_folder_that_need_not_be_there(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    paths = write_all(report(), folder, scheme=small_scheme())
    assert paths == tuple(folder / name for name in NAMES)
    assert sorted(path.name for path in folder.iterdir()) == sorted(NAMES)
    assert json.loads((folder / "result.json").read_text(encoding="utf-8")) == as_result(report())


def test_each_form_alone_is_the_one_in_the_folder() -> None:
    made, scheme = make_all(report(), small_scheme()), small_scheme()
    assert made == {
        "report.pdf": pdf(report(), scheme),
        "summary.pdf": summary_pdf(report(), scheme),
        "report.html": html(report(), scheme).encode(),
        "report.xlsx": workbook(report(), scheme),
        "result.json": result_json(report()),
    }


def test_progress_is_told_form_by_form() -> None:
    told: list[str] = []
    make_all(report(), small_scheme(), done=told.append)
    assert told == NAMES


def test_a_file_that_cannot_be_written_leaves_no_half_of_it(tmp_path: Path) -> None:
    (tmp_path / "report.html").mkdir()
    with pytest.raises(OSError, match=r"report\.html"):
        write_all(report(), tmp_path, scheme=small_scheme())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.html", "report.pdf", "summary.pdf"]


def test_a_report_that_cannot_be_made_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        write_all(report(), tmp_path / "out", scheme=small_scheme(quality={}))
    assert not (tmp_path / "out").exists()


def test_the_result_is_text_in_the_order_of_the_contract_with_a_line_end() -> None:
    made = result_json(report(name="Žemė"))
    assert made.endswith(b"\n}\n")
    assert "Žemė".encode() in made
    assert list(json.loads(made))[:3] == ["organisation", "scheme", "rule_set"]


def test_a_half_character_comes_back_from_the_result_as_it_was() -> None:
    made = result_json(report(name="half \ud800 pair"))
    assert json.loads(made)["organisation"]["name"] == "half \ud800 pair"


@pytest.mark.parametrize("which", ["hostile", "nothing", "one peer", "no peer", "unreadable disclosure"])
def test_every_report_can_be_made(which: str) -> None:
    scheme = small_scheme()
    reports: dict[str, Callable[[], Report]] = {
        "hostile": hostile,
        "nothing": lambda: report({}),
        "one peer": lambda: report(peers=population(1)),
        "no peer": lambda: report(peers=population(0)),
        "unreadable disclosure": lambda: report(portfolio="creative", country="XX"),
    }
    if which == "unreadable disclosure":
        scheme = small_scheme(disclosure=None)
    assert list(make_all(reports[which](), scheme)) == NAMES


SCRIPT = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
from factories.reports import report
from factories.small_scheme import small_scheme
from touchstone.output.report import make_all
for name, made in make_all(report(), small_scheme()).items():
    print(name, hashlib.sha256(made).hexdigest())
"""


def test_another_process_makes_the_same_bytes() -> None:
    tests = str(Path(__file__).parents[1])
    told = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT, tests],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    ]
    assert told[0] == told[1]
    assert told[0].count("\n") == len(NAMES)


def test_the_report_of_the_shipped_scheme_can_be_written(tmp_path: Path) -> None:
    sizes = {
        path.name: path.stat().st_size for path in write_all(real_report(), tmp_path, scheme=real_scheme())
    }
    assert all(1_000 < size < 2_000_000 for size in sizes.values()), sizes
