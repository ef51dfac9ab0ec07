import math
import re

import numpy as np
import pytest

from touchstone.output.content.words import words
from touchstone.output.outlines.reading import Rings, outlines
from touchstone.output.pictures.map_labels import Ground, Words, marked_with_words
from touchstone.output.pictures.map_view import Bubble, Outside, View
from touchstone.output.pictures.model import Label

# One km a point; the office is in the middle.
VIEW = View(west=-200.0, north=180.0, km=1.0, width=400.0, height=360.0)
X, Y = 200.0, 180.0
SEA = Rings(x=np.array([]), y=np.array([]), ring=np.array([], dtype=int), country=np.array([], dtype=int))


def placed(
    *bubbles: Bubble, outside: tuple[Outside, ...] = (), rings: Rings = SEA, view: View = VIEW
) -> tuple[str, dict[str, Label]]:
    shapes, labels = marked_with_words(
        view, bubbles=bubbles, outside=dict(enumerate(outside)), rings=rings, home=None, words=words("en")
    )
    assert len({label.text for label in labels}) == len(labels)
    return shapes, {label.text: label for label in labels}


def bubble(x: float = X, y: float = Y, *, radius: float = 12.0, count: int = 40) -> Bubble:
    return Bubble(x=x, y=y, radius=radius, count=count)


def country(code: str, left: float, top: float, right: float, bottom: float) -> Rings:
    return Rings(
        x=np.array([left, right, right, left]),
        y=np.array([top, top, bottom, bottom]),
        ring=np.zeros(4, dtype=int),
        country=np.full(4, outlines().countries.index(code)),
    )


def test_the_number_of_a_large_bubble_stands_in_it() -> None:
    _, labels = placed(bubble(100.0, 100.0))
    assert (labels["40"].look, labels["40"].x, labels["40"].anchor) == ("light", 100.0, "middle")


def test_under_the_mark_of_the_office_it_stands_beside_it() -> None:
    _, labels = placed(bubble())
    assert (labels["40"].look, labels["40"].x > X + 12) == ("own", True)
    assert labels["Office"].x < X - 12


def test_under_another_bubble_it_stands_beside_it() -> None:
    _, labels = placed(bubble(100.0, 100.0), bubble(102.0, 100.0, radius=3.0, count=2))
    assert (labels["40"].look, "2" in labels) == ("own", False)


def test_a_number_wider_than_its_bubble_stands_beside_it() -> None:
    _, labels = placed(bubble(100.0, 100.0, radius=6.0, count=123_456))
    assert labels["123,456"].look == "own"


def test_small_bubbles_tell_no_number() -> None:
    _, labels = placed(bubble(100.0, 100.0, radius=5.0))
    assert set(labels) == {"Office", "150\u00a0km", "50\u00a0km"}


@pytest.mark.parametrize(
    ("x", "y", "at"),
    [
        (0, 900, (200, 8)),
        (900, 0, (392, 180)),
        (0, -900, (200, 352)),
        (-900, 0, (8, 180)),
        (900, -900, (372, 352)),
    ],
)
def test_an_arrow_stands_at_the_frame_where_the_way_leaves_it(
    x: float, y: float, at: tuple[float, float]
) -> None:
    shapes, labels = placed(outside=(Outside(x=x, y=y, count=7),))
    found = re.search(r'class="arrow"[^>]*d="M([\d.]+) ([\d.]+)L', shapes)
    assert found is not None
    # Its tip is 4.5 points farther on.
    assert math.dist((float(found[1]), float(found[2])), at) == pytest.approx(4.5, abs=0.02)
    assert math.dist((labels["7"].x, labels["7"].y), at) < 16


def test_arrows_that_would_touch_are_one_with_the_sum() -> None:
    shapes, labels = placed(
        outside=(Outside(x=900, y=30, count=2), Outside(x=900, y=0, count=3), Outside(x=-900, y=0, count=1))
    )
    assert (shapes.count('class="arrow"'), "5" in labels, "1" in labels) == (2, True, True)


def test_the_number_of_an_arrow_keeps_clear_of_bubbles() -> None:
    north = Outside(x=0, y=900, count=7)
    assert placed(outside=(north,))[1]["7"].x == X
    aside = placed(bubble(X, 22.0, radius=5.0), outside=(north,))[1]["7"]
    assert (aside.x > X + 3, aside.y < 14) == (True, True)


def test_one_just_inside_the_frame_points_from_where_it_is() -> None:
    shapes, _ = placed(outside=(Outside(x=190.0, y=0.0, count=1),))
    assert 'd="M394.5 180L' in shapes


@pytest.mark.parametrize(("km", "text"), [(1.0, "50"), (1.5, "100"), (2.9, "200"), (4.0, "200")])
def test_the_scale_is_a_round_number_and_as_long_as_it_says(km: float, text: str) -> None:
    shapes, labels = placed(view=View(west=-200 * km, north=180 * km, km=km, width=400.0, height=360.0))
    found = re.search(r'class="bar"[^>]*v3h([\d.]+)v', shapes)
    assert found is not None
    assert float(found[1]) == pytest.approx(float(text) / km, abs=0.01)
    assert f"{text}\u00a0km" in labels


def test_the_scale_moves_to_a_free_corner() -> None:
    _, labels = placed(bubble(30.0, 345.0))
    assert labels["50\u00a0km"].x > X
    _, labels = placed(bubble(30.0, 345.0), bubble(370.0, 345.0, count=41))
    assert (labels["50\u00a0km"].x < X, labels["50\u00a0km"].y < 30) == (True, True)


def test_where_bubbles_are_in_all_corners_the_scale_lies_on_them() -> None:
    corners = [
        bubble(x, y, count=count) for count, (x, y) in enumerate([(30, 345), (370, 345), (30, 15), (370, 15)])
    ]
    shapes, labels = placed(*corners)
    assert ('class="bar"' in shapes, labels["50\u00a0km"].y > 300) == (True, True)


def test_where_bubbles_are_all_around_the_office_is_named_on_them() -> None:
    crowd = [
        bubble(X + 9 * across, Y + 9 * down, radius=5.0) for across in range(-9, 10) for down in range(-9, 10)
    ]
    assert "Office" in placed(*crowd)[1]


def test_a_country_is_named_where_there_is_room() -> None:
    _, labels = placed(rings=country("LT", 10.0, 20.0, 90.0, 60.0))
    assert (labels["Lithuania"].x, labels["Lithuania"].look) == (50.0, "soft")


@pytest.mark.parametrize(
    "rings", [country("LT", 10, 20, 40, 60), country("LT", 10, 20, 90, 26), country("", 10, 20, 90, 60)]
)
def test_one_without_room_or_name_is_not(rings: Rings) -> None:
    assert set(placed(rings=rings)[1]) == {"Office", "150\u00a0km", "50\u00a0km"}


def test_a_label_lies_on_no_other_and_in_the_frame() -> None:
    ground, name = Ground(VIEW), Words(text="Lithuania")
    assert ground.put(name, [(-5.0, 50.0), (399.0, 50.0), (50.0, 1.0), (50.0, 359.0)]) is False
    assert ground.put(name, [(50.0, 50.0)]) is True
    assert ground.put(name, [(52.0, 52.0)], of_marks=False) is False
    assert ground.put(name, [(52.0, 52.0), (52.0, 80.0)]) is True
    assert [label.y for label in ground.labels] == [52.52, 82.52]
