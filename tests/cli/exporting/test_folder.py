"""The folder of an export: whole or as it was, and never somebody else's."""

import os
from pathlib import Path

import pytest

from touchstone.cli.exporting.folder import MARK, Folder, being_made
from touchstone.core.faults import Unusable


def export(place: Path, **files: bytes) -> Folder:
    with being_made(place) as folder:
        for name, content in files.items():
            folder.write(f"{name}/index.html", content)
        folder.put({"day": "2026-11-21"})
    return folder


def contents(place: Path) -> dict[str, bytes]:
    return {str(path.relative_to(place)): path.read_bytes() for path in place.rglob("*.html")}


def test_an_export_lies_in_its_place_and_nothing_beside_it(tmp_path: Path) -> None:
    export(tmp_path / "public", a=b"1", b=b"2")
    assert contents(tmp_path / "public") == {"a/index.html": b"1", "b/index.html": b"2"}
    assert [one.name for one in tmp_path.iterdir()] == ["public"]


def test_a_second_export_keeps_the_times_of_what_is_the_same(tmp_path: Path) -> None:
    place = tmp_path / "public"
    export(place, a=b"1", b=b"2", gone=b"x")
    os.utime(place / "a/index.html", (1, 1))
    made = export(place, a=b"1", b=b"3")
    assert ((place / "a/index.html").stat().st_mtime, contents(place)) == (
        1,
        {"a/index.html": b"1", "b/index.html": b"3"},
    )
    assert (made.new, made.same) == (1, 2)  # its mark is the same too


def test_what_was_not_put_leaves_the_last_export_as_it_was(tmp_path: Path) -> None:
    place = tmp_path / "public"
    export(place, a=b"1")
    with being_made(place) as folder:
        folder.write("a/index.html", b"2")
    assert (contents(place), [one.name for one in tmp_path.iterdir()]) == ({"a/index.html": b"1"}, ["public"])


def test_an_empty_folder_may_be_used(tmp_path: Path) -> None:
    (tmp_path / "public").mkdir()
    export(tmp_path / "public", a=b"1")
    assert contents(tmp_path / "public") == {"a/index.html": b"1"}


def foreign(place: Path) -> None:
    place.mkdir()
    (place / "letters.txt").write_text("mine")


def pretending(place: Path) -> None:
    foreign(place)
    (place / MARK).write_text("[]")


def linked(place: Path) -> None:
    (place.parent / "elsewhere").mkdir()
    place.symlink_to(place.parent / "elsewhere")


@pytest.mark.parametrize("make", [foreign, pretending, linked, lambda place: place.write_text("a file")])
def test_what_is_somebody_elses_is_not_touched(make: object, tmp_path: Path) -> None:
    place = tmp_path / "public"
    make(place)  # type: ignore[operator]  # each is called with the place
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(Unusable) as refused:
        export(place, a=b"1")
    said = "is there, and is no export of the register. Name a folder that is empty, or not there yet."
    assert (str(refused.value), sorted(tmp_path.rglob("*"))) == (f"{place}: {said}", before)


def test_an_export_that_was_killed_between_two_steps_is_found_again(tmp_path: Path) -> None:
    place = tmp_path / "public"
    export(place, a=b"1")
    place.rename(tmp_path / ".public.old")
    (tmp_path / ".public.part").mkdir()
    made = export(place, a=b"1")
    assert (made.same, [one.name for one in tmp_path.iterdir()]) == (2, ["public"])


def test_it_knows_what_it_has(tmp_path: Path) -> None:
    with being_made(tmp_path / "public") as folder:
        folder.write("a.txt", b"")
        assert (folder.has("a.txt"), folder.has("b.txt")) == (True, False)
