import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.output.credentials.multibase import base58, base64url, from_base58, from_base64url, multikey


@pytest.mark.parametrize(
    ("content", "text"),
    [
        # The test vectors of draft-msporny-base58.
        (b"Hello World!", "2NEpo7TZRRrLZSi2U"),
        (b"The quick brown fox jumps over the lazy dog.",
         "USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z"),
        (bytes.fromhex("0000287fb4cd"), "11233QC4"),
        (b"", ""),
        (b"\0", "1"),
    ],
)  # fmt: skip
def test_base58_is_written_as_published(content: bytes, text: str) -> None:
    assert (base58(content), from_base58(text)) == (text, content)


@given(st.binary(max_size=100))
def test_what_was_written_is_read_back(content: bytes) -> None:
    assert from_base58(base58(content)) == content
    assert from_base64url(base64url(content)) == content


@pytest.mark.parametrize("text", ["0", "O", "I", "l", "ab-c", " ", "1" * 201])
def test_what_is_no_base58_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        from_base58(text)


@pytest.mark.parametrize("text", ["a", "ab==", "a+bc", "ab/c", "ab\n", "é", "AB"])
def test_base64url_that_is_written_in_another_way_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        from_base64url(text)


def test_a_key_names_its_kind() -> None:
    assert multikey(bytes(32)).startswith("z6Mk")
