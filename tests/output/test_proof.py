"""The signed file of a proof: the same bytes each time, and the slightest change shows."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.proofs import proof
from touchstone.core.labels.documents import canonical
from touchstone.output.keys import KeyPair, create, public_keys
from touchstone.output.proof import LONGEST, ProofState, check_proof, is_proof, signed_proof


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> KeyPair:
    return create(tmp_path_factory.mktemp("keys"))


@pytest.fixture(scope="module")
def keys(key: KeyPair) -> dict[str, bytes]:
    return {key.id: key.public}


@pytest.fixture(scope="module")
def signed(key: KeyPair) -> str:
    return signed_proof(proof(), key)


def test_a_proof_is_intact_and_read_back(signed: str, key: KeyPair, keys: dict[str, bytes]) -> None:
    found = check_proof(signed, keys)
    assert (found.state, found.intact, found.key, found.proof) == (
        ProofState.INTACT,
        True,
        key.id,
        proof(),
    )


def test_the_same_proof_gives_the_same_bytes(signed: str, key: KeyPair) -> None:
    assert signed_proof(proof(), key) == signed


def test_bytes_are_taken_as_text_is(signed: str, keys: dict[str, bytes]) -> None:
    assert check_proof(signed.encode(), keys).intact


def test_the_signature_is_over_the_canonical_text_of_the_proof(
    signed: str, key: KeyPair, keys: dict[str, bytes]
) -> None:
    document = json.loads(signed)
    expected = key.sign(canonical(document["proof"]).encode()).hex()
    assert document["signature"] == {"key": key.id, "value": expected}


def test_a_file_that_was_set_out_anew_says_the_same(signed: str, keys: dict[str, bytes]) -> None:
    assert check_proof(json.dumps(json.loads(signed), indent=4), keys).intact


def test_a_proof_of_another_installation_is_signed_with_an_unknown_key(signed: str, tmp_path: Path) -> None:
    create(tmp_path)
    assert check_proof(signed, public_keys(tmp_path)).state is ProofState.UNKNOWN


def bent(signed: str, *path: Any, to: object) -> str:
    document = json.loads(signed)
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = to
    return json.dumps(document)


@pytest.mark.parametrize(
    ("path", "to"),
    [
        (("proof", "answers", 1, "answer"), "yes"),
        (("proof", "answers", 0, "organisations", 0, "name"), "Forged"),
        (("proof", "question", "on"), "2027-01-01"),
        (("proof", "ledger", "number"), 21),
        (("signature", "value"), "00" * 64),
    ],
)
def test_a_changed_proof_is_told(signed: str, keys: dict[str, bytes], path: Any, to: object) -> None:
    # The counts of the summary belong to the answers, so a forger changes them too.
    forged = json.loads(bent(signed, *path, to=to))
    if path[-1] == "answer":
        forged["proof"]["summary"] = {"yes": 2, "no": 1, "unknown": 2}
    assert check_proof(json.dumps(forged), keys).state is ProofState.CHANGED


def test_a_signature_under_another_name_of_a_key_is_not_taken(signed: str, keys: dict[str, bytes]) -> None:
    assert check_proof(bent(signed, "signature", "key", to="0" * 16), keys).state is ProofState.UNKNOWN


@pytest.mark.parametrize(
    "content",
    [
        "", "{}", "[]", "null", "17", "nonsense", b"\xff\xfe", "[" * 100_000, '{"proof": {}}', "NaN",
        '{"proof": {}, "signature": {}}', '{"proof": {}, "signature": []}', "9" * 5_000,
    ],
    ids=lambda content: repr(content)[:30],
)  # fmt: skip
def test_what_is_no_proof_cannot_be_read(content: str | bytes, keys: dict[str, bytes]) -> None:
    assert check_proof(content, keys).state is ProofState.UNREADABLE


@pytest.mark.parametrize(
    ("path", "to"),
    [
        (("more",), 1),
        (("signature", "more"), 1),
        (("signature", "key"), 1),
        (("signature", "value"), "AB" * 64),
        (("signature", "value"), "zz"),
        (("signature", "value"), 5),
        (("signature",), "x"),
        (("proof", "answers", 0, "asked"), "\ud800"),
    ],
)
def test_a_file_written_otherwise_is_not_read(
    signed: str, keys: dict[str, bytes], path: Any, to: object
) -> None:
    assert check_proof(bent(signed, *path, to=to), keys).state is ProofState.UNREADABLE


def test_a_name_that_stands_twice_is_not_read(signed: str, keys: dict[str, bytes]) -> None:
    twice = '{"proof":{},' + signed[1:]
    assert check_proof(twice, keys).state is ProofState.UNREADABLE


def test_a_file_beyond_all_bounds_is_not_read(signed: str, keys: dict[str, bytes]) -> None:
    assert check_proof(signed + " " * LONGEST, keys).state is ProofState.UNREADABLE


@pytest.mark.parametrize("content", ["{}", "[]", '{"proof": {}}', "nonsense", b"%PDF-1.7"])
def test_other_files_do_not_claim_to_be_proofs(content: str | bytes) -> None:
    assert not is_proof(content)


def test_a_proof_claims_to_be_one(signed: str) -> None:
    assert is_proof(signed)


@given(st.data())
def test_no_single_changed_character_goes_unseen(data: st.DataObject) -> None:
    key, text = _once()
    place = data.draw(st.integers(0, len(text) - 2))  # the last one is the line's end
    letter = data.draw(st.characters(codec="ascii").filter(lambda one: one != text[place]))
    changed = text[:place] + letter + text[place + 1 :]
    found = check_proof(changed, {key.id: key.public})
    assert not found.intact or found.proof == proof()


def _once(kept: dict[str, Any] = {}) -> tuple[KeyPair, str]:  # noqa: B006  (kept from one example to the next)
    if not kept:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        kept["key"] = KeyPair(Ed25519PrivateKey.generate())
        kept["text"] = signed_proof(deepcopy(proof()), kept["key"])
    return kept["key"], kept["text"]
