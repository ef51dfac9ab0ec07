from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.core.labels.likeness import likely_same

# Of the old register's page of Poland.
POLISH = (
    "Wschodni Klaster ICT", "KOM - Klaster Obróbki Metali", "Aviation Valley", "Mazovia Cluster ICT",
    "Silesian Aviation Cluster", "Pleszew's Boilermaking Cluster", "Baltic Eco-Energy Cluster",
    "Subcarpathian Renewable Energy Cluster", "Construction Cluster Innowator", "Gdansk Construction Cluster",
    "Interizon - Pomerania ICT Cluster", "Eastern Metalworking Cluster", "Bydgoszcz Industrial Cluster",
    "Together Warmer (Razem cieplej)", "“Green Chemisty” Cluster",
)  # fmt: skip


def same(one: str, other: str) -> bool:
    found = [likely_same(mine, {"its": its}) == ("its",) for mine, its in ((one, other), (other, one))]
    assert len(set(found)) == 1
    return found[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ACS - Automotive Cluster of Slovenia", "GIZ ACS, Slovenian Automotive Cluster"),
        ("Arena Eyde", "Eyde Cluster"),
        ("AgriMip Sud-Ouest Innovation", "Agri Sud-Ouest Innovation"),
        ("Wschodni Klaster ICT", "Eastern Cluster ICT"),
        ("NCE NODE", "GCE NODE"),
        ("FEMAC", "FEMAC.CAT"),
        ("CWP", "Catalan Water Partnership"),
        ("Automotive Cluster -West Slovakia", "Automotive Cluster Slovakia"),
        ("Together Warmer (Razem cieplej)", "Klaster Razem Cieplej"),
        ("Artic Maritime Cluster", "Arctic Maritime Cluster"),
        ("KOM - Klaster Obróbki Metali", "Klaster Obrobki Metali KOM Sp. z o.o."),
        ("Cluster Holz & Technik e. V.", "Technik und Holz Verein"),
    ],
)
def test_names_of_one_organisation_are_found(one: str, other: str) -> None:
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wschodni Klaster ICT", "Eastern Poland IT Companies Cluster"),
        ("Eastern Cluster ICT", "Eastern Poland IT Companies Cluster"),
        ("ICT Cluster", "Pomerania ICT Cluster"),
        ("Energy Cluster", "Baltic Eco-Energy Cluster"),
        ("Energy Cluster of Catalonia", "CEEC"),  # no name tells that they are one
        ("Klaster", "Cluster"),
        ("", "Cluster"),
        ("–", "…"),
    ],
)
def test_names_of_two_are_kept_apart(one: str, other: str) -> None:
    assert not same(one, other)


def test_no_two_organisations_of_a_page_are_taken_for_one() -> None:
    assert [pair for pair in combinations(POLISH, 2) if same(*pair)] == []


@pytest.mark.parametrize("name", POLISH)
def test_a_name_that_was_written_a_little_differently_is_found(name: str) -> None:
    words = name.split()
    longest = max(words, key=len)
    variants = [
        name.upper(),
        " ".join(reversed(words)),
        f"{name} Sp. z o.o.",
        f"Stowarzyszenie {name}",
        name.replace(longest, longest[:3] + longest[4:]),
        name.replace(longest, longest[:3] + longest[4] + longest[3] + longest[5:]),
    ]
    assert [same(name, variant) for variant in variants] == [True] * len(variants)


def test_the_most_alike_come_first_and_of_equals_the_first_given() -> None:
    known = {
        "near": "Eyde Processing",
        "other": "Aviation Valley",
        "same": "Eyde Cluster",
        "too": "Arena Eyde",
    }
    assert likely_same("EYDE", known) == ("same", "too")
    assert likely_same("Eyde Process Cluster", known) == ("near",)


@given(st.text(max_size=30))
def test_every_name_is_like_itself(name: str) -> None:
    assert likely_same(f"Zyx {name}", {"its": f"Zyx {name}"}) == ("its",)
