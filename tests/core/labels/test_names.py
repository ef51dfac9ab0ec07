import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.core.labels.names import fold, key_of


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Aviation Valley", "aviation valley"),
        ("BM³ Mazovian Cluster", "bm3 mazovian cluster"),
        ("KOM - Klaster Obróbki Metali", "kom klaster obrobki metali"),
        ("Nadwiślański Klaster, Łódź", "nadwislanski klaster lodz"),
        ("Straße", "strasse"),
        ("Ærø Øst Þórr Đakovo Œuvre", "aero ost thorr dakovo oeuvre"),
        ("İstanbul ıssız", "istanbul issiz"),
        ("Pleszew's d’Empreses", "pleszews dempreses"),
        ("“Green Chemisty” & more", "green chemisty more"),
        ("AutoCluster.NRW", "autocluster nrw"),
        ("  two\t spaces\u00a0here ", "two spaces here"),
        ("Клъстер Мебели", "klaster mebeli"),
        ("Συστάδα Ελλάδος", "systada ellados"),
        ("日本 क्लस्टर", "日本 कलसटर"),
        ("***", ""),
    ],
)
def test_names_are_folded_for_comparing(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(categories=["Lu", "Ll"])))
def test_case_does_not_matter(text: str) -> None:
    assert fold(text.lower().upper()) == fold(text.upper().lower().upper())


@pytest.mark.parametrize(
    ("name", "country", "key"),
    [
        ("Aviation Valley", "PL", "pl-aviation-valley"),
        ("BM³ Mazovian Cluster", "PL", "pl-bm3-mazovian-cluster"),
        ('"North-South" Logistic & Transport', "PL", "pl-north-south-logistic-transport"),
        ("Pleszew's Boiler Cluster", " pl ", "pl-pleszews-boiler-cluster"),
    ],
)  # fmt: skip
def test_a_key_is_made_of_country_and_words(name: str, country: str, key: str) -> None:
    assert key_of(name, country) == key


@given(st.text(st.characters(max_codepoint=127), max_size=40))
def test_plain_text_is_folded_as_it_is_beside_letters_with_accents(text: str) -> None:
    assert fold(f"{text} é").split() == [*fold(text).split(), "e"]


def test_spellings_of_one_name_share_their_key() -> None:
    assert key_of("KOM - Klaster Obróbki Metali", "PL") == key_of("Kom Klaster obrobki metali", "PL")


def test_names_that_leave_no_latin_letters_are_told_apart_by_their_digest() -> None:
    assert [key_of(name, "JP") for name in ("日本", "東京", "***")] == [
        "jp-cf2abf0c",
        "jp-130016b2",
        "jp-e3b0c442",
    ]


def test_a_name_in_two_scripts_keeps_what_is_latin_and_adds_a_digest() -> None:
    assert key_of("Tokyo 東京 Cluster", "JP") == "jp-tokyo-cluster-c7014272"


def test_a_very_long_name_is_cut_and_still_told_apart() -> None:
    one, other = (key_of("Cluster " * 40 + last, "PL") for last in ("one", "other"))
    assert (len(one) <= 100, len(other) <= 100, one == other) == (True, True, False)


@given(st.text(max_size=300))
def test_a_key_is_fit_for_an_address(name: str) -> None:
    key = key_of(name, "PL")
    assert len(key) <= 100
    assert all(part.isascii() and part.isalnum() and part == part.lower() for part in key.split("-"))
