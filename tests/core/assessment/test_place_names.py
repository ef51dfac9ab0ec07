import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.core.assessment.place_names import (
    beginnings,
    halves,
    key,
    numbered,
    parted,
    postcodes,
    short_key,
    shortened,
    spellings,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sankt Gallen", "St. Gallen"),
        ("Saint-Étienne", "ST ETIENNE"),
        ("Sint-Niklaas", "St Niklaas"),
        ("Bielsko-Biała", "bielsko biala"),
        ("L'Aquila", "L’Aquila"),
        ("Gießen", "Giessen"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Frankfurt am Main", "frankfurt"),
        ("Frankfurt (Oder)", "frankfurt"),
        ("Nienburg/Saale", "nienburg"),
        ("Nowe Miasto nad Wartą", "nowe miasto"),
        ("San Fernando de Henares", "san fernando"),
        ("Stratford-upon-Avon", "stratford"),
        ("Vilnius", "vilnius"),
        ("La Roda", "la roda"),
    ],
)
def test_a_name_is_shortened_before_what_tells_it_from_others(name: str, short: str) -> None:
    assert short_key(name) == short


def test_what_tells_a_name_from_others_is_kept_apart() -> None:
    told = [shortened(words) for words in ("rothenburg ob der tauber", "frankfurt a d o", "vilnius")]
    assert told == [("rothenburg", "tauber"), ("frankfurt", "o"), ("vilnius", "")]


def test_the_beginnings_of_a_name_end_with_a_word() -> None:
    assert list(beginnings("nowa wies lęborska")) == ["nowa", "nowa wies"]


@pytest.mark.parametrize(
    ("text", "parts", "codes"),
    [
        ("07743 Jena", ("jena",), ("07743",)),
        ("D-07743 Jena", ("jena",), ("07743",)),
        ("Jena 07743", ("jena",), ("07743",)),
        ("60-123 Poznań", ("poznan",), ("60123",)),
        ("111 52 Stockholm", ("stockholm",), ("11152",)),
        ("1012 JS Amsterdam", ("amsterdam",), ("1012",)),
        ("London SW1A 1AA", ("london",), ("11",)),
        ("LT-01103 Vilnius, Lithuania", ("vilnius", "lithuania"), ("01103",)),
        ("Marktplatz 1, 07743 Jena", ("marktplatz 1", "jena"), ("07743",)),
        ("Frankfurt (Oder)", ("frankfurt", "oder"), ()),
        ("Halle/Saale", ("halle", "saale"), ()),
        ("Altona - Hamburg", ("altona", "hamburg"), ()),
        ("Bielsko-Biała", ("bielsko biala",), ()),
        (" , ", (), ()),
    ],
)
def test_an_address_has_parts_and_postcodes(
    text: str, parts: tuple[str, ...], codes: tuple[str, ...]
) -> None:
    assert (parted(text), postcodes(text)) == (parts, codes)


@pytest.mark.parametrize(
    ("words", "plainest"),
    [
        ("paris 15", "paris"),
        ("toulouse cedex 4", "toulouse"),
        ("budapest xi", "budapest"),
        ("city of cork", "cork"),
        ("landeshauptstadt stuttgart", "stuttgart"),
        ("vilniaus m", "vilniaus"),
        ("м київ", "київ"),
        ("stadt", "stadt"),
        ("m", "m"),
        ("12", ""),
    ],
)
def test_words_for_a_town_and_numbers_are_left_out_at_last(words: str, plainest: str) -> None:
    tried = list(spellings(words))
    assert (tried[0], tried[-1]) == (words, plainest)


def test_a_street_holds_a_number() -> None:
    assert (numbered("marktplatz 1"), numbered("jena")) == (True, False)


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Berlin-Adlershof", ("berlin", "adlershof")),
        ("Berlin", None),
        ("Berlin-", None),
        ("A-B-C", None),
    ],
)
def test_one_hyphen_parts_a_name_in_two(text: str, sides: tuple[str, str] | None) -> None:
    assert halves(text) == sides


@given(st.text(max_size=40))
def test_any_text_has_parts_that_are_keys(text: str) -> None:
    assert all(part == key(part) != "" for part in parted(text))
