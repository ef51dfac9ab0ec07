import errno
import os
import resource
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from touchstone.output.writing import write_many, write_whole

FILES = {"report.pdf": b"a PDF", "result.json": b"{}"}


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


@pytest.fixture
def umask() -> Iterator[None]:
    before = os.umask(0o027)
    yield
    os.umask(before)


def test_a_file_appears_whole_and_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    file = tmp_path / "new" / "report.pdf"
    write_whole(file, b"one")
    write_whole(file, b"two")
    assert (file.read_bytes(), names(file.parent)) == (b"two", ["report.pdf"])


def test_many_files_of_a_folder_appear_and_take_the_place_of_the_old_ones(tmp_path: Path) -> None:
    write_many(tmp_path / "new", FILES)
    write_many(tmp_path / "new", {"report.pdf": b"another"})
    assert names(tmp_path / "new") == ["report.pdf", "result.json"]
    assert (tmp_path / "new" / "report.pdf").read_bytes() == b"another"


@pytest.mark.usefixtures("umask")
def test_files_may_be_read_by_whom_the_mask_allows(tmp_path: Path) -> None:
    write_whole(tmp_path / "one", b"")
    write_many(tmp_path, {"other": b""})
    modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("one", "other")]
    assert modes == [0o640, 0o640]


def test_what_a_kill_left_half_written_goes(tmp_path: Path) -> None:
    (tmp_path / ".report.pdf.part").write_bytes(b"a P")
    write_many(tmp_path, FILES)
    assert names(tmp_path) == ["report.pdf", "result.json"]


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"mine")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / ".report.pdf.part").symlink_to(elsewhere)
    (folder / "result.json").symlink_to(elsewhere)
    write_many(folder, FILES)
    assert elsewhere.read_bytes() == b"mine"
    assert [(folder / name).read_bytes() for name in FILES] == list(FILES.values())


def test_a_file_that_cannot_take_its_place_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").mkdir()
    for write in (lambda: write_many(tmp_path, FILES), lambda: write_whole(tmp_path / "report.pdf", b"")):
        with pytest.raises(IsADirectoryError):
            write()
    assert names(tmp_path) == ["report.pdf"]


@pytest.fixture
def no_room() -> Iterator[None]:
    """No file of this process may grow beyond ten bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("no_room")
def test_without_room_the_old_file_stays_and_the_error_says_where(tmp_path: Path) -> None:
    write_many(tmp_path, {"report.pdf": b"old"})
    with pytest.raises(OSError, match=r"report\.pdf") as error:
        write_many(tmp_path, {"report.pdf": b"much too long"})
    assert error.value.errno == errno.EFBIG
    assert ((tmp_path / "report.pdf").read_bytes(), names(tmp_path)) == (b"old", ["report.pdf"])
