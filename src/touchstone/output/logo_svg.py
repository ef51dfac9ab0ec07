"""An SVG as a logo: read element by element, and only what draws is written anew.

Elements, attributes and their values are those of the lists below; what only describes is left out, and what
runs, moves, fetches or needs a font is refused with what to do. Style sheets and style attributes become
plain attributes, and ids become our own, so that the drawing neither reaches out of itself nor into a page
that it stands on.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from touchstone.core.faults import Fault, Unusable
from touchstone.output.logo_style import Rule, declarations, rules_of, styled

SVG: Final = "http://www.w3.org/2000/svg"
XLINK: Final = "http://www.w3.org/1999/xlink"
DEEPEST: Final = 40  # elements inside each other, references followed
MOST_ELEMENTS: Final = 10_000
MOST_DRAWN: Final = 20_000  # with each reference followed
FARTHEST: Final = 1e7  # the largest number in a drawing
LONGEST: Final = 4_000  # characters of a value; only the course of a line may be longer

_SHAPES = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
_GRADIENTS = frozenset({"linearGradient", "radialGradient"})
_KEPT = _SHAPES | _GRADIENTS | {"svg", "g", "defs", "symbol", "use", "clipPath", "mask", "stop"}
_SILENT = frozenset({"title", "desc", "metadata", "view"})
_PLAIN = "Save it as plain SVG from your drawing program."
_TO_PATHS = "Turn all text into paths in your drawing program."
_MOVES = ("It moves.", "Save a still drawing.")
_WRITES = ("It holds text, which looks right only where its font is installed.", _TO_PATHS)
_REFUSED: Mapping[str, tuple[str, str]] = {
    "script": ("It holds a script.", _PLAIN),
    "foreignObject": ("It holds a part that is not SVG (foreignObject).", _PLAIN),
    "image": ("It holds an embedded or linked picture.", "Keep to lines and areas, or save it as PNG."),
    "a": ("It holds a link.", "Remove the link."),
    **dict.fromkeys(("animate", "animateColor", "animateMotion", "animateTransform", "set"), _MOVES),
    **dict.fromkeys(("text", "tspan", "textPath", "tref", "font", "font-face", "glyph"), _WRITES),
    "filter": ("It holds a filter.", "Remove effects such as shadows, or save it as PNG."),
    "pattern": ("It holds a pattern.", "Turn patterns into shapes, or save it as PNG."),
    "marker": ("It holds markers.", "Turn strokes and markers into shapes."),
}

# No text matches these in two ways, so that none takes long to refuse.
_NUMBER = r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?"
_LENGTH = rf"{_NUMBER}(?:px|pt|pc|mm|cm|in|em|ex|%)?"
_APART = r"(?:\s*,\s*|\s+)"
_URL = r"url\(\s*(?P<quote>['\"]?)#(?P<id>[^'\"()\s]+)(?P=quote)\s*\)"
_HEX = r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})"
_COLOUR = rf"{_HEX}|(?:rgb|rgba|hsl|hsla)\([-+\d.,%\s/deg]*\)|[a-zA-Z]+"
_FUNCTION = r"(?:matrix|translate|scale|rotate|skewX|skewY)\s*\([-+\d.eE,\s]*\)"
_ALIGNED = "x(?:Min|Mid|Max)Y(?:Min|Mid|Max)"


def _words(*known: str) -> str:
    return "|".join(known)


_LENGTHS = (
    "x",
    "y",
    "width",
    "height",
    "rx",
    "ry",
    "cx",
    "cy",
    "r",
    "x1",
    "y1",
    "x2",
    "y2",
    "fx",
    "fy",
    "fr",
)
_UNITS = _words("userSpaceOnUse", "objectBoundingBox")
# Attribute → what its value must be. What a style may say too stands in _LOOKS.
_FORMS: Mapping[str, str] = {
    **dict.fromkeys(_LENGTHS, _LENGTH),
    "offset": _LENGTH,
    "d": r"[MmZzLlHhVvCcSsQqTtAa\d\s,.+\-eE]*|none",
    "points": r"[\d\s,.+\-eE]*",
    "transform": rf"(?:{_FUNCTION}[\s,]*)*",
    "gradientTransform": rf"(?:{_FUNCTION}[\s,]*)*",
    "viewBox": _APART.join([_NUMBER] * 4),
    "preserveAspectRatio": rf"(?:defer\s+)?(?:none|{_ALIGNED})(?:\s+(?:meet|slice))?",
    "gradientUnits": _UNITS,
    "clipPathUnits": _UNITS,
    "maskUnits": _UNITS,
    "maskContentUnits": _UNITS,
    "spreadMethod": _words("pad", "reflect", "repeat"),
    "pathLength": _NUMBER,
}
_OPACITY = rf"{_NUMBER}%?"
_LOOKS: Mapping[str, str] = {
    "fill": rf"{_URL}(?:\s+(?:{_COLOUR}))?|{_COLOUR}",
    "stroke": rf"{_URL}(?:\s+(?:{_COLOUR}))?|{_COLOUR}",
    "color": _COLOUR,
    "stop-color": _COLOUR,
    **dict.fromkeys(("opacity", "fill-opacity", "stroke-opacity", "stop-opacity"), _OPACITY),
    "fill-rule": _words("nonzero", "evenodd"),
    "clip-rule": _words("nonzero", "evenodd"),
    "stroke-width": _LENGTH,
    "stroke-linecap": _words("butt", "round", "square"),
    "stroke-linejoin": _words("miter", "round", "bevel", "miter-clip", "arcs"),
    "stroke-miterlimit": _NUMBER,
    "stroke-dashoffset": _LENGTH,
    "stroke-dasharray": rf"none|{_LENGTH}(?:{_APART}{_LENGTH})*",
    "clip-path": rf"none|{_URL}",
    "mask": rf"none|{_URL}",
    "display": _words("inline", "block", "none"),
    "visibility": _words("visible", "hidden", "collapse"),
    "mask-type": _words("luminance", "alpha"),
    "paint-order": r"[a-z\s]+",
    "vector-effect": _words("none", "non-scaling-stroke"),
}
# What would change the look and is not taken, with the value at which it does nothing.
_ONLY = {
    "filter": "none", "marker": "none", "marker-start": "none", "marker-mid": "none", "marker-end": "none",
    "mix-blend-mode": "normal",
}  # fmt: skip
_INHERITED = re.compile("inherit|initial|unset")
_READ = {name: re.compile(form) for name, form in {**_FORMS, **_LOOKS}.items()}
_ONE_NUMBER = re.compile(_NUMBER)
_ANY_URL = re.compile(r"url\s*\(", re.IGNORECASE)
_LOCAL_URL = re.compile(_URL)
_TARGETS: Mapping[str, frozenset[str]] = {
    "fill": _GRADIENTS,
    "stroke": _GRADIENTS,
    "clip-path": frozenset({"clipPath"}),
    "mask": frozenset({"mask"}),
}
_UNIT_POINTS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}


@dataclass(slots=True, eq=False)
class _Element:
    """An element while it is being read; afterwards `attributes` holds only what is written."""

    tag: str
    attributes: dict[str, str]
    children: list["_Element"] = field(default_factory=list)
    id: str = ""
    targets: list["_Element"] = field(default_factory=list)
    weight: int = 0  # elements drawn, itself and with each reference followed; 0 before it is known
    height: int = 0  # elements inside each other from here on, references followed


def read_svg(data: bytes) -> tuple[bytes, float, float]:
    """The drawing anew, its width and height. Raises Unusable where it cannot be used."""
    reading = _Reading()
    root = reading.read(data)
    _dress(root, rules_of("".join(reading.sheets)))
    _link(root)
    left, top, width, height = _box(root)
    if _weigh(root, ()) > MOST_DRAWN:
        raise _unfit("Its references draw too many parts.", "Make it simpler, or save it as PNG.")
    if not any(element.tag in _SHAPES for element in _each(root)):
        raise _unfit("It draws nothing.", "Choose the file of the logo itself.")
    box = f"{left:g} {top:g} {width:g} {height:g}"
    root.attributes = {
        "xmlns": SVG, "viewBox": box, "width": f"{width:g}", "height": f"{height:g}",
        **{name: value for name, value in root.attributes.items() if name in _LOOKS},
    }  # fmt: skip
    return "".join(_written(root)).encode() + b"\n", width, height


# --- reading


class _Reading:
    """Builds the tree of elements from the parser's calls."""

    def __init__(self) -> None:
        self.root: _Element | None = None
        self.open: list[_Element] = []
        self.count = 0
        self.depth = 0
        self.skipped = 0  # elements open inside one that is left out
        self.sheets: list[str] = []
        self.in_sheet = False

    def read(self, data: bytes) -> _Element:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = _refuse_entities
        parser.SkippedEntityHandler = _refuse_entities
        parser.ExternalEntityRefHandler = _refuse_entities
        try:
            parser.Parse(data, True)
        except expat.ExpatError as error:
            what = f"This is no SVG that can be read (line {error.lineno})."
            raise _unfit(what, "Save the logo as SVG or PNG.") from None
        except (LookupError, ValueError):  # an encoding that Python does not know
            raise _unfit("Its encoding is not known.", "Save it as UTF-8.") from None
        assert self.root is not None  # noqa: S101  (what is well formed has a root)
        return self.root

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        self.count += 1
        self.depth += 1
        if self.count > MOST_ELEMENTS:
            raise _unfit(f"It has more than {MOST_ELEMENTS:,} parts.", "Make it simpler, or save it as PNG.")
        if self.depth > DEEPEST:
            raise _too_deep()
        if tag == "script":
            raise _unfit(*_REFUSED["script"])
        if self.skipped or (self.open and (space not in {SVG, ""} or tag in _SILENT)):
            self.skipped += 1
        elif tag == "style" and self.open:
            self.skipped, self.in_sheet = 1, True
        else:
            self._keep(tag, space, attributes)

    def _keep(self, tag: str, space: str, attributes: dict[str, str]) -> None:
        if not self.open and (tag != "svg" or space not in {SVG, ""}):
            raise _unfit("This is no SVG: it begins with another element.", "Save the logo as SVG or PNG.")
        if tag in _REFUSED:
            raise _unfit(*_REFUSED[tag])
        if tag not in _KEPT or (tag == "svg" and self.open):
            raise _unfit(f"It holds a part that no logo needs (“{_shown(tag)}”).", _PLAIN)
        element = _Element(tag, dict(_own(attributes)))
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.open.append(element)

    def _end(self, _: str) -> None:
        self.depth -= 1
        if self.skipped:
            self.skipped -= 1
            self.in_sheet = False
        else:
            self.open.pop()

    def _text(self, text: str) -> None:
        if self.in_sheet:
            self.sheets.append(text)


def _refuse_entities(*_: object) -> int:
    raise _unfit("It declares or uses entities.", _PLAIN)


def _own(attributes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The attributes of SVG itself; those of editors and of XML are left out."""
    for name, value in attributes.items():
        space, _, local = name.rpartition(" ")
        if local.lower().startswith("on") and space in {"", SVG}:
            raise _unfit(f"It holds something that runs (“{_shown(local)}”).", _PLAIN)
        _refuse_outside(value)
        if space in {"", SVG} or (space == XLINK and local == "href"):
            yield local, value


def _refuse_outside(value: str) -> None:
    if len(_ANY_URL.findall(value)) != len(_LOCAL_URL.findall(value)):
        raise _unfit(f"It refers to something outside itself (“{_shown(value)}”).", _PLAIN)


# --- looks and values


def _dress(root: _Element, rules: Mapping[str, list[Rule]]) -> None:
    """Turn style sheet and style attributes into plain attributes, and keep those with a sound value."""
    for element in _each(root):
        given = element.attributes
        looks = {name: value for name, value in given.items() if name in _LOOKS or name in _ONLY}
        looks |= styled(element.tag, given.get("id", ""), given.get("class", "").split(), rules)
        looks |= declarations(given.get("style", ""))
        _refuse_effects(looks)
        element.id = given.get("id", "").strip()
        forms = {name: value for name, value in given.items() if name in _FORMS}
        looks = {name: value for name, value in looks.items() if name in _LOOKS}
        element.attributes = {name: _sound(name, value.strip()) for name, value in {**forms, **looks}.items()}
        if "href" in given:
            element.attributes["href"] = given["href"].strip()


def _refuse_effects(looks: Mapping[str, str]) -> None:
    for name, value in looks.items():
        _refuse_outside(value)
        if value.strip().lower() not in {_ONLY.get(name, value.strip().lower()), "inherit", "initial"}:
            raise _unfit(f"It has an effect that is not taken (“{name}”).", "Remove it, or save it as PNG.")
    if looks.get("transform", "none") != "none":
        raise _unfit("Its style moves parts (“transform”).", _PLAIN)


def _sound(name: str, value: str) -> str:
    long = len(value) > LONGEST and name not in {"d", "points"}
    if long or not (_READ[name].fullmatch(value) or (name in _LOOKS and _INHERITED.fullmatch(value))):
        raise _unfit(
            f"A value cannot be read ({name}: “{_shown(value)}”).",
            "Write colours as #rrggbb and lengths as numbers: save it as plain SVG.",
        )
    if name in _TARGETS:
        return value
    if any(abs(float(number)) > FARTHEST for number in _ONE_NUMBER.findall(value)):
        raise _unfit(f"A number is too large ({name}: “{_shown(value)}”).", "Scale the drawing down.")
    return value


def _box(root: _Element) -> tuple[float, float, float, float]:
    """Left, top, width and height of the drawing, by its view box or else by its size."""
    given = root.attributes
    if "viewBox" in given:
        left, top, width, height = (float(number) for number in _ONE_NUMBER.findall(given["viewBox"]))
    else:
        left = top = 0.0
        width, height = (_points(given.get(side, "")) for side in ("width", "height"))
    if not (width > 0 and height > 0):
        raise _unfit("It does not say how large it is.", "Save it with a width, a height or a view box.")
    if not 1 / 50 <= width / height <= 50 or min(width, height) < 1e-3:
        raise _unfit("It is far longer than high, or higher than long.", "Cut it to what it shows.")
    return left, top, width, height


def _points(length: str) -> float:
    """A length in pixels; not a number where it is relative or none."""
    match = re.fullmatch(rf"({_NUMBER})([a-z%]*)", length)
    return float(match[1]) * _UNIT_POINTS[match[2]] if match and match[2] in _UNIT_POINTS else math.nan


# --- references


def _link(root: _Element) -> None:
    """Follow each reference to an element of the drawing, and give what is referred to an id of our own."""
    named: dict[str, _Element] = {}
    for element in _each(root):
        if element.id:
            named.setdefault(element.id, element)
        element.id = ""
    for element in _each(root):
        for name, value in element.attributes.items():
            if name == "href":
                _refer(element, name, _target(value, named, _referable(element)), "#{}")
            elif name in _TARGETS and (match := _LOCAL_URL.search(value)):
                _refer(element, name, _target(f"#{match['id']}", named, _TARGETS[name]), "url(#{})")
    _name(root)


def _referable(element: _Element) -> frozenset[str]:
    if element.tag in _GRADIENTS:
        return _GRADIENTS
    return _SHAPES | {"g", "symbol", "use"} if element.tag == "use" else frozenset()


def _target(address: str, named: Mapping[str, _Element], kinds: frozenset[str]) -> _Element:
    if not address.startswith("#"):
        raise _unfit(f"It refers to something outside itself (“{_shown(address)}”).", _PLAIN)
    found = named.get(address[1:])
    if found is None or found.tag not in kinds:
        what = f"It refers to “{_shown(address)}”, which is not in the file or of another kind."
        raise _unfit(what, _PLAIN)
    return found


def _refer(element: _Element, name: str, target: _Element, form: str) -> None:
    element.targets.append(target)
    element.attributes[name] = form
    target.id = "?"  # numbered by `_name`, in order of the document


def _name(root: _Element) -> None:
    referred = (element for element in _each(root) if element.id)
    for number, element in enumerate(referred, start=1):
        element.id = f"logo-{number}"
    for element in _each(root):
        targets = iter(element.targets)
        for name, value in element.attributes.items():
            if "#{}" in value:
                element.attributes[name] = value.format(next(targets).id)


def _weigh(element: _Element, above: tuple[_Element, ...]) -> int:
    """How many elements are drawn, each reference followed. Unusable where one leads back or too deep."""
    if element in above:
        raise _unfit("A part refers to itself.", _PLAIN)
    if len(above) > DEEPEST:
        raise _too_deep()
    if not element.weight:
        inner = (*element.children, *element.targets)
        weight = 1 + sum(_weigh(part, (*above, element)) for part in inner)
        element.weight = min(weight, MOST_DRAWN + 1)
        element.height = 1 + max((part.height for part in inner), default=0)
    if element.height > DEEPEST:
        raise _too_deep()
    return element.weight


# --- writing


def _each(root: _Element) -> Iterator[_Element]:
    """The element and all in it, in order of the document."""
    yield root
    for child in root.children:
        yield from _each(child)


def _written(element: _Element) -> Iterator[str]:
    named = {"id": element.id, **element.attributes} if element.id else element.attributes
    yield f"<{element.tag}" + "".join(f" {name}={quoteattr(value)}" for name, value in named.items())
    if not element.children:
        yield "/>"
        return
    yield ">"
    for child in element.children:
        yield from _written(child)
    yield f"</{element.tag}>"


def _shown(text: str) -> str:
    """A text from the file as a message quotes it."""
    plain = " ".join(text.split())
    return plain if len(plain) <= 40 else plain[:39] + "…"


def _too_deep() -> Unusable:
    return _unfit("Its parts lie too deep inside each other.", "Ungroup it, or save it as PNG.")


def _unfit(problem: str, remedy: str) -> Unusable:
    return Unusable("", Fault("", problem, remedy))
