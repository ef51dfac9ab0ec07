import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.logos import NAMESPACES, SHAPE, svg
from touchstone.core.faults import Unusable
from touchstone.output.logo_svg import _FORMS, _KEPT, _LOOKS, read_svg

PLAIN = "Save it as plain SVG from your drawing program."
GRADIENT = '<linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient>'


def drawn(inside: str = SHAPE, **about: str) -> str:
    """What is inside the root of the drawing that comes out."""
    out = read_svg(svg(inside, **about))[0].decode()
    return re.sub(r"^<svg [^>]*>|</svg>\n$", "", out)


def root(about: str) -> str:
    return read_svg(svg(about=about))[0].decode().partition(">")[0]


def refused(data: str | bytes, **about: str) -> str:
    with pytest.raises(Unusable) as unusable:
        read_svg(svg(data, **about) if isinstance(data, str) else data)
    return str(unusable.value)


# --- what comes out


def test_a_plain_drawing_comes_out_as_it_is() -> None:
    assert read_svg(svg()) == (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 60" width="120" height="60">%s</svg>\n'
        % SHAPE.encode(),
        120.0,
        60.0,
    )


@pytest.mark.parametrize(
    "shape",
    [
        '<rect x="1" y="2" width="30%" height="4" rx=".5"/>',
        '<circle cx="1" cy="2" r="3mm"/>',
        '<ellipse cx="1" cy="2" rx="3" ry="4"/>',
        '<line x1="1" y1="2" x2="3" y2="4" stroke="black" stroke-width="1.5"/>',
        '<polyline points="0,0 1,1 2,0" fill="none" stroke="#abc"/>',
        '<polygon points="0 0 1 1 2 0" fill="rgb(10, 20, 30)"/>',
        '<g transform="translate(1 2) rotate(45)" opacity=".5"><path d="m0 0 1-1e-1z"/></g>',
        '<path d="M0 0h1v1z" fill-rule="evenodd" stroke-dasharray="1, 2 3" stroke-linejoin="round"/>',
        '<path d="M0 0h1v1z" fill="hsl(120deg, 50%, 50%)" fill-opacity="50%" visibility="inherit"/>',
    ],
)
def test_shapes_and_their_looks_are_kept(shape: str) -> None:
    assert drawn(shape) == shape


def test_what_only_describes_is_left_out() -> None:
    about = (
        '<?xml version="1.0"?><?editor x?><!-- by hand --><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
        '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    )
    inside = (
        "<title>Ours</title><desc>Long</desc><metadata><rdf:RDF xmlns:rdf='rdf'><rdf:x/></rdf:RDF></metadata>"
        "<e:view xmlns:e='editor'><path d='M0 0z'/></e:view>"
        f'<g xml:space="preserve" class="none" data-name="x" id="layer" aria-label="x">{SHAPE}</g>words'
    )
    assert read_svg(about.encode() + svg(inside))[0] == read_svg(svg(f"<g>{SHAPE}</g>"))[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_any_encoding_that_the_file_names_is_read(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>{svg("<title>é</title>" + SHAPE).decode()}'
    assert read_svg(text.encode(encoding)) == read_svg(svg())


def test_a_drawing_without_a_namespace_is_read() -> None:
    assert read_svg(svg().replace(NAMESPACES.encode(), b"")) == read_svg(svg())


@pytest.mark.parametrize(
    ("about", "box"),
    [
        ('viewBox="-5,-5 20 10"', 'viewBox="-5 -5 20 10" width="20" height="10"'),
        ('viewBox="0 0 20 10" width="100%" height="auto"', None),
        ('width="40" height="20px"', 'viewBox="0 0 40 20" width="40" height="20"'),
        ('width="1in" height="25.4mm"', 'viewBox="0 0 96 96" width="96" height="96"'),
        ('width="3pt" height="1pc"', 'viewBox="0 0 4 16" width="4" height="16"'),
        ('width="2.54cm" height="96"', 'viewBox="0 0 96 96" width="96" height="96"'),
    ],
)
def test_the_box_is_the_view_box_or_made_of_the_size(about: str, box: str | None) -> None:
    if box is None:
        assert refused(SHAPE, about=about).startswith("A value cannot be read (height: “auto”).")
    else:
        assert root(about).endswith(box)


def test_looks_of_the_root_are_kept() -> None:
    assert root('viewBox="0 0 2 2" fill="red" style="stroke:blue" x="3"').endswith('fill="red" stroke="blue"')


# --- styles


@pytest.mark.parametrize(
    ("sheet", "element", "fill"),
    [
        (".a{fill:red}", 'class="a"', "red"),
        (".a, .b { fill : red ; }", 'class="x b"', "red"),
        ("path{fill:red}", "", "red"),
        ("*{fill:red}", "", "red"),
        ("#one{fill:red}", 'id="one"', "red"),
        ("path.a{fill:red}", 'class="a"', "red"),
        ("rect.a{fill:red}", 'class="a" fill="blue"', "blue"),
        ("/* x */ <!-- .a{fill:red /* y */} -->", 'class="a"', "red"),
        (".a{fill:red}", 'class="a" fill="blue"', "red"),
        (".a{fill:red}", 'class="a" style="fill:green"', "green"),
        (".a{fill:red}.a{fill:blue}", 'class="a"', "blue"),
        ("#one{fill:red}.a{fill:blue}path{fill:green}", 'class="a" id="one"', "red"),
        (".a.b{fill:red}.a{fill:blue}", 'class="a b"', "red"),
        (".a{fill:red !important}", 'class="a"', "red"),
        (".a{font-family:'Brand';line-height:1;fill:red}", 'class="a"', "red"),
    ],
)
def test_a_style_sheet_becomes_attributes(sheet: str, element: str, fill: str) -> None:
    assert drawn(f'<style>{sheet.replace("<", "&lt;")}</style><path {element} d="M0 0z"/>') == (
        f'<path d="M0 0z" fill="{fill}"/>'
    )


def test_what_a_style_says_without_an_effect_is_left_out() -> None:
    style = "fill:red;filter:none;marker:none;mix-blend-mode:normal;transform:none;overflow:visible"
    assert drawn(f'<path d="M0 0z" style="{style}"/>') == '<path d="M0 0z" fill="red"/>'


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        ("@import url(#x);", "Its style sheet does more than to give looks."),
        ("@font-face{font-family:x}", "Its style sheet does more than to give looks."),
        (".a{fi\\6cl:red}", "Its style sheet does more than to give looks."),
        (".a{fill:red", "Its style sheet cannot be read."),
        ("fill:red}", "Its style sheet cannot be read."),
        (".a{.b{fill:red}}", "Its style sheet cannot be read."),
        ("g .a{fill:red}", "Its style sheet has a selector that is not taken (“g .a”)."),
        (".a:hover{fill:red}", "Its style sheet has a selector that is not taken (“.a:hover”)."),
        ("{fill:red}", "Its style sheet has a selector that is not taken (“”)."),
        (".a{fill:red}" * 1_001, "Its style sheet has more than 1,000 rules."),
    ],
)
def test_a_style_sheet_that_does_more_is_refused(sheet: str, said: str) -> None:
    assert refused(f"<style>{sheet}</style>{SHAPE}") == (
        f"{said} Save it with its look as attributes (“presentation attributes”)."
    )


# --- references


def test_references_inside_are_kept_under_ids_of_our_own() -> None:
    inside = (
        f'<defs>{GRADIENT}<radialGradient id="h" xlink:href="#g" r="50%"/><clipPath id="c"><rect width="9" '
        'height="9"/></clipPath><mask id="m"><rect width="9" height="9"/></mask><g id="s"><circle r="2"/></g>'
        '</defs><path id="p" d="M0 0z" fill="url(#h) red" stroke="url(\'#g\')" clip-path="url( #c )"/>'
        '<use href="#s" mask="url(&quot;#m&quot;)"/><use xlink:href="#p"/>'
    )
    out = drawn(inside)
    assert re.findall(r' id="([^"]*)"', out) == [f"logo-{number}" for number in range(1, 7)]
    assert re.findall(r'(?:href="|url\()#([^")]*)', out) == [
        "logo-1", "logo-2", "logo-1", "logo-3", "logo-4", "logo-5", "logo-6",
    ]  # fmt: skip


def test_of_two_parts_with_one_id_the_first_is_meant() -> None:
    out = drawn('<g id="a"><circle r="1"/></g><rect id="a" width="1" height="1"/><use href="#a"/>')
    assert out == '<g id="logo-1"><circle r="1"/></g><rect width="1" height="1"/><use href="#logo-1"/>'


@pytest.mark.parametrize(
    ("inside", "address"),
    [
        ('<use href="#none"/>', "#none"),
        ('<path d="M0 0z" fill="url(#none)"/>', "#none"),
        ('<clipPath id="c"/><path d="M0 0z" fill="url(#c)"/>', "#c"),
        (f'{GRADIENT}<path d="M0 0z" clip-path="url(#g)"/>', "#g"),
        (f'{GRADIENT}<use href="#g"/>', "#g"),
        ('<g id="a"/><path d="M0 0z" href="#a"/>', "#a"),
    ],
)
def test_a_reference_to_nothing_that_fits_is_refused(inside: str, address: str) -> None:
    assert refused(inside) == (
        f"It refers to “{address}”, which is not in the file or of another kind. {PLAIN}"
    )


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        ('<use href="other.svg#a"/>', "other.svg#a"),
        ('<use xlink:href="https://example.org/a.svg#a"/>', "https://example.org/a.svg#a"),
        ('<use href="data:image/svg+xml,x#a"/>', "data:image/svg+xml,x#a"),
        ('<linearGradient href="javascript:x"/>', "javascript:x"),
        ('<path fill="url(https://example.org/a)"/>', "url(https://example.org/a)"),
        ("<path fill=\"URL( '//example.org/a#b')\"/>", "URL( '//example.org/a#b')"),
        ('<path style="fill:red;background:url(x.png)"/>', "fill:red;background:url(x.png)"),
        ('<path cursor="url(x.cur)"/>', "url(x.cur)"),
        ("<style>path{cursor:url(x)}</style><path/>", "url(x)"),
    ],
)
def test_a_reference_to_the_outside_is_refused(inside: str, shown: str) -> None:
    assert refused(inside) == f"It refers to something outside itself (“{shown}”). {PLAIN}"


@pytest.mark.parametrize(
    "inside",
    [
        '<g id="a"><use href="#a"/></g>',
        '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
        '<linearGradient id="a" href="#a"/>',
        '<clipPath id="a"><path clip-path="url(#a)"/></clipPath>',
    ],
)
def test_a_part_that_refers_to_itself_is_refused(inside: str) -> None:
    assert refused(inside) == f"A part refers to itself. {PLAIN}"


def test_references_that_draw_ever_more_are_refused() -> None:
    layers = "".join(f'<g id="g{n}">' + f'<use href="#g{n - 1}"/>' * 10 + "</g>" for n in range(1, 12))
    said = refused(f'<g id="g0"><circle r="1"/></g>{layers}')
    assert said == "Its references draw too many parts. Make it simpler, or save it as PNG."


@pytest.mark.parametrize("step", [1, -1])
def test_references_in_a_long_row_are_refused(step: int) -> None:
    row = [f'<g id="g{n}"><use href="#g{n - 1}"/></g>' for n in range(1, 4_000)][::step]
    said = refused(f'<g id="g0"><circle r="1"/></g>{"".join(row)}<use href="#g3999"/>')
    assert said == "Its parts lie too deep inside each other. Ungroup it, or save it as PNG."


# --- what is refused


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<script>x</script>", f"It holds a script. {PLAIN}"),
        ("<x:script xmlns:x='http://www.w3.org/1999/xhtml'/>", f"It holds a script. {PLAIN}"),
        ("<metadata><script/></metadata>", f"It holds a script. {PLAIN}"),
        ("<foreignObject/>", f"It holds a part that is not SVG (foreignObject). {PLAIN}"),
        (
            "<image href='x.png'/>",
            "It holds an embedded or linked picture. Keep to lines and areas, or save it as PNG.",
        ),
        ("<a href='#x'/>", "It holds a link. Remove the link."),
        ("<path><animate attributeName='d'/></path>", "It moves. Save a still drawing."),
        ("<path><set attributeName='d'/></path>", "It moves. Save a still drawing."),
        (
            "<text>Amber</text>",
            (
                "It holds text, which looks right only where its font is installed. "
                "Turn all text into paths in your drawing program."
            ),
        ),
        (
            "<filter/>",
            "It holds a filter. Remove effects such as shadows, or save it as PNG.",
        ),
        ("<pattern/>", "It holds a pattern. Turn patterns into shapes, or save it as PNG."),
        ("<marker/>", "It holds markers. Turn strokes and markers into shapes."),
        ("<svg/>", f"It holds a part that no logo needs (“svg”). {PLAIN}"),
        ("<switch/>", f"It holds a part that no logo needs (“switch”). {PLAIN}"),
        ("<path onclick='x'/>", f"It holds something that runs (“onclick”). {PLAIN}"),
        ("<path ONLOAD='x'/>", f"It holds something that runs (“ONLOAD”). {PLAIN}"),
        (
            "<path style='filter:blur(2px)'/>",
            "It has an effect that is not taken (“filter”). Remove it, or save it as PNG.",
        ),
        (
            "<path style='mix-blend-mode:multiply'/>",
            "It has an effect that is not taken (“mix-blend-mode”). Remove it, or save it as PNG.",
        ),
        ("<path style='transform:scale(2)'/>", f"Its style moves parts (“transform”). {PLAIN}"),
        ("<g/>", "It draws nothing. Choose the file of the logo itself."),
        (
            "<g>" * 41,
            "This is no SVG that can be read (line 1). Save the logo as SVG or PNG.",
        ),
        (
            "<g>" * 41 + "</g>" * 41,
            "Its parts lie too deep inside each other. Ungroup it, or save it as PNG.",
        ),
        ("<g/>" * 10_001, "It has more than 10,000 parts. Make it simpler, or save it as PNG."),
    ],
)
def test_each_refusal_says_what_is_wrong_and_what_to_do(inside: str, said: str) -> None:
    if inside == "<g>" * 41:
        inside = "<g>"
    assert refused(inside) == said


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("fill", "var(--brand)"),
        ("fill", "expression(1)"),
        ("fill", "#12345"),
        ("d", "M0 0 <"),
        ("transform", "skew(1)"),
        ("points", "0,0 a"),
        ("width", "1 2"),
        ("stroke-width", "thick"),
        ("offset", "-"),
        ("stroke-dasharray", "1" * 5_000),
    ],
)
def test_a_value_that_cannot_be_read_is_refused(name: str, value: str) -> None:
    element = f"<stop {name}='{{}}'/>" if name == "offset" else f"<path {name}='{{}}'/>"
    said = refused(SHAPE + element.format(value.replace("<", "&lt;")))
    shown = value if len(value) <= 40 else value[:39] + "…"
    assert said == (
        f"A value cannot be read ({name}: “{shown}”). "
        "Write colours as #rrggbb and lengths as numbers: save it as plain SVG."
    )


@pytest.mark.parametrize("number", ["1e8", "-99999999", "1e400"])
def test_a_number_beyond_all_drawings_is_refused(number: str) -> None:
    assert refused(f"<path d='M{number} 0z'/>") == (
        f"A number is too large (d: “M{number} 0z”). Scale the drawing down."
    )


@pytest.mark.parametrize("about", ["", 'width="10"', 'width="100%" height="50%"', 'viewBox="0 0 0 5"'])
def test_a_drawing_without_a_size_is_refused(about: str) -> None:
    assert refused(SHAPE, about=about) == (
        "It does not say how large it is. Save it with a width, a height or a view box."
    )


@pytest.mark.parametrize("box", ["0 0 600 10", "0 0 10 600", "0 0 1e-5 1e-5"])
def test_a_drawing_that_is_a_mere_line_is_refused(box: str) -> None:
    assert refused(SHAPE, about=f'viewBox="{box}"') == (
        "It is far longer than high, or higher than long. Cut it to what it shows."
    )


@pytest.mark.parametrize(
    "document",
    [
        '<!DOCTYPE svg [<!ENTITY a "x">]>',
        '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE svg [<!ENTITY % a "x"> %a;]>',
    ],
)
def test_entities_are_refused(document: str) -> None:
    assert refused(document.encode() + svg()) == f"It declares or uses entities. {PLAIN}"


def test_an_entity_of_a_definition_elsewhere_is_refused() -> None:
    assert refused(b'<!DOCTYPE svg SYSTEM "http://example.org/x">' + svg(f"<g>&brand;{SHAPE}</g>")) == (
        f"It declares or uses entities. {PLAIN}"
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"plain words", "This is no SVG that can be read (line 1). Save the logo as SVG or PNG."),
        (b"<svg>\n<g></svg>", "This is no SVG that can be read (line 2). Save the logo as SVG or PNG."),
        (b"<html/>", "This is no SVG: it begins with another element. Save the logo as SVG or PNG."),
        (
            b"<svg xmlns='other'/>",
            "This is no SVG: it begins with another element. Save the logo as SVG or PNG.",
        ),
        (b"<?xml version='1.0' encoding='klingon'?><svg/>", "Its encoding is not known. Save it as UTF-8."),
    ],
)
def test_what_is_no_drawing_is_told_so(data: bytes, said: str) -> None:
    assert refused(data) == said


# --- whatever comes

NAMES = st.sampled_from(
    [*sorted(_KEPT), "style", "title", "script", "text", "image", "animate", "switch", "x", "foreignObject"]
)
VALUES = st.one_of(
    st.sampled_from(
        ["#a", "url(#a)", "url(http://x)", "red", "1", "50%", "M0 0h1v1z", "0,0 1,1", "rotate(3)", "none",
         "javascript:x", "0 0 5 5", "fill:red", "fill:url(#a)", "-1e3", "inherit"]
    ),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12),
)  # fmt: skip
ATTRIBUTES = st.dictionaries(
    st.sampled_from([*sorted(_FORMS), *sorted(_LOOKS), "id", "class", "style", "href", "onload", "filter"]),
    VALUES,
    max_size=4,
)
TREES = st.recursive(
    st.tuples(NAMES, ATTRIBUTES, st.just([])),
    lambda inner: st.tuples(NAMES, ATTRIBUTES, st.lists(inner, max_size=4)),
    max_leaves=12,
)


def tree(part: object) -> ET.Element:
    name, attributes, children = part  # type: ignore[misc]  # a tuple of the strategy above
    element = ET.Element(name, attributes)
    element.extend(tree(child) for child in children)
    return element


@given(st.lists(TREES, max_size=5), ATTRIBUTES)
def test_whatever_is_drawn_only_known_parts_come_out(parts: list[object], about: dict[str, str]) -> None:
    whole = ET.Element("svg", {"viewBox": "0 0 9 9", **about, "xmlns": "http://www.w3.org/2000/svg"})
    whole.extend(tree(part) for part in parts)
    ET.SubElement(whole, "path", {"d": "M0 0h1v1z"})
    try:
        out, width, height = read_svg(ET.tostring(whole))
    except Unusable as unusable:
        assert unusable.faults[0].remedy  # noqa: PT017  (either is right)
        return
    assert (width > 0, height > 0) == (True, True)
    space = "{http://www.w3.org/2000/svg}"
    elements = list(ET.fromstring(out).iter())
    assert {element.tag.removeprefix(space) for element in elements} <= _KEPT
    names = {name for element in elements for name in element.attrib}
    assert names <= {*_FORMS, *_LOOKS, "id", "href"}
    assert re.findall(r'href="(?!#logo-\d)|url\((?!#logo-\d)', out.decode()) == []
    assert read_svg(out) == (out, width, height)


@given(st.binary(max_size=200), st.integers(0, 200))
def test_whatever_bytes_come_they_are_read_or_refused(noise: bytes, place: int) -> None:
    whole = svg()
    for data in (noise, whole[:place] + noise + whole[place + len(noise) :]):
        try:
            read_svg(data)
        except Unusable as unusable:
            assert unusable.faults[0].problem  # noqa: PT017  (either is right)


VALUE = "A value cannot be read"
SHEET = "Its style sheet cannot be read."


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<path points='" + "1" * 500_000 + "x'/>", VALUE),
        ("<path d='" + "1" * 500_000 + "x'/>", VALUE),
        ("<path transform='" + "rotate(1)" * 50_000 + "x'/>", VALUE),
        ("<path fill='" + "url(" * 100_000 + "'/>", "It refers to something outside itself"),
        ("<style>" + "a/*" * 200_000 + "</style><g/>", SHEET),
        ("<style>" + "a" * 600_000 + "</style><g/>", SHEET),
        ("<style>" + "{" * 600_000 + "}</style><g/>", SHEET),
        ("<path style='fill:" + " " * 300_000 + "!'/>", VALUE),
        ("<g style='" + "fill:red!important;" * 30_000 + "'/>", "It draws nothing."),
        ("<g class='" + "a " * 300_000 + "'/>", "It draws nothing."),
    ],
    ids=range(10),
)
def test_no_text_keeps_the_reader_for_ever(inside: str, said: str) -> None:
    # A reading that took a time growing with the square of a text would be at it for many minutes.
    assert refused(inside).startswith(said)
