import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.issued import drawn, svg
from touchstone.core.labels.model import LabelLevel, Standing
from touchstone.output.badge import badge_svg
from touchstone.output.badge_shapes import shapes
from touchstone.output.baking import CREDENTIAL

OURS = badge_svg(drawn())


def test_the_credential_inside_is_passed_over() -> None:
    assert shapes(svg(), without=CREDENTIAL) == shapes(OURS)
    assert shapes(svg()) != shapes(OURS)


@pytest.mark.parametrize(
    "changed",
    [
        OURS.replace("<title", "<!-- a comment --><title", 1),
        re.sub(r"<title.*?</title>|<desc.*?</desc>", "", OURS),
        OURS.replace("<title", '<metadata><x xmlns="https://other.example/">y</x></metadata><title', 1),
        OURS.replace("><", ">\n  <").replace("/>", "  />"),
        re.sub(r' (?:id|role|aria-labelledby)="[^"]*"', "", OURS),
        OURS.replace('width="384" height="200" role', 'height="50" width="96" role'),
        f'<?xml version="1.0" encoding="UTF-8"?>\n{OURS}',
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">' + OURS,
        OURS.replace('"', "'"),
    ],
    ids=["comment", "no words", "metadata", "spaces", "ids", "size", "xml", "doctype", "quotes"],
)
def test_what_leaves_the_drawing_as_it_is_does_not_count(changed: str) -> None:
    assert changed != OURS
    assert shapes(changed) == shapes(OURS)


@pytest.mark.parametrize(
    "changed",
    [
        OURS.replace("BRONZE", "GOLD"),
        OURS.replace("#dca97a", "#e8c75f"),
        OURS.replace("<title", "<style>text{fill:red}</style><title", 1),
        OURS.replace("<title", "<metadata><style>text{fill:red}</style></metadata><title", 1),
        OURS.replace("<title", "<script>1</script><title", 1),
        OURS.replace("<title", '<g xmlns="http://www.w3.org/1999/xhtml">Gold</g><title', 1),
        OURS.replace('role="img"', 'role="img" style="filter:hue-rotate(90deg)"'),
        OURS.replace("</svg>", "Gold</svg>"),
        OURS.replace("</svg>", "<title>Gold</title><text>GOLD</text></svg>"),
        f'<?xml-stylesheet href="other.css"?>{OURS}',
        '<!DOCTYPE svg [<!ATTLIST svg style CDATA "opacity:0">]>' + OURS,
        OURS.replace("http://www.w3.org/2000/svg", "https://other.example/"),
    ],
    ids=[
        "words", "colour", "style", "style in metadata", "script", "another language", "attribute",
        "loose words", "text", "style sheet", "doctype", "namespace",
    ],
)  # fmt: skip
def test_what_changes_the_drawing_counts(changed: str) -> None:
    assert shapes(changed) != shapes(OURS)


def test_a_shape_hidden_inside_of_another_counts() -> None:
    withdrawn = badge_svg(drawn(standing=Standing.WITHDRAWN))
    cross = re.findall(r"<path [^>]*/>", withdrawn)[-1]
    before = withdrawn[: withdrawn.index(cross)]
    assert before.endswith("</text>")
    hidden = before.removesuffix("</text>") + cross + "</text>" + withdrawn[len(before) + len(cross) :]
    assert shapes(hidden) != shapes(withdrawn)


def test_levels_and_states_have_other_shapes() -> None:
    drawings = {
        shapes(badge_svg(drawn(level=level, standing=standing)))
        for level in LabelLevel
        for standing in (Standing.VALID, Standing.SUSPENDED, Standing.WITHDRAWN)
    }
    assert len(drawings) == 9


@pytest.mark.parametrize(
    "content", [b"", b"<svg>", b"no XML", b'<?xml version="1.0" encoding="no-such"?><svg/>']
)
def test_what_cannot_be_read_has_none(content: bytes) -> None:
    assert shapes(content) is None


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_have_none(content: bytes) -> None:
    assert shapes(content) != shapes(OURS)
