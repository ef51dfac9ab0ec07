import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.gazetteers import NORTH, SOUTH, country, place
from touchstone.core.assessment.distance import distance_km
from touchstone.core.assessment.places import (
    SAME_PLACE_KM,
    Doubtful,
    Found,
    Located,
    Place,
    Unknown,
    locate,
)

FAR = (40.0, 10.0)  # a thousand kilometres south of where a place of the factory is
NEAR = (50.2, 10.0)  # 22 km
BESIDE = (50.02, 10.0)  # 2 km


def sought(text: str, *places: Place, region: str = "", postcode: str = "") -> Located:
    found = country(*places)
    return locate(text, "XX", {"XX": found}.get, region=region, postcode=postcode)


AMBER = place("Amberg")


@pytest.mark.parametrize(
    "text",
    [
        "Amberg", " AMBERG ", "Ámberg", "12345 Amberg", "Amberg 12345", "XX-12345 Amberg", "Amberg (Nowhere)",
        "Amberg, Nowhere", "Stadt Amberg", "Amberg 7", "Amberg / Nowhere", "High Street 5, Amberg",
        "Amberg NL",
    ],
)  # fmt: skip
def test_a_place_is_found_however_it_is_written(text: str) -> None:
    assert sought(text, AMBER) == Found(AMBER)


def test_a_country_without_a_gazetteer_is_not_covered() -> None:
    assert locate("Amberg", "YY", {"XX": country(AMBER)}.get) == Unknown(covered=False)


@pytest.mark.parametrize("text", ["", "  ", ",", "Zzyzx"])
def test_what_names_no_place_is_unknown(text: str) -> None:
    assert sought(text, AMBER) == Unknown()


@pytest.mark.parametrize(
    "text", ["Ambrg", "Ambergg", "Amborg", "Amebrg", "12345 Ambrg", "Ambrg, High Street 5"]
)
def test_a_typing_error_is_asked_about_and_not_mended(text: str) -> None:
    assert sought(text, AMBER) == Unknown(near=("Amberg",))


def test_more_than_one_typing_error_may_still_remind_of_a_name() -> None:
    assert sought("Ambertgh", AMBER, place("Borholm")) == Unknown(near=("Amberg",))


def test_near_names_are_three_at_most_the_nearest_first() -> None:
    names = [place(name) for name in ("Amberyy", "Ambertt", "Amberkk", "Ambergg")]
    answer = sought("Amberg", *names, place("Ambergh"), place("Ambergz"))
    assert answer == Unknown(near=("Ambergz", "Ambergh", "Ambergg"))


def test_other_names_of_large_places_are_near_names_too() -> None:
    large, small = place("München", 1_500_000, others=("Munich",)), place("Kleinau", others=("Minor",))
    assert [sought(text, large, small) for text in ("Munick", "Minorr")] == [
        Unknown(near=("München",)),
        Unknown(),
    ]


def test_another_name_finds_the_place() -> None:
    munich = place("München", others=("Munich", "Monachium", "Мюнхен"))
    assert [sought(text, munich) for text in ("Munich", "MONACHIUM", "Мюнхен")] == [Found(munich)] * 3


def test_size_never_picks_one_of_two_places_of_the_same_name() -> None:
    city, village = place("Essen", 500_000), place("Essen", 500, at=FAR)
    assert sought("Essen", village, city) == Doubtful((city, village))


def test_two_entries_beside_each_other_are_one_place() -> None:
    town, centre = place("Essen", 9_000), place("Essen", 3_000, at=BESIDE)
    assert sought("Essen", centre, town) == Found(town)


MAIN = place("Frankfurt am Main", 600_000, others=("Frankfurt",))
ODER = place("Frankfurt (Oder)", 60_000, at=FAR, region=SOUTH)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Frankfurt am Main", MAIN), ("Frankfurt/Main", MAIN), ("Frankfurt a. M.", MAIN),
        ("Frankfurt/M.", MAIN),
        ("Frankfurt (Oder)", ODER), ("Frankfurt/Oder", ODER), ("Frankfurt a.d.O.", ODER),
        ("Frankfurt an der Oder", ODER), ("Frankfurt, Southland", ODER), ("Frankfurt SL", ODER),
        ("Frankfurt (Northland)", MAIN), ("9000 Frankfurt", ODER), ("1000 Frankfurt", MAIN),
    ],
)  # fmt: skip
def test_what_stands_beside_a_name_decides(text: str, found: Place) -> None:
    assert sought(text, MAIN, ODER) == Found(found)


def test_a_short_form_of_two_names_is_asked_about() -> None:
    assert sought("Frankfurt", MAIN, ODER) == Doubtful((MAIN, ODER))


@pytest.mark.parametrize("postcode", ["9000", "XX-9000"])
def test_the_column_of_the_postcode_decides(postcode: str) -> None:
    assert sought("Frankfurt", MAIN, ODER, postcode=postcode) == Found(ODER)


@pytest.mark.parametrize("postcode", ["2000", "7000", "none"])
def test_a_postcode_of_both_regions_or_of_none_decides_nothing(postcode: str) -> None:
    assert sought("Frankfurt", MAIN, ODER, postcode=postcode) == Doubtful((MAIN, ODER))


def test_the_column_of_the_region_decides() -> None:
    assert sought("Frankfurt", MAIN, ODER, region="Southland") == Found(ODER)


def test_a_region_that_is_not_known_decides_nothing() -> None:
    assert sought("Frankfurt", MAIN, ODER, region="Middle") == Doubtful((MAIN, ODER))


def test_a_region_that_contradicts_is_asked_about() -> None:
    assert sought("Amberg, Southland", AMBER) == Doubtful((AMBER,))


def test_two_additions_must_both_fit() -> None:
    assert sought("Frankfurt (Oder), Northland", MAIN, ODER) == Doubtful((MAIN, ODER))


def test_a_larger_town_nearby_decides() -> None:
    near, far, city = place("Neustadt", at=NEAR), place("Neustadt", at=FAR), place("Hannover", 500_000)
    assert sought("Neustadt, Hannover", near, far, city) == Found(near)


def test_a_chief_town_stands_for_its_region() -> None:
    near, far = place("Neustadt", at=(53.0, 10.0)), place("Neustadt", at=FAR, region=SOUTH)
    assert sought("Neustadt, Hannover", near, far, place("Hannover")) == Found(near)


def test_a_town_far_away_contradicts() -> None:
    elsewhere = place("Southtown", at=FAR, region=SOUTH)
    assert sought("Amberg, Southtown", AMBER, elsewhere) == Doubtful((AMBER,))


def test_a_district_before_its_town_is_the_district() -> None:
    altona = place("Altona", at=BESIDE)
    assert sought("Altona, Hamburg", altona, place("Hamburg", 1_800_000)) == Found(altona)


def test_something_unknown_before_a_town_is_asked_about() -> None:
    assert sought("Science Park, Amberg", AMBER) == Doubtful((AMBER,))


def test_a_town_and_its_district_with_a_hyphen_are_found() -> None:
    district = place("Adlerhof", at=NEAR)
    assert sought("Amberg-Adlerhof", AMBER, district) == Found(AMBER)


@pytest.mark.parametrize("text", ["Amberg-Nowhere", "Amberg-Southtown"])
def test_a_hyphen_with_something_else_is_asked_about(text: str) -> None:
    assert sought(text, AMBER, place("Southtown", at=FAR)) == Doubtful((AMBER,))


def test_a_hyphen_between_unknown_names_is_unknown() -> None:
    assert sought("Zzyzx-Amberg", AMBER) == Unknown()


def test_a_name_that_is_broken_off_is_asked_about() -> None:
    full = place("Bielsko-Biała")
    assert sought("Bielsko", full) == Doubtful((full,))


def test_a_longer_name_of_like_size_is_asked_about_beside_the_name_itself() -> None:
    short, long = place("San Fernando", 95_000), place("San Fernando de Henares", 40_000, at=FAR)
    assert sought("San Fernando", short, long) == Doubtful((short, long))


def test_a_longer_name_of_a_far_smaller_place_is_not_meant() -> None:
    short, long = place("Palma", 400_000), place("Palma del Río", 20_000, at=FAR)
    assert sought("Palma", short, long) == Found(short)


def test_a_longer_name_of_a_larger_place_is_asked_about() -> None:
    small, large = place("Halle", 21_000), place("Halle (Saale)", 240_000, at=FAR)
    assert sought("Halle", small, large) == Doubtful((large, small))


def test_what_is_called_after_a_town_beside_it_is_a_part_of_it() -> None:
    town, part = place("Zürich", 400_000), place("Zürich (Kreis 3)", 90_000, at=(50.1, 10.0))
    assert sought("Zürich", town, part) == Found(town)


def test_a_longer_name_is_not_meant_beside_a_city_with_that_other_name() -> None:
    city, village = place("Turin", 800_000, others=("Torino",)), place("Torino di Sangro", 3_000, at=FAR)
    assert sought("Torino", city, village) == Found(city)


@pytest.mark.parametrize(("inhabitants", "asked"), [(40_000, False), (900_000, True)])
def test_another_name_counts_beside_a_place_of_that_name_only_if_it_is_larger(
    inhabitants: int, asked: bool
) -> None:
    own, other = place("Kiel", 250_000), place("Kehl", inhabitants, at=FAR, others=("Kiel",))
    assert sought("Kiel", own, other) == (Doubtful((other, own)) if asked else Found(own))


names = st.sampled_from(["Halle", "Halle (Saale)", "Frankfurt am Main", "Neu Halle", "Halle-Ost", "Main"])
places = st.builds(
    place,
    names,
    st.integers(1_000, 1_000_000),
    at=st.tuples(st.floats(45, 55), st.floats(5, 15)),
    region=st.sampled_from([NORTH, SOUTH]),
    others=st.lists(names, max_size=2).map(tuple),
)


@given(st.lists(places, max_size=6), names | st.text(max_size=20))
def test_the_order_of_the_gazetteer_does_not_matter(listed: list[Place], text: str) -> None:
    assert sought(text, *listed) == sought(text, *reversed(listed)) or len(set(listed)) < len(listed)


@given(st.lists(places, min_size=1, max_size=6), names, st.booleans())
def test_case_and_accents_do_not_matter(listed: list[Place], text: str, upper: bool) -> None:
    other = text.upper() if upper else text.replace("a", "á")
    assert sought(other, *listed) == sought(text, *listed)


@given(st.lists(places, min_size=1, max_size=6), st.data())
def test_the_full_name_of_a_place_finds_it_or_asks(listed: list[Place], data: st.DataObject) -> None:
    meant = data.draw(st.sampled_from(listed))
    answer = sought(meant.name, *listed)
    offered = (answer.place,) if isinstance(answer, Found) else answer.candidates  # type: ignore[union-attr]
    # Two names of one spot are one place: the answer may have the other.
    same = [
        p for p in offered if p.name == meant.name or distance_km(p.position, meant.position) <= SAME_PLACE_KM
    ]
    assert same or isinstance(answer, Doubtful)


@given(st.text(max_size=40))
def test_any_text_is_answered(text: str) -> None:
    assert isinstance(sought(text, MAIN, ODER, AMBER), Found | Doubtful | Unknown)
