import hashlib
from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.labels import KEY, act, award, chained, check, moment, sign, stop
from touchstone.core.faults import Unusable
from touchstone.core.labels import ledger
from touchstone.core.labels.ledger import (
    Breach,
    act_as_document,
    append,
    canonical,
    hash_of,
    stored,
    verify,
)
from touchstone.core.labels.model import Act, Entry, EntryKind, StoredEntry

THREE = chained(
    award(date(2024, 1, 10), date(2026, 1, 31)),
    stop(EntryKind.SUSPENSION, date(2025, 3, 1)),
    stop(EntryKind.REINSTATEMENT, date(2025, 4, 1)),
)


def fault_of(*entries: Entry | StoredEntry) -> tuple[int, Breach] | None:
    fault = verify(entries, check_signature=check)
    return (fault.number, fault.breach) if fault else None


def changed(position: int, **changes: object) -> list[Entry | StoredEntry]:
    """The three entries as they are stored, one of them changed."""
    kept: list[Entry | StoredEntry] = [stored(entry) for entry in THREE]
    kept[position] = replace(kept[position], **changes)  # type: ignore[arg-type]  # any field of the entry
    return kept


def test_the_first_entry_hangs_on_sixty_four_zeros() -> None:
    entry = chained(act())[0]
    lines = "\n".join(("0" * 64, "1", canonical(act_as_document(act()))))
    assert (entry.number, entry.previous) == (1, "0" * 64)
    assert entry.hash == hashlib.sha256(lines.encode()).hexdigest()
    assert entry.signature == sign(bytes.fromhex(entry.hash)).hex()
    assert entry.key == KEY


def test_each_entry_hangs_on_the_one_before() -> None:
    assert [entry.number for entry in THREE] == [1, 2, 3]
    assert [entry.previous for entry in THREE[1:]] == [entry.hash for entry in THREE[:-1]]


def test_the_hash_of_known_lines_is_known() -> None:
    assert hash_of(previous="0" * 64, number=1, document="{}") == (
        hashlib.sha256(b"0" * 64 + b"\n1\n{}").hexdigest()
    )


def test_an_untouched_ledger_has_no_fault() -> None:
    assert fault_of() is None
    assert fault_of(*THREE) is None
    assert fault_of(*map(stored, THREE)) is None


@pytest.mark.parametrize("position", [0, 1, 2])
@pytest.mark.parametrize(
    ("changes", "breach"),
    [
        ({"document": "{}"}, Breach.HASH),
        ({"document": b"\xff\x00"}, Breach.HASH),
        ({"document": "\udc80"}, Breach.HASH),
        ({"hash": "f" * 64}, Breach.HASH),
        ({"hash": ""}, Breach.HASH),
        ({"previous": "f" * 64}, Breach.PREVIOUS),
        ({"number": 9}, Breach.NUMBER),
        ({"signature": "ab" * 64}, Breach.SIGNATURE),
        ({"signature": "not hex"}, Breach.SIGNATURE),
        ({"key": "key-2"}, Breach.KEY),
    ],
)
def test_the_changed_entry_is_named_with_what_is_wrong(
    position: int, changes: dict[str, object], breach: Breach
) -> None:
    number = changes.get("number", position + 1)
    assert fault_of(*changed(position, **changes)) == (number, breach)


def test_a_signature_in_other_letters_is_a_changed_signature() -> None:
    assert fault_of(*changed(1, signature=THREE[1].signature.upper())) == (2, Breach.SIGNATURE)
    assert fault_of(*changed(1, signature=THREE[1].signature + " ")) == (2, Breach.SIGNATURE)


@given(st.integers(0, 2), st.integers(0, 10_000), st.integers(0, 7))
def test_any_flipped_bit_of_an_act_is_found_in_its_entry(position: int, byte: int, bit: int) -> None:
    document = stored(THREE[position]).document
    raw = bytearray(document.encode() if isinstance(document, str) else document)
    raw[byte % len(raw)] ^= 1 << bit
    assert fault_of(*changed(position, document=bytes(raw))) == (position + 1, Breach.HASH)


def test_an_entry_left_out_is_noticed_where_it_is_missing() -> None:
    assert fault_of(THREE[0], THREE[2]) == (3, Breach.NUMBER)
    assert fault_of(*THREE[1:]) == (2, Breach.NUMBER)


def test_entries_in_another_order_are_noticed() -> None:
    assert fault_of(THREE[1], THREE[0], THREE[2]) == (2, Breach.NUMBER)


def test_a_ledger_spliced_from_two_is_noticed() -> None:
    other = chained(act(name="Another"), act(EntryKind.RENAME))
    assert fault_of(THREE[0], other[1]) == (2, Breach.PREVIOUS)


def test_an_entry_whose_hash_and_signature_hold_but_whose_act_is_none_is_named() -> None:
    hash = hash_of(previous="0" * 64, number=1, document='{"kind":"gift"}')
    entry = StoredEntry(
        number=1,
        document='{"kind":"gift"}',
        previous="0" * 64,
        hash=hash,
        key=KEY,
        signature=sign(bytes.fromhex(hash)).hex(),
    )
    fault = verify([entry], check_signature=check)
    assert str(fault) == "entry 1: its act cannot be read: kind: cannot be read: 'gift'."


def test_a_clock_that_went_back_is_named() -> None:
    early = replace(THREE[1].act, recorded=moment("2020-01-01"))
    lonely = append(None, early, key_id=KEY, sign=sign)
    hash = hash_of(previous=THREE[0].hash, number=2, document=stored(lonely).document)
    back = replace(
        stored(lonely),
        number=2,
        previous=THREE[0].hash,
        hash=hash,
        signature=sign(bytes.fromhex(hash)).hex(),
    )
    assert fault_of(THREE[0], back) == (2, Breach.RECORDED)


def test_two_acts_may_be_recorded_in_one_moment() -> None:
    assert fault_of(*chained(act(), act(EntryKind.RENAME))) is None


def refusal_of(one: Act, tail: Entry | None = None) -> list[str]:
    with pytest.raises(Unusable) as refused:
        append(tail, one, key_id=KEY, sign=sign)
    return [fault.place for fault in refused.value.faults]


def test_an_act_recorded_before_the_last_one_is_refused() -> None:
    assert refusal_of(act(recorded=moment("2025-03-31")), THREE[-1]) == ["recorded"]


def test_a_moment_without_a_time_zone_is_refused() -> None:
    assert refusal_of(act(recorded=datetime(2024, 2, 1))) == ["recorded"]  # noqa: DTZ001  (the point)


@pytest.mark.parametrize("name", ["organisation", "name", "actor"])
def test_an_act_says_of_whom_and_by_whom(name: str) -> None:
    assert refusal_of(act(**{name: " "})) == [name]


@pytest.mark.parametrize("name", ["level", "valid_from", "valid_until"])
@pytest.mark.parametrize("kind", [EntryKind.AWARD, EntryKind.RENEWAL, EntryKind.UPGRADE])
def test_a_grant_without_level_or_period_is_refused(kind: EntryKind, name: str) -> None:
    assert refusal_of(act(kind, **{name: None})) == ["act"]


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    assert refusal_of(act(valid_from=date(2026, 2, 1))) == ["valid_until"]


def test_a_renewable_day_before_the_last_day_is_refused() -> None:
    assert refusal_of(act(renewable_until=date(2026, 1, 30))) == ["renewable_until"]


def test_a_grant_may_leave_the_renewable_day_to_its_rule_set() -> None:
    assert chained(act(renewable_until=None))[0].number == 1


def test_a_correction_names_an_earlier_entry_and_nothing_else_does() -> None:
    correction = act(EntryKind.CORRECTION, recorded=moment("2026-01-01"))
    assert refusal_of(correction) == ["corrects"]
    assert refusal_of(act(corrects=1)) == ["corrects"]
    assert refusal_of(replace(correction, corrects=4), THREE[-1]) == ["corrects"]
    assert refusal_of(replace(correction, corrects=0), THREE[-1]) == ["corrects"]
    assert append(THREE[-1], replace(correction, corrects=3), key_id=KEY, sign=sign).number == 4


@pytest.mark.parametrize("kind", [kind for kind in EntryKind if kind is not EntryKind.CORRECTION])
def test_a_merger_and_a_split_name_what_came_of_it_and_nothing_else_does(kind: EntryKind) -> None:
    one = act(kind, recorded=moment("2026-01-01"))
    named = replace(one, others=("pl-other",))
    right, wrong = (named, one) if kind.passes_on else (one, named)
    assert append(THREE[-1], right, key_id=KEY, sign=sign).act == right
    assert refusal_of(wrong, THREE[-1]) == ["others"]


@pytest.mark.parametrize("changes", [{"name": "half \ud83d"}, {"derived": ("\udc00",)}])
def test_a_text_that_cannot_be_written_is_refused(changes: dict[str, object]) -> None:
    assert refusal_of(act(**changes)) == ["act"]


def test_all_faults_of_an_act_are_told_at_once() -> None:
    assert refusal_of(act(name="", valid_until=None, corrects=1)) == ["name", "act", "corrects"]


def test_the_module_speaks_for_documents_too() -> None:
    assert ledger.entry_from_document(ledger.entry_as_document(THREE[0])) == THREE[0]
