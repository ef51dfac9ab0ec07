import json
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

from factories.printed import HOSTILE, hostile, printed, real_content, real_report, real_scheme
from factories.reports import population, report
from touchstone.core.quality.wording import number
from touchstone.core.report.result import as_result
from touchstone.output.content.model import Content
from touchstone.output.fonts import covered
from touchstone.output.pdf import _compiler, _fitted, _set, full_pdf, one_page_pdf
from touchstone.output.printable import BREAK, STAND_IN

DAY = date(2026, 10, 12)


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
    return re.sub(r"\s+", "", text(made, tmp_path))


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


def test_headings_tables_and_contents_are_tagged(opened: Any) -> None:
    found = tags(opened(real_pdf()))
    parts = 9 + len(real_content().areas)
    assert found["/H1"] == parts
    assert found["/TOC"] >= 1
    assert found["/Table"] == sum(
        (
            sum(bool(part.rows) for area in real_content().areas for part in area.indicators),
            len(real_content().dimensions),
            4,  # steps, groups, eligibility, certainty
        )
    )
    assert found["/TH"] > found["/Table"]


def test_every_picture_says_in_words_what_it_shows(opened: Any) -> None:
    figures = [element for element in structure(opened(real_pdf())) if element.S == "/Figure"]
    pictures = sum(len(part.charts) for area in real_content().areas for part in area.indicators)
    assert len(figures) == pictures + 2
    assert all(str(figure.Alt).strip() for figure in figures)
    alts = {str(figure.Alt) for figure in figures}
    assert {chart.alt for area in real_content().areas for p in area.indicators for chart in p.charts} <= alts


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


def test_the_report_is_of_a_length_to_be_read(opened: Any) -> None:
    assert 16 <= len(opened(real_pdf()).pages) <= 42


def test_the_templates_give_no_warning() -> None:
    fitted, _ = _fitted(real_content(), covered(), set())
    for template in ("report.typ", "summary.typ"):
        _, warnings = _compiler(template).compile_with_warnings(
            sys_inputs={"data": json.dumps(fitted)}, pdf_standards=["a-3a", "ua-1"], timestamp=0
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


@pytest.mark.parametrize("id", ["A6.total", "B2.heads", "D1.information", "F1.total", "A7.within_150km"])
def test_the_figures_are_those_of_the_result(id: str, tmp_path: Path) -> None:
    measure = real_scheme().measures[id]
    document: Any = as_result(real_report())
    (told,) = [one for one in document["measures"] if one["id"] == id]
    figure = told["groups"]["portfolio:micro-nano-optics"]
    own, median, low, high = (
        number(value, measure) for value in (told["value"], figure["median"], figure["p25"], figure["p75"])
    )
    row = rf"{own}\s+{median}\s+{low} to {high}\s+{figure['n']}\s"
    assert re.search(row, text(real_pdf(), tmp_path, "-layout")), row


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
    assert "Page 1 of 1" in found


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


def test_a_missing_glyph_that_only_the_typesetter_finds_does_not_stop_the_report(tmp_path: Path) -> None:
    everything = frozenset(range(0x110000))
    made = _set("report.typ", printed(report(name="A漢BשC")), DAY, everything)
    assert f"A{STAND_IN}B{STAND_IN}C" in squeezed(made, tmp_path)
    assert "U+6F22" in flat(made, tmp_path)
    assert "U+05E9 (hebrew letter shin)" in flat(made, tmp_path)


def test_any_other_fault_of_the_typesetter_is_passed_on() -> None:
    with pytest.raises(typst.TypstError, match="none"):
        full_pdf(replace(printed(), facts=()), on=DAY)


def test_long_words_stay_on_the_page(tmp_path: Path) -> None:
    made = full_pdf(printed(report(name="W" * 300)), on=DAY)
    boxes = text(made, tmp_path, "-bbox")
    rights = [float(right) for right in re.findall(r'<word [^>]*xMax="([\d.]+)"', boxes)]
    assert max(rights) <= 595.3 - 50
    assert "W" * 300 in squeezed(made, tmp_path)


def test_a_drawing_is_never_broken_up() -> None:
    said: Content = printed(report(name="x" * 100))
    tree, missing = _fitted(said, frozenset(range(0x110000)), set())
    assert BREAK in tree["organisation"]
    assert BREAK not in tree["summary"]["score"]["svg"]
    assert missing == set()
    assert HOSTILE not in str(tree)
