import shutil
import struct
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories.populations import equal, random_population
from factories.scheme import shipped_scheme
from factories.sets import DAY, extending_pack, members, packed, small_file, small_set, spoilt, written
from touchstone.core.benchmark.frozen import freeze
from touchstone.core.faults import Unusable
from touchstone.core.scheme.folders import shipped
from touchstone.core.scheme.loading import load
from touchstone.core.scheme.translation import languages
from touchstone.intake import comparison_set as intake
from touchstone.intake.comparison_set import read_set
from touchstone.output.comparison_set import peers_csv, set_file

HEAD = "pack/scheme.toml"
FEW = settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])


def refusal(folder: Path, content: bytes) -> str:
    path = written(folder, content)
    with pytest.raises(Unusable) as refused:
        read_set(path)
    assert refused.value.file == str(path)
    return str(refused.value).removeprefix(f"{path}: ")


def text_of(name: str, old: str, new: str) -> dict[str, bytes]:
    """A member of the small file with a text replaced."""
    held = members(small_file())[name].decode()
    assert held.count(old) >= 1
    return {name: held.replace(old, new, 1).encode()}


def test_a_set_comes_back_as_it_was_frozen(tmp_path: Path) -> None:
    frozen, scheme = read_set(written(tmp_path, small_file()))
    wanted = small_set()
    assert (frozen.name, frozen.on, frozen.digest) == (wanted.name, wanted.on, wanted.digest)
    assert (frozen.scheme, frozen.scheme_digest) == (wanted.scheme, wanted.scheme_digest)
    assert equal(frozen.population, wanted.population)
    assert scheme == shipped_scheme()


@FEW
@given(st.integers(0, 2**32), st.integers(1, 40), st.sampled_from(["peer-", "SYN-"]))
def test_every_set_comes_back_to_the_bit(tmp_path: Path, seed: int, rows: int, prefix: str) -> None:
    made = random_population(shipped_scheme(), rows=rows, seed=seed, prefix=prefix)
    wanted = freeze(made, scheme=shipped_scheme(), on=DAY, name="random")
    frozen, _ = read_set(written(tmp_path, set_file(wanted, pack=shipped())))
    assert frozen.digest == wanted.digest
    assert equal(frozen.population, wanted.population)
    for id, column in wanted.population.values.items():
        assert frozen.population.values[id].tobytes() == column.tobytes()


def test_a_set_packed_anew_by_another_program_is_the_same(tmp_path: Path) -> None:
    anew = packed(members(small_file()), zipfile.ZIP_DEFLATED)
    assert read_set(written(tmp_path, anew))[0].digest == small_set().digest


def test_a_set_whose_ids_look_made_up_is_not_if_it_was_not(tmp_path: Path) -> None:
    """Of a population with others only those called SYN- may be in the window."""
    made = replace(random_population(shipped_scheme(), prefix="SYN-"), synthetic=False)
    wanted = freeze(made, scheme=shipped_scheme(), on=DAY, name="real")
    frozen, _ = read_set(written(tmp_path, set_file(wanted, pack=shipped())))
    assert frozen.population.synthetic is False


def test_the_rules_are_those_of_the_set_and_not_those_of_today(tmp_path: Path) -> None:
    pack = Path(shutil.copytree(shipped(), tmp_path / "old", ignore=shutil.ignore_patterns("locale")))
    head = (pack / "scheme.toml").read_text(encoding="utf-8")
    (pack / "scheme.toml").write_text(head.replace("median_from = 5", "median_from = 7"), encoding="utf-8")
    then = load(pack)
    made = freeze(random_population(then), scheme=then, on=DAY, name="old")
    path = written(tmp_path, set_file(made, pack=pack))
    shutil.rmtree(pack)
    _, scheme = read_set(path)
    assert scheme.disclosure is not None
    assert scheme.disclosure.median_from == 7
    assert scheme.digest == then.digest


def test_a_pack_that_extends_another_is_read_with_the_base_of_then(tmp_path: Path) -> None:
    pack = extending_pack(tmp_path)
    then = load(pack)
    made = freeze(random_population(then), scheme=then, on=DAY, name="north")
    path = written(tmp_path, set_file(made, pack=pack))
    shutil.rmtree(tmp_path / "south")
    frozen, scheme = read_set(path)
    assert (frozen.scheme, scheme.digest, frozen.digest) == ("north", then.digest, made.digest)


@pytest.mark.parametrize("language", languages(shipped()))
def test_the_texts_come_in_the_language_asked_for(tmp_path: Path, language: str) -> None:
    frozen, scheme = read_set(written(tmp_path, small_file()), language=language)
    assert scheme == load(shipped(), language)
    assert frozen.digest == small_set().digest


def test_a_language_that_the_pack_lacks_is_told_of_the_set(tmp_path: Path) -> None:
    path = written(tmp_path, small_file())
    with pytest.raises(Unusable, match='The pack has no texts in "xx"') as refused:
        read_set(path, language="xx")
    assert refused.value.file == str(path)
    assert refused.value.faults[0].place.startswith("pack: ")


# ---- what is no set


@pytest.mark.parametrize("content", [b"organisation,country\n", b"PK\x03\x04", b"\0" * 100, b"%PDF-1.7"])
def test_another_file_is_no_set(tmp_path: Path, content: bytes) -> None:
    assert refusal(tmp_path, content) == (
        "This is no comparison set, or a damaged one. Take a file that touchstone freeze has written."
    )


def test_an_archive_of_something_else_is_no_set(tmp_path: Path) -> None:
    assert refusal(tmp_path, packed({"peers.csv": b""})).startswith(
        "This is no comparison set: it holds no set.json."
    )


def test_an_empty_file_is_told(tmp_path: Path) -> None:
    assert refusal(tmp_path, b"").startswith("The file is empty.")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="There is no such file"):
        read_set(tmp_path / "none.zip")


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_set_is_damaged(tmp_path: Path, kept: float) -> None:
    content = small_file()
    assert "damaged one" in refusal(tmp_path, content[: int(len(content) * kept)])


@FEW
@given(st.data())
def test_no_changed_byte_goes_unnoticed_or_is_told_with_a_traceback(
    tmp_path: Path, data: st.DataObject
) -> None:
    """Whatever byte is another one, the set is refused in words, or it is the same set."""
    content = bytearray(small_file())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= 1 << data.draw(st.integers(0, 7))
    try:
        frozen, _ = read_set(written(tmp_path, bytes(content)))
    except Unusable:
        return
    assert frozen.digest == small_set().digest
    assert equal(frozen.population, small_set().population)


# ---- what somebody has changed


def test_a_changed_value_is_noticed(tmp_path: Path) -> None:
    change = text_of("peers.csv", "peer-0001", "peer-1001")
    assert refusal(tmp_path, spoilt(change, listed=False)) == (
        "peers.csv: It is not what it was when the set was frozen. Take an untouched copy of the set."
    )


def test_a_changed_value_is_noticed_where_the_list_of_files_was_changed_too(tmp_path: Path) -> None:
    assert refusal(tmp_path, spoilt(text_of("peers.csv", "peer-0001", "peer-1001"))).startswith(
        "peers.csv: The peers are not those that were frozen."
    )


def test_a_changed_rule_is_noticed_where_the_list_of_files_was_changed_too(tmp_path: Path) -> None:
    change = text_of(HEAD, "median_from = 5", "median_from = 3")
    assert refusal(tmp_path, spoilt(change)).startswith(
        "pack: The pack is not the one that the set was frozen with."
    )


def test_a_changed_translation_is_noticed(tmp_path: Path) -> None:
    change = {"pack/locale/lt/eligibility.toml": b""}
    assert refusal(tmp_path, spoilt(change, listed=False)).startswith(
        "pack/locale/lt/eligibility.toml: It is not"
    )


@pytest.mark.parametrize(
    "about",
    [
        {"name": "spring"},
        {"on": "2025-07-02"},
        {"synthetic": True},
        {"digest": "0" * 64},
        {"rows": 3},
    ],
)
def test_other_words_about_the_set_are_noticed(tmp_path: Path, about: dict[str, Any]) -> None:
    assert refusal(tmp_path, spoilt({}, **about)).startswith("peers.csv: The peers are not those")


@pytest.mark.parametrize("about", [{"scheme": "other"}, {"scheme_digest": "0" * 64}])
def test_another_scheme_than_that_of_the_pack_is_noticed(tmp_path: Path, about: dict[str, Any]) -> None:
    assert refusal(tmp_path, spoilt({}, **about)).startswith("pack: The pack is not the one")


def test_a_row_that_cannot_be_a_peer_is_noticed(tmp_path: Path) -> None:
    """It would be left out in silence: a set holds what counts, and nothing else."""
    day = np.array(["2026-01-01"], "datetime64[D]")
    late = replace(random_population(shipped_scheme(), rows=1, prefix="late-"), interviewed_on=day)
    row = peers_csv(late, shipped_scheme()).partition(b"\n")[2]
    change = {"peers.csv": members(small_file())["peers.csv"] + row}
    assert refusal(tmp_path, spoilt(change)).startswith("peers.csv: The peers are not those")


def test_a_missing_file_of_the_set_is_told(tmp_path: Path) -> None:
    assert refusal(tmp_path, spoilt({"pack/quality.toml": None}, listed=False)).startswith(
        "'pack/quality.toml': This file is missing."
    )
    assert refusal(tmp_path, spoilt({"peers.csv": None})).startswith("'peers.csv': This file is missing.")


def test_a_pack_without_one_of_its_files_is_told_with_its_faults(tmp_path: Path) -> None:
    assert refusal(tmp_path, spoilt({"pack/quality.toml": None})).startswith(
        "pack: quality.toml: This file is missing"
    )


def test_peers_that_cannot_be_read_are_told_by_row(tmp_path: Path) -> None:
    lines = members(small_file())["peers.csv"].decode().splitlines()
    cells = lines[1].split(",")
    change = text_of("peers.csv", f"{cells[0]},{cells[1]},", f"{cells[0]},Atlantis,")
    assert refusal(tmp_path, spoilt(change)).startswith("peers.csv: row 2, country:")


def test_an_added_file_is_noticed(tmp_path: Path) -> None:
    assert refusal(tmp_path, spoilt({"pack/more.toml": b""}, listed=False)).startswith(
        "pack/more.toml: It is not what it was"
    )


@pytest.mark.parametrize(
    "name",
    [
        "../evil.toml",
        "pack/../../evil.toml",
        "/etc/evil.toml",
        "pack/.hidden.toml",
        "pack\\evil.toml",
        "C:/evil.toml",
        "pack/evil.py",
        "readme.txt",
        "pack/",
        "pack//a.toml",
        "PACK/a.toml",
        "pack/..toml",
        "pack/a.toml\n",
    ],
)
def test_a_foreign_name_is_refused_before_anything_is_unpacked(tmp_path: Path, name: str) -> None:
    assert "No file of this name belongs in a set." in refusal(tmp_path, spoilt({name: b"x = 1"}))
    assert [path.name for path in tmp_path.iterdir()] == ["set.zip"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("second", ["peers.csv", "pack/SCHEME.toml"])
def test_a_name_that_is_there_twice_is_refused(tmp_path: Path, second: str) -> None:
    path = written(tmp_path, small_file())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(second, b"other")
    assert refusal(tmp_path, path.read_bytes()).endswith(
        "It holds this file twice. Take an untouched copy of the set."
    )


# ---- what it says about itself


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"{", "set.json: This is not JSON."),
        (b"\xff\xfe{", "set.json: This is not JSON."),
        (b"[" * 100_000, "set.json: This is not JSON."),
        (b"[]", "set.json: This does not describe a set."),
        (b"{}", "set.json: format: This does not describe a set."),
    ],
)
def test_a_description_that_is_none_is_refused(tmp_path: Path, content: bytes, told: str) -> None:
    assert refusal(tmp_path, packed(members(small_file()) | {"set.json": content})).startswith(told)


@pytest.mark.parametrize(
    ("about", "told"),
    [
        ({"format": 2}, "set.json: The set has the format 2; this program reads up to 1. Install a newer"),
        ({"format": 0}, "set.json: keys: This does not describe a set."),
        ({"format": True}, "set.json: format: This does not describe a set."),
        ({"name": None}, "set.json: name: This does not describe a set."),
        ({"rows": "30"}, "set.json: rows: This does not describe a set."),
        ({"files": ["peers.csv"]}, "set.json: files: This does not describe a set."),
        ({"more": 1}, "set.json: keys: This does not describe a set."),
        ({"name": ""}, "set.json: name: A comparison set needs a name"),
        ({"on": "yesterday"}, "set.json: on: This is not a day."),
        ({"on": "2010-01-01"}, "set.json: on: No assessment is in the 5 years up to 2010-01-01."),
    ],
)
def test_a_description_of_another_kind_is_refused(tmp_path: Path, about: dict[str, Any], told: str) -> None:
    assert refusal(tmp_path, spoilt({}, **about)).startswith(told)


# ---- what is too much


def test_a_member_that_unpacks_to_far_more_is_refused(tmp_path: Path) -> None:
    bomb = packed(members(small_file()) | {"pack/bomb.toml": b"\0" * 3_000_000}, zipfile.ZIP_DEFLATED)
    assert refusal(tmp_path, bomb).startswith("pack/bomb.toml: It unpacks to far more than it should.")


def test_a_file_of_a_pack_that_is_far_too_large_is_refused(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).bytes(5_000_001)
    assert refusal(tmp_path, packed(members(small_file()) | {"pack/noise.toml": noise})).startswith(
        "pack/noise.toml: It unpacks to far more"
    )


def test_a_set_that_is_far_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, small_file())
    size = path.stat().st_size
    monkeypatch.setattr(intake, "POPULATION_LIMIT", size - 1)
    assert refusal(tmp_path, small_file()).startswith("The file is larger than")
    anew = packed(members(small_file()), zipfile.ZIP_DEFLATED)
    assert len(anew) < size - 1
    unpacked = sum(map(len, members(small_file()).values()))
    monkeypatch.setattr(intake, "POPULATION_LIMIT", unpacked - 1)
    assert refusal(tmp_path, anew).startswith("It unpacks to far more than it should.")


def test_too_many_files_are_refused(tmp_path: Path) -> None:
    many = {f"pack/a{number}.toml": b"" for number in range(2_000)}
    assert refusal(tmp_path, packed(many | {"set.json": b"{}"})).startswith("It holds 2001 files.")


def test_a_member_that_holds_more_than_it_declares_is_damaged(tmp_path: Path) -> None:
    content = bytearray(packed({"set.json": b"{}" + b" " * 5000}, zipfile.ZIP_DEFLATED))
    directory = content.index(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = struct.pack("<I", 2)
    assert "damaged one" in refusal(tmp_path, bytes(content))


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    content = bytearray(small_file())
    directory = content.index(b"PK\x01\x02")
    content[directory + 8] |= 1
    assert refusal(tmp_path, bytes(content)) == ("set.json: It is encrypted. Take a copy without a password.")


def test_an_unusual_way_of_packing_is_refused(tmp_path: Path) -> None:
    content = packed(members(small_file()), zipfile.ZIP_LZMA)
    assert refusal(tmp_path, content).startswith("set.json: It is packed in an unusual way.")


def test_nothing_is_left_in_the_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    read_set(written(tmp_path, small_file()))
    refusal(tmp_path, spoilt({"pack/quality.toml": None}))
    assert list(place.iterdir()) == []
