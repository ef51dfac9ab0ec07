import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.labels import KEY, act, chained, check, sign
from touchstone.core.faults import Unusable
from touchstone.core.labels import heads, ledger
from touchstone.core.labels.documents import canonical, entry_as_document
from touchstone.core.labels.ledger import DayEnd, Retirement, Signers, stored
from touchstone.core.labels.lines import (
    FirstLine,
    entries_read,
    entry_line,
    first_difference,
    first_line,
    first_line_read,
    head_line,
    head_read,
    lines,
    signers_read,
)
from touchstone.core.labels.model import Entry, Head

ENTRIES = chained(act(name="Klaster “Ł”\n"), act(organisation="pl-other", reason='"quoted" \\ and é'))
END = DayEnd(day=ENTRIES[1].act.recorded.date(), number=2, hash=ENTRIES[1].hash)
HEAD = heads.make(None, END, day=date(2024, 2, 1), key_id=KEY, sign=sign)
FIRST = FirstLine(address="https://label.example", keys={"key-1": b"\x01" * 32}, entries=2, heads=1)
LINES = [line.removesuffix(b"\n") for line in lines(FIRST, map(stored, ENTRIES), [HEAD])]


def read(*raw: bytes) -> list[Any]:
    return list(entries_read(enumerate(raw, start=2)))


def problem(call: Callable[..., object], *arguments: object) -> str:
    with pytest.raises(Unusable) as refused:
        call(*arguments)
    return str(refused.value)


def said(check: Callable[[], str]) -> str:
    """What a check answers, or what it refuses to read."""
    try:
        return check()
    except Unusable as unusable:
        return str(unusable)


def test_the_first_line_says_what_the_file_is() -> None:
    assert json.loads(LINES[0]) == {
        "address": "https://label.example", "entries": 2, "heads": 1, "keys": {"key-1": "01" * 32},
        "kind": "touchstone ledger", "version": 1,
    }  # fmt: skip
    assert first_line_read(LINES[0]) == FIRST


def test_entries_and_heads_follow_one_a_line_in_canonical_json() -> None:
    assert LINES[1:3] == [canonical(entry_as_document(entry)).encode() for entry in ENTRIES]
    assert json.loads(LINES[3])["day"] == "2024-02-01"
    assert len(LINES) == 4


def test_what_was_written_is_read_back_and_checks() -> None:
    kept = read(*LINES[1:3])
    assert [ledger.restored(entry) for entry in kept] == list(ENTRIES)
    assert heads.verify(kept, [head_read(4, LINES[3])], check_signature=check) is None


def test_a_damaged_act_is_written_on_one_line_and_found_by_the_check() -> None:
    broken = replace(stored(ENTRIES[0]), document=b'{"actor":\n1}')
    fault = ledger.verify(read(entry_line(broken)), check_signature=check)
    assert str(fault) == "entry 1: its hash differs: number, act or hash was changed."


def test_text_that_is_no_unicode_can_be_written() -> None:
    assert entry_line(replace(stored(ENTRIES[0]), document="\udcff", key="\udcfe")).startswith(b'{"act":\xed')


@given(st.integers(0, 1), st.integers(0, 10_000), st.integers(0, 7))
def test_any_flipped_bit_of_a_line_is_found(place: int, byte: int, bit: int) -> None:
    raw = [bytearray(line) for line in LINES[1:3]]
    raw[place][byte % len(raw[place])] ^= 1 << bit
    found = said(lambda: str(ledger.verify(read(*map(bytes, raw)), check_signature=check)))
    assert found.startswith((f"line {place + 2}: ", "entry "))


@given(st.integers(0, 10_000), st.integers(0, 7))
def test_any_flipped_bit_of_a_head_is_found(byte: int, bit: int) -> None:
    raw = bytearray(LINES[3])
    raw[byte % len(raw)] ^= 1 << bit
    found = said(lambda: str(heads.verify(ENTRIES, [head_read(4, bytes(raw))], check_signature=check)))
    assert found.startswith(("line 4: ", "head of "))


NO_JSON = "line 2: is not readable as JSON. Fetch the file again."
NOT_AN_ENTRY = "line 2: is not an entry as a ledger's file writes it. Fetch the file again."
SWAPPED = LINES[1].replace(b'{"act":', b'{"acts":')


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"", "line 2: is not readable as JSON. Fetch the file again."),
        (b"{", "line 2: is not readable as JSON. Fetch the file again."),
        (b"[" * 100_000, "line 2: is not readable as JSON. Fetch the file again."),
        (b'{"act":{},"number":1' + b"0" * 5_000 + b"}", NO_JSON),
        (b"\xff\xfe", "line 2: is not in UTF-8. Fetch the file again."),
        (b"[]", NOT_AN_ENTRY),
        (b"{}", NOT_AN_ENTRY),
        (LINES[0], NOT_AN_ENTRY),
        (LINES[3], NOT_AN_ENTRY),
        (LINES[1] + b" ", NOT_AN_ENTRY),
        (SWAPPED, NOT_AN_ENTRY),
        (LINES[1].replace(b'"number":1', b'"number":1.0'), NOT_AN_ENTRY),
        (LINES[1].replace(b'"number":1', b'"number":true'), NOT_AN_ENTRY),
        (LINES[1].replace(b'"number":1', b'"number":-1'), NOT_AN_ENTRY),
        (LINES[1].replace(b'"key":"key-1"', b'"key":7'), NOT_AN_ENTRY),
        (LINES[1].replace(b'"key":"key-1"', b'"key":"key\\u002d1"'), NOT_AN_ENTRY),
        (LINES[1].replace(b'"number":1,', b'"number":1,"number":1,'), NOT_AN_ENTRY),
    ],
)  # fmt: skip
def test_a_line_that_is_no_entry_is_named(line: bytes, said: str) -> None:
    assert problem(read, line) == said


def test_lines_are_taken_one_by_one() -> None:
    """So that a fault before a broken line is told as the fault that it is."""
    taken = entries_read([(2, LINES[1]), (3, b"{")])
    assert next(taken).number == 1
    assert problem(next, taken).startswith("line 3: ")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"{}", "line 4: is no head: day: is missing."),
        (b"[]", "line 4: is no head: head: is not a JSON object."),
        (LINES[3] + b" ", "line 4: is not a head as a ledger's file writes it."),
        (LINES[3].replace(b'"key":', b'"colour":'), "line 4: is no head: colour: is not a field of a head."),
    ],
)
def test_a_line_that_is_no_head_is_named(line: bytes, said: str) -> None:
    assert problem(head_read, 4, line) == said


def first(**changes: object) -> bytes:
    return json.dumps(json.loads(LINES[0]) | changes).encode()


NEWER = "line 1: this ledger is of version 2, and this program reads 1. Take a newer program."
NO_LEDGER = "line 1: does not say that this is a ledger. Fetch ledger.jsonl again."
NO_KEYS = "line 1: the public keys cannot be read. Fetch it again."
NO_MOMENTS = "line 1: when keys were retired cannot be read. Fetch it again."
NO_COUNTS = "line 1: address or counts are missing. Fetch ledger.jsonl again."


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"", "line 1: is not readable as JSON. Fetch the file again."),
        (b"[1]", NO_LEDGER),
        (b"{}", NO_LEDGER),
        (LINES[1], NO_LEDGER),
        (first(version=2), NEWER),
        (first(address=None), NO_COUNTS),
        (first(entries=-1), NO_COUNTS),
        (first(heads=True), NO_COUNTS),
        (first(keys=None), NO_KEYS),
        (first(keys=["00"]), NO_KEYS),
        (first(keys={"a": 1}), NO_KEYS),
        (first(keys={"a": "zz"}), NO_KEYS),
        (first(keys={"a": "00"}), "line 1: 'a' is no Ed25519 key: it has not 32 bytes."),
        (first(retired=[]), NO_MOMENTS),
        (first(retired={"a": None}), NO_MOMENTS),
        (first(retired={"a": {"at": "2026-11-21T12:00:00Z"}}), NO_MOMENTS),
        (first(retired={"a": {"at": "2026-11-21T12:00:00", "entry": 1}}), NO_MOMENTS),
        (first(retired={"a": {"at": "2026-11-21T12:00:00Z", "entry": -1}}), NO_MOMENTS),
        (first(retired={"a": {"at": 5, "entry": 1}}), NO_MOMENTS),
        (first(retired={"a": {"at": "0001-01-01T00:00:00+23:00", "entry": 1}}), NO_MOMENTS),
    ],
)  # fmt: skip
def test_a_first_line_that_is_none_is_named(line: bytes, said: str) -> None:
    assert problem(first_line_read, line) == said


def test_keys_are_read_from_hex() -> None:
    assert signers_read({"keys": {"a": "01" * 32}}, "keys") == Signers(keys={"a": b"\x01" * 32})
    assert first_line_read(first_line(replace(FIRST, keys={}))).keys == {}


def test_when_keys_retired_stands_in_the_first_line_where_any_have() -> None:
    at = datetime(2026, 11, 21, 12, tzinfo=UTC)
    retired = {"b": Retirement(at=at, entry=7, stolen=True), "a": Retirement(at=at, entry=0)}
    line = first_line(replace(FIRST, retired=retired))
    assert json.loads(line)["retired"] == {
        "a": {"at": "2026-11-21T12:00:00.000000Z", "entry": 0, "stolen": False},
        "b": {"at": "2026-11-21T12:00:00.000000Z", "entry": 7, "stolen": True},
    }
    assert first_line_read(line).signers == Signers(keys=FIRST.keys, retired=retired)
    assert b"retired" not in first_line(FIRST)


OLDER: list[bytes] = LINES[1:3]


@pytest.mark.parametrize(
    ("newer", "said"),
    [
        (OLDER, None),
        ([*OLDER, b"more"], None),
        (OLDER[:1], "entry 2: it was removed; the older copy has it."),
        ([], "entry 1: it was removed; the older copy has it."),
        ([OLDER[0], b"other"], "entry 2: it was changed; the older copy has it otherwise."),
        (OLDER[::-1], "entry 1: it was changed; the older copy has it otherwise."),
    ],
)
def test_what_an_older_copy_had_and_a_newer_has_not_is_named(newer: list[bytes], said: str | None) -> None:
    assert first_difference(OLDER, newer) == said


def test_a_line_of_the_older_copy_that_is_no_entry_says_nothing_of_the_newer() -> None:
    assert problem(first_difference, [OLDER[0], b"{"], OLDER) == NO_JSON.replace("line 2", "line 3")


def test_a_head_has_one_line_that_is_always_the_same() -> None:
    changed: Head = replace(HEAD, number=3)
    assert (head_line(HEAD), head_line(changed) == head_line(HEAD)) == (LINES[3], False)
    entry: Entry = ENTRIES[0]
    assert entry_line(stored(entry)) == LINES[1]
