import hashlib
import math
from pathlib import Path

import numpy as np
import pytest

from touchstone.core.assessment.distance import Position, distance_km
from touchstone.output.outlines.clipping import next_in_ring
from touchstone.output.outlines.projecting import projected
from touchstone.output.outlines.reading import FILE, Rings, around, level_of, outlines
from touchstone.output.outlines.room import country_at

ROOT = Path(__file__).parents[3]


def flat(place: Position, *, radius_km: float = 300.0, grain_km: float = 1.0) -> Rings:
    """The outlines around a place, in km from it."""
    globe = around(place, radius_km=radius_km, grain_km=grain_km)
    x, y = projected(place, globe.x, globe.y)
    return Rings(x=x, y=y, ring=globe.ring, country=globe.country)


def country_of(place: Position) -> str | None:
    found = country_at(flat(place), 0.0, 0.0, within=1.0)
    return None if found is None else outlines().countries[found]


@pytest.mark.parametrize(
    ("place", "country"),
    [
        ((54.69, 25.28), "LT"), ((56.95, 24.1), "LV"), ((38.75, -9.1), "PT"), ((50.85, 4.35), "BE"),
        ((43.94, 12.46), "SM"), ((-29.6, 28.2), "LS"), ((42.66, 21.17), "XK"),
        ((49.61, 6.13), "LU"), ((66.0, 100.0), "RU"), ((51.13, 71.43), "KZ"), ((39.0, -98.0), "US"),
        ((-25.0, 134.0), "AU"), ((4.6, -74.08), "CO"), ((23.9, 121.0), "TW"), ((-85.0, 0.0), "AQ"),
        ((-90.0, 0.0), "AQ"), ((67.0, 180.0), "RU"), ((67.0, -179.5), "RU"), ((-17.8, 178.0), "FJ"),
        ((45.96, 63.3), "KZ"),
    ],
)  # fmt: skip
def test_a_place_lies_in_its_country(place: Position, country: str) -> None:
    assert country_of(place) == country


@pytest.mark.parametrize("place", [(45.2, 34.3), (44.6, 33.5), (46.5, 32.6)])
def test_crimea_is_shown_with_ukraine(place: Position) -> None:
    assert country_of(place) == "UA"


def test_cyprus_is_one_island() -> None:
    places = [(35.33, 33.3), (35.15, 33.35), (34.9, 32.5), (34.6, 32.97), (35.5, 34.2)]
    assert [country_of(place) for place in places] == ["CY"] * 5
    rings = flat((35.0, 33.2), radius_km=100.0)
    cyprus = rings.country == outlines().countries.index("CY")
    assert len(np.unique(rings.ring[cyprus])) == 1


def test_no_seam_runs_through_land_along_the_date_line() -> None:
    rings = around((67.0, 180.0), radius_km=900.0, grain_km=1.0)
    following = next_in_ring(rings.ring)
    on_it = np.abs(np.abs(rings.x) - math.pi) < 1e-4
    long = np.abs(rings.y[following] - rings.y) > math.radians(0.2)
    assert (on_it.sum() > 4, (on_it & on_it[following] & long).sum()) == (True, 0)


@pytest.mark.parametrize("place", [(0.0, -150.0), (54.0, -35.0), (90.0, 0.0), (-50.0, -120.0)])
def test_at_sea_there_is_no_country(place: Position) -> None:
    assert country_of(place) is None


def test_every_country_of_the_scheme_has_an_outline() -> None:
    wanted = (
        "AL AM AT BA BE BG CH CO CY CZ DE DK EE EG ES FI FR GB GE GR HR HU IE IS IT LT LU LV MA MD ME MK MT "
        "MX NL NO PL PT RO RS SE SI SK TN TR TW UA XK"
    )
    assert set(wanted.split()) - set(outlines().countries) == set()


def test_every_ring_lies_in_its_cap_and_is_an_area() -> None:
    every = outlines()
    east = every.east * (math.tau / 65_536) - math.pi
    north = every.north * (math.pi / 65_535) - math.pi / 2
    places = np.column_stack([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)])
    angles = np.arccos(np.clip((places * every.cap[every.ring]).sum(axis=1), -1, 1))
    assert (angles <= every.reach[every.ring]).all()
    assert np.bincount(every.ring).min() >= 3
    # What `around` promises: no ring could hold the point opposite to a place near it.
    assert every.reach.max() < math.pi / 4


def test_a_coarser_grain_leaves_out_points_and_never_adds_one() -> None:
    fine, coarse = (
        {(x, y) for x, y in zip(rings.x.tolist(), rings.y.tolist(), strict=True)}
        for rings in (around((54.69, 25.28), radius_km=300.0, grain_km=km) for km in (0.5, 5.0))
    )
    assert coarse < fine


def test_neighbours_share_the_points_of_their_border_at_every_grain() -> None:
    for grain_km in (0.5, 1.5, 4.0):
        rings = around((54.4, 23.9), radius_km=50.0, grain_km=grain_km)
        points = {
            code: {
                (x, y)
                for x, y, country in zip(rings.x, rings.y, rings.country, strict=True)
                if outlines().countries[country] == code
                and distance_km((54.4, 23.9), (math.degrees(y), math.degrees(x))) < 90
            }
            for code in ("LT", "PL", "BY", "RU")
        }
        shared = {point for code, own in points.items() if code != "LT" for point in own & points["LT"]}
        # Around this place Lithuania has no coast: each point of its outline is a neighbour's too.
        assert points["LT"] == shared


@pytest.mark.parametrize(("place", "codes"), [((-18.1, 178.4), {"FJ"}), ((0.0, -150.0), set())])
def test_only_what_is_near_comes_back(place: Position, codes: set[str]) -> None:
    rings = around(place, radius_km=200.0, grain_km=1.0)
    assert {outlines().countries[number] for number in rings.country} == codes


LEVELS = {0.0: 0, 0.25: 0, 0.374: 0, 0.376: 1, 1e300: 255, math.inf: 255}


@pytest.mark.parametrize(("km", "level"), LEVELS.items())
def test_levels_rise_by_half(km: float, level: int) -> None:
    assert level_of(km) == level


def test_the_outlines_are_those_that_were_reviewed_and_small() -> None:
    lines = (FILE.parent / "SHA256SUMS").read_text().splitlines()
    sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    assert {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in sums} == sums
    assert set(sums) == {str(path.relative_to(ROOT)) for path in (FILE, FILE.parent / "LICENSE-world-atlas")}
    assert FILE.stat().st_size < 400_000


def test_outlines_are_read_once() -> None:
    assert outlines() is outlines()
