import io
import subprocess
from datetime import timedelta
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.certificates import AT, a_seal, made
from touchstone.output.certificate import Attachment
from touchstone.output.seal import FIELD, SealState, check_seal, seal

SEALS = {a_seal().fingerprint: a_seal().certificate}


@cache
def plain() -> bytes:
    return made()


@cache
def sealed() -> bytes:
    return seal(plain(), a_seal(), at=AT)


def state(pdf: bytes) -> SealState:
    return check_seal(pdf, SEALS).state


def signature() -> slice:
    """Where the signature stands in the file, its brackets included."""
    start = sealed().index(b"/Contents <", len(plain())) + len("/Contents ")
    return slice(start, sealed().index(b">", start) + 1)


def test_a_sealed_file_is_intact_and_says_by_whom_and_when() -> None:
    check = check_seal(sealed(), SEALS)
    assert check.intact
    assert (check.state, check.fingerprint, check.sealed_at) == (SealState.INTACT, a_seal().fingerprint, AT)


def test_sealing_only_adds_to_the_file() -> None:
    assert sealed().startswith(plain())


def test_whose_seal_it_is_the_list_of_seals_says_and_no_date() -> None:
    late = AT + timedelta(days=9000)  # after the certificate has run out
    check = check_seal(seal(plain(), a_seal(), at=late), SEALS)
    assert (check.state, check.sealed_at) == (SealState.INTACT, late)


def test_another_reader_of_pdf_finds_the_seal_valid(tmp_path: Path) -> None:
    file = tmp_path / "sealed.pdf"
    file.write_bytes(sealed())
    said = subprocess.run(["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=True).stdout
    lines = [line.strip(" -") for line in said.splitlines()]
    told = ("Signature Type", "Signature Val", "Total", "Signing Hash")
    assert [line for line in lines if line.startswith(told)] == [
        "Signing Hash Algorithm: SHA-256",
        "Signature Type: ETSI.CAdES.detached",
        "Total document signed",
        "Signature Validation: Signature is Valid.",
    ]  # fmt: skip


def test_another_reader_of_pdf_finds_a_changed_file_invalid(tmp_path: Path) -> None:
    file = tmp_path / "sealed.pdf"
    file.write_bytes(sealed().replace(b"Amber Cluster", b"Ember Cluster"))
    said = subprocess.run(["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=False)
    assert "Signature is Valid" not in said.stdout


def test_the_seal_forbids_all_change_and_lies_outside_the_page() -> None:
    with pikepdf.open(io.BytesIO(sealed())) as pdf:
        (field,) = pdf.Root.AcroForm.Fields
        assert str(field.T) == FIELD
        assert float(field.Rect[0]) < -1000
        assert int(pdf.Root.Perms.DocMDP.Reference[0].TransformParams.P) == 1
        assert str(field.V.SubFilter) == "/ETSI.CAdES.detached"
        assert str(field.V.M).startswith("D:20261121120000")


def test_the_sealed_file_claims_the_same_standards_and_dates() -> None:
    with pikepdf.open(io.BytesIO(sealed())) as pdf, pikepdf.open(io.BytesIO(plain())) as before:
        assert pdf.pdf_version == "1.7"
        assert "/Version" not in pdf.Root
        assert "/Extensions" not in pdf.Root
        assert bytes(pdf.Root.Metadata.read_bytes()) == bytes(before.Root.Metadata.read_bytes())
        assert str(pdf.docinfo.ModDate) == str(before.docinfo.ModDate)
        assert str(pdf.pages[0].Tabs) == "/S"


def test_an_attachment_comes_out_of_the_sealed_file_again() -> None:
    credential = Attachment(name="credential.json", data=b'{"level":"gold"}', about="The label")
    whole = seal(made(attachment=credential), a_seal(), at=AT)
    assert state(whole) is SealState.INTACT
    with pikepdf.open(io.BytesIO(whole)) as pdf:
        assert pdf.attachments["credential.json"].get_file().read_bytes() == b'{"level":"gold"}'


# --- what is noticed


def test_a_file_without_a_seal_is_told_so() -> None:
    assert state(plain()) is SealState.MISSING


@pytest.mark.parametrize("data", [b"", b"no PDF", b"%PDF-1.7\n", plain()[:2000], plain()[2000:]])
def test_what_is_no_whole_pdf_is_told_so(data: bytes) -> None:
    check = check_seal(data, SEALS)
    assert (check.state, check.fingerprint, check.sealed_at) == (SealState.UNREADABLE, "", None)


def test_a_seal_of_another_installation_is_told_so() -> None:
    other = a_seal("labels.example.com")
    check = check_seal(seal(plain(), other, at=AT), SEALS)
    assert (check.state, check.fingerprint) == (SealState.UNKNOWN, other.fingerprint)
    assert not check.intact


def test_a_changed_letter_is_noticed() -> None:
    assert state(sealed().replace(b"Amber Cluster", b"Ember Cluster")) is SealState.CHANGED


@pytest.mark.parametrize(
    ("more", "found"),
    [
        (b"\n", SealState.APPENDED),
        (b"% a word\n", SealState.APPENDED),
        (b"%%EOF\n", SealState.UNREADABLE),  # an end without the place where to begin
    ],
)
def test_anything_appended_is_noticed(more: bytes, found: SealState) -> None:
    assert state(sealed() + more) is found


def test_an_appended_revision_is_noticed() -> None:
    from pyhanko.pdf_utils.generic import NameObject, NullObject
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(sealed()))
    writer.root[NameObject("/Nothing")] = NullObject()
    writer.update_root()
    written = io.BytesIO()
    writer.write(written)
    assert state(written.getvalue()) is SealState.APPENDED


def test_a_second_seal_upon_the_first_is_noticed() -> None:
    from pyhanko.sign.general import SigningError

    with pytest.raises(SigningError):
        seal(sealed(), a_seal(), at=AT)


def test_a_seal_moved_to_another_file_does_not_fit() -> None:
    place = signature()
    other = seal(made(code="de"), a_seal(), at=AT)
    start = other.index(b"/Contents <", len(other) - 20_000) + len("/Contents ")
    mixed = other[:start] + sealed()[place] + other[start + place.stop - place.start :]
    assert state(mixed) is SealState.CHANGED


@given(st.data())
def test_any_changed_byte_is_noticed(data: st.DataObject) -> None:
    where = signature() if data.draw(st.booleans()) else slice(0, len(sealed()))
    place = data.draw(st.integers(where.start, where.stop - 1))
    changed = bytearray(sealed())
    changed[place] ^= data.draw(st.integers(1, 255))
    assert state(bytes(changed)) is not SealState.INTACT


@given(st.integers(0, 8190))
def test_what_is_hidden_behind_the_signature_is_noticed(place: int) -> None:
    inside = signature().start + 1 + place
    for hidden in (b"1", b"f", b"0"):
        changed = sealed()[:inside] + hidden + sealed()[inside + 1 :]
        assert (state(changed) is SealState.INTACT) is (changed == sealed())
