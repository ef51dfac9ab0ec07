import csv
import io
import json
import os
import zipfile
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.assessments import measure, scheme_of
from factories.populations import random_population
from factories.scheme import edited_pack, shipped_scheme
from factories.sets import DAY, extending_pack, members, small_file, small_set
from touchstone.core.benchmark.frozen import freeze
from touchstone.core.benchmark.model import Population
from touchstone.core.faults import Unusable
from touchstone.core.scheme.folders import shipped
from touchstone.core.scheme.loading import load
from touchstone.core.scheme.model import Kind
from touchstone.output.comparison_set import peers_csv, set_file, write_set

SCHEME = scheme_of(
    measure("A6.total", Kind.COUNT),
    measure("B2.fte", Kind.NUMBER),
    measure("F2.story", Kind.TEXT),
    measure("Z1.lacking", Kind.COUNT),
    measure("Z2.lacking", Kind.CHOICE, options=["one"]),
)


def rows_of(numbers: list[float], story: str = "") -> Population:
    count = len(numbers)
    return Population(
        organisation=np.array([f"org-{number}" for number in range(count)]),
        country=np.array(["LT"] * count),
        portfolio=np.array(["ict"] * count),
        interviewed_on=np.array(["2025-02-28"] * count, "datetime64[D]"),
        level=np.array([""] * count),
        values={"A6.total": np.arange(count, dtype=np.float64), "B2.fte": np.array(numbers)},
        words={"F2.story": np.array([story] * count)},
        synthetic=False,
    )


def written_rows(population: Population) -> list[dict[str, str]]:
    text = peers_csv(population, SCHEME).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_set_is_written_whole_under_its_name(tmp_path: Path) -> None:
    write_set(small_set(), tmp_path / "deep" / "set.zip", pack=shipped())
    assert (tmp_path / "deep" / "set.zip").read_bytes() == small_file()


def test_the_same_set_gives_the_same_bytes() -> None:
    assert set_file(small_set(), pack=shipped()) == small_file()


def test_members_have_no_dates_and_are_stored_as_they_are() -> None:
    with zipfile.ZipFile(io.BytesIO(small_file())) as archive:
        kinds = {(one.date_time, one.compress_type, one.create_system) for one in archive.infolist()}
        assert archive.testzip() is None
    assert kinds == {((1980, 1, 1, 0, 0, 0), zipfile.ZIP_STORED, 3)}


def test_a_set_holds_its_description_its_peers_and_every_file_of_its_pack() -> None:
    files = sorted(path.relative_to(shipped()).as_posix() for path in shipped().rglob("*.toml"))
    held = members(small_file())
    assert list(held) == ["set.json", "peers.csv", *(f"pack/{name}" for name in files)]
    assert {name: held[f"pack/{name}"] for name in files} == {
        name: (shipped() / name).read_bytes() for name in files
    }


def test_the_description_says_what_the_set_is_and_lists_its_files() -> None:
    held = members(small_file())
    frozen = small_set()
    assert json.loads(held["set.json"]) == {
        "format": 1,
        "name": "Autumn, “näher”",
        "on": DAY.isoformat(),
        "scheme": "ecei",
        "scheme_digest": shipped_scheme().digest,
        "synthetic": False,
        "rows": len(frozen),
        "digest": frozen.digest,
        "files": {name: sha256(content).hexdigest() for name, content in held.items() if name != "set.json"},
    }


def test_peers_have_the_columns_of_a_population_in_the_order_of_the_pack() -> None:
    header = next(csv.reader([peers_csv(rows_of([1.5]), SCHEME).decode().splitlines()[0]]))
    assert header == ["organisation", "country", "portfolio", "interviewed_on", "level", *SCHEME.measures]


def test_a_row_is_written_as_a_person_would() -> None:
    assert written_rows(rows_of([2.5])) == [
        {
            "organisation": "org-0",
            "country": "LT",
            "portfolio": "ict",
            "interviewed_on": "2025-02-28",
            "level": "",
            "A6.total": "0",
            "B2.fte": "2.5",
            "F2.story": "",
            "Z1.lacking": "",
            "Z2.lacking": "",
        }
    ]


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=20))
def test_every_number_comes_back_to_the_bit(numbers: list[float]) -> None:
    found = [float(row["B2.fte"]) for row in written_rows(rows_of(numbers))]
    assert np.array(found).tobytes() == np.array(numbers).tobytes()


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_what_has_no_finite_value_is_left_empty(number: float) -> None:
    assert written_rows(rows_of([number]))[0]["B2.fte"] == ""


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_every_text_comes_back(story: str) -> None:
    assert written_rows(rows_of([1.0], story))[0]["F2.story"] == story.rstrip("\0")


def test_a_population_of_nobody_is_a_header() -> None:
    assert written_rows(rows_of([])) == []


def test_another_pack_than_that_of_the_set_is_refused(tmp_path: Path) -> None:
    pack = edited_pack(tmp_path, ("scheme.toml", "median_from = 5", "median_from = 6"))
    with pytest.raises(Unusable, match="not the pack that the set was frozen with"):
        set_file(small_set(), pack=pack)


# ---- packs that extend others


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    return extending_pack(tmp_path)


def frozen_with(pack: Path) -> bytes:
    scheme = load(pack)
    made = freeze(random_population(scheme), scheme=scheme, on=DAY, name="north")
    return set_file(made, pack=pack)


def test_a_pack_that_extends_another_is_kept_with_it(overlay: Path) -> None:
    packs = {name.partition("/")[0] for name in members(frozen_with(overlay))}
    assert packs == {"set.json", "peers.csv", "pack", "south"}
    assert members(frozen_with(overlay))["pack/scheme.toml"] == (overlay / "scheme.toml").read_bytes()


def test_a_base_by_the_name_of_the_set_s_own_pack_is_refused(overlay: Path) -> None:
    (overlay.parent / "south").rename(overlay.parent / "pack")
    head = (overlay / "scheme.toml").read_text(encoding="utf-8").replace("south", "pack")
    (overlay / "scheme.toml").write_text(head, encoding="utf-8")
    with pytest.raises(Unusable, match='Two packs of the name "pack" lie over one another'):
        frozen_with(overlay)


@pytest.mark.skipif(os.name == "nt", reason="no such name there")
def test_a_file_with_a_name_that_no_set_may_hold_is_refused(overlay: Path) -> None:
    (overlay / "locale" / "xx").mkdir(parents=True)
    (overlay / "locale" / "xx" / "über.toml").write_text("", encoding="utf-8")
    with pytest.raises(Unusable, match=r"locale/xx/über\.toml: A comparison set cannot hold a file"):
        frozen_with(overlay)


def test_the_rows_of_the_set_are_those_that_it_was_given() -> None:
    frozen = small_set()
    rows = list(csv.DictReader(io.StringIO(members(small_file())["peers.csv"].decode(), newline="")))
    assert [row["organisation"] for row in rows] == frozen.population.organisation.tolist()
    assert len(rows) == len(frozen)
