import base64
import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import typst

from factories.printed import charts, hostile, printed, real_content, real_report, real_scheme
from factories.reports import population, report
from touchstone.core.language.language import language
from touchstone.core.quality.wording import number
from touchstone.core.report.result import as_result
from touchstone.output.content.model import Light
from touchstone.output.logo import Logo
from touchstone.output.pdf import (
    STANDARDS,
    _compiler,
    _document,
    _fitted,
    _Fitting,
    _odd,
    full_pdf,
    one_page_pdf,
)
from touchstone.output.printable import BREAK, STAND_IN

DAY = date(2026, 10, 12)
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@cache
def real_pdf() -> bytes:
    return full_pdf(real_content(), on=DAY)


@cache
def real_summary() -> bytes:
    return one_page_pdf(real_content(), on=DAY)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Any]:
    """Opens a PDF and keeps it: pikepdf must not lose the document while its parts are in use."""
    kept: list[pikepdf.Pdf] = []

    def _open(made: bytes) -> pikepdf.Pdf:
        path = tmp_path / f"{len(kept)}.pdf"
        path.write_bytes(made)
        kept.append(pikepdf.open(path))
        return kept[-1]

    yield _open
    for pdf in kept:
        pdf.close()


def text(made: bytes, tmp_path: Path, *options: str) -> str:
    path = tmp_path / "text.pdf"
    path.write_bytes(made)
    found = subprocess.run(["pdftotext", *options, str(path), "-"], capture_output=True, check=True)
    return found.stdout.decode().replace(BREAK, "")


def flat(made: bytes, tmp_path: Path) -> str:
    """The text with each run of blanks as one space."""
    return re.sub(r"\s+", " ", text(made, tmp_path))


def squeezed(made: bytes, tmp_path: Path) -> str:
    """The text without blanks, for what is broken over lines."""
    return squeeze(text(made, tmp_path))


def squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


def structure(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """All elements of the tree of tags."""
    waiting = [pdf.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        if isinstance(element, pikepdf.Array):
            waiting += list(element)
        elif isinstance(element, pikepdf.Dictionary):
            if "/S" in element:
                yield element
            if "/K" in element:
                waiting.append(element.K)


def tags(pdf: pikepdf.Pdf) -> Counter[str]:
    return Counter(str(element.S) for element in structure(pdf))


# --- structure


def test_the_file_claims_to_be_kept_and_to_be_read_by_everybody(opened: Any) -> None:
    pdf = opened(real_pdf())
    with pdf.open_metadata() as about:
        assert (about["pdfaid:part"], about["pdfaid:conformance"], about["pdfuaid:part"]) == ("3", "A", "1")
        assert about["dc:title"] == "Benchmarking report: Amber Coast Photonics Cluster (invented)"
    assert str(pdf.Root.Lang) == "en-GB"
    assert bool(pdf.Root.MarkInfo.Marked)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def test_contents_and_links_are_tagged_and_each_part_is_a_heading(opened: Any) -> None:
    found = tags(opened(real_pdf()))
    parts = [
        "summary", "reading", "portrait", "quality", "eligibility", "recommendations", "stories", "method",
        "sources", "glossary", "plan",
    ]  # fmt: skip
    assert found["/H1"] == len(parts) + len(real_content().areas) + bool(real_content().notes)
    assert found["/TOC"] >= 1
    assert found["/TOCI"] > found["/H1"]
    assert found["/Table"] >= 4  # steps, eligibility, groups, certainty
    assert found["/TH"] > found["/Table"]


def test_every_picture_says_in_words_what_it_shows(opened: Any) -> None:
    figures = [element for element in structure(opened(real_pdf())) if element.S == "/Figure"]
    pictures = [chart.picture for chart in charts(real_content())]
    assert len(figures) == len(pictures)
    squeezed_alts = {re.sub(r"\s|\u200b", "", str(figure.Alt)) for figure in figures}
    assert {re.sub(r"\s|\u200b", "", picture.alt) for picture in pictures} == squeezed_alts


def test_all_fonts_are_our_own_and_embedded(opened: Any) -> None:
    pdf = opened(real_pdf())
    fonts = {}
    for page in pdf.pages:
        for font in page.Resources.get("/Font", {}).values():
            inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
            fonts[str(inner.BaseFont).partition("+")[2]] = inner.FontDescriptor
            assert "/ToUnicode" in font
    assert set(fonts) == {"NotoSans-Regular", "NotoSans-Bold", "NotoSerif-Regular", "NotoSerif-Bold"}
    assert all({"/FontFile2", "/FontFile3"} & set(descriptor.keys()) for descriptor in fonts.values())


@pytest.mark.parametrize("form", ["report", "summary"])
def test_the_templates_give_no_warning(form: str) -> None:
    fitting, more = _Fitting(frozenset()), ", 1.0, false" if form == "summary" else ""
    tree = fitting.page(real_content()) if form == "summary" else fitting.content(real_content())
    _, warnings = _compiler().compile_with_warnings(
        input=_document(form, tree, more), sys_inputs={}, pdf_standards=STANDARDS, timestamp=0
    )
    assert warnings == []


# --- text


@pytest.mark.parametrize(
    "words",
    [
        "Amber Coast Photonics Cluster (invented)",
        "Micro, nano and optical technologies",
        "Lithuania",
        "12 October 2026",
        "Synthetic peers",
        "This is not the official scheme",
    ],
)
def test_names_dates_and_marks_are_in_the_text(words: str, tmp_path: Path) -> None:
    assert words in flat(real_pdf(), tmp_path)


def test_the_report_names_itself_and_the_frozen_set_of_peers(tmp_path: Path) -> None:
    found = squeezed(real_pdf(), tmp_path)
    assert real_report().number in found
    assert real_report().comparison.digest in found


def test_every_indicator_and_quality_indicator_is_there(tmp_path: Path) -> None:
    found = flat(real_pdf(), tmp_path)
    scheme = real_scheme()
    assert [one.id for one in scheme.indicators.values() if f"{one.id} {one.name}" not in found] == []
    assert [one.id for one in scheme.quality.values() if one.id not in found] == []


@pytest.mark.parametrize("id", ["A6.total", "B2.fte", "A7.within_150km"])
def test_the_figures_are_those_of_the_result(id: str, tmp_path: Path) -> None:
    """The headline of a block, and the sentence with the peers' figures."""
    measure, words = real_scheme().measures[id], language("en")
    document: Any = as_result(real_report())
    (told,) = [one for one in document["measures"] if one["id"] == id]
    figure = told["groups"]["portfolio:micro-nano-optics"]

    def written(value: float) -> str:
        found = number(value, measure, words)
        return words.share(found) if measure.unit == "%" else found

    found = squeezed(real_pdf(), tmp_path)
    low, high, median = (squeeze(written(figure[one])) for one in ("p25", "p75", "median"))
    assert f"{figure['n']}peers" in found
    assert re.search(rf"runsfrom{low}to{high}[;,](and)?themedianis{median}\.", found)
    assert squeeze(written(told["value"]) + measure.label) in found


def test_the_reader_sees_which_page_of_how_many(opened: Any, tmp_path: Path) -> None:
    pages = len(opened(real_pdf()).pages)
    found = flat(real_pdf(), tmp_path)
    assert f"Page {pages} of {pages}" in found


# --- the one page


@pytest.mark.parametrize("which", ["real", "small", "hostile", "nothing", "alone"])
def test_the_summary_is_one_page_whatever_is_on_it(which: str, opened: Any) -> None:
    summaries: dict[str, Callable[[], bytes]] = {
        "real": real_summary,
        "small": lambda: one_page_pdf(printed(), on=DAY),
        "hostile": lambda: one_page_pdf(printed(hostile()), on=DAY),
        "nothing": lambda: one_page_pdf(printed(report({})), on=DAY),
        "alone": lambda: one_page_pdf(printed(report(peers=population(0))), on=DAY),
    }
    assert len(opened(summaries[which]()).pages) == 1


def test_the_summary_says_the_answer_first_and_what_to_do(tmp_path: Path) -> None:
    found = flat(real_summary(), tmp_path)
    assert real_content().summary.opening in found
    assert all(f"{lever.quality} {lever.name}" in found for lever in real_content().summary.levers)


def test_the_summary_ends_with_the_notice_in_full(tmp_path: Path) -> None:
    assert real_content().notice in flat(real_summary(), tmp_path)


def test_texts_that_cannot_shrink_enough_are_cut_and_not_carried_over(opened: Any) -> None:
    said = printed()
    lever = replace(said.summary.levers[0], text="All of it. " * 900)
    endless = replace(said, summary=replace(said.summary, levers=(lever,) * 5))
    assert len(opened(one_page_pdf(endless, on=DAY)).pages) == 1


# --- same bytes


def test_the_same_content_gives_the_same_bytes() -> None:
    said = printed()
    assert full_pdf(said, on=DAY) == full_pdf(printed(), on=DAY)
    assert one_page_pdf(said, on=DAY) == one_page_pdf(printed(), on=DAY)


def test_the_date_in_the_file_is_the_reports(opened: Any) -> None:
    assert str(opened(full_pdf(printed(), on=DAY)).docinfo.CreationDate)[:10] == "D:20261012"


# --- what may break a page


def test_what_looks_like_code_is_printed_as_it_stands(tmp_path: Path) -> None:
    found = flat(full_pdf(printed(hostile()), on=DAY), tmp_path)
    assert "<b>&amp;</b> #let x = 1 $a$ *bold* `raw` {{ 7 * 7 }} =1+1 \\ \"q\" 'p' right to left" in found
    assert "one two three" in found
    assert "=HYPERLINK(1)" in found


def test_what_the_fonts_lack_is_marked_and_named(tmp_path: Path) -> None:
    made = full_pdf(printed(report(name="A漢B😀")), on=DAY)
    assert f"A{STAND_IN}B{STAND_IN}" in squeezed(made, tmp_path)
    found = flat(made, tmp_path)
    assert (
        f"The character U+6F22 (cjk unified ideograph-6f22) is not in the fonts of this report "
        f"and is printed as {STAND_IN}." in found
    )
    assert "U+1F600 (grinning face)" in found


def test_a_missing_glyph_that_only_the_typesetter_finds_does_not_stop_the_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As if the fonts promised every character.
    monkeypatch.setattr("touchstone.output.pdf.covered", lambda: frozenset(range(0x110000)))
    _odd.cache_clear()
    _fitted.cache_clear()
    made = full_pdf(printed(report(name="A漢BשC")), on=DAY)
    _odd.cache_clear()
    _fitted.cache_clear()
    assert f"A{STAND_IN}B{STAND_IN}C" in squeezed(made, tmp_path)
    assert "U+6F22" in flat(made, tmp_path)
    assert "U+05E9 (hebrew letter shin)" in flat(made, tmp_path)


def test_any_other_fault_of_the_typesetter_is_passed_on() -> None:
    said = printed()
    unheard_of = replace(said.recommendations[0], light=Light(light="purple", word="purple"))
    with pytest.raises(typst.TypstError, match="purple"):
        full_pdf(replace(said, recommendations=(unheard_of,)), on=DAY)


def test_long_words_stay_on_the_page(tmp_path: Path) -> None:
    made = full_pdf(printed(report(name="W" * 300)), on=DAY)
    for page in text(made, tmp_path, "-bbox").split("<page ")[1:]:
        width = float(re.findall(r'width="([\d.]+)"', page)[0])
        assert max(float(right) for right in re.findall(r'xMax="([\d.]+)"', page)) <= width - 50
    assert "W" * 300 in squeezed(made, tmp_path)


def test_a_drawing_is_never_broken_up() -> None:
    fitting = _Fitting(frozenset())
    said = printed(report(name="x" * 100))
    tree = fitting.content(said)
    assert BREAK in tree["organisation"]
    assert BREAK not in tree["summary"]["score"]["picture"]["svg"]
    assert fitting.missing == set()


def test_a_logo_of_either_kind_is_on_the_cover(opened: Any) -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><path d="M0 0h20v10z"/></svg>'
    drawn = Logo(kind="svg", data=drawing, width=20, height=10)
    painted = Logo(kind="png", data=PIXEL, width=1, height=1)
    plain = len(full_pdf(printed(), on=DAY))
    for logo in (drawn, painted):
        made = full_pdf(replace(printed(), logo=logo), on=DAY)
        figures = [one for one in structure(opened(made)) if one.S == "/Figure"]
        assert "Amber Coast Photonics" in {str(one.Alt) for one in figures}
        assert len(made) > plain
