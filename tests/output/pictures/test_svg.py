import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.drawn import NAMES, SVG
from touchstone.output.pictures.drawing import LOOKS, Drawing
from touchstone.output.pictures.model import Anchor, Label, Look, Picture
from touchstone.output.pictures.svg import light_svg, shapes_svg, style_sheet, svg
from touchstone.output.tokens import colour, tokens


def picture(*labels: Label, id: str = "spread-A1.members", title: str = "Members", alt: str = "") -> Picture:
    drawing = Drawing()
    drawing.box("peers", 1, 2, 3, 4)
    return Picture(
        id=id, title=title, alt=alt, width=222, height=84.5, shapes=drawing.shapes(), labels=labels
    )


def texts(drawn: str) -> list[ET.Element]:
    return list(ET.fromstring(drawn).iter(f"{SVG}text"))


def test_a_picture_has_a_title_a_description_and_ids_of_its_own() -> None:
    drawn = ET.fromstring(svg(picture(alt="Members: own value 52.")))
    assert drawn.get("role") == "img"
    assert drawn.get("viewBox") == "0 0 222 84.5"
    assert drawn.get("aria-labelledby") == "spread-A1.members-title"
    assert drawn.get("aria-describedby") == "spread-A1.members-desc"
    assert {element.get("id"): element.text for element in drawn if element.get("id")} == {
        "spread-A1.members-title": "Members",
        "spread-A1.members-desc": "Members: own value 52.",
    }


@pytest.mark.parametrize(
    ("look", "anchor", "size", "attributes"),
    [
        ("text", "start", 8.0, {"fill": colour("ink")}),
        ("soft", "end", 7.0, {"fill": colour("ink-soft"), "text-anchor": "end", "font-size": "7"}),
        ("own", "middle", 8.0, {"fill": colour("accent"), "text-anchor": "middle", "font-weight": "bold"}),
        ("strong", "start", 7.5, {"fill": colour("ink"), "font-size": "7.5", "font-weight": "bold"}),
        ("light", "start", 8.0, {"fill": colour("paper")}),
    ],
)
def test_labels_are_text_where_they_belong(
    look: Look, anchor: Anchor, size: float, attributes: dict[str, str]
) -> None:
    (text,) = texts(svg(picture(Label(x=1.25, y=2, text="n 48", look=look, anchor=anchor, size=size))))
    assert text.text == "n 48"
    assert text.attrib == {"class": look, "x": "1.25", "y": "2", **attributes}


def test_an_empty_label_is_none() -> None:
    assert texts(svg(picture(Label(x=0, y=0, text="")))) == []


def test_for_typst_there_are_shapes_of_a_size_and_no_words() -> None:
    drawn = ET.fromstring(shapes_svg(picture(Label(x=0, y=0, text="n 48"))))
    assert (drawn.get("width"), drawn.get("height")) == ("222", "84.5")
    assert [(element.tag, element.get("class")) for element in drawn] == [(f"{SVG}path", "peers")]


def test_text_from_outside_stays_text() -> None:
    said = '<script>"&'
    drawn = svg(picture(Label(x=0, y=0, text=said), title="</svg><b>", id='a"b', alt="</desc><i>"))
    assert [text.text for text in texts(drawn)] == [said]
    assert {element.tag for element in ET.fromstring(drawn)} == {
        f"{SVG}{tag}" for tag in ("title", "desc", "path", "text")
    }


@given(st.text() | NAMES, NAMES, NAMES, st.text() | NAMES)
def test_whatever_is_said_the_picture_can_be_read(id: str, title: str, alt: str, text: str) -> None:
    drawn = ET.fromstring(svg(picture(Label(x=0, y=0, text=text), id=id, title=title, alt=alt)))
    assert [element.tag for element in drawn][:3] == [f"{SVG}title", f"{SVG}desc", f"{SVG}path"]


def test_the_same_picture_gives_the_same_bytes() -> None:
    assert svg(picture(alt="a")) == svg(picture(alt="a"))


# --- lights


def test_each_light_has_a_shape_of_its_own() -> None:
    shapes = [light_svg(light) for light in ("green", "yellow", "red", "not_assessed")]
    kinds = [next(iter(ET.fromstring(shape))) for shape in shapes]
    assert [kind.tag.removeprefix(SVG) for kind in kinds] == ["path", "path", "path", "circle"]
    assert [kind.get("d") for kind in kinds[:3]] == [
        "M6 1L11.5 11H.5z",
        "M1.5 1.5h9v9h-9z",
        "M.5 1h11L6 11z",
    ]
    assert [kind.get("class") for kind in kinds] == ["green", "yellow", "red", "ring"]


def test_a_light_repeats_the_words_beside_it_and_is_hidden_from_readers_of_text() -> None:
    assert ET.fromstring(light_svg("red")).get("aria-hidden") == "true"


# --- colours of the hour


def test_every_class_takes_the_colour_of_the_hour() -> None:
    ruled = set(re.findall(r"\.chart (?:text)?\.([\w-]+)\{", style_sheet()))
    assert {*LOOKS, "text", "soft", "own", "light", "strong"} <= ruled


def test_rules_name_no_colour_that_is_not_a_token() -> None:
    named = set(re.findall(r"var\(--([\w-]+)\)", style_sheet()))
    assert named - tokens()["light"].keys() == set()
    assert "#" not in style_sheet()
