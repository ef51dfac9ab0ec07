"""A small made-up country, so that a test of names needs no bundled places."""

from touchstone.core.assessment.places import Place, Places, Region

NORTH, SOUTH = "N", "S"


def place(
    name: str,
    population: int = 20_000,
    *,
    at: tuple[float, float] = (50.0, 10.0),
    region: str = NORTH,
    others: tuple[str, ...] = (),
) -> Place:
    """A town in the north of the country XX."""
    latitude, longitude = at
    return Place(
        name=name, country="XX", region=region, latitude=latitude, longitude=longitude,
        population=population, others=others,
    )  # fmt: skip


REGIONS = (
    Region(code=NORTH, names=("Northland", "NL"), postcodes=("1", "20")),
    Region(code=SOUTH, names=("Southland", "SL"), postcodes=("9", "20")),
)


def country(*places: Place) -> Places:
    return Places(places, REGIONS)
