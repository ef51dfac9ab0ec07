import re
from base64 import b64encode
from dataclasses import replace
from html import escape
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest

from factories.printed import HOSTILE, charts, hostile, printed, real_content, real_report, real_scheme
from factories.reports import report
from touchstone.core.language.language import DASH, language, languages
from touchstone.core.quality.wording import number
from touchstone.core.report.result import as_result
from touchstone.core.scheme.model import Measure
from touchstone.output.html import page
from touchstone.output.logo import Logo
from touchstone.output.printable import plain
from touchstone.output.tokens import tokens

ENGLISH = language("en")
VOID = {"meta", "link", "br", "img", "input", "hr"}


class Tree(HTMLParser):
    """Elements with their attributes and text, and whether all were closed in order."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.cells: list[list[str]] = []
        self.measures: list[list[str]] = []  # of the tables of measures
        self.table = ""
        self.open: list[str] = []
        self.text: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "table":
            self.table = dict(attrs).get("class") or ""
        if tag == "tr":
            self.cells.append([])
            if self.table == "measures":
                self.measures.append(self.cells[-1])
        if tag in {"td", "th"}:
            self.cells[-1].append("")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" in self.open:
            return
        self.text.append(data)
        if {"td", "th"} & set(self.open):
            self.cells[-1][-1] += data


def words(tree: Tree) -> str:
    return spaced("".join(tree.text))


def spaced(text: str) -> str:
    """A text with one space for each run of spaces of any kind."""
    return re.sub(r"\s+", " ", plain(text))


def test_the_page_is_whole_and_every_element_closed() -> None:
    source = page(real_content())
    assert source.startswith('<!doctype html>\n<html lang="en">')
    assert source.endswith("</html>\n")
    assert Tree(source).open == []


def test_nothing_is_fetched_and_nothing_runs() -> None:
    source = page(real_content())
    tags = {tag for tag, _ in Tree(source).elements}
    assert tags & {"script", "link", "img", "iframe", "object", "form"} == set()
    assert re.findall(r"url\((?!data:font/woff2;base64,)|@import|\bon\w+=", source) == []
    targets = [about.get("href") for tag, about in Tree(source).elements if tag == "a"]
    assert all(target is not None and target.startswith("#") for target in targets)


def test_every_link_leads_somewhere_and_every_id_is_used_once() -> None:
    elements = Tree(page(real_content())).elements
    ids = [about["id"] for _, about in elements if "id" in about]
    assert len(ids) == len(set(ids))
    targets = {(about.get("href") or "").removeprefix("#") for tag, about in elements if tag == "a"}
    labels = {about["aria-labelledby"] for _, about in elements if "aria-labelledby" in about}
    assert targets | labels <= set(ids)


def test_headings_step_down_one_level_at_a_time() -> None:
    levels = [int(tag[1]) for tag, _ in Tree(page(real_content())).elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_figure_of_every_measure_is_that_of_the_result() -> None:
    document: Any = as_result(real_report())
    rows = {cells[0]: cells[1:] for cells in _measure_rows()}
    scheme = real_scheme()
    expected = {}
    for told in document["measures"]:
        measure = scheme.measures[told["id"]]
        figure = told["groups"]["portfolio:micro-nano-optics"]
        values = (told["value"], figure["p25"], figure["median"], figure["p75"])
        own, *shown = (DASH if value is None else written(value, measure) for value in values)
        expected[told["id"]] = [own, *shown, f"{figure['n']:,}"]
    assert {id: cells[:-1] for id, cells in rows.items()} == expected


def written(value: float, measure: Measure) -> str:
    figure = number(value, measure, ENGLISH)
    return ENGLISH.share(figure) if measure.unit == "%" else figure


def _measure_rows() -> list[list[str]]:
    tree = Tree(page(real_content()))
    marked = [
        about["data-measure"] for tag, about in tree.elements if tag == "tr" and "data-measure" in about
    ]
    body = [cells for cells in tree.measures if cells[0] != "Measure"]
    return [[str(id), *cells[1:]] for id, cells in zip(marked, body, strict=True)]


def test_every_judgement_and_recommendation_is_there() -> None:
    found = words(Tree(page(real_content())))
    appraisal = real_report().appraisal
    assert [one.quality for one in appraisal.judgements if spaced(one.reason) not in found] == []
    assert [one.quality for one in appraisal.recommendations if spaced(one.text) not in found] == []


def test_what_an_organisation_wrote_stays_text() -> None:
    source = page(printed(hostile()))
    tree = Tree(source)
    assert "<b>&amp;</b>" not in source
    assert spaced(HOSTILE)[:60] in words(tree)
    assert tree.open == []


def test_synthetic_peers_are_marked() -> None:
    assert "Synthetic peers" in page(printed())


def test_no_answer_at_all_is_a_page_of_dashes() -> None:
    nothing = printed(report({}))
    tree = Tree(page(nothing))
    rows = [cells for cells in tree.measures if cells[0] != "Measure"]
    assert {cells[1] for cells in rows} == {DASH}
    assert "there is nothing to recommend" in words(tree)


def test_day_and_night_have_their_colours() -> None:
    source = page(printed())
    assert f"--accent: {tokens()['light']['accent']};" in source
    assert f"--accent: {tokens()['dark']['accent']};" in source
    assert "prefers-color-scheme: dark" in source


@pytest.mark.parametrize("name", ["Amber", "Žemės ūkis"])
def test_the_same_content_gives_the_same_page(name: str) -> None:
    assert page(printed(report(name=name))) == page(printed(report(name=name)))


def test_a_logo_stands_in_the_file_itself_as_an_image_that_nothing_can_run_in() -> None:
    logo = Logo(kind="svg", data=b'<svg xmlns="http://www.w3.org/2000/svg"/>', width=10, height=5)
    elements = Tree(page(replace(printed(), logo=logo))).elements
    pictures = [about for tag, about in elements if tag == "img"]
    address = "data:image/svg+xml;base64," + b64encode(logo.data).decode()
    assert pictures == [{"class": "logo", "src": address, "alt": ""}]


def test_every_picture_has_its_figures_as_a_table_for_those_who_do_not_see_it() -> None:
    content = real_content()
    drawn = [chart.picture for chart in charts(content)]
    assert [picture.id for picture in drawn if picture.table is None] == ["score"]  # it has one figure
    captions = [picture.table.caption for picture in drawn if picture.table]
    source = page(content)
    assert [caption for caption in captions if escape(caption) not in source] == []


@pytest.mark.parametrize("code", languages())
def test_the_page_weighs_less_than_600_kilobytes_in_every_language(code: str) -> None:
    assert len(page(real_content(code)).encode()) < 600_000
