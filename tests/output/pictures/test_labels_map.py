import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.output.pictures import labels_map
from touchstone.output.pictures.labels_map import NumbersMap, Spot
from touchstone.output.pictures.widths import width

MEMBERS = re.findall(
    "[A-Z]{2}",
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK "
    "NO IS CH GB TR UA MD AL BA ME MK RS XK",
)
BEYOND = ["AU", "BR", "CA", "CN", "JP", "MX", "US", "ZA"]


def numbered(codes: list[str], number: str = "7") -> dict[str, str]:
    return dict.fromkeys(codes, number)


def box(spot: Spot, number: str) -> tuple[float, float, float, float]:
    half = width(number, labels_map.SIZE, bold=True) / 2
    return spot.x - half, spot.y - 0.72 * labels_map.SIZE, spot.x + half, spot.y


def apart(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def steps(path: str) -> list[tuple[int, int]]:
    """The sides of the rings of a path, without those that close them."""
    pairs = [re.findall(r"-?\d+", part) for part in re.findall(r"l([-\d ]*)z", path)]
    return [(int(x), int(y)) for flat in pairs for x, y in zip(flat[::2], flat[1::2], strict=True)]


def test_each_country_of_europe_has_its_number_and_no_two_cover_each_other() -> None:
    drawn = labels_map.europe(numbered(MEMBERS, "128"))
    boxes = [box(spot, "128") for spot in drawn.spots]
    assert sorted(spot.country for spot in drawn.spots) == sorted(MEMBERS)
    assert [(one, other) for k, one in enumerate(boxes) for other in boxes[:k] if not apart(one, other)] == []


def test_a_large_country_holds_its_number_and_a_small_one_among_others_is_led_to() -> None:
    leaders = {spot.country: spot.leader for spot in labels_map.europe(numbered(MEMBERS, "128")).spots}
    assert (leaders["PL"], leaders["DE"], leaders["LT"]) == ("", "", "")
    assert leaders["LU"].startswith("M")


def test_where_numbers_find_no_room_they_are_shown_all_the_same() -> None:
    long = "1,234,567,890,123,456"
    drawn = labels_map.europe(numbered(MEMBERS, long))
    assert sorted(spot.country for spot in drawn.spots) == sorted(MEMBERS)


@given(st.lists(st.sampled_from(MEMBERS), unique=True))
def test_a_country_is_land_or_has_a_number(codes: list[str]) -> None:
    drawn = labels_map.europe(numbered(codes))
    assert sorted(spot.country for spot in drawn.spots) == sorted(codes)
    assert all(spot.path not in drawn.land for spot in drawn.spots)
    assert drawn == labels_map.europe(numbered(codes))


@pytest.mark.parametrize("code", ["US", "LI", "ZZ", ""])
def test_what_europe_does_not_show_is_passed_over(code: str) -> None:
    assert labels_map.europe({code: "7"}) == labels_map.europe({})


def test_countries_of_which_only_an_edge_is_in_the_frame_are_not_of_europe() -> None:
    assert {"GL", "JO", "EG", "KZ"} & labels_map.on_europe() == set()
    assert set(MEMBERS) <= labels_map.on_europe()


def test_the_world_numbers_what_lies_beyond_europe_and_shades_the_rest() -> None:
    drawn = labels_map.world(numbered([*BEYOND, "PL"]))
    assert sorted(spot.country for spot in drawn.spots) == BEYOND
    assert drawn.others == labels_map.world(numbered(["PL"])).others != ""
    assert drawn.others not in drawn.land


@pytest.mark.parametrize("drawn", [labels_map.europe({}), labels_map.world({})], ids=["europe", "world"])
def test_all_land_lies_in_the_frame(drawn: NumbersMap) -> None:
    starts = re.findall(r"M(\d+) (\d+)", drawn.land)
    assert max(int(x) for x, _ in starts) <= labels_map.UNITS * drawn.width
    assert max(int(y) for _, y in starts) <= labels_map.UNITS * drawn.height
    assert drawn.land.count("M") == len(starts)


def test_no_coast_crosses_the_world_at_the_date_line() -> None:
    widest = max(abs(x) for x, _ in steps(labels_map.world({}).land))
    assert widest < labels_map.UNITS * labels_map.WIDTH / 10
