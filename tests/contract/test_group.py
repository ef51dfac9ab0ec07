"""`touchstone group`, checked from outside."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from .conftest import Touchstone

DAY = "2026-10-12"
YEARS = (2, 5)  # "young": from two years to under five


@pytest.fixture(scope="module")
def peers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from touchstone.cli.commands import run

    file = tmp_path_factory.mktemp("peers") / "peers.csv"
    assert run(["population", "make", "--size", "600", "--seed", "9", "--out", str(file)]) == 0
    return file


def test_figures_of_a_narrowed_group_are_those_of_numpy(touchstone: Touchstone, peers: Path) -> None:
    arguments = ("group", "all;age=young", "--population", peers, "--on", DAY, "--measure", "B2.fte")
    told = touchstone(*arguments, "--json").document
    latest: dict[str, dict[str, str]] = {}
    for row in csv.DictReader(peers.read_text(encoding="utf-8").splitlines()):
        if "2021-10-12" <= row["interviewed_on"] <= DAY:
            one = latest.setdefault(row["organisation"], row)
            latest[row["organisation"]] = max(one, row, key=lambda each: each["interviewed_on"])
    young = [row for row in latest.values() if row["A1.age"] and YEARS[0] <= float(row["A1.age"]) < YEARS[1]]
    values = [float(row["B2.fte"]) for row in young if row["B2.fte"]]
    figure = told["measures"]["B2.fte"]
    assert (told["group"], told["on"], figure["n"]) == ("all;age=young", DAY, len(values))
    assert figure["shown"] == "full"
    found = [figure[key] for key in ("p5", "p25", "median", "p75", "p95")]
    assert found == pytest.approx(np.quantile(values, [0.05, 0.25, 0.5, 0.75, 0.95]).tolist())


def test_classes_may_be_named_in_any_order_and_are_told_in_that_of_the_scheme(
    touchstone: Touchstone, peers: Path
) -> None:
    arguments = ("--population", peers, "--on", DAY, "--measure", "B2.fte", "--json")
    one = touchstone("group", "all;size=small;age=mature", *arguments).document
    other = touchstone("group", "all;age=mature;size=small", *arguments).document
    assert one == other
    assert one["group"] == "all;age=mature;size=small"


def test_too_few_peers_show_nothing(touchstone: Touchstone, peers: Path) -> None:
    outcome = touchstone(
        "group", "country:MX;age=new", "--population", peers, "--on", DAY, "--measure", "B2.fte"
    )
    assert outcome.code == 0
    assert outcome.out.splitlines()[-1].split()[2:] == ["–"] * 5


def test_without_a_day_the_groups_are_those_of_today(touchstone: Touchstone, peers: Path) -> None:
    told = touchstone("group", "all", "--population", peers, "--json").document
    assert date.fromisoformat(told["on"]) <= datetime.now(UTC).date()
    assert len(told["measures"]) == 216


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ("portfolio:ikt",),
            'portfolio:ikt: there is no such group on that day. Did you mean "portfolio:ict"?',
        ),
        (("all;age=old",), 'all;age=old: age: There is no "old".'),
        (("all;colour=red",), 'all;colour=red: classing: There is no "colour".'),
        (("all;age=new;age=young",), '"age" is named twice.'),
        (("all", "--measure", "A6.totl"), "A6.totl: the scheme has no such numeric measure."),
        (("all", "--on", "2099-01-01"), "--on: 2099-01-01 is in the future."),
    ],
)
def test_what_there_is_none_of_is_refused_in_one_line(
    touchstone: Touchstone, peers: Path, arguments: tuple[str, ...], told: str
) -> None:
    outcome = touchstone("group", *arguments, "--population", peers)
    assert (outcome.code, outcome.out, len(outcome.err.splitlines())) == (2, "", 1)
    assert told in outcome.err
