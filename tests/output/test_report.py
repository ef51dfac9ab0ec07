import base64
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
from touchstone.output.content.making import content
from touchstone.output.html import page
from touchstone.output.logo import Logo
from touchstone.output.report import FORMS, make_all, result_json, write_all

# A PNG of one transparent point.
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
NAMES = ["report.pdf", "summary.pdf", "report.html", "report.xlsx", "result.json"]


def test_five_files_are_written_into_a_folder_that_need_not_be_there(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    paths = write_all(report(), folder, scheme=small_scheme())
    assert paths == tuple(folder / name for name in NAMES)
    assert sorted(path.name for path in folder.iterdir()) == sorted(NAMES)
    assert json.loads((folder / "result.json").read_text(encoding="utf-8")) == as_result(report())


def test_each_form_is_made_from_the_one_content() -> None:
    made, scheme = make_all(report(), small_scheme()), small_scheme()
    said = content(report(), scheme)
    assert made == {name: form(report(), said, scheme) for name, form in FORMS.items()}
    assert made["report.html"] == page(said).encode()
    assert made["result.json"] == result_json(report())


def test_the_logo_is_in_the_forms_that_show_one(tmp_path: Path) -> None:
    pixel = base64.b64decode(PIXEL)
    logo = Logo(kind="png", data=pixel, width=1, height=1)
    plain, marked = (make_all(report(), small_scheme(), logo=one) for one in (None, logo))
    assert [name for name in NAMES if plain[name] != marked[name]] == ["report.pdf", "report.html"]
    paths = write_all(report(), tmp_path, scheme=small_scheme(), logo=logo)
    assert [path.read_bytes() for path in paths] == list(marked.values())


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
    assert list(json.loads(made)) == list(as_result(report()))
    assert list(json.loads(made))[:3] == ["number", "language", "organisation"]


def test_the_result_has_a_line_for_each_entry_and_each_item() -> None:
    lines = result_json(report()).decode().splitlines()
    document = as_result(report())
    items = {name: value for name, value in document.items() if isinstance(value, list) and value}
    assert len(lines) == 2 + len(document) + sum(len(value) + 1 for value in items.values())
    assert json.loads(next(line for line in lines if '"A1.members"' in line).rstrip(",")) == next(
        one for one in items["measures"] if one["id"] == "A1.members"
    )


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
