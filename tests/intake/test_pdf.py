"""What is taken out of a PDF from outside, and what is refused."""

import io
from functools import cache

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.certificates import ADDRESS, AT, a_seal, made
from touchstone.core.faults import Unusable
from touchstone.intake.pdf import DEEPEST, MOST_FILES, UNPACKED_LIMIT, is_pdf, parts
from touchstone.output.certificate import Attachment
from touchstone.output.seal import seal

DAMAGED = (
    "label.pdf: The PDF is damaged and cannot be read. "
    "It may have been cut short on its way: fetch it again from where it came."
)


@cache
def sealed() -> bytes:
    inside = Attachment(name="credential.json", data=b'{"level":"gold"}', about="The label")
    return seal(made(attachment=inside), a_seal(), at=AT)


def refusal(content: bytes) -> str:
    with pytest.raises(Unusable) as refused:
        parts(content, file="label.pdf")
    return str(refused.value)


def written(pdf: pikepdf.Pdf) -> bytes:
    file = io.BytesIO()
    pdf.save(file)
    return file.getvalue()


def with_files(*contents: bytes) -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    for place, content in enumerate(contents):
        pdf.attachments[f"{place:02d}.json"] = content
    return written(pdf)


def test_files_and_links_of_a_sealed_certificate_come_out() -> None:
    found = parts(sealed(), file="label.pdf")
    assert (dict(found.files), set(found.links)) == ({"credential.json": b'{"level":"gold"}'}, {ADDRESS})


def test_a_pdf_without_files_and_links_has_none() -> None:
    found = parts(with_files(), file="label.pdf")
    assert (dict(found.files), found.links) == ({}, ())


def test_the_latest_revision_tells() -> None:
    with pikepdf.open(io.BytesIO(sealed())) as pdf:
        pdf.attachments["credential.json"] = b"another"
        again = written(pdf)
    assert parts(again, file="label.pdf").files["credential.json"] == b"another"


@pytest.mark.parametrize("kept", [0, 8, 1_000, 20_000])
def test_a_pdf_that_was_cut_short_is_refused(kept: int) -> None:
    assert refusal(sealed()[:kept]) == DAMAGED
    assert refusal(sealed()[:-600]) == DAMAGED


def test_a_file_that_unpacks_to_very_much_is_refused() -> None:
    assert parts(with_files(bytes(UNPACKED_LIMIT)), file="label.pdf").files["00.json"] == bytes(
        UNPACKED_LIMIT
    )
    assert refusal(with_files(bytes(UNPACKED_LIMIT + 1))) == DAMAGED
    assert refusal(with_files(bytes(50_000_000))) == DAMAGED


def test_more_files_than_a_certificate_has_are_refused() -> None:
    assert len(parts(with_files(*[b"x"] * MOST_FILES), file="label.pdf").files) == MOST_FILES
    assert refusal(with_files(*[b"x"] * (MOST_FILES + 1))) == DAMAGED


@pytest.mark.parametrize("levels", [DEEPEST, 1])
def test_a_tree_of_names_that_never_ends_is_refused(levels: int) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    nodes = [pdf.make_indirect(pikepdf.Dictionary()) for _ in range(levels)]
    for place, node in enumerate(nodes):
        node.Kids = pikepdf.Array([nodes[(place + 1) % levels]] * MOST_FILES)
    pdf.Root.Names = pikepdf.Dictionary(EmbeddedFiles=nodes[0])
    assert refusal(written(pdf)) == DAMAGED


def test_a_pdf_is_told_by_how_it_begins() -> None:
    assert is_pdf(sealed())
    assert is_pdf(b"\n\n" + sealed())
    assert not is_pdf(b"x" * 2_000 + sealed())
    assert not is_pdf(b"")


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(rest: bytes) -> None:
    assert refusal(b"%PDF-1.7\n" + rest) == DAMAGED


@given(st.data())
def test_any_changed_byte_is_read_or_refused(data: st.DataObject) -> None:
    bent = bytearray(sealed())
    bent[data.draw(st.integers(0, len(bent) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        found = parts(bytes(bent), file="label.pdf")
    except Unusable:
        return
    assert len(found.files) <= 1
