"""The PDF forms, set by Typst: PDF/A-3a and PDF/UA-1 are asked of the writer."""

import json
import re
import threading
import unicodedata
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from touchstone.output.content.model import Content
from touchstone.output.content.words import say
from touchstone.output.fonts import FOLDER, covered
from touchstone.output.printable import STAND_IN, breakable
from touchstone.output.tokens import TEMPLATES

STANDARDS = ["a-3a", "ua-1"]
_UNPRINTABLE = re.compile(r'the text `"(?P<text>.+?)"` could not be displayed')
_DRAWINGS = {"svg", "shape"}
# One compiler a thread and template: a compiler keeps its last input.
_compilers = threading.local()


def full_pdf(content: Content, *, on: date) -> bytes:
    """The full report. `on` is the date in the file, so that the same report gives the same bytes."""
    return _set("report.typ", content, on, covered())


def one_page_pdf(content: Content, *, on: date) -> bytes:
    """The report on one page."""
    return _set("summary.typ", content, on, covered())


def _set(template: str, content: Content, on: date, known: frozenset[int]) -> bytes:
    """Set a template. What the fonts lack is printed as a stand-in and named in the notes."""
    from typst import TypstError

    lacking: set[str] = set()
    while True:
        fitted, found = _fitted(content, known, lacking)
        try:
            return _compile(template, fitted, on)
        except TypstError as error:
            # The fonts' tables promise more than shaping keeps, now and then; each turn names a new text.
            refused = _UNPRINTABLE.search(str(error.message))
            news = set(refused["text"]) - found if refused else set()
            if not news:
                raise
            lacking |= news


def _fitted(content: Content, known: frozenset[int], lacking: set[str]) -> tuple[dict[str, Any], set[str]]:
    # Any: a tree of texts, numbers and flags, as JSON has it.
    """The content with only characters that the fonts have, and those that were replaced."""
    missing: set[str] = set()

    def fit(text: str, part: str) -> str:
        gone = {one for one in set(text) if ord(one) not in known or one in lacking}
        if gone:
            missing.update(gone)
            text = "".join(STAND_IN if one in gone else one for one in text)
        return text if part in _DRAWINGS else breakable(text)

    tree = _each_text(asdict(content), fit)
    notes = [say("notes.glyph", name=_named(one), stand_in=STAND_IN) for one in sorted(missing)]
    return {**tree, "notes": [*tree["notes"], *notes]}, missing


def _each_text(value: Any, change: Callable[[str, str], str], part: str = "") -> Any:
    # Any: see _fitted.
    """The same tree with each text changed; `change` is told the text and the name of its part."""
    if isinstance(value, str):
        return change(value, part)
    if isinstance(value, dict):
        return {key: _each_text(inner, change, key) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_each_text(inner, change, part) for inner in value]
    return value


def _named(character: str) -> str:
    return f"U+{ord(character):04X} ({unicodedata.name(character, 'without a name').lower()})"


def _compile(template: str, content: dict[str, Any], on: date) -> bytes:
    # Any: see _fitted.
    midnight = int(datetime(on.year, on.month, on.day, tzinfo=UTC).timestamp())
    made: bytes = _compiler(template).compile(
        sys_inputs={"data": json.dumps(content, ensure_ascii=False)},
        pdf_standards=STANDARDS,
        timestamp=midnight,
    )
    return made


def _compiler(template: str) -> Any:
    # Any: the binding has no types.
    compilers: dict[str, Any] = _compilers.__dict__
    if template not in compilers:
        import typst

        compilers[template] = typst.Compiler(
            str(TEMPLATES / template), root=str(TEMPLATES), font_paths=_fonts()
        )
    return compilers[template]


@cache
def _fonts() -> Any:
    # Any: the binding has no types.
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER)])
