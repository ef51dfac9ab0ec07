import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from factories.labels import KEY, act, chained, sign
from touchstone.core.faults import Unusable
from touchstone.core.labels import heads
from touchstone.core.labels.documents import head_as_document
from touchstone.core.labels.ledger import DayEnd, Retirement, Signers, stored
from touchstone.core.labels.lines import LONGEST, FirstLine, lines
from touchstone.intake.ledger_file import check_ledger_file, opened, read_heads, read_keys

ENTRIES = chained(act(), act(organisation="pl-other"))
END = DayEnd(day=ENTRIES[1].act.recorded.date(), number=2, hash=ENTRIES[1].hash)
HEAD = heads.make(None, END, day=date(2024, 2, 1), key_id=KEY, sign=sign)
FIRST = FirstLine(address="", keys={"key-1": b"\x01" * 32}, entries=2, heads=1)
WHOLE = b"".join(lines(FIRST, map(stored, ENTRIES), [HEAD]))


def problem(content: bytes) -> str:
    """What is said of a file that is read to its end."""
    with pytest.raises(Unusable) as refused:
        list(opened(io.BytesIO(content)).entry_lines())
    return str(refused.value)


def test_a_file_is_read_line_by_line_and_its_heads_last() -> None:
    copy = opened(io.BytesIO(WHOLE))
    taken = copy.entry_lines()
    assert (copy.first, next(taken)[0], copy.heads()) == (FIRST, 2, ())
    assert [number for number, _ in taken] == [3]
    assert copy.heads() == (HEAD,)


def test_an_empty_ledger_has_a_first_line() -> None:
    copy = opened(io.BytesIO(b"".join(lines(replace(FIRST, entries=0, heads=0), [], []))))
    assert (list(copy.entry_lines()), copy.heads()) == ([], ())


LONG = "line {}: is longer than 1 MB: this is not a ledger's file. Name the right file."
NEITHER = ": the file: is neither a ledger nor a list of heads. Name a copy of ledger.jsonl or heads.json."
RAW = WHOLE.splitlines(keepends=True)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "line 1: is not readable as JSON. Fetch the file again."),
        (WHOLE[:-1], "line 4: is cut off: the file ends in it. Fetch the file again."),
        (WHOLE[:500], "line 2: is cut off: the file ends in it. Fetch the file again."),
        (
            b"".join(RAW[:3]),
            "the file: says that it holds 2 entries and 1 heads; there are 2 and 0. Fetch the file again.",
        ),
        (
            b"".join(RAW[:1]),
            "the file: says that it holds 2 entries and 1 heads; there are 0 and 0. Fetch the file again.",
        ),
        (
            b"".join((*RAW, RAW[3])),
            "the file: says that it holds 2 entries and 1 heads; there are 2 and 2. Fetch the file again.",
        ),
        (b"".join((RAW[0], RAW[1], b"\n", RAW[2])), "line 3: is empty. Fetch the file again."),
        (b"".join((RAW[0], RAW[3], RAW[1])), "line 3: is no head: act: is not a field of a head."),
        (b"".join((RAW[0], b"hello\n")), "line 2: is not readable as JSON. Fetch the file again."),
        (WHOLE.decode().encode("utf-16"), "line 1: is not in UTF-8. Fetch the file again."),
        (RAW[0] + b"x" * LONGEST + b"\n", LONG.format(2)),
        (b"\x00" * (LONGEST + 1), LONG.format(1)),
    ],
)  # fmt: skip
def test_a_file_that_is_no_whole_ledger_gets_one_line(content: bytes, said: str) -> None:
    assert problem(content) == said


class Endless(io.RawIOBase):
    """A file of zeros that never ends, and of how many were taken."""

    taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]  # all that is asked of it
        buffer[:] = bytes(len(buffer))
        self.taken += len(buffer)
        return len(buffer)


def test_a_line_without_end_is_not_read_to_its_end() -> None:
    endless = Endless()
    with pytest.raises(Unusable, match="longer than 1 MB"):
        opened(io.BufferedReader(endless))
    assert endless.taken < 2 * LONGEST


def written(folder: Path, document: object) -> Path:
    file = folder / "file.json"
    file.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return file


def test_heads_are_read_from_their_list(tmp_path: Path) -> None:
    assert read_heads(written(tmp_path, {"heads": [head_as_document(HEAD)]})) == (HEAD,)
    assert read_heads(written(tmp_path, {"heads": []})) == ()


def test_a_ledger_is_no_list_of_heads(tmp_path: Path) -> None:
    assert read_heads(written(tmp_path, WHOLE.decode())) is None


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ("", ": The file is empty. Save it again, or choose another file."),
        ("{", ": the file: is not readable as JSON. Fetch the file again."),
        ("[" * 100_000, ": the file: is not readable as JSON. Fetch the file again."),
        ([], ": the file: is not a JSON object. Fetch the file again."),
        ({}, NEITHER),
        ({"heads": [{}]}, ": day: is missing."),
        ({"heads": [7]}, ": head: is not a JSON object."),
    ],
)  # fmt: skip
def test_a_file_that_is_no_list_of_heads_gets_one_line(tmp_path: Path, document: object, said: str) -> None:
    file = written(tmp_path, document)
    with pytest.raises(Unusable) as refused:
        read_heads(file)
    assert str(refused.value) == f"{file}{said}"


def test_keys_are_read_by_their_ids(tmp_path: Path) -> None:
    retired = {"a": {"at": "2026-11-21T12:00:00.000000Z", "entry": 7, "stolen": False}}
    keys = {"keys": {"a": "01" * 32}}
    assert read_keys(written(tmp_path, keys)) == Signers(keys={"a": b"\x01" * 32})
    last = Retirement(at=datetime(2026, 11, 21, 12, tzinfo=UTC), entry=7)
    assert read_keys(written(tmp_path, {**keys, "retired": retired})).retired == {"a": last}


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({}, ": keys: the public keys cannot be read. Fetch it again."),
        ({"keys": {"a": "01"}}, ": keys: 'a' is no Ed25519 key: it has not 32 bytes."),
        ("{", ": the file: is not readable as JSON. Fetch the file again."),
    ],
)
def test_a_file_that_holds_no_keys_gets_one_line(tmp_path: Path, document: object, said: str) -> None:
    file = written(tmp_path, document)
    with pytest.raises(Unusable) as refused:
        read_keys(file)
    assert str(refused.value) == f"{file}{said}"


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="There is no such file"):
        check_ledger_file(tmp_path / "none")
    with pytest.raises(Unusable, match="This is a folder"):
        check_ledger_file(tmp_path)
