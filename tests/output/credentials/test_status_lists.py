import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.credentials import ADDRESS, DID
from factories.outside import NOW
from touchstone.core.faults import Unusable
from touchstone.output.credentials.canonical import canonical
from touchstone.output.credentials.multibase import base64url
from touchstone.output.credentials.status_lists import (
    ENTRIES,
    LARGEST,
    Purpose,
    bits,
    entry,
    is_set,
    list_credential,
    packed,
)

PLACES = st.sets(st.integers(0, ENTRIES - 1), max_size=20)


@given(PLACES)
def test_what_was_set_is_set_and_nothing_else(places: set[int]) -> None:
    content = bits(packed(places))
    assert len(content) == ENTRIES // 8
    assert {place for place in range(ENTRIES) if content[place // 8] and is_set(content, place)} == places
    assert sum(byte.bit_count() for byte in content) == len(places)


def test_the_first_entry_is_the_most_significant_bit() -> None:
    assert bits(packed([0]))[0] == 0b1000_0000
    assert bits(packed([7, 8]))[:2] == bytes([1, 128])


def test_the_same_entries_give_the_same_text_in_any_order() -> None:
    assert packed([3, 1, 2, 3]) == packed([1, 2, 3])
    assert packed([]).startswith("uH4sI")


def test_an_empty_list_is_small() -> None:
    assert len(packed([])) < 100


def as_list(content: bytes) -> str:
    return "u" + base64url(gzip.compress(content, mtime=0))


@pytest.mark.parametrize(
    "text",
    [
        "", "u", "z11", "uAAAA", "u====", "u" + "A" * 10_000, packed([])[1:-2], packed([5])[:-9],
        as_list(bytes(ENTRIES // 8 - 1)), as_list(bytes(LARGEST + 1)), as_list(bytes(50_000_000)),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused(text: str) -> None:
    with pytest.raises(Unusable, match="Take the list that the issuer publishes"):
        bits(text)


@pytest.mark.parametrize("index", [-1, ENTRIES, 10**30])
def test_an_entry_that_there_is_not_is_refused(index: int) -> None:
    with pytest.raises(Unusable, match=f"has no entry {index}"):
        is_set(bits(packed([])), index)


def test_a_place_says_which_list_and_where() -> None:
    address = f"{ADDRESS}/credentials/status/suspension/3"
    assert entry(address, Purpose.SUSPENSION, 94) == {
        "id": f"{address}#94",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "suspension",
        "statusListIndex": "94",
        "statusListCredential": address,
    }


def test_a_list_has_a_canonical_text() -> None:
    made = list_credential(f"{ADDRESS}/x", Purpose.REVOCATION, issuer=DID, indices=[4], since=NOW)
    assert f'"{packed([4])}"' in canonical(made).decode()
