"""Full report, HTML, workbook and JSON of one report hold the same texts and the same figures."""

import io
import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest
from openpyxl import load_workbook

from factories.printed import charts, real_content, real_report, real_scheme
from touchstone.core.language.language import languages
from touchstone.core.report.result import as_result
from touchstone.output.content.model import Content, Summary
from touchstone.output.html import page
from touchstone.output.pdf import full_pdf, one_page_pdf
from touchstone.output.workbook import book

LANGUAGES = languages()
# Parts of a content that are names for programs, or that one form has and another need not have.
UNSAID = {
    "language", "id", "light", "state", "gate_state", "kind", "logo", "headline",  # for programs
    "title", "title_summary", "organisation_short",  # of the file, and running heads
    "rows", "origin", "certainty", "table_caption",  # figures unfold in HTML; on paper they run on
    "caption", "alt",  # tables without a caption on paper; what a picture says to those who do not see it
    "labels", "shapes", "table",  # pictures are compared by themselves
    "evidence",
}  # fmt: skip

ONE_LINE = (Summary, "facts")  # the cover in one line, for the page that has no cover


def texts(part: Any) -> Iterator[str]:
    # Any: a tree of the parts of a content.
    """All texts of a content that both long forms print."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from texts(one)
    elif is_dataclass(part):
        for field in fields(part):
            if field.name not in UNSAID and (type(part), field.name) != ONE_LINE:
                yield from texts(getattr(part, field.name))


def squeezed(text: str) -> str:
    """A text without spaces, breaks and hyphens, since each form breaks lines its own way."""
    return re.sub(r"[\s\u200b\u00ad-]", "", text)


class _Text(HTMLParser):
    def __init__(self, source: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent = False
        self.feed(source)

    def handle_starttag(self, tag: str, _: list[tuple[str, str | None]]) -> None:
        self.silent = tag == "style"

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(data)


@cache
def on_paper(code: str) -> str:
    content = real_content(code)
    return printed_text(full_pdf(content, on=real_report(code).on))


def printed_text(file: bytes) -> str:
    # Without the heads and feet of pages, which may stand between two halves of a text.
    body = ["-x", "0", "-y", "58", "-W", "842", "-H", "732"]
    command = ["pdftotext", "-raw", "-nopgbrk", *body, "-", "-"]
    told = subprocess.run(command, input=file, capture_output=True, check=True).stdout.decode()
    return squeezed(told)


@cache
def on_screen(code: str) -> str:
    return squeezed("".join(_Text(page(real_content(code))).found))


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_text_of_a_report_is_on_screen(code: str) -> None:
    missing = [text for text in texts(real_content(code)) if squeezed(text) not in on_screen(code)]
    assert missing == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_text_of_a_report_is_on_paper(code: str) -> None:
    missing = [text for text in texts(real_content(code)) if squeezed(text) not in on_paper(code)]
    assert missing == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_picture_says_the_same_words_on_paper_and_on_screen(code: str) -> None:
    words = {label.text for chart in charts(real_content(code)) for label in chart.picture.labels}
    lost = {word for word in words if squeezed(word) not in on_screen(code)}
    lost |= {word for word in words if squeezed(word) not in on_paper(code)}
    assert lost == set()


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_page_for_the_board_says_what_the_summary_of_the_full_report_says(code: str) -> None:
    content = real_content(code)
    told = printed_text(one_page_pdf(content, on=real_report(code).on))
    assert [text for text in texts(content.summary) if squeezed(text) not in told] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_summary_is_exactly_one_page(code: str) -> None:
    file = one_page_pdf(real_content(code), on=real_report(code).on)
    told = subprocess.run(["pdfinfo", "-"], input=file, capture_output=True, check=True).stdout.decode()
    assert re.findall(r"Pages:\s+(\d+)", told) == ["1"]


def test_the_workbook_has_every_figure_of_the_result_unrounded() -> None:
    report = real_report()
    document: Any = json.loads(json.dumps(as_result(report)))
    found = set(_numbers_of_the_workbook(report, real_content()))
    told = {
        value
        for measure in document["measures"]
        for figure in measure["groups"].values()
        for value in (measure["value"], *figure.values())
        if isinstance(value, int | float)
    }
    assert told - found == set()


def _numbers_of_the_workbook(report: Any, content: Content) -> Iterator[float]:
    # Any: a Report; the workbook is read back by another library.
    read = load_workbook(io.BytesIO(book(report, content, real_scheme())), read_only=True)
    for sheet in read.worksheets:
        for row in sheet.iter_rows(values_only=True):
            yield from (cell for cell in row if isinstance(cell, int | float))
