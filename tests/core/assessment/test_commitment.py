import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.core.assessment.commitment import Commitment, denied, kinds_in

A, B, C = Commitment.AGREEMENT, Commitment.SUPPORT, Commitment.CONTRIBUTION


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("signed membership agreement", (A,)),
        ("Letter of Intent 2024.pdf", (A,)),
        ("Mitgliedsvertrag", (A,)),
        ("Jahresbeitrag", (B,)),
        ("designed together", ()),
        ("Vertrag vom 3. Mai", (A,)),
        ("umowa członkowska", (A,)),
        ("pasirašyta sutartis", (A,)),
        ("fee ledger 2026", (B,)),
        ("Mitgliedsbeitrag bezahlt", (B,)),
        ("składka 2026", (B,)),
        ("nario mokestis", (B,)),
        ("two days of staff time", (B,)),
        ("working group minutes 2026", (C,)),
        ("darbo grupė", (C,)),
        ("Teilnahme an Projekten", (C,)),
        ("signed agreement; fee paid; workshops", (A, B, C)),
        ("договір", (A,)),
        ("contract No. 12/2024", (A,)),
        ("No. 12/2024", ()),
        ("yes", ()),
        ("", ()),
    ],
)
def test_kinds_are_recognised_by_their_words(text: str, kinds: tuple[Commitment, ...]) -> None:
    assert kinds_in(text) == kinds


@pytest.mark.parametrize(
    "text",
    ["", "  ", "-", "–", "no", "No.", "NONE", "n/a", "0", "0,00", "0.00 EUR", "nein", "brak", "nėra",
     "not signed", "without agreement", "unsigned", "keine Vereinbarung", "no agreement, no fee"],
)  # fmt: skip
def test_a_cell_may_say_that_there_is_none(text: str) -> None:
    assert (denied(text), kinds_in(text)) == (True, ())


@pytest.mark.parametrize(
    "text", ["yes", "x", "1", "250 EUR", "2024-05-01", "scan.pdf", "No. 7", "Nowak, letter"]
)
def test_anything_else_says_that_there_is_some(text: str) -> None:
    assert denied(text) is False


def test_what_is_not_there_does_not_hide_what_is() -> None:
    assert kinds_in("no fee but signed agreement") == (A,)


@given(st.text(max_size=40))
def test_what_is_denied_is_of_no_kind(text: str) -> None:
    assert not (denied(text) and kinds_in(text))
