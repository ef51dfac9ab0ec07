"""`touchstone compare-all`, checked from outside: whole runs, stopped ones, and ones that go on."""

import csv
import errno
import fcntl
import json
import os
import pty
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.processes import gone
from touchstone.cli.compare_all import Done, Outcome, _making, _take, everyone
from touchstone.cli.finished import INDEX, LIST, Entry, enter, folders, kept, list_all
from touchstone.core.benchmark.prepared import same_name
from touchstone.core.benchmark.rows import row_values
from touchstone.core.scheme.loading import load, shipped
from touchstone.core.workers import Lost
from touchstone.intake.population import read_population

from .conftest import Touchstone

FORMS = ["report.html", "report.pdf", "report.xlsx", "result.json", "summary.pdf"]
SIZE, ORGANISATIONS = 8, 7
COMMAND = [sys.executable, "-m", "touchstone", "compare-all"]


def people(path: Path, size: int = SIZE) -> Path:
    from touchstone.cli.commands import run

    assert run(["population", "make", "--size", str(size), "--seed", "9", "--out", str(path)]) == 0
    return path


@pytest.fixture(scope="module")
def population(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return people(tmp_path_factory.mktemp("peers") / "peers.csv")


@pytest.fixture(scope="module")
def reports(population: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All reports of the population, made once. A test that changes something takes a copy."""
    out = tmp_path_factory.mktemp("reports") / "all"
    subprocess.run(
        [*COMMAND, str(population), "--out", str(out), "--jobs", "2"], check=True, capture_output=True
    )
    return out


@pytest.fixture
def copied(reports: Path, tmp_path: Path) -> Path:
    return shutil.copytree(reports, tmp_path / "copied")


def listed(out: Path) -> list[dict[str, str]]:
    return list(csv.DictReader((out / LIST).read_text(encoding="utf-8").splitlines()))


def contents(out: Path) -> dict[str, bytes]:
    """Every file of a report, by its path."""
    return {str(file.relative_to(out)): file.read_bytes() for file in out.glob("*/*")}


def changed(population: Path, path: Path, change: Callable[[list[dict[str, str]]], object]) -> Path:
    """The population with rows changed."""
    rows = list(csv.DictReader(population.read_text(encoding="utf-8").splitlines()))
    change(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


def organisations(population: Path) -> list[str]:
    rows = csv.DictReader(population.read_text(encoding="utf-8").splitlines())
    return sorted({row["organisation"] for row in rows})


def test_each_organisation_has_the_five_files_and_a_line_in_the_list(population: Path, reports: Path) -> None:
    ids = organisations(population)
    assert len(ids) == ORGANISATIONS
    assert sorted(contents(reports)) == [f"{id}/{form}" for id in ids for form in FORMS]
    assert [(row["organisation"], row["folder"]) for row in listed(reports)] == [(id, id) for id in ids]
    for row in listed(reports):
        result = json.loads((reports / row["folder"] / "result.json").read_text(encoding="utf-8"))
        assert (result["organisation"]["id"], str(result["score"]["points"])) == (
            row["organisation"],
            row["points"],
        )
        assert row["share"] == f"{result['score']['share']:.1f}"
        assert row["number"].encode() in (reports / row["folder"] / "report.html").read_bytes()


def test_the_latest_assessment_of_each_is_taken(population: Path, reports: Path) -> None:
    latest: dict[str, str] = {}
    for row in csv.DictReader(population.read_text(encoding="utf-8").splitlines()):
        latest[row["organisation"]] = max(latest.get(row["organisation"], ""), row["interviewed_on"])
    results = (json.loads(file.read_text(encoding="utf-8")) for file in reports.glob("*/result.json"))
    assert {one["organisation"]["id"]: one["interviewed_on"] for one in results} == latest


def answers_of(population: Path, row: int) -> dict[str, Any]:
    scheme = load(shipped())
    rows = read_population(population, scheme)
    id = str(rows.organisation[row])
    return {
        "scheme": scheme.id,
        "organisation": {
            "id": id,
            "name": id,
            "country": str(rows.country[row]),
            "portfolio": str(rows.portfolio[row]),
        },
        "interviewed_on": str(rows.interviewed_on[row]),
        "answers": row_values(rows, row, scheme),
    }


def test_the_files_are_those_that_compare_makes_of_the_same_answers(
    population: Path, reports: Path, touchstone: Touchstone, tmp_path: Path
) -> None:
    document = answers_of(population, SIZE - 1)
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps(document), encoding="utf-8")
    assert touchstone("compare", answers, "--population", population, "--out", tmp_path / "one").code == 0
    one = {file.name: file.read_bytes() for file in (tmp_path / "one").iterdir()}
    id = document["organisation"]["id"]
    assert one == {file.name: file.read_bytes() for file in (reports / id).iterdir()}


def test_a_second_call_keeps_everything(population: Path, copied: Path, touchstone: Touchstone) -> None:
    before = {file: file.stat().st_mtime_ns for file in copied.glob("*/*")}
    outcome = touchstone("compare-all", population, "--out", copied, "--jobs", 2)
    assert (outcome.code, outcome.out) == (0, f"no reports made, {ORGANISATIONS} kept, 0 failed\n")
    assert {file: file.stat().st_mtime_ns for file in copied.glob("*/*")} == before


def test_what_is_incomplete_is_made_anew(
    population: Path, reports: Path, copied: Path, touchstone: Touchstone
) -> None:
    first, second, third, *_ = organisations(population)
    (copied / first / "report.pdf").unlink()
    (copied / second / "result.json").write_bytes(b"{")
    shutil.rmtree(copied / third)
    told = touchstone("compare-all", population, "--out", copied, "--jobs", 1, "--json").document
    assert (told["made"], told["kept"], told["failed"]) == (3, ORGANISATIONS - 3, [])
    assert contents(copied) == contents(reports)
    assert (copied / LIST).read_bytes() == (reports / LIST).read_bytes()


def one_request_more(row: dict[str, str]) -> None:
    row["E2.requests"] = str(int(row["E2.requests"] or 50) + 1)


# A report is as of its own interview: what comes later than that, or is older than five years, is nobody's.
@pytest.mark.parametrize(
    ("row", "anew"),
    [(0, ["SYN-0001", "SYN-0002", "SYN-0003", "SYN-0004", "SYN-0006"]), (SIZE - 1, ["SYN-0005"])],
    ids=["the first", "the last"],
)
def test_reports_that_rest_on_a_changed_answer_are_made_anew_and_no_others(  # noqa: PLR0917  (fixtures)
    row: int, anew: list[str], population: Path, copied: Path, touchstone: Touchstone, tmp_path: Path
) -> None:
    other = changed(population, tmp_path / "other.csv", lambda rows: one_request_more(rows[row]))
    before = contents(copied)
    told = touchstone("compare-all", other, "--out", copied, "--json").document
    assert (told["made"], told["kept"]) == (len(anew), ORGANISATIONS - len(anew))
    assert sorted({name[:8] for name, file in contents(copied).items() if file != before[name]}) == anew
    touchstone("compare-all", other, "--out", tmp_path / "fresh")
    assert contents(copied) == contents(tmp_path / "fresh")


def test_another_day_makes_all_reports_anew(population: Path, copied: Path, touchstone: Touchstone) -> None:
    told = touchstone("compare-all", population, "--on", "2026-11-01", "--out", copied, "--json").document
    assert (told["made"], told["kept"]) == (ORGANISATIONS, 0)


def test_an_organisation_that_contradicts_itself_fails_and_the_others_are_made(
    population: Path, touchstone: Touchstone, tmp_path: Path
) -> None:
    wrong = changed(population, tmp_path / "wrong.csv", lambda rows: rows[-1].update({"C1.fees": "99"}))
    id = answers_of(wrong, SIZE - 1)["organisation"]["id"]
    outcome = touchstone("compare-all", wrong, "--out", tmp_path / "out", "--jobs", 2)
    assert (outcome.code, outcome.out) == (1, f"{ORGANISATIONS - 1} reports made, 0 kept, 1 failed\n")
    reason = outcome.err.strip().splitlines()[-1]
    assert reason.startswith(f"{id}: ")
    assert "C1" in reason
    assert id not in [row["organisation"] for row in listed(tmp_path / "out")]
    again = touchstone("compare-all", wrong, "--out", tmp_path / "out", "--json")
    assert (again.code, again.document["kept"]) == (1, ORGANISATIONS - 1)
    assert [one["organisation"] for one in again.document["failed"]] == [id]


def started(population: Path, out: Path, *arguments: str, **more: Any) -> subprocess.Popen[str]:
    words = [*COMMAND, str(population), "--out", str(out), *arguments]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more)


def wait_for(out: Path, lines: int) -> None:
    """Until so many reports are entered."""
    for _ in range(30_000):
        if (out / INDEX).exists() and (out / INDEX).read_bytes().count(b"\n") >= lines:
            return
        time.sleep(0.002)  # or the run would be over before a test can disturb it
    raise AssertionError(f"not {lines} reports within a minute")


def children(process: int) -> list[int]:
    """The processes that a process has started, and those that these have started."""
    found = Path(f"/proc/{process}/task/{process}/children")
    own = [int(one) for one in found.read_text(encoding="ascii").split()] if found.exists() else []
    return [*own, *(one for child in own for one in children(child))]


def test_a_killed_run_leaves_nothing_running_and_goes_on_where_it_was(
    population: Path, reports: Path, touchstone: Touchstone, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with started(population, out, "--jobs", "2") as process:
        wait_for(out, 2)
        helpers = children(process.pid)
        process.kill()
    assert len(helpers) >= 3
    assert [helper for helper in helpers if not gone(helper)] == []
    with (out / INDEX).open("ab") as index:
        index.write(b'{"organisation": "half a li')
    told = touchstone("compare-all", population, "--out", out, "--json").document
    assert told["kept"] >= 2
    assert (told["made"], told["failed"]) == (ORGANISATIONS - told["kept"], [])
    assert contents(out) == contents(reports)


def test_a_killed_process_at_work_is_replaced(population: Path, reports: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with started(population, out, "--jobs", "2") as process:
        wait_for(out, 1)
        os.kill(max(children(process.pid)), signal.SIGKILL)
        said, _ = process.communicate()
    assert (process.returncode, said) == (0, f"{ORGANISATIONS} reports made, 0 kept, 0 failed\n")
    assert contents(out) == contents(reports)


def test_ctrl_c_ends_the_run_with_a_list_of_what_is_done(tmp_path: Path) -> None:
    def heeding() -> None:  # what started the tests may have been told to heed no Ctrl-C, and so would this
        signal.signal(signal.SIGINT, signal.default_int_handler)

    out, many = tmp_path / "out", people(tmp_path / "many.csv", size=60)
    with started(many, out, "--jobs", "2", process_group=0, preexec_fn=heeding) as process:
        wait_for(out, 2)
        os.killpg(process.pid, signal.SIGINT)
        said, told = process.communicate()
    assert (process.returncode, said) == (130, "")
    assert told.splitlines()[-1].startswith("touchstone: stopped before the end.")
    entered = {
        json.loads(line)["organisation"] for line in (out / INDEX).read_text(encoding="utf-8").splitlines()
    }
    assert {row["organisation"] for row in listed(out)} == entered
    assert list(out.glob("*/.*")) == []


def test_without_room_the_run_ends_with_one_line_and_no_half_files(population: Path, tmp_path: Path) -> None:
    def tight() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))

    calm = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    with started(population, tmp_path / "out", "--jobs", "2", preexec_fn=tight, env=calm) as process:
        said, told = process.communicate()
    assert (process.returncode, said, len(told.splitlines())) == (2, "", 1)
    assert "report.pdf: File too large. Check the path, the rights and the space." in told
    assert contents(tmp_path / "out") == {}


def test_elsewhere_than_on_a_terminal_progress_is_told_in_lines(
    population: Path, copied: Path, touchstone: Touchstone
) -> None:
    first, second, *_ = organisations(population)
    for id in (first, second):
        shutil.rmtree(copied / id)
    lines = touchstone("compare-all", population, "--out", copied, "--jobs", 1).err.splitlines()
    assert [line.partition(",")[0] for line in lines] == ["1 of 2", "2 of 2"]
    assert [line.endswith(" s left") for line in lines] == [True, True]


def test_on_a_terminal_there_is_a_bar_with_rate_and_time_left(population: Path, copied: Path) -> None:
    shutil.rmtree(copied / organisations(population)[0])
    ours, theirs = pty.openpty()
    with started(population, copied, "--jobs", "1") as plain:
        assert " of " in plain.communicate()[1]
    shutil.rmtree(copied / organisations(population)[0])
    words = [*COMMAND, str(population), "--out", str(copied), "--jobs", "1"]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    subprocess.run(words, stderr=theirs, stdout=subprocess.DEVNULL, env=environment, check=True)
    os.close(theirs)
    shown = b""
    while True:
        try:
            shown += os.read(ours, 65536)
        except OSError:
            break
    os.close(ours)
    assert b"1/1" in shown
    assert b"a second" in shown


BAD: dict[str, tuple[tuple[object, ...], str]] = {
    "no process": (("--jobs", 0), "'--jobs'"),
    "too many processes": (("--jobs", 1000), "'--jobs'"),
    "no number": (("--jobs", "many"), "'--jobs'"),
    "no language": (("--lang", "xx"), '--lang: there is no report in "xx". There is: en, de, lt, pl.'),
    "no day": (("--on", "soon"), '--on: "soon" is not a day.'),
    "a day to come": (("--on", "2999-01-01"), "--on: 2999-01-01 is in the future."),
    "a day before all": (("--on", "2001-01-01"), "--on: there is no assessment up to 2001-01-01."),
}


@pytest.mark.parametrize("case", BAD)
def test_options_that_cannot_be_used_are_refused_in_one_line(
    case: str, population: Path, touchstone: Touchstone, tmp_path: Path
) -> None:
    arguments, told = BAD[case]
    outcome = touchstone("compare-all", population, "--out", tmp_path / "out", *arguments)
    assert (outcome.code, outcome.out, len(outcome.err.splitlines())) == (2, "", 1)
    assert told in outcome.err
    assert contents(tmp_path / "out") == {}


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("none.csv", None, "none.csv: There is no such file."),
        ("empty.csv", b"organisation,country,portfolio,interviewed_on,level\n", "empty.csv: "),
        ("peers.docx", b"", "peers.docx"),
    ],
)
def test_a_population_that_cannot_be_used_is_refused_in_one_line(
    name: str, content: bytes | None, told: str, touchstone: Touchstone, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    outcome = touchstone("compare-all", tmp_path / name, "--out", tmp_path / "out")
    assert (outcome.code, outcome.out, len(outcome.err.splitlines())) == (2, "", 1)
    assert told in outcome.err
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_a_file_is_refused(population: Path, touchstone: Touchstone, tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"mine")
    outcome = touchstone("compare-all", population, "--out", tmp_path / "out")
    assert (outcome.code, outcome.out, len(outcome.err.splitlines())) == (2, "", 1)
    assert str(tmp_path / "out") in outcome.err
    assert (tmp_path / "out").read_bytes() == b"mine"


def test_two_calls_never_write_to_one_folder(
    population: Path, touchstone: Touchstone, tmp_path: Path
) -> None:
    with (tmp_path / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        outcome = touchstone("compare-all", population, "--out", tmp_path)
    assert (outcome.code, outcome.out) == (2, "")
    assert f"{tmp_path}: another call is writing there." in outcome.err


def test_a_folder_that_cannot_be_had_costs_one_organisation(
    population: Path, copied: Path, touchstone: Touchstone
) -> None:
    first, second, *_ = organisations(population)
    for id in (first, second):
        shutil.rmtree(copied / id)
    (copied / first).write_bytes(b"mine")
    outcome = touchstone("compare-all", population, "--out", copied)
    assert (outcome.code, outcome.out) == (1, f"1 report made, {ORGANISATIONS - 2} kept, 1 failed\n")
    assert outcome.err.splitlines()[-1].startswith(f"{first}: ")


def test_a_frozen_set_is_a_population_too(
    population: Path, reports: Path, touchstone: Touchstone, tmp_path: Path
) -> None:
    frozen = tmp_path / "set.zip"
    arguments = ("freeze", population, "--name", "All", "--on", "2026-11-01", "--out", frozen)
    assert touchstone(*arguments).code == 0
    told = touchstone("compare-all", frozen, "--out", tmp_path / "out", "--json").document
    assert told["failed"] == []
    assert told["made"] == len(listed(tmp_path / "out"))


def test_processes_are_renewed_so_that_memory_stays_level(population: Path, tmp_path: Path) -> None:
    scheme = load(shipped())
    rows = read_population(population, scheme)
    outcome = everyone(rows, scheme, out=tmp_path, on=None, jobs=1, renewed_after=3)
    assert (len(outcome.made), outcome.failed) == (ORGANISATIONS, {})
    assert len(outcome.workers) == 3
    assert outcome.megabytes > 0
    assert outcome.seconds > 0


def test_ids_that_are_no_names_of_folders_are_told(
    population: Path, touchstone: Touchstone, tmp_path: Path
) -> None:
    def rename(rows: list[dict[str, str]]) -> None:
        for row, id in zip(rows, ("=a/b", "=a:b", "plain", "../up"), strict=False):
            row["organisation"] = id
        del rows[4:]

    odd = changed(population, tmp_path / "odd.csv", rename)
    outcome = touchstone("compare-all", odd, "--out", tmp_path / "out")
    assert (outcome.code, outcome.out) == (0, "4 reports made, 0 kept, 0 failed\n")
    rows = {row["organisation"]: row["folder"] for row in listed(tmp_path / "out")}
    assert sorted(rows) == ["'=a/b", "'=a:b", "../up", "plain"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir() if path.is_dir()) == sorted(
        rows.values()
    )
    told = [line for line in outcome.err.splitlines() if ": its folder is " in line]
    assert sorted(line.partition(":")[0] for line in told) == ["../up", "=a", "=a/b"]
    assert rows["plain"] == "plain"


def test_making_a_report_in_this_process_is_the_same_as_in_another(
    population: Path, reports: Path, tmp_path: Path
) -> None:
    scheme = load(shipped())
    making = _making(read_population(population, scheme), scheme, tmp_path, None)
    row = max(making.folders)
    done = making(row)
    assert done.entry is not None
    assert (done.worker, done.problem, done.entry.key) == (os.getpid(), "", making.key(row))
    made = {
        name: content
        for name, content in contents(reports).items()
        if name.startswith(f"{done.entry.folder}/")
    }
    assert contents(tmp_path) == made
    (tmp_path / done.entry.folder / "report.pdf").unlink()
    (tmp_path / done.entry.folder / "report.pdf").mkdir()
    stopped = making(row)
    assert (stopped.entry, stopped.halt) == (None, None)
    assert "report.pdf" in stopped.problem


def test_a_fault_of_the_program_costs_one_organisation(population: Path, tmp_path: Path) -> None:
    scheme = load(shipped())
    making = _making(read_population(population, scheme), scheme, tmp_path, None)
    assert making(10_000).problem.startswith("a fault of the program: IndexError")


def test_answers_that_contradict_each_other_are_refused_in_this_process_too(
    population: Path, tmp_path: Path
) -> None:
    wrong = changed(population, tmp_path / "wrong.csv", lambda rows: rows[-1].update({"C1.fees": "99"}))
    scheme = load(shipped())
    making = _making(read_population(wrong, scheme), scheme, tmp_path / "out", None)
    done = making(SIZE - 1)
    assert (done.entry, done.halt, "C1" in done.problem) == (None, None, True)
    assert not (tmp_path / "out").exists()


def test_a_task_that_is_lost_is_an_organisation_that_failed(tmp_path: Path) -> None:
    outcome = Outcome()
    _take(Lost(task=3, ended="its process was ended twice by SIGKILL"), {3: "one"}, tmp_path, outcome)
    assert outcome.failed == {"one": "its process was ended twice by SIGKILL"}


def test_a_full_disk_ends_the_run(tmp_path: Path) -> None:
    full = OSError(errno.ENOSPC, "No space left on device", "report.pdf")
    with pytest.raises(OSError, match="No space left"):
        _take(Done(row=0, problem=str(full), halt=full), {0: "one"}, tmp_path, Outcome())


def entry(id: str = "one", **about: Any) -> Entry:
    given: dict[str, Any] = {
        "organisation": id,
        "folder": id,
        "key": "k",
        "number": "LT-1",
        "points": 10,
        "of": 150,
        "share": 6.666,
        "files": {"result.json": 2},
    }
    return Entry(**{**given, **about})


def test_an_entry_counts_while_its_key_is_the_same_and_its_files_are_whole(tmp_path: Path) -> None:
    for id in ("one", "two", "three"):
        (tmp_path / id).mkdir()
        (tmp_path / id / "result.json").write_bytes(b"{}")
        enter(tmp_path, entry(id))
    (tmp_path / "three" / "result.json").write_bytes(b"{")
    assert kept(tmp_path, {"one": "k", "two": "other", "three": "k"}.get) == {"one": entry()}
    assert (tmp_path / INDEX).read_bytes().count(b"\n") == 1
    assert kept(tmp_path, lambda _: None) == {}


@pytest.mark.parametrize("line", [b"", b"\xff", b"{", b"[]", b"{}", b"null", b'{"organisation": "one"}'])
def test_a_line_that_cannot_be_read_is_none(line: bytes, tmp_path: Path) -> None:
    (tmp_path / INDEX).write_bytes(line + b"\n")
    assert kept(tmp_path, {"one": "k"}.get) == {}
    wrong = json.dumps(dict.fromkeys(Entry.__dataclass_fields__, 1))
    (tmp_path / INDEX).write_text(wrong, encoding="utf-8")
    assert kept(tmp_path, {"one": "k"}.get) == {}


@pytest.mark.parametrize("id", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_no_id_becomes_a_formula_in_the_list(id: str, tmp_path: Path) -> None:
    list_all(tmp_path, [entry(id)])
    assert [row["organisation"] for row in listed(tmp_path)] == [f"'{id}"]


IDS = st.text(max_size=300) | st.sampled_from(
    [
        "con",
        "NUL.txt",
        "..",
        ".",
        "",
        "/",
        "a/b",
        "a:b",
        "index",
        "index.csv",
        ".lock",
        "ß" * 90,
        "漢" * 90,
        "-x",
    ]
)


@given(st.sets(IDS, max_size=12))
def test_each_id_has_a_folder_of_its_own_that_every_file_system_can_have(ids: set[str]) -> None:
    names = folders(ids)
    assert names.keys() == ids
    assert len({same_name(name) for name in names.values()}) == len(ids)
    for name in names.values():
        assert 0 < len(name.encode("utf-8", "surrogatepass")) <= 255
        assert [one for one in name if not (one.isalnum() or one in "._-")] == []
        assert name == name.strip(".-")
        assert name.partition(".")[0].casefold() not in {"con", "nul", "index", ""}


@given(st.sets(IDS, min_size=1, max_size=12))
def test_the_folder_of_an_id_does_not_hang_on_the_order_of_the_others(ids: set[str]) -> None:
    assert folders(sorted(ids)) == folders(sorted(ids, reverse=True))


def test_a_plain_id_is_its_folder_and_another_never_takes_it() -> None:
    taken = folders(["a/b"])["a/b"]
    assert taken.startswith("a-b-")
    found = folders(["a/b", taken, "LT-amber.1"])
    assert (found[taken], found["LT-amber.1"]) == (taken, "LT-amber.1")
    assert found["a/b"].startswith(taken)
    assert len(found["a/b"]) > len(taken)
