"""The bundled gazetteer: places of a country from places.zip, read only when they are asked for.

The source and the licence of the places stand beside them in places/LICENCE.md.
"""

import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from touchstone.core.assessment.places import Place, Places, Region

FOLDER = Path(__file__).parent / "places"
CREDIT = "Places: GeoNames, CC BY 4.0."  # the licence asks that it is named where places are shown


@cache
def countries() -> tuple[str, ...]:
    """The countries whose places are bundled, by ISO code."""
    with zipfile.ZipFile(FOLDER / "places.zip") as packed:
        return tuple(name.removesuffix(".tsv") for name in packed.namelist())


@cache
def places_of(country: str) -> Places | None:
    """The places of a country; None where the gazetteer has none. About 0.2 s for the largest, once."""
    if country not in countries():
        return None
    with zipfile.ZipFile(FOLDER / "places.zip") as packed:
        lines = packed.read(f"{country}.tsv").decode("utf-8").splitlines()
    regions = tuple(_regions(country))
    shown = {region.code: region.names[0] for region in regions}
    return Places((_place(line, country, shown) for line in lines), regions)


def _place(line: str, country: str, shown: Mapping[str, str]) -> Place:
    name, region, latitude, longitude, population, others = line.split("\t")
    return Place(
        name=name,
        country=country,
        region=region,
        latitude=float(latitude),
        longitude=float(longitude),
        population=int(population),
        others=tuple(others.split("|")) if others else (),
        region_name=shown.get(region, ""),
    )


def _regions(country: str) -> Iterator[Region]:
    for code, region in _all_regions().get(country, {}).items():
        yield Region(code=code, names=tuple(region["names"]), postcodes=tuple(region.get("postcodes", ())))


@cache
def _all_regions() -> Mapping[str, Mapping[str, Mapping[str, list[str]]]]:
    return tomllib.loads((FOLDER / "regions.toml").read_text(encoding="utf-8"))
