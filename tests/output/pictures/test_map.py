"""The map as a whole: what it says, that it stays within its frame, and that it is small."""

import re
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.portraits import BERLIN, KAUNAS, OFFICES, VILNIUS, portrait_of, scattered
from touchstone.core.assessment.distance import Position
from touchstone.core.assessment.portrait import Portrait
from touchstone.output.content.words import words
from touchstone.output.pictures import map_shapes
from touchstone.output.pictures.map import participants_map
from touchstone.output.pictures.model import Label, Picture
from touchstone.output.pictures.svg import BOLD, shapes_svg, style_sheet, svg
from touchstone.output.pictures.widths import width

ENGLISH = words("en")


def drawn(portrait: Portrait, **more: float) -> Picture:
    return participants_map(id="map", title="Around the office", portrait=portrait, words=ENGLISH, **more)


def texts(picture: Picture) -> list[str]:
    return [label.text for label in picture.labels]


def land(picture: Picture) -> list[tuple[float, float]]:
    """All corners of all countries, in points."""
    found = []
    for path in re.findall(
        r'd="(M[^"]*l[^"]*z)"', "".join(re.findall(r"<g transform.*?</g>", picture.shapes))
    ):
        for ring in path.split("z")[:-1]:
            start, _, steps = ring[1:].partition("l")
            x, y = map(int, start.split())
            found.append((x / 10, y / 10))
            numbers = [int(one) for one in re.findall(r"-?\d+", steps)]
            for right, down in zip(numbers[::2], numbers[1::2], strict=True):
                x, y = x + right, y + down
                found.append((x / 10, y / 10))
    return found


def box(label: Label) -> tuple[float, float, float, float]:
    half = width(label.text, label.size, bold=label.look in BOLD) / 2
    return label.x - half, label.y - 0.72 * label.size, label.x + half, label.y + 0.2 * label.size


def overlap(one: Label, other: Label) -> bool:
    (left, top, right, bottom), (left2, top2, right2, bottom2) = box(one), box(other)
    return left < right2 and left2 < right and top < bottom2 and top2 < bottom


def flawless(picture: Picture) -> None:
    """What holds of every map."""
    assert len(picture.shapes) <= 40_000
    ET.fromstring(shapes_svg(picture))
    ET.fromstring(svg(picture))
    for x, y in land(picture):
        assert (0 <= x <= picture.width, 0 <= y <= picture.height) == (True, True)
    for label in picture.labels:
        left, top, right, bottom = box(label)
        assert (left >= 0, top >= 0, right <= picture.width, bottom <= picture.height) == (True,) * 4
    assert [(a.text, b.text) for a, b in combinations(picture.labels, 2) if overlap(a, b)] == []
    for x, y, radius in re.findall(r'<circle cx="([^"]*)" cy="([^"]*)" r="([^"]*)"', picture.shapes):
        assert float(radius) <= min(float(x), float(y), picture.width - float(x), picture.height - float(y))


AMBER = portrait_of(VILNIUS, [VILNIUS] * 50 + [KAUNAS] * 12 + [BERLIN] * 2 + [(56.95, 24.1)], unplaced=3)


class TestWords:
    def test_the_alternative_text_says_all_that_the_map_shows(self) -> None:
        assert drawn(AMBER).alt == (
            "A map about 490 km wide and 350 km high, with the office and a circle of 150 km around it. "
            "Participants by distance from the office: up to 50 km: 50; 50 to 150 km: 12; "
            "150 to 500 km: 1; farther than 500 km: 2; place not known: 3. "
            "Outside the map: 1 to the north and 2 to the west."
        )

    def test_the_table_says_how_many_are_in_each_band(self) -> None:
        table = drawn(AMBER).table
        assert table is not None
        assert (table.caption, table.head) == (
            "Around the office", ("Distance from the office", "Participants", "Share"),
        )  # fmt: skip
        assert table.rows == (
            ("up to 50 km", "50", "74\u00a0%"),
            ("50 to 150 km", "12", "18\u00a0%"),
            ("150 to 500 km", "1", "1\u00a0%"),
            ("farther than 500 km", "2", "3\u00a0%"),
            ("place not known", "3", "4\u00a0%"),
            ("all", "68", "100\u00a0%"),
        )

    def test_where_no_place_is_known_the_map_says_so(self) -> None:
        picture = drawn(portrait_of(VILNIUS, unplaced=4))
        assert picture.alt.endswith("place not known: 4. No participant has a known place.")
        assert "spot" not in picture.shapes
        flawless(picture)

    def test_without_participants_the_surroundings_are_shown(self) -> None:
        picture = drawn(portrait_of(VILNIUS))
        table = picture.table
        assert table is not None
        assert table.rows[-1] == ("all", "0", "0\u00a0%")
        assert {"Office", "150\u00a0km", "100\u00a0km", "Lithuania", "Belarus"} <= set(texts(picture))
        flawless(picture)

    def test_the_name_of_a_country_is_that_of_the_language(self) -> None:
        assert "Türkiye" in texts(drawn(portrait_of(OFFICES["Nicosia"], [OFFICES["Athens"]])))


class TestShapes:
    @pytest.mark.parametrize("office", OFFICES.values(), ids=OFFICES)
    @pytest.mark.parametrize("spread", [0.3, 2.5, 40.0])
    def test_a_map_of_any_place_is_small_and_within_its_frame(self, office: Position, spread: float) -> None:
        flawless(drawn(portrait_of(office, [office] * 20 + scattered(office, 60, degrees=spread))))

    @pytest.mark.parametrize("spread", [0.01, 1.0, 2.2, 30.0])
    def test_four_thousand_participants_are_a_map_too(self, spread: float) -> None:
        flawless(drawn(portrait_of((51.0, 10.0), scattered((51.0, 10.0), 4000, degrees=spread))))

    def test_four_thousand_in_one_place_are_one_bubble_with_its_number(self) -> None:
        picture = drawn(portrait_of(VILNIUS, [VILNIUS] * 4000))
        assert picture.shapes.count("<circle cx") == 1
        assert "4,000" in texts(picture)
        flawless(picture)

    def test_the_own_country_is_a_shade_stronger(self) -> None:
        assert 'class="home"' in drawn(AMBER).shapes
        # The fjords of Norway are finer than any outline; the office is near the coast.
        assert 'class="home"' in drawn(portrait_of(OFFICES["Tromsø"])).shapes

    def test_a_coast_that_would_be_too_much_is_drawn_coarser(self, monkeypatch: pytest.MonkeyPatch) -> None:
        fjords = portrait_of(OFFICES["Tromsø"])
        fine = land(drawn(fjords))
        monkeypatch.setattr(map_shapes, "LONGEST_LAND", 4_000)
        coarse = land(drawn(fjords))
        assert 100 < len(coarse) < len(fine) / 2

    def test_at_sea_there_is_no_land_and_all_the_rest(self) -> None:
        picture = drawn(portrait_of(OFFICES["the Pacific"], [(0.5, -150.5)]))
        assert (land(picture), 'class="region"' in picture.shapes, texts(picture)) == (
            [], True, ["100\u00a0km", "Office", "150\u00a0km"],
        )  # fmt: skip

    def test_inside_a_large_country_all_is_land(self) -> None:
        corners = set(land(drawn(portrait_of((66.0, 100.0)))))
        assert {(0.0, 0.0), (300.0, 0.0), (300.0, 216.0), (0.0, 216.0)} <= corners

    def test_around_the_south_pole_all_is_land(self) -> None:
        corners = set(land(drawn(portrait_of((-89.0, 0.0)))))
        assert {(0.0, 0.0), (300.0, 0.0), (300.0, 216.0), (0.0, 216.0)} <= corners

    def test_the_circle_of_the_region_is_true(self) -> None:
        picture = drawn(portrait_of(VILNIUS, [KAUNAS]))
        circle = re.search(r'class="region"[^>]* cx="([^"]*)" cy="([^"]*)" r="([^"]*)"', picture.shapes)
        bubble = re.search(r'<circle cx="([^"]*)" cy="([^"]*)"', picture.shapes)
        assert circle is not None
        assert bubble is not None
        x, y, radius = map(float, circle.groups())
        across, down = (float(bubble[1]) - x, float(bubble[2]) - y)
        km = 150 / radius * (across**2 + down**2) ** 0.5
        assert km == pytest.approx(91.6, abs=0.5)  # from Vilnius to Kaunas

    def test_it_is_as_wide_as_asked_for(self) -> None:
        picture = drawn(AMBER, width=476.0)
        assert (picture.width, picture.height) == (476.0, 343.0)
        flawless(picture)

    def test_the_same_portrait_is_the_same_picture(self) -> None:
        assert drawn(AMBER) == drawn(AMBER)

    def test_every_class_has_its_colour_of_the_hour(self) -> None:
        used = set(re.findall(r'class="([a-z-]+)"', drawn(AMBER).shapes))
        assert {look for look in used if f".chart .{look}{{" not in style_sheet()} == set()
        assert used == {"land", "home", "frame", "region", "spot", "office", "arrow", "bar"}


@settings(max_examples=40)
@given(
    st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
    st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), max_size=20),
    st.floats(0.01, 8.0),
    st.integers(0, 40),
)
def test_any_map_is_flawless(office: Position, far: list[Position], degrees: float, near: int) -> None:
    flawless(drawn(portrait_of(office, far + scattered(office, near, degrees=degrees))))
