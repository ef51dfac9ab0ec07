import re
from dataclasses import replace
from datetime import date
from itertools import product
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.core.labels.model import LabelLevel, Standing
from touchstone.output.badge import Badge, Size, badge_svg
from touchstone.output.badge_strokes import GROUNDS, INK, METALS

SVG = "{http://www.w3.org/2000/svg}"
SHOWN = [standing for standing in Standing if standing is not Standing.NEVER]
ALL = list(product(LabelLevel, SHOWN, Size, (False, True)))
SCHEME = "Cluster management excellence, modelled on ECEI"
LONG = "Knowledge and Innovation Community for Information and Communication Technologies"
GOLD = Badge(
    organisation="Aviation Valley",
    level=LabelLevel.GOLD,
    scheme=SCHEME,
    standing=Standing.VALID,
    valid_until=date(2027, 12, 31),
    number="PL-2025-0042",
)
# What organisations are called, and what somebody may try to be called.
HOSTILE = [
    "W" * 300,
    "Klaster Przemysłów Kreatywnych " * 10,
    "Κοινοπραξία Καινοτομίας και Επιχειρηματικότητας",
    "Клъстер за здравословни технологии и дигитализация",
    "情報通信技術クラスター協会" * 4,
    '<script>alert(1)</script> & "quotes" ]]> \'',
    "🚀 Rocket 🧪 Lab 👩‍🔬",
    "\u202egnirts desrever",
    "\u0301" * 50,
    "",
]


def badge(*, size: Size = Size.LARGE, dark: bool = False, **facts: object) -> str:
    return badge_svg(replace(GOLD, **facts), size=size, dark=dark)  # type: ignore[arg-type]  # as named


def texts(svg: str) -> list[str]:
    return ["".join(element.itertext()) for element in ET.fromstring(svg).iter(f"{SVG}text")]


def paths(svg: str, tag: str = "path") -> list[ET.Element]:
    return list(ET.fromstring(svg).iter(f"{SVG}{tag}"))


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1, of a colour such as #14213d (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_reckoned_as_the_guideline_says() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def band(svg: str) -> str:
    """The colour of the band behind the words of a demonstration."""
    return paths(svg, "rect")[1].attrib["fill"]


@pytest.mark.parametrize("synthetic", [False, True])
@pytest.mark.parametrize(("level", "standing", "size", "dark"), ALL)
def test_every_text_can_be_read_on_its_ground(
    level: LabelLevel, standing: Standing, size: Size, dark: bool, synthetic: bool
) -> None:
    svg = badge(level=level, standing=standing, size=size, dark=dark, synthetic=synthetic)
    plate = paths(svg)[0].attrib["fill"]
    marked = ["Demonstration" in str(words.text) for words in paths(svg, "text")]
    grounds = [band(svg) if one else plate for one in marked]
    colours = [words.attrib["fill"] for words in paths(svg, "text")]
    pairs = zip(colours, grounds, strict=True)
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []
    assert marked.count(True) == synthetic


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("level", LabelLevel)
@pytest.mark.parametrize(
    ("standing", "large", "small"),
    [
        (Standing.VALID, ("Valid until", "31 December 2027"), ("Valid until", "31 Dec 2027")),
        (
            Standing.EXPIRED_RENEWABLE,
            ("Expired, renewable", "ended 31 December 2027"),
            ("Expired, renewable", "ended 31 Dec 2027"),
        ),
        (Standing.LAPSED, ("Lapsed", "ended 31 December 2027"), ("Lapsed", "ended 31 Dec 2027")),
        (Standing.SUSPENDED, ("Suspended", "not valid at present"), ("Suspended", "not valid at present")),
        (Standing.WITHDRAWN, ("Withdrawn", "no longer valid"), ("Withdrawn", "no longer valid")),
    ],
)
def test_a_large_badge_says_all_facts_and_a_small_one_level_and_state(
    standing: Standing, large: tuple[str, str], small: tuple[str, str], level: LabelLevel, dark: bool
) -> None:
    said = texts(badge(level=level, standing=standing, dark=dark))
    name = level.value.upper()
    scheme = ["Cluster management", "excellence, modelled on ECEI"]
    assert said == [name, "Aviation Valley", *scheme, "Number", "PL-2025-0042", *large]
    assert texts(badge(level=level, standing=standing, dark=dark, size=Size.SMALL)) == [name, *small]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("standing", SHOWN)
def test_a_badge_for_demonstration_says_so_in_the_picture_and_in_words(
    standing: Standing, dark: bool
) -> None:
    large = badge(standing=standing, dark=dark, synthetic=True)
    small = badge(standing=standing, dark=dark, synthetic=True, size=Size.SMALL)
    assert texts(large)[2] == "Demonstration: not a real label"
    assert texts(small)[::2] == ["GOLD", "Demonstration"]
    assert [ET.fromstring(svg)[0].text for svg in (large, small)] == [
        "Demonstration: Gold label of Aviation Valley"
    ] * 2
    for svg in (large, small):
        said = str(ET.fromstring(svg)[1].text)
        assert said.startswith(f"For demonstration: the label is not real. {SCHEME}. ")


def test_a_small_badge_for_demonstration_keeps_its_state_in_words() -> None:
    said = [texts(badge(standing=standing, synthetic=True, size=Size.SMALL))[1] for standing in SHOWN]
    assert said == ["Valid", "Expired, renewable", "Lapsed", "Suspended", "Withdrawn"]


@pytest.mark.parametrize("size", Size)
def test_the_outline_alone_tells_the_levels_apart(size: Size) -> None:
    outlines = {level: paths(badge(level=level, size=size))[0].attrib["d"] for level in LabelLevel}
    assert ["A" in outlines[level] for level in LabelLevel] == [False, True, True]
    assert [re.findall(r"0 0 ([01]) ", outlines[level])[:1] for level in LabelLevel] == [[], ["1"], ["0"]]


@pytest.mark.parametrize("size", Size)
def test_one_two_and_three_streaks_tell_the_levels_apart(size: Size) -> None:
    def metal(level: LabelLevel) -> int:
        colour = METALS[level, False].streak
        return sum(path.attrib["fill"] == colour for path in paths(badge(level=level, size=size)))

    assert [metal(level) for level in LabelLevel] == [1, 2, 3]


@pytest.mark.parametrize("size", Size)
def test_each_state_has_a_drawing_of_its_own_without_colour_or_words(size: Size) -> None:
    def drawing(standing: Standing) -> tuple[str, ...]:
        kept = ("d", "cx", "width", "text-decoration")
        svg = badge(standing=standing, size=size)
        filled = [element.attrib.get("fill") == "none" for element in paths(svg, "rect")]
        return (
            str(filled),
            *(
                f"{name}={element.attrib[name]}"
                for element in ET.fromstring(svg).iter()
                for name in kept
                if name in element.attrib
            ),
        )

    assert len({drawing(standing) for standing in SHOWN}) == len(SHOWN)


def test_the_small_badge_is_a_drawing_of_its_own_and_not_a_shrunk_one() -> None:
    def shapes(size: Size) -> list[str]:
        return [re.sub(r"[-\d. ]+", "", path.attrib["d"]) for path in paths(badge(size=size))]

    assert shapes(Size.SMALL)[1:] != shapes(Size.LARGE)[2:]
    assert min(float(text.attrib["font-size"]) for text in paths(badge(size=Size.SMALL), "text")) >= 10


def test_only_a_valid_badge_is_filled_with_metal() -> None:
    plates = [paths(badge(standing=standing))[0].attrib["fill"] for standing in SHOWN]
    paper = GROUNDS[False].paper
    assert plates == [METALS[LabelLevel.GOLD, False].plate, paper, paper, paper, paper]


def test_a_lapsed_level_is_struck_through() -> None:
    struck = [
        next(element.attrib.get("text-decoration") for element in paths(badge(standing=standing), "text"))
        for standing in SHOWN
    ]
    assert dict(zip(SHOWN, struck, strict=True))[Standing.LAPSED] == "line-through"
    assert struck.count(None) == len(SHOWN) - 1


@pytest.mark.parametrize("size", Size)
def test_the_title_and_description_tell_what_the_picture_shows(size: Size) -> None:
    root = ET.fromstring(badge(standing=Standing.SUSPENDED, size=size))
    title, description = root[0], root[1]
    assert (title.tag, title.text) == (f"{SVG}title", "Gold label of Aviation Valley")
    assert (description.tag, description.text) == (
        f"{SVG}desc",
        f"{SCHEME}. Suspended, not valid at present. Last day 31 December 2027. Number PL-2025-0042.",
    )
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"] == f"{title.attrib['id']} {description.attrib['id']}"


def test_the_description_says_the_last_day_once() -> None:
    said = ET.fromstring(badge())[1].text
    assert said == f"{SCHEME}. Valid until 31 December 2027. Number PL-2025-0042."


def test_badges_that_differ_can_stand_on_one_page() -> None:
    drawn = [
        badge(level=level, standing=standing, size=size, dark=dark) for level, standing, size, dark in ALL
    ]
    assert len({ET.fromstring(svg)[0].attrib["id"] for svg in drawn}) == len(ALL)


def test_the_same_facts_give_the_same_text() -> None:
    assert badge() == badge()


def test_where_there_never_was_a_label_there_is_no_badge() -> None:
    with pytest.raises(ValueError, match="no badge without a label"):
        badge(standing=Standing.NEVER)


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("size", Size)
def test_hostile_names_give_sound_documents(size: Size, words: str) -> None:
    svg = badge(organisation=words, scheme=words, number=words[:60], size=size)
    assert "<script" not in svg
    assert ET.fromstring(svg).attrib["viewBox"] == f"0 0 {size.width} {size.height}"


def test_what_would_turn_the_words_around_it_is_left_out() -> None:
    assert "gnirts desrever" in texts(badge(organisation="\u202egnirts\u2066 desrever"))


def test_markup_in_a_name_is_only_text() -> None:
    hostile = '<script>alert(1)</script> & "quotes" ]]> \''
    svg = badge(organisation=hostile, scheme=hostile, number="<&>")
    assert "<script" not in svg
    assert "<&>" in texts(svg)


def test_what_xml_cannot_hold_is_left_out() -> None:
    assert "Aviation Valley" in texts(badge(organisation="Avi\x00ation\n Val\ud800ley\uffff"))


def test_a_long_name_is_set_in_three_lines() -> None:
    assert texts(badge(organisation=LONG))[1:4] == [
        "Knowledge and Innovation",
        "Community for Information and",
        "Communication Technologies",
    ]


def test_a_dash_does_not_begin_a_line() -> None:
    said = texts(badge(organisation="LifeScience Cluster Krakow - place for Life & Science"))
    assert [line.replace("\u00a0", " ") for line in said[1:3]] == [
        "LifeScience Cluster Krakow -",
        "place for Life & Science",
    ]


def test_a_name_too_long_for_any_size_ends_in_dots_and_is_whole_in_the_title() -> None:
    svg = badge(organisation=LONG * 3)
    assert texts(svg)[3].endswith("…")
    assert ET.fromstring(svg)[0].text == f"Gold label of {LONG * 3}"


def test_the_dots_take_the_place_of_letters_on_a_full_line() -> None:
    lines = texts(badge(organisation="W" * 200))[1:4]
    assert (len(lines[0]), lines[2]) == (len(lines[1]), lines[0][:-1] + "…")


def test_a_word_longer_than_the_line_is_broken() -> None:
    lines = texts(badge(organisation="Rindfleischetikettierungsüberwachungsaufgaben"))[1:3]
    assert "".join(lines) == "Rindfleischetikettierungsüberwachungsaufgaben"


def test_a_long_number_is_set_smaller() -> None:
    (number,) = [e for e in paths(badge(number="POL048202512C250042"), "text") if e.text and "POL" in e.text]
    assert float(number.attrib["font-size"]) < 11


@given(st.text(max_size=120), st.text(max_size=80), st.text(max_size=40), st.sampled_from(ALL), st.booleans())
def test_any_text_gives_a_sound_document_within_its_frame(
    organisation: str, scheme: str, number: str, kind: tuple[LabelLevel, Standing, Size, bool],
    synthetic: bool,
) -> None:  # fmt: skip
    level, standing, size, dark = kind
    facts = {"organisation": organisation, "scheme": scheme, "number": number, "synthetic": synthetic}
    svg = badge(**facts, level=level, standing=standing, size=size, dark=dark)
    root = ET.fromstring(svg)
    assert (root.attrib["width"], root.attrib["height"]) == (str(size.width), str(size.height))
    heights = [float(element.attrib["y"]) for element in paths(svg, "text")]
    if size is Size.LARGE:
        names = heights[1:-4]
        assert names == sorted(names)
        assert max(names) <= 150  # above the words about the state
    assert max(heights) < size.height - 8


def test_colours_are_fixed_and_nothing_is_fetched() -> None:
    svg = "".join(
        badge(level=level, standing=standing, size=size, dark=dark) for level, standing, size, dark in ALL
    )
    named = {INK, "none"}
    for metal in METALS.values():
        named |= {metal.plate, metal.edge, metal.streak, metal.line}
    for ground in GROUNDS.values():
        named |= {ground.paper, ground.ink, ground.faded}
    assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', svg)) <= named
    assert re.findall(r"href|url\(|@import|<style|<script", svg) == []
