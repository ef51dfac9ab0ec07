"""The folder of an export: whole at every moment, whatever stops the work."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from factories.exports import tree
from touchstone.cli.exporting.folder import MARK, Folder, about, being_made
from touchstone.cli.exporting.record import ALL, Line, Writer
from touchstone.core.faults import Unusable

OLD = {MARK: about("2026-11-20"), "a/index.html": b"old", "b/index.html": b"same", "c/index.html": b"goes"}
NEW = {MARK: about("2026-11-21"), "a/index.html": b"newer", "b/index.html": b"same", "d/e/index.html": b"new"}


def recorded(folder: Folder, record: Writer, files: dict[str, bytes], organisation: str = ALL) -> None:
    staged = tuple(file for file, content in files.items() if folder.write(file, content))
    record.write(
        Line(
            organisation=organisation, key="k", first=date.min, last=date.max, others=(), staged=staged,
            files={file: len(content) for file, content in files.items()}, links=(),
        )
    )  # fmt: skip


def made(place: Path, files: dict[str, bytes], *, put: bool = True) -> None:
    with being_made(place) as folder:
        with folder.recording() as record:
            recorded(folder, record, files)
        if put:
            folder.put()


def test_a_new_export_replaces_what_changed_and_removes_what_is_gone(tmp_path: Path) -> None:
    place = tmp_path / "public"
    made(place, OLD)
    before = (place / "b/index.html").stat()
    made(place, NEW)
    after = (place / "b/index.html").stat()
    assert (tree(place), (place / "c").exists()) == (NEW, False)
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_what_is_not_put_changes_nothing(tmp_path: Path) -> None:
    place = tmp_path / "public"
    made(place, OLD)
    made(place, NEW, put=False)
    assert tree(place) == OLD


class Stop(BaseException):
    """As a kill: nothing is cleared away."""


def until(place: Path, steps: int) -> bool:
    """Put what was made, killed after so many changes of the disk; whether it came to its end."""
    left = steps

    def counted(change: Callable[..., object]) -> Callable[..., object]:
        def changed(*given: object, **named: object) -> object:
            nonlocal left
            if left == 0:
                raise Stop
            left -= 1
            return change(*given, **named)

        return changed

    with pytest.MonkeyPatch.context() as patched:
        for name in ("replace", "rename", "unlink", "rmdir"):
            patched.setattr(Path, name, counted(getattr(Path, name)))
        try:
            with being_made(place) as folder:
                folder.put()
        except Stop:
            return False
    return True


@pytest.mark.parametrize("first", [True, False])
def test_whenever_a_call_is_killed_files_are_whole_and_the_next_call_ends_its_work(
    tmp_path: Path, first: bool
) -> None:
    steps, done = 0, False
    while not done:
        place = tmp_path / str(steps) / "public"
        if not first:
            made(place, OLD)
        made(place, NEW, put=False)
        done = until(place, steps)
        for file, content in tree(place).items():
            assert content in (OLD.get(file), NEW.get(file)), (steps, file)
        with being_made(place) as folder:
            if folder.made.exists():  # it was killed before the first step
                folder.put()
        assert tree(place) == NEW, steps
        with being_made(place) as folder:
            assert [line.organisation for line in folder.remembered()] == [ALL], steps
        steps += 1
    assert steps > 5


def test_a_call_that_was_stopped_is_remembered_by_the_next_and_the_one_after(tmp_path: Path) -> None:
    with being_made(tmp_path / "public") as folder:
        with folder.recording() as record:
            recorded(folder, record, {"a": b"1"}, "lt-one")
            recorded(folder, record, {"b": b"2"}, "lt-two")
        with pytest.raises(Stop), folder.recording():
            raise Stop
        with pytest.raises(Stop), folder.recording():
            raise Stop
        with folder.recording():
            found = [(line.organisation, folder.whole(line)) for line in folder.remembered()]
    assert found == [("lt-one", True), ("lt-two", True)]


def test_a_call_that_was_stopped_at_once_forgets_nothing(tmp_path: Path) -> None:
    with being_made(tmp_path / "public") as folder, folder.recording() as record:
        recorded(folder, record, {"a": b"1"}, "lt-one")
    with pytest.raises(Stop), being_made(tmp_path / "public") as folder, folder.recording():
        raise Stop
    with being_made(tmp_path / "public") as folder, folder.recording():
        assert [line.organisation for line in folder.remembered()] == ["lt-one"]


def test_where_nothing_was_made_nothing_is_left(tmp_path: Path) -> None:
    with being_made(tmp_path / "public"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_another_size_or_none_is_not_whole(tmp_path: Path) -> None:
    made(tmp_path / "public", OLD)
    with being_made(tmp_path / "public") as folder:
        (line,) = folder.remembered()
        assert folder.whole(line)
        (folder.place / "a/index.html").write_bytes(b"other")
        assert not folder.whole(line)
        (folder.place / "a/index.html").unlink()
        assert not folder.whole(line)


def test_another_folder_in_the_place_is_not_what_is_remembered(tmp_path: Path) -> None:
    made(tmp_path / "public", OLD)
    shutil.copytree(tmp_path / "public", tmp_path / "copy")
    shutil.rmtree(tmp_path / "public")
    (tmp_path / "copy").rename(tmp_path / "public")
    with being_made(tmp_path / "public") as folder:
        assert list(folder.remembered()) == []


def test_a_file_that_was_made_and_then_is_as_it_stands_is_not_put(tmp_path: Path) -> None:
    made(tmp_path / "public", OLD)
    made(tmp_path / "public", NEW, put=False)
    made(tmp_path / "public", OLD)
    assert tree(tmp_path / "public") == OLD


def test_two_calls_to_one_folder_are_not_at_work_together(tmp_path: Path) -> None:
    here, there = being_made(tmp_path / "public"), being_made(tmp_path / "public")
    with here, pytest.raises(Unusable, match="another call is writing there"), there:
        pass


def test_an_empty_folder_becomes_the_export(tmp_path: Path) -> None:
    (tmp_path / "public").mkdir()
    made(tmp_path / "public", NEW)
    assert tree(tmp_path / "public") == NEW


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
def test_what_is_somebody_elses_is_not_touched(make: Callable[[Path], object], tmp_path: Path) -> None:
    place = tmp_path / "public"
    make(place)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(Unusable) as refused:
        made(place, NEW)
    said = "is there, and is no export of the register. Name a folder that is empty, or not there yet."
    assert (str(refused.value), sorted(tmp_path.rglob("*"))) == (f"{place}: {said}", before)
