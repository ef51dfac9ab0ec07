from xml.etree import ElementTree as ET

import pytest

from touchstone.output.pictures.drawing import LOOKS, Drawing, n
from touchstone.output.tokens import colour, tokens


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (7, "7"), (-3.5, "-3.5"), (123.456, "123.46"), (0.1 + 0.2, "0.3"), (475.999, "476")],
)
def test_coordinates_are_short(value: float, text: str) -> None:
    assert n(value) == text


def test_shapes_of_one_look_are_one_path_and_lie_from_back_to_front() -> None:
    drawing = Drawing()
    drawing.down("median", 5, 0, 10)
    drawing.box("peers", 1, 2, 3, 4)
    drawing.across("whisker", 0, 9.5, 4)
    drawing.box("peers", 10, 2, 3.25, 4)
    drawn = list(ET.fromstring(f"<g>{drawing.shapes()}</g>"))
    assert [(one.get("class"), one.get("d")) for one in drawn] == [
        ("whisker", "M0 4H9.5"),
        ("peers", "M1 2h3v4h-3zM10 2h3.25v4h-3.25z"),
        ("median", "M5 0V10"),
    ]


def test_lines_and_areas_go_from_corner_to_corner() -> None:
    drawing = Drawing()
    drawing.line("leader", [(0, 1), (2, 3.5)])
    drawing.area("mark", [(0, 0), (7, 0), (3.5, 5)])
    assert [path.get("d") for path in ET.fromstring(f"<g>{drawing.shapes()}</g>")] == [
        "M0 1L2 3.5",
        "M0 0L7 0L3.5 5z",
    ]


@pytest.mark.parametrize(
    ("look", "attributes"),
    [
        ("own", {"fill": colour("accent")}),
        ("empty", {"fill": colour("paper"), "stroke": colour("line-strong"), "stroke-width": "0.5"}),
        ("grid", {"fill": "none", "stroke": colour("line"), "stroke-width": "0.5"}),
    ],
)
def test_a_look_is_a_fill_an_outlined_fill_or_a_line(look: str, attributes: dict[str, str]) -> None:
    drawing = Drawing()
    drawing.across(look, 0, 1, 2)
    assert ET.fromstring(drawing.shapes()).attrib == {"class": look, "d": "M0 2H1", **attributes}


def test_nothing_drawn_is_nothing() -> None:
    assert Drawing().shapes() == ""


def test_every_look_has_its_colours_by_day_and_by_night() -> None:
    named = {name for form in LOOKS.values() for name in (form.colour, getattr(form, "outline", "")) if name}
    assert {section: named - tokens()[section].keys() for section in ("light", "dark")} == {
        "light": set(),
        "dark": set(),
    }
