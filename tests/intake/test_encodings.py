import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from touchstone.core.faults import Fault, Unusable
from touchstone.intake.encodings import Decoded, decode, unicode_text

POLISH = "Nazwa;Miejscowość\nŁódzki Klaster;Łódź\nŚląska Grupa;Żory\nCzęstochowa – „Dąb”;Gdańsk\n"
CZECH = "Název;Místo\nHřebeč, s.r.o.;Plzeň\nŽďár;Příbram\n"
LITHUANIAN = "Pavadinimas;Vieta\nŠiaulių žemės ūkis;Šiauliai\nĄžuolas;Kėdainiai\n"
FRENCH = "Nom;Ville\nSociété Générale;Orléans\nPôle;Besançon\n"
NORWEGIAN = "Navn;Sted\nBærum;Tromsø\nÅlesund;Å\n"


def refusal(raw: bytes) -> Fault:
    with pytest.raises(Unusable) as refused:
        decode(raw, file="list.csv")
    assert refused.value.file == "list.csv"
    return refused.value.faults[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_without_a_note(encoding: str) -> None:
    assert decode(POLISH.encode(encoding), file="list.csv") == Decoded(POLISH)


@pytest.mark.parametrize(
    ("text", "encoding", "page"),
    [
        (POLISH, "cp1250", "Windows-1250"),
        (CZECH, "cp1250", "Windows-1250"),
        (LITHUANIAN, "cp1257", "Windows-1257"),
        (FRENCH, "cp1252", "Windows-1252"),
        (NORWEGIAN, "cp1252", "Windows-1252"),
        ("Müller GmbH;Köln\n", "cp1250", "Windows-1252"),
    ],
)
def test_a_page_of_windows_is_concluded_from_its_letters_and_named(
    text: str, encoding: str, page: str
) -> None:
    note = f"The file is not UTF-8; its letters are those of {page}, and so it was read."
    assert decode(text.encode(encoding), file="list.csv") == Decoded(text, note)


@pytest.mark.parametrize("text", ["España\nCataluña\n", "Crème\n"])
def test_letters_that_two_pages_read_differently_are_refused(text: str) -> None:
    assert refusal(text.encode("cp1252")) == Fault(
        "",
        "This is no text, or its letters cannot be told for sure.",
        'Save it as UTF-8: in Excel choose the file type "CSV UTF-8".',
    )


@pytest.mark.parametrize("raw", [b"\x81\x8d\x8f\x90", b"a\0b", b"\xff\xfe\x00", b"\xe9\0"])
def test_what_is_no_text_is_refused(raw: bytes) -> None:
    assert refusal(raw).problem == "This is no text, or its letters cannot be told for sure."


def test_half_a_letter_of_utf_16_is_no_text() -> None:
    assert unicode_text(b"\xff\xfea") is None


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff")))
def test_utf_8_comes_as_it_was_written(text: str) -> None:
    assert decode(text.encode(), file="f") == Decoded(text)


def outcome(raw: bytes) -> str | None:
    """The text that is read, or None where the letters are not sure."""
    try:
        return decode(raw, file="f").text
    except Unusable:
        return None


@pytest.mark.parametrize(
    ("letters", "encoding"), [("ąćęłńóśźż", "cp1250"), ("ąčęėįšųūž", "cp1257"), ("æøåé", "cp1252")]
)
@given(letters_and_words=st.data())
def test_no_name_is_ever_bent(letters: str, encoding: str, letters_and_words: st.DataObject) -> None:
    text = letters_and_words.draw(st.text(f"{letters}{letters.upper()}abc;\n"))
    raw = text.encode(encoding)
    assume(text.isascii() or unicode_text(raw) is None)  # two capitals alone may happen to be UTF-8
    assert outcome(raw) in (text, None)


@given(st.binary())
def test_any_bytes_are_text_or_unusable(raw: bytes) -> None:
    text = outcome(raw)
    assert text is None or "\0" not in text
