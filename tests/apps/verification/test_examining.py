"""What is handed in away from an installation: with its keys or without, whole, broken or hostile."""

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import issued
from factories.apps import NOW
from factories.photos import photo, png_bomb
from touchstone.apps.verification.answers import answer
from touchstone.apps.verification.asking import Asked
from touchstone.apps.verification.examining import LIMIT, LONGEST_TEXT, TAKEN, examined
from touchstone.apps.verification.trust import Trust
from touchstone.core.faults import Unusable
from touchstone.core.labels.checks import CheckName, Kind, Verification
from touchstone.core.labels.model import LabelLevel
from touchstone.output.seal import seal

SIGNED = {CheckName.WHAT, CheckName.ISSUER, CheckName.SIGNATURE, CheckName.UNCHANGED}
THINGS: dict[str, Callable[[], bytes | str]] = {
    "certificate": issued.certificate,
    "credential": issued.credential,
    "token": issued.jwt,
    "svg": issued.svg,
    "png": issued.png,
}


def offline(content: bytes | str, trust: Trust | None = None) -> Verification:
    return examined(content, Asked(at=NOW, trust=trust or issued.keys().trust, name="it"))


def refusal(content: bytes | str) -> str:
    with pytest.raises(Unusable) as refused:
        offline(content)
    return str(refused.value)


def detail(found: Verification, name: CheckName) -> str:
    check = found.check(name)
    assert check is not None
    return check.detail


# --- away from the register


@pytest.mark.parametrize("thing", THINGS)
def test_with_the_issuers_keys_a_file_is_genuine_and_its_status_is_not_known(thing: str) -> None:
    found = offline(THINGS[thing]())
    assert (found.outcome.value, found.genuine, found.standing) == ("unknown", True, None)
    assert {check.name for check in found.checks if check.passed} >= SIGNED
    assert [check.name for check in found.checks if check.passed is False] == []
    assert answer(found) == (
        "Genuine: issued for the Bronze label of Amber Cluster, until 31 October 2028. "
        "Whether the label was suspended or withdrawn since was not looked up."
    )


@pytest.mark.parametrize("thing", THINGS)
def test_without_any_keys_nobody_knows_the_issuer(thing: str) -> None:
    found = examined(THINGS[thing](), Asked(at=NOW))
    assert (found.outcome.value, found.genuine) == ("unknown", False)
    assert "Save /verify/trust.json" in detail(found, CheckName.ISSUER)


@pytest.mark.parametrize("thing", THINGS)
def test_a_key_that_is_newer_than_ones_own_list_is_told(thing: str) -> None:
    own = issued.keys().trust
    old = Trust(address=own.address, seals=issued.keys("old").trust.seals, keys=issued.keys("old").trust.keys)
    found = offline(THINGS[thing](), old)
    assert (found.outcome.value, found.genuine) == ("unknown", False)
    assert "It may be newer" in answer(found)


def test_keys_without_seals_do_for_credentials_alone() -> None:
    own = issued.keys().trust
    did = Trust(address=own.address, seals={}, keys=own.keys)
    assert offline(issued.credential(), did).genuine
    found = offline(issued.certificate(), did)
    assert (found.outcome.value, detail(found, CheckName.ISSUER)) == (
        "unknown",
        "Not checked: the keys that you have of labels.example.org name no seal. Use its trust.json.",
    )


def test_a_label_whose_days_are_over_is_invalid_anywhere() -> None:
    from datetime import date

    found = offline(issued.credential(valid_from=date(2020, 1, 1), valid_until=date(2022, 1, 1)))
    assert (found.outcome.value, found.genuine) == ("invalid", True)
    assert answer(found).startswith("Genuine, but its days are over or still to come. It was valid from")


def test_a_certificate_without_a_credential_is_genuine_and_no_more_is_known() -> None:
    found = offline(seal(issued.page(None), issued.keys().seal, at=issued.AT))
    assert (found.outcome.value, found.genuine) == ("unknown", True)
    assert answer(found) == "Genuine. Sealed by labels.example.org. Which label it is of was not looked up."


@pytest.mark.parametrize(
    "text", ["57", f"{issued.ADDRESS}/verify/57/", f"{issued.ADDRESS}/register/lt-amber/"]
)
def test_a_number_says_nothing_away_from_the_register(text: str) -> None:
    found = offline(text)
    assert (found.outcome.value, answer(found)) == (
        "unknown",
        "Not looked up: there is no register at hand here. Ask the issuer's register.",
    )


def test_a_link_says_nothing_without_keys() -> None:
    found = examined("https://labels.example.org/verify/57/", Asked(at=NOW))
    assert (found.kind, found.outcome.value) == (Kind.LINK, "unknown")


def test_a_look_alike_on_the_page_of_a_certificate_is_told() -> None:
    from factories.certificates import grant
    from touchstone.output.certificate import certificate
    from touchstone.output.content.words import words

    forged = certificate(
        grant(LabelLevel.BRONZE), words=words("en"), address="https://labe1s.example.org/verify/00001/"
    )
    sealed = seal(forged, issued.keys("forger").seal, at=issued.AT)
    found = offline(sealed)
    assert "It may be newer" in detail(found, CheckName.ISSUER)
    assert found.outcome.value == "unknown"


# --- what is nothing that can be checked


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"PK\x03\x04rest", "This is a ZIP archive or an office document."),
        (b"\xd0\xcf\x11\xe0rest", "This is an office document."),
        (b"\x1f\x8brest", "This is a packed file."),
        (b"GIF89a", "This is a GIF."),
        (b"\xff\xfe\x00\x01", "This is no file of a kind that can be checked."),
        (b"<!DOCTYPE html><p>57", "This is a web page. A page can say anything; its address can be checked."),
        (b" \n ", "Nothing is in it."),
        ("hello", "Nothing that can be checked: “hello”."),
        ("two\nlines " + "x" * 300, f"Nothing that can be checked: “two lines {'x' * 109}…”."),
        ("7" * (LONGEST_TEXT + 1), "The text is longer than 4,000,000 characters."),
    ],
)
def test_what_cannot_be_checked_is_refused_with_what_can(content: bytes | str, problem: str) -> None:
    assert refusal(content) == f"it: {problem} {TAKEN}"


def test_size_is_looked_at_first() -> None:
    assert refusal(b"") == "it: The file is empty. Save it again, or choose another file."
    assert refusal(bytes(LIMIT + 1)).startswith("it: The file is larger than 10 MB.")
    assert refusal(b"%PDF-1.7\n" + bytes(LIMIT)).startswith("it: The file is larger than 10 MB.")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{}", "This is no credential of a label."),
        ('{"a": [1, 2]}', "This is no credential of a label."),
        ("{not json", "document: is not readable as JSON."),
        (
            '{"a": 1, "a": 2}',
            "document: names a member twice, so that two programs may read it in two ways.",
        ),
        ('{"issuer": NaN}', "document: holds NaN, which is no number of JSON."),
        ('{"issuer": ' + "9" * 5_000 + "}", "document: is not readable as JSON."),
        ('{"\\ud800": "x"}', "document: holds half a character, which no text can."),
        ("{" + '"a":{' * 30_000, "document: is not readable as JSON."),
        (json.dumps({"x": "y" * 300_000}), "document: is longer than 200,000 characters."),
        ("eyJh.eyJi.c2ln", "This is no token of three parts."),
    ],
)
def test_json_that_is_no_credential_is_refused(text: str, problem: str) -> None:
    assert refusal(text) == f"it: {problem} Hand in the credential as it was fetched, whole and unchanged."


def test_a_broken_answer_of_the_register_is_refused() -> None:
    assert refusal('{"proof": {}, "signature": {}}') == (
        "it: It has the form of a signed answer of the register, but cannot be read as one. "
        "Hand it in as it was fetched, whole and unchanged."
    )


def test_a_link_to_a_page_here_that_is_about_no_label_is_refused() -> None:
    assert refusal(f"{issued.ADDRESS}/scheme/") == (
        "it: This link leads to labels.example.org, but to no label: https://labels.example.org/scheme/ "
        "Hand in the link of a certificate, a badge or an organisation's page."
    )


def test_codes_of_several_labels_are_refused() -> None:
    two = photo(f"{issued.ADDRESS}/verify/1/", f"{issued.ADDRESS}/verify/2/")
    assert refusal(two) == "it: The picture shows the codes of several labels. Photograph one at a time."


def test_a_code_that_is_no_link_is_refused() -> None:
    assert refusal(photo("WIFI:S:guests;;")).startswith("it: Nothing that can be checked: “WIFI:S:guests;;”.")


# --- what was cut short, and bombs


@pytest.mark.parametrize("part", [0.05, 0.5, 0.95])
@pytest.mark.parametrize("thing", ["certificate", "credential", "token"])
def test_what_was_cut_short_is_refused_or_told(thing: str, part: float) -> None:
    whole = THINGS[thing]()
    cut = whole[: int(len(whole) * part)]
    try:
        found = offline(cut)
    except Unusable:
        return
    assert found.outcome.value != "valid"
    assert not found.genuine


@pytest.mark.parametrize("part", [0.3, 0.9])
def test_a_badge_that_was_cut_short_carries_nothing(part: float) -> None:
    found = offline(issued.svg()[: int(len(issued.svg()) * part)])
    assert (found.outcome.value, found.genuine) == ("unknown", False)
    cut = issued.png()[: int(len(issued.png()) * part)]
    assert refusal(cut) == "it: The picture is damaged. Take it again, or save it again."


def test_a_bomb_of_pixels_is_refused() -> None:
    assert refusal(png_bomb()).startswith("it: The picture has 50,000 × 50,000 pixels")


def test_bombs_that_unpack_are_not_unpacked() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("0", bytes(50_000_000))
    assert refusal(file.getvalue()).startswith("it: This is a ZIP archive")
    assert refusal(gzip.compress(bytes(50_000_000))).startswith("it: This is a packed file.")


def test_a_bomb_of_entities_is_not_unpacked() -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY l0 "lol">{entities}]><svg>&l9;</svg>'
    found = offline(bomb.encode())
    assert (found.kind, found.outcome.value) == (Kind.BADGE, "unknown")


def test_a_file_that_names_another_one_does_not_make_us_read_it() -> None:
    svg = '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&x;</svg>'
    assert offline(svg.encode()).outcome.value == "unknown"


def test_a_credential_that_names_other_contexts_is_not_fetched() -> None:
    document: dict[str, Any] = json.loads(issued.credential())
    document["@context"] = [*document["@context"], "https://evil.example/context.json"]
    found = offline(json.dumps(document))
    assert (found.outcome.value, found.genuine) == ("invalid", False)
    assert "contexts that the issuer does not use" in answer(found)


def test_a_credential_made_to_take_for_ever_is_refused_at_once() -> None:
    document: dict[str, Any] = json.loads(issued.credential())
    document["evidence"] = [{"type": ["Evidence"]} for _ in range(200)]
    assert offline(json.dumps(document)).outcome.value == "invalid"


# --- anything


STARTS = [
    b"", b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF\0\0\0\0WEBP", b"<svg ",
    b"<?xml ?><svg>",
    b"{", b'{"type":["VerifiableCredential"],"issuer":"did:web:labels.example.org","proof":{', b"eyJ",
    b"https://",
]  # fmt: skip


@given(st.sampled_from(STARTS), st.binary(max_size=300))
def test_any_bytes_are_told_or_refused_and_never_valid(start: bytes, rest: bytes) -> None:
    try:
        found = offline(start + rest)
    except Unusable as refused:
        assert str(refused).startswith("it: ")  # noqa: PT017  (both are right, and nothing else)
        return
    assert found.outcome.value != "valid"
    assert answer(found)


@given(st.text(max_size=200))
def test_any_text_is_told_or_refused_and_never_valid(text: str) -> None:
    try:
        found = offline(text)
    except Unusable:
        return
    assert found.outcome.value != "valid"
    assert answer(found)


@given(st.sampled_from(sorted(THINGS)), st.data())
def test_any_changed_byte_is_noticed(thing: str, data: st.DataObject) -> None:
    whole = THINGS[thing]()
    content = bytearray(whole if isinstance(whole, bytes) else whole.encode())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    try:
        found = offline(bytes(content))
    except Unusable:
        return
    told = found.told
    if found.genuine:  # white space, or what a picture shows: what it says of the label is as it was issued
        assert (told.organisation, told.level, told.number) == ("Amber Cluster", LabelLevel.BRONZE, 1)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=6,
    ),
    st.sampled_from(
        ["@context", "id", "type", "issuer", "name", "validFrom", "validUntil", "credentialSubject", "proof"]
    ),
)
def test_any_member_of_a_credential_may_be_anything(value: object, name: str) -> None:
    document = {**json.loads(issued.credential()), name: value}
    try:
        found = offline(json.dumps(document))
    except Unusable:
        return
    assert found.outcome.value != "valid"
    assert answer(found)
