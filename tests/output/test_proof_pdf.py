"""A proof on paper: what it prints in each language, how long it gets, what lies inside it."""

import io
import subprocess
from datetime import date

import pikepdf
import pytest

from factories.certificates import AT, a_seal
from factories.proofs import AMBER, held, line, proof, question
from touchstone.core.labels.model import LabelLevel, Standing
from touchstone.core.labels.proof import Candidate, LedgerPoint, Line, Verdict, unknown
from touchstone.core.language.language import languages
from touchstone.output.pdf import pages
from touchstone.output.proof_pdf import proof_pdf
from touchstone.output.seal import SealState, check_seal, seal

SIGNED = '{"proof":{},"signature":{}}\n'


def text(pdf: bytes) -> str:
    """The words of a PDF, single-spaced."""
    told = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(told.stdout.decode().split())


def test_a_proof_says_the_answer_first_and_then_each_line() -> None:
    told = text(proof_pdf(proof(), signed=SIGNED, language="en"))
    title, answer = "Silver label or higher on 21 November 2026", "Yes: 1. No: 2. Not known: 2."
    assert told.index(title) < told.index(answer)
    assert [part for part in PARTS if part not in told] == []


PARTS = [
    "21 November 2026, 12:00:00 UTC", "20 November 2026", "Silver, valid", "Bronze, suspended",
    "no label by then", "asked as: amber", "3, 18–20", "lt-amber", "https://labels.example.org/verify/",
    "no organisation of this name, key or number", "several organisations have this name: lt-amber, pl-twin",
]  # fmt: skip


@pytest.mark.parametrize("language", languages())
def test_each_language_has_a_page_with_one_title(language: str) -> None:
    made = proof_pdf(proof(), signed=SIGNED, language=language)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert (pages(made), str(pdf.Root.Lang)[:2]) == (1, language)
        assert str(pdf.docinfo.Title) in text(made)


def test_the_same_proof_gives_the_same_bytes() -> None:
    made, again = (proof_pdf(proof(), signed=SIGNED, language="en") for _ in range(2))
    assert made == again


def test_the_signed_file_lies_inside_as_it_is() -> None:
    with pikepdf.open(io.BytesIO(proof_pdf(proof(), signed=SIGNED, language="en"))) as pdf:
        assert {name: file.get_file().read_bytes() for name, file in pdf.attachments.items()} == {
            "proof.json": SIGNED.encode()
        }


def test_a_sealed_proof_checks_as_intact() -> None:
    sealed = seal(proof_pdf(proof(), signed=SIGNED, language="en"), a_seal(), at=AT)
    seals = {a_seal().fingerprint: a_seal().certificate}
    assert check_seal(sealed, seals).state is SealState.INTACT


def test_the_file_claims_to_be_archival_and_accessible() -> None:
    with pikepdf.open(io.BytesIO(proof_pdf(proof(), signed=SIGNED, language="en"))) as pdf:
        about = pdf.open_metadata()
        assert (about["pdfaid:part"], about["pdfaid:conformance"], about["pdfuaid:part"]) == ("3", "A", "1")


def test_five_hundred_rows_take_twenty_five_pages_and_each_has_the_head_of_the_table() -> None:
    rows = [
        Line(
            asked=f"Klaster Obróbki Metali i Budowy Maszyn nr {n}",
            verdict=Verdict.NO,
            candidates=(Candidate(key=f"pl-klaster-{n}", name=f"Klaster Obróbki Metali nr {n}"),),
            shown=held(LabelLevel.SILVER, Standing.EXPIRED_RENEWABLE),
            entries=(n,),
        )
        for n in range(500)
    ]
    made = proof_pdf(proof(*rows), signed=SIGNED, language="en")
    told = text(made)
    assert pages(made) < 35
    assert told.count("Ledger entries") == pages(made)
    assert told.count("expired, renewable") == 500


def test_names_in_any_script_and_of_any_length_are_printed_and_told() -> None:
    odd = unknown("漢字 \N{RIGHT-TO-LEFT OVERRIDE}x" + "y" * 280 + ' #eval("x") $x$ *b*', ())
    told = text(proof_pdf(proof(odd), signed=SIGNED, language="en"))
    assert '#eval("x") $x$ *b*' in told
    assert "Characters that the fonts lack are printed as �; proof.json has them." in told


def test_a_day_to_come_and_an_empty_ledger_are_said() -> None:
    made = proof(
        unknown("x", ()), question=question(on=date(2999, 1, 1)), ledger=LedgerPoint(number=0, hash="0" * 64)
    )
    told = text(proof_pdf(made, signed=SIGNED, language="en"))
    assert "The day comes after what was known." in told
    assert "none: the ledger was empty" in told
    assert "none published yet" in told


def test_what_an_organisation_became_is_said() -> None:
    made = Line(asked="Amber", verdict=Verdict.NO, candidates=(AMBER,), successors=("lt-new", "lt-newer"))
    assert "has become: lt-new, lt-newer" in text(proof_pdf(proof(made), signed=SIGNED, language="en"))


def test_only_verdicts_that_occur_are_explained() -> None:
    told = text(proof_pdf(proof(line(held())), signed=SIGNED, language="en"))
    assert ("Yes: such a label" in told, "No: the organisation" in told, "Not known: it cannot" in told) == (
        True,
        False,
        False,
    )
