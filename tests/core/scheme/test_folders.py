"""Where packs lie, and which of them a pack extends."""

from pathlib import Path

import pytest

from factories.scheme import overlay
from touchstone.core.faults import Fault
from touchstone.core.scheme.checking import check
from touchstone.core.scheme.folders import lineage, names, nearest_file, shipped


def pack(folder: Path, name: str, extends: str = "") -> Path:
    made = folder / name
    made.mkdir()
    line = f"extends = '{extends}'\n" if extends else ""
    (made / "scheme.toml").write_text(line, encoding="utf-8")
    return made


def names_of(folder: Path) -> list[str]:
    return [found.name for found in lineage(folder).folders]


def test_a_pack_that_extends_none_stands_alone() -> None:
    assert lineage(shipped()).folders == (shipped(),)


def test_a_base_lies_beside_the_pack(tmp_path: Path) -> None:
    pack(tmp_path, "base")
    found = lineage(pack(tmp_path, "local", "base"))
    assert found.folders == (tmp_path / "local", (tmp_path / "base").resolve())


def test_a_base_that_does_not_lie_beside_the_pack_is_a_shipped_one(tmp_path: Path) -> None:
    assert lineage(pack(tmp_path, "local", "ecei")).folders[1:] == (shipped().resolve(),)


def test_a_pack_named_as_the_shipped_one_may_extend_that(tmp_path: Path) -> None:
    assert lineage(pack(tmp_path, "ecei", "ecei")).folders[1:] == (shipped().resolve(),)


def test_three_packs_may_lie_over_one_another(tmp_path: Path) -> None:
    pack(tmp_path, "a")
    pack(tmp_path, "b", "a")
    assert names_of(pack(tmp_path, "c", "b")) == ["c", "b", "a"]


def test_a_fourth_pack_is_too_many(tmp_path: Path) -> None:
    pack(tmp_path, "a")
    pack(tmp_path, "b", "a")
    pack(tmp_path, "c", "b")
    assert lineage(pack(tmp_path, "d", "c")).faults == (
        Fault(
            "b/scheme.toml: extends",
            "More than 3 packs lie over one another: d extends c extends b extends a.",
            "Join two of them.",
        ),
    )


def test_packs_that_extend_one_another_are_a_circle(tmp_path: Path) -> None:
    pack(tmp_path, "a", "b")
    assert check(pack(tmp_path, "b", "a")) == (
        Fault(
            "a/scheme.toml: extends",
            "The packs extend one another in a circle: b extends a extends b.",
            "Let the first extend none.",
        ),
    )


def test_a_pack_that_extends_itself_is_a_circle(tmp_path: Path) -> None:
    assert lineage(pack(tmp_path, "a", "a")).faults == (
        Fault(
            "scheme.toml: extends",
            "The packs extend one another in a circle: a extends a.",
            "Let the first extend none.",
        ),
    )


def test_a_base_that_is_not_there_is_told_with_the_nearest(tmp_path: Path) -> None:
    pack(tmp_path, "national")
    assert check(pack(tmp_path, "local", "nationl")) == (
        Fault("scheme.toml: extends", 'There is no pack "nationl".', 'Did you mean "national"?'),
    )


@pytest.mark.parametrize("name", ["../ecei", "/ecei", "Ecei", " ecei", "."])
def test_a_base_is_named_and_not_pointed_to(tmp_path: Path, name: str) -> None:
    assert lineage(pack(tmp_path, "local", name)).faults == (
        Fault(
            "scheme.toml: extends",
            f'"{name}" is no name of a pack.',
            "Name a folder beside this one, or a shipped pack.",
        ),
    )


def test_a_base_that_is_no_text_is_told_with_its_key(tmp_path: Path) -> None:
    made = pack(tmp_path, "local")
    (made / "scheme.toml").write_text("extends = 3", encoding="utf-8")
    assert "scheme.toml: extends" in [fault.place for fault in check(made)]


def test_a_head_that_is_no_toml_is_one_fault_whatever_it_might_extend(tmp_path: Path) -> None:
    made = pack(tmp_path, "local")
    (made / "scheme.toml").write_text('extends = "ecei', encoding="utf-8")
    assert [fault.place for fault in check(made)] == ["scheme.toml: line 1"]


def test_the_names_are_those_of_the_shipped_packs_and_of_other_folders(tmp_path: Path) -> None:
    pack(tmp_path, "national")
    assert names() == ("ecei", "ecei-bw")
    assert names(tmp_path) == ("ecei", "ecei-bw", "national")


def test_a_file_is_that_of_the_pack_or_of_the_nearest_that_it_extends(tmp_path: Path) -> None:
    national = overlay(tmp_path, {})
    assert nearest_file(national, "population.toml") == shipped() / "population.toml"
    (national / "population.toml").write_text("", encoding="utf-8")
    assert nearest_file(national, "population.toml") == national / "population.toml"


def test_a_file_that_no_pack_has_is_missed_in_the_own_folder(tmp_path: Path) -> None:
    national = overlay(tmp_path, {})
    assert nearest_file(national, "nothing.toml") == national / "nothing.toml"
