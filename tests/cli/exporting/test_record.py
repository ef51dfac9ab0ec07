"""The record of an export: lines come back as they were written, and half a line is none."""

from datetime import date
from pathlib import Path

import pytest

from touchstone.cli.exporting.record import Line, Writer, lines

ONE = Line(
    organisation="lt-one", key="a", first=date(2026, 1, 1), last=date(2026, 12, 31), others=("lt-two",),
    files={"register/lt-one/index.html": 12}, staged=("register/lt-one/index.html",), links=("index.html",),
)  # fmt: skip
TWO = Line(
    organisation="lt-two", key="b", first=date(2026, 1, 1), last=date.max, others=(), files={}, staged=(),
    links=("index.html",),
)  # fmt: skip


def written(path: Path, *some: Line) -> bytes:
    with path.open("wb") as file:
        writer = Writer(file)
        for line in some:
            writer.write(line)
    return path.read_bytes()


def test_lines_come_back_as_they_were_written(tmp_path: Path) -> None:
    content = written(tmp_path / "record", ONE, TWO)
    assert (list(lines(tmp_path / "record")), content.count(b"index.html")) == ([ONE, TWO], 3)


def test_without_a_file_there_are_no_lines(tmp_path: Path) -> None:
    assert list(lines(tmp_path / "record")) == []


def test_what_follows_half_a_line_is_not_trusted(tmp_path: Path) -> None:
    content = written(tmp_path / "record", ONE, TWO)
    (tmp_path / "record").write_bytes(content[:-20] + b"\n" + content)
    assert list(lines(tmp_path / "record")) == [ONE]


@pytest.mark.parametrize("text", ["[]", "{}", '{"links": 7, "first": "x"}', "\x00", '{"organisation": "a"}'])
def test_what_is_no_line_ends_the_record(tmp_path: Path, text: str) -> None:
    (tmp_path / "record").write_text(text + "\n")
    assert list(lines(tmp_path / "record")) == []
