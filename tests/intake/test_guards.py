import errno
import os
from pathlib import Path, PosixPath
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from touchstone.core.faults import Fault, Unusable
from touchstone.intake.guards import check_length, check_size, guarded


def refusal(path: Path, limit_bytes: int = 1_000_000) -> Fault:
    with pytest.raises(Unusable) as refused:
        guarded(path, limit_bytes=limit_bytes)
    assert refused.value.file == str(path)
    return refused.value.faults[0]


def test_the_content_of_a_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    file.write_bytes(b"{}")
    assert guarded(file, limit_bytes=2) == b"{}"


def test_a_missing_file_is_told_with_its_name(tmp_path: Path) -> None:
    file = tmp_path / "none.json"
    with pytest.raises(Unusable) as refused:
        guarded(file, limit_bytes=1)
    assert str(refused.value) == f"{file}: There is no such file. Check the name and the folder."


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert refusal(tmp_path) == Fault("", "This is a folder.", "Name a file in it.")


def test_an_empty_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").touch()
    assert refusal(tmp_path / "empty.csv").problem == "The file is empty."


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "huge.xlsx"
    with file.open("wb") as content:
        content.truncate(200_000_000)
    assert refusal(file, 20_000_000).problem == "The file is larger than 20 MB."


def test_a_pipe_is_no_plain_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path / "pipe").problem == "This is not a plain file."


def test_a_name_that_no_disk_allows_is_told(tmp_path: Path) -> None:
    assert refusal(Path("a\0b")).problem == "The file cannot be read (the name is not allowed)."


def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    assert refusal(tmp_path / ("x" * 300)).problem == "The file cannot be read (File name too long)."


class Vanishing(PosixPath):
    """A file that somebody takes away between the first look and the reading."""

    def open(self, *_: Any, **__: Any) -> Any:
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))


def test_a_file_that_goes_away_after_the_first_look_is_told(tmp_path: Path) -> None:
    (tmp_path / "there.json").write_bytes(b"{}")
    fault = refusal(Vanishing(tmp_path / "there.json"))
    assert fault.problem == "The file cannot be read (Permission denied)."


def test_a_file_that_is_read_piece_by_piece_is_only_measured(tmp_path: Path) -> None:
    file = tmp_path / "population.csv"
    file.write_bytes(b"x" * 10)
    check_size(file, limit_bytes=10)
    with pytest.raises(Unusable):
        check_size(file, limit_bytes=9)


@pytest.mark.parametrize("length", [0, 11])
def test_a_content_has_a_length_in_bounds(length: int) -> None:
    check_length(10, file="upload", limit_bytes=10)
    with pytest.raises(Unusable) as refused:
        check_length(length, file="upload", limit_bytes=10)
    assert refused.value.file == "upload"


@given(st.binary(min_size=1, max_size=50))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_content_in_bounds_comes_as_it_is(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "any"
    file.write_bytes(content)
    assert guarded(file, limit_bytes=50) == content
