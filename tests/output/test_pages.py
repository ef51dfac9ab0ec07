"""The pages of the full report in every language and with what may break a page; `test_pdf` has the rest."""

import io
import re
import subprocess
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pikepdf
import pytest

from factories.contents import at_length, made
from factories.printed import charts, hostile, printed, real_content, real_report
from factories.reports import population, report
from touchstone.core.language.language import languages
from touchstone.output.content.model import Content
from touchstone.output.pdf import full_pdf

LANGUAGES = languages()
HTML = "{http://www.w3.org/1999/xhtml}"
MARGIN = 42.0  # points: three quarters of the narrowest margin of the templates
FAINT = 0.13  # of a page's height: what a page must be filled to, so that it is not an empty one

CASES: dict[str, Callable[[], Content]] = {
    **{code: (lambda code=code: real_content(code)) for code in LANGUAGES},  # type: ignore[misc]  # bound early
    "hostile": lambda: printed(hostile()),
    "no answer": lambda: printed(report({})),
    "one peer": lambda: printed(report(peers=population(1))),
    "of any length": lambda: made(at_length),
}


@cache
def pages_of(which: str) -> bytes:
    return full_pdf(CASES[which](), on=real_report().on)


# Pictures made by hand have words of any length; those that we draw fit theirs in.
DRAWN = [name for name in CASES if name != "of any length"]


@pytest.fixture(params=CASES)
def which(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def told(program: str, file: bytes, *options: str) -> str:
    done = subprocess.run([program, *options, "-"], input=file, capture_output=True, check=True)
    return done.stdout.decode()


def text_of(file: bytes, *options: str) -> str:
    done = subprocess.run(["pdftotext", *options, "-", "-"], input=file, capture_output=True, check=True)
    return done.stdout.decode()


# --- standards ----------------------------------------------------------------------------------------


def nodes(part: Any) -> Iterator[Any]:
    # Any: an object of the file, as pikepdf gives it.
    """The elements of the structure tree, in order."""
    for child in [*part.get("/K", [])] if isinstance(part.get("/K"), pikepdf.Array) else [part.get("/K")]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from nodes(child)


def test_every_figure_has_an_alternative_text_and_every_table_its_heads(which: str) -> None:
    pdf = pikepdf.open(io.BytesIO(pages_of(which)))
    found = list(nodes(pdf.Root.StructTreeRoot))
    figures = [node for node in found if node.S == "/Figure"]
    assert [node for node in figures if not str(node.get("/Alt", "")).strip()] == []
    assert len(figures) >= sum(1 for _ in charts(CASES[which]()))
    tables = [node for node in found if node.S == "/Table"]
    assert len(tables) > 0
    assert [1 for table in tables if not any(node.S == "/TH" for node in nodes(table))] == []


# --- order --------------------------------------------------------------------------------------------


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b\u00ad-]", "", text)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_text_comes_out_in_the_order_of_reading(code: str) -> None:
    content = real_content(code)
    blocks = [part for area in content.areas for part in area.indicators]
    wanted = [
        *(part.title for part in content.reading.paragraphs[:1]),
        *(text for part in blocks for text in (part.name, part.definition)),
        *(row.reason for dimension in content.dimensions for row in dimension.rows),
        *(text for part in content.recommendations for text in (part.name, part.text, part.next)),
    ]
    # The contents name the same headings first, so the search begins after them.
    text = squeezed(text_of(pages_of(code), "-f", "3"))
    at = 0
    for one in wanted:
        found = text.find(squeezed(one), at)
        assert found >= 0, f"{one!r} does not come after what stands before it"
        at = found


# --- layout -------------------------------------------------------------------------------------------


@cache
def words_by_page(which: str) -> list[tuple[float, float, list[tuple[float, float, float, float]]]]:
    """Of each page its width and height, and the boxes of its words."""
    told = text_of(pages_of(which), "-bbox")
    tree = ET.fromstring(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", told))
    found = []
    for page in tree.iter(f"{HTML}page"):
        boxes = [
            (float(word.attrib["xMin"]), float(word.attrib["yMin"]), float(word.attrib["xMax"]),
             float(word.attrib["yMax"]))
            for word in page.iter(f"{HTML}word")
        ]  # fmt: skip
        found.append((float(page.attrib["width"]), float(page.attrib["height"]), boxes))
    assert sum(len(boxes) for _, _, boxes in found) > 1000
    return found


@pytest.mark.parametrize("which", DRAWN)
def test_no_word_stands_outside_the_margins(which: str) -> None:
    outside = [
        (number, box)
        for number, (width, height, boxes) in enumerate(words_by_page(which), start=1)
        for box in boxes
        if box[0] < MARGIN or box[2] > width - MARGIN or box[1] < 20 or box[3] > height - 20
    ]
    assert outside == []


@pytest.mark.parametrize("which", DRAWN)
def test_no_page_is_nearly_empty(which: str) -> None:
    thin = []
    for number, (_, height, boxes) in enumerate(words_by_page(which), start=1):
        body = [box for box in boxes if 60 < box[1] < height - 60]
        if not body or max(box[3] for box in body) < FAINT * height:
            thin.append(number)
    assert thin == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_report_has_16_to_28_pages_in_every_language(code: str) -> None:
    assert 16 <= len(words_by_page(code)) <= 28


@pytest.mark.parametrize("which", DRAWN)
def test_words_do_not_lie_on_one_another(which: str) -> None:
    overlaps: Counter[int] = Counter()
    for number, (_, _, boxes) in enumerate(words_by_page(which), start=1):
        for one, other in overlapping(boxes):
            overlaps[number] += 1 if one != other else 0
    assert overlaps == Counter()


def overlapping(boxes: list[tuple[float, float, float, float]]) -> Iterator[tuple[Any, Any]]:
    """Pairs of words whose inner boxes share some room; the outer parts of a line's height is no ink."""
    inner = sorted(
        (x0 + 0.6, y0 + (y1 - y0) * 0.3, x1 - 0.6, y1 - (y1 - y0) * 0.3) for x0, y0, x1, y1 in boxes
    )
    for number, one in enumerate(inner):
        for other in inner[number + 1 :]:
            if other[0] >= one[2]:
                break
            if one[1] < other[3] and other[1] < one[3]:
                yield one, other


def test_a_name_of_300_characters_is_on_the_cover_in_full() -> None:
    name = " ".join(["Verbund", "für", "Holzbauwirtschaft"] * 12)[:300]
    content = replace(real_content(), organisation=name, title=name)
    text = squeezed(text_of(full_pdf(content, on=real_report().on), "-l", "1"))
    assert squeezed(name) in text
