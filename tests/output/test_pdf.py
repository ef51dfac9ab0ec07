import json
import os
import re
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from factories.contents import at_length, bare, made
from factories.printed import HOSTILE, charts, hostile, printed, real_content, real_report, real_scheme
from factories.reports import population, report
from touchstone.core.language.language import languages
from touchstone.output.content.model import Content
from touchstone.output.logo import Logo
from touchstone.output.pdf import (
    STANDARDS,
    _compiler,
    _document,
    _Fitting,
    _odd,
    full_pdf,
    one_page_pdf,
    pages,
)
from touchstone.output.printable import BREAK, STAND_IN

DAY = date(2026, 10, 12)
MM = 72 / 25.4
# What a page holds: left, right, top and bottom margin of the text, with head and foot (mm).
LEFT, RIGHT, TOP, BOTTOM = 22, 20, 12, 8
WORD = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>')
# Height of a line of Noto Sans and Noto Serif, in sizes of type.
LINE = 1.362


@cache
def real_pdf() -> bytes:
    return full_pdf(real_content(), on=DAY)


@cache
def real_summary() -> bytes:
    return one_page_pdf(real_content(), on=DAY)


@cache
def hostile_pdf() -> bytes:
    return full_pdf(made(at_length, indicators=3), on=DAY)


@pytest.fixture
def opened() -> Iterator[Any]:
    """Opens a PDF and keeps it: pikepdf must not lose the document while its parts are in use."""
    kept: list[pikepdf.Pdf] = []

    def _open(made: bytes) -> pikepdf.Pdf:
        kept.append(pikepdf.open(BytesIO(made)))
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


def squeezed(said: str) -> str:
    """A text without blanks and breaks, for what may be broken over lines."""
    return re.sub(rf"[\s{BREAK}]+", "", said)


@dataclass(frozen=True)
class Word:
    """A word on a page; places run from the upper left corner (pt)."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str
    width: float  # of the page
    height: float


def words_of(made: bytes, tmp_path: Path) -> list[Word]:
    found = []
    for number, page in enumerate(text(made, tmp_path, "-bbox").split("<page ")[1:], 1):
        size = re.match(r'width="([\d.]+)" height="([\d.]+)"', page)
        assert size
        found += [
            Word(number, *map(float, place), said, float(size[1]), float(size[2]))
            for *place, said in re.findall(
                r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>',
                page,
            )
        ]
    return found


def structure(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """All elements of the tree of tags, in the order of reading."""
    waiting = [pdf.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        if isinstance(element, pikepdf.Array):
            waiting += reversed(list(element))
        elif isinstance(element, pikepdf.Dictionary):
            if "/S" in element:
                yield element
            if "/K" in element:
                waiting.append(element.K)


def tags(pdf: pikepdf.Pdf) -> Counter[str]:
    return Counter(str(element.S) for element in structure(pdf))


def inside(element: Any) -> set[str]:
    """The tags of all that an element of the tree holds."""
    found, waiting = set(), [element.get("/K")]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Array):
            waiting += list(one)
        elif isinstance(one, pikepdf.Dictionary) and "/S" in one:
            found.add(str(one.S))
            waiting.append(one.get("/K"))
    return found


def outline(pdf: pikepdf.Pdf) -> list[str]:
    with pdf.open_outline() as found:
        return [str(one.title) for one in found.root]


# --- structure


@pytest.mark.parametrize(("form", "title"), [(real_pdf, "title"), (real_summary, "title_summary")])
def test_the_file_claims_to_be_kept_and_to_be_read_by_everybody(form: Any, title: str, opened: Any) -> None:
    pdf = opened(form())
    with pdf.open_metadata() as about:
        assert (about["pdfaid:part"], about["pdfaid:conformance"], about["pdfuaid:part"]) == ("3", "A", "1")
        assert about["dc:title"] == getattr(real_content(), title)
    assert str(pdf.Root.Lang) == "en-GB"
    assert bool(pdf.Root.MarkInfo.Marked)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def test_the_bookmarks_are_the_parts_in_the_order_of_the_report(opened: Any) -> None:
    content = real_content()
    areas = [f"{area.id} {area.name}" for area in content.areas]
    before = ["Summary", "How to read this report", "Portrait"]
    judged = ["Quality indicators", "Eligibility", "Recommendations", "Success stories"]
    after = ["Method", "Sources", "Terms", "Improvement plan"]
    notes = ["Notes"] * bool(content.notes)
    assert outline(opened(real_pdf())) == [*before, *areas, *judged, *after[:-1], *notes, after[-1]]


@pytest.mark.parametrize("form", [real_pdf, real_summary, hostile_pdf])
def test_headings_skip_no_level(form: Any, opened: Any) -> None:
    levels = [int(str(one.S)[2:]) for one in structure(opened(form())) if re.fullmatch(r"/H\d", str(one.S))]
    assert levels[0] == 1
    assert [(one, after) for one, after in pairwise(levels) if after > one + 1] == []


def test_contents_links_and_tables_are_tagged(opened: Any) -> None:
    pdf = opened(real_pdf())
    found = tags(pdf)
    content = real_content()
    assert found["/TOC"] >= 1
    assert found["/Link"] >= found["/TOCI"] > len(content.areas)
    steps, eligibility, groups, certainties, plan = 1, bool(content.criteria), 1, 1, 1
    assert found["/Table"] == steps + eligibility + groups + certainties + plan + len(content.dimensions)


@pytest.mark.parametrize("form", [real_pdf, real_summary, hostile_pdf])
def test_every_table_has_cells_that_are_heads(form: Any, opened: Any) -> None:
    pdf = opened(form())
    tables = [element for element in structure(pdf) if element.S == "/Table"]
    assert len(tables) >= 1
    assert [table for table in tables if not {"/TH", "/TD"} <= inside(table)] == []


def test_every_picture_says_in_words_what_it_shows(opened: Any) -> None:
    pdf = opened(real_pdf())
    figures = [str(element.Alt) for element in structure(pdf) if element.S == "/Figure"]
    assert sorted(figures) == sorted(chart.picture.alt for chart in charts(real_content()))
    assert all(alt.strip() for alt in figures)


@pytest.mark.parametrize("form", [real_pdf, hostile_pdf])
def test_all_fonts_are_our_own_embedded_and_cut_to_what_is_used(form: Any, opened: Any) -> None:
    pdf = opened(form())
    found = {}
    for page in pdf.pages:
        for font in page.Resources.get("/Font", {}).values():
            inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
            subset, _, name = str(inner.BaseFont).partition("+")
            assert re.fullmatch(r"/[A-Z]{6}", subset)
            assert "/ToUnicode" in font
            found[name] = inner.FontDescriptor
    assert set(found) == {"NotoSans-Regular", "NotoSans-Bold", "NotoSerif-Regular", "NotoSerif-Bold"}
    assert all({"/FontFile2", "/FontFile3"} & set(descriptor.keys()) for descriptor in found.values())


@pytest.mark.parametrize("form", ["report", "summary"])
def test_the_templates_give_no_warning(form: str) -> None:
    tree = _Fitting(frozenset()).content(real_content())
    more = ", 1.0, false" if form == "summary" else ""
    _, warnings = _compiler().compile_with_warnings(
        input=_document(form, tree, more), sys_inputs={}, pdf_standards=STANDARDS, timestamp=0
    )
    assert warnings == []


# --- pages


def test_the_report_is_of_a_length_to_be_read() -> None:
    assert 16 <= pages(real_pdf()) <= 28


@pytest.mark.parametrize("form", [real_pdf, real_summary, hostile_pdf])
def test_no_word_stands_in_a_margin(form: Any, tmp_path: Path) -> None:
    out = [
        word
        for word in words_of(form(), tmp_path)
        if word.left < LEFT * MM - 1
        or word.right > word.width - RIGHT * MM + 1
        or word.top < TOP * MM
        or word.bottom > word.height - BOTTOM * MM
    ]
    assert out == []


def test_no_page_of_the_report_is_nearly_empty(tmp_path: Path) -> None:
    down: dict[int, float] = {}
    for word in words_of(real_pdf(), tmp_path):
        if word.bottom < word.height - 20 * MM:
            down[word.page] = max(down.get(word.page, 0), word.bottom / word.height)
    assert sorted(down) == list(range(1, pages(real_pdf()) + 1))
    last_before_the_plan = pages(real_pdf()) - 1
    assert [page for page, reach in down.items() if reach < 0.6 and page < last_before_the_plan] == []
    assert down[last_before_the_plan] > 0.15


@pytest.mark.parametrize("form", [real_pdf, real_summary])
def test_no_type_is_too_small_to_be_read(form: Any, tmp_path: Path) -> None:
    assert min(word.bottom - word.top for word in words_of(form(), tmp_path)) / LINE >= 6.5


def test_the_reader_sees_which_page_of_how_many(tmp_path: Path) -> None:
    total = pages(real_pdf())
    each = text(real_pdf(), tmp_path).split("\f")[:-1]
    assert [f"Page {number} of {total}" in page for number, page in enumerate(each, 1)] == [
        False,
        *[True] * (total - 1),
    ]


def test_the_contents_name_the_pages_of_the_parts(tmp_path: Path) -> None:
    each = text(real_pdf(), tmp_path, "-layout").replace("\N{WORD JOINER}", "").split("\f")
    for title in ("Summary", "How to read this report", "Portrait", "Method", "Terms"):
        named = re.search(rf"(?:^|  )\s*{title}\s+(\d+)(?:\s|$)", each[1], re.MULTILINE)
        assert named, title
        on = [n for n, page in enumerate(each, 1) if n > 2 and re.search(rf"^ *{title}$", page, re.MULTILINE)]
        assert on == [int(named[1])]


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
    found = squeezed(text(real_pdf(), tmp_path))
    assert real_report().number in found
    assert real_report().comparison.digest in found


def test_text_is_read_in_the_order_of_the_report(tmp_path: Path) -> None:
    found = squeezed(text(real_pdf(), tmp_path, "-raw")).partition(
        squeezed(real_content().reading.example_text)
    )[2]
    for area in real_content().areas:
        for part in area.indicators:
            for said in (part.id + part.name, part.definition, part.meaning):
                before, _, found = found.partition(squeezed(said))
                assert found, said
                assert len(before) < 3_500


def test_every_indicator_and_quality_indicator_is_there(tmp_path: Path) -> None:
    found = flat(real_pdf(), tmp_path)
    scheme = real_scheme()
    assert [one.id for one in scheme.indicators.values() if f"{one.id} {one.name}" not in found] == []
    assert [one.id for one in scheme.quality.values() if f"{one.id} {one.name}" not in found] == []


def test_each_measure_stands_with_its_own_value_and_the_median(tmp_path: Path) -> None:
    found = squeezed(text(real_pdf(), tmp_path, "-raw"))
    rows = [row for area in real_content().areas for part in area.indicators for row in part.further]
    told = [f"{row.label}: {row.own} ({row.median})" for row in rows if "–" not in (row.own, row.median)]
    assert len(told) > 50
    assert [one for one in told if squeezed(one) not in found] == []


def test_words_of_pictures_are_text(tmp_path: Path) -> None:
    found = squeezed(text(real_pdf(), tmp_path))
    labels = [label.text for chart in charts(real_content()) for label in chart.picture.labels if label.text]
    assert len(labels) > 300
    assert [label for label in labels if squeezed(label) not in found] == []


# --- the one page


def summaries() -> dict[str, Content]:
    long = replace(made(), organisation="W" * 300, notice="W " * 900)
    return {
        "real": real_content(),
        "small": printed(),
        "hostile": made(at_length, indicators=2),
        "hostile report": printed(hostile()),
        "bare": bare(),
        "nothing answered": printed(report({})),
        "alone": printed(report(peers=population(0))),
        "long": long,
        **{code: made(language=code, indicators=2) for code in languages()},
        **{f"real {code}": real_content(code) for code in languages()},
    }


@pytest.mark.parametrize("which", [*summaries()])
def test_the_summary_is_one_page_whatever_is_on_it(which: str) -> None:
    assert pages(one_page_pdf(summaries()[which], on=DAY)) == 1


def bare_of_hyphens(said: str) -> str:
    """A text without blanks and hyphens, for what may be hyphenated at the end of a line."""
    return re.sub("[-\N{SOFT HYPHEN}]", "", squeezed(said))


@pytest.mark.parametrize("code", languages())
def test_a_summary_as_it_is_has_all_its_texts(code: str, tmp_path: Path) -> None:
    content = real_content(code)
    found = bare_of_hyphens(text(one_page_pdf(content, on=DAY), tmp_path, "-raw"))
    summary = content.summary
    said = [summary.opening, summary.compared, summary.more, content.notice, content.organisation]
    said += [f"{lever.text}·{lever.effort}" for lever in summary.levers]
    said += [f"{one.name}{one.text}" for one in summary.strengths]
    assert [one for one in said if bare_of_hyphens(one) not in found] == []


def test_texts_that_one_page_cannot_hold_are_cut_with_a_mark(tmp_path: Path) -> None:
    said = made()
    lever = replace(said.summary.levers[0], text="All of it. " * 900)
    endless = replace(said, summary=replace(said.summary, levers=(lever,) * 5))
    printed = one_page_pdf(endless, on=DAY)
    assert pages(printed) == 1
    assert text(printed, tmp_path).count("…") == 5


# --- same bytes


def test_the_same_content_gives_the_same_bytes() -> None:
    assert full_pdf(real_content(), on=DAY) == full_pdf(real_content(), on=DAY)
    assert one_page_pdf(real_content(), on=DAY) == one_page_pdf(real_content(), on=DAY)


def test_what_was_set_before_leaves_no_trace() -> None:
    before = full_pdf(made(indicators=2), on=DAY)
    full_pdf(made(at_length, indicators=2), on=DAY)
    assert full_pdf(made(indicators=2), on=DAY) == before


def test_another_process_makes_the_same_bytes() -> None:
    program = (
        "import sys, hashlib; from datetime import date; from factories.contents import made;"
        "from touchstone.output.pdf import full_pdf, one_page_pdf;"
        "day = date(2026, 10, 12); content = made(indicators=2);"
        "print(hashlib.sha256(full_pdf(content, on=day) + one_page_pdf(content, on=day)).hexdigest())"
    )
    tests = str(Path(__file__).parents[1])
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "PYTHONPATH": tests,
                "TZ": zone,
                "RAYON_NUM_THREADS": n,
            },
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone, n in (("1", "UTC", "1"), ("2", "Pacific/Auckland", "2"))
    }
    assert len(found) == 1


def test_each_thread_has_a_compiler_of_its_own() -> None:
    made_by: list[bytes] = []
    content = made(indicators=2)
    threads = [
        threading.Thread(target=lambda: made_by.append(one_page_pdf(content, on=DAY))) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made_by == [one_page_pdf(content, on=DAY)] * 3


def test_the_date_in_the_file_is_the_reports(opened: Any) -> None:
    assert str(opened(full_pdf(printed(), on=DAY)).docinfo.CreationDate)[:10] == "D:20261012"


# --- languages


@pytest.mark.parametrize(
    ("code", "lang"), [("en", "en-GB"), ("de", "de-DE"), ("lt", "lt-LT"), ("pl", "pl-PL")]
)
def test_the_file_says_its_language(code: str, lang: str, opened: Any) -> None:
    content = made(language=code, indicators=2)
    assert str(opened(full_pdf(content, on=DAY)).Root.Lang) == lang
    assert str(opened(one_page_pdf(content, on=DAY)).Root.Lang) == lang


@pytest.mark.parametrize("code", [code for code in languages() if code != "en"])
def test_a_report_in_another_language_keeps_to_its_pages_and_margins(code: str, tmp_path: Path) -> None:
    set_in = full_pdf(real_content(code), on=DAY)
    assert 16 <= pages(set_in) <= 30
    found = words_of(set_in, tmp_path)
    assert max(word.right - word.width for word in found) <= -RIGHT * MM + 1
    assert STAND_IN not in "".join(word.text for word in found)


# --- what may break a page


def test_what_looks_like_code_is_printed_as_it_stands(tmp_path: Path) -> None:
    found = flat(full_pdf(printed(hostile()), on=DAY), tmp_path)
    assert "<b>&amp;</b> #let x = 1 $a$ *bold* `raw` {{ 7 * 7 }} =1+1 \\ \"q\" 'p' right to left" in found
    assert "one two three" in found
    assert "=HYPERLINK(1)" in found


@given(st.text(), st.text(alphabet='`"\\#\n\r\v\f\x00\x85\u2028\u2029)'))
def test_nothing_ends_the_text_that_carries_the_report(name: str, tricky: str) -> None:
    tree = {"name": name, tricky: [tricky, 1.5, None, True]}
    document = _document("report", tree, "").decode()
    start, end = '#import "report.typ": report\n#report(', ")"
    assert document.startswith(start)
    assert document.endswith(end)
    handed = document[len(start) : -len(end)]
    assert re.fullmatch(r"json\(bytes\(`[^`\n\r\v\f\x85\u2028\u2029]*`\.text\)\)", handed)
    said = typst.query(f"#metadata({handed}) <said>".encode(), "<said>", field="value", one=True)
    assert json.loads(said) == tree


def test_what_the_fonts_lack_is_marked_and_named(tmp_path: Path) -> None:
    made = full_pdf(printed(report(name="A漢B😀")), on=DAY)
    assert f"A{STAND_IN}B{STAND_IN}" in squeezed(text(made, tmp_path))
    found = flat(made, tmp_path)
    assert (
        f"The character U+6F22 (cjk unified ideograph-6f22) is not in the fonts of this report "
        f"and is printed as {STAND_IN}." in found
    )
    assert "U+1F600 (grinning face)" in found


def test_a_missing_glyph_that_only_the_typesetter_finds_does_not_stop_the_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = _odd(frozenset())
    # A table of glyphs that promises all characters, as those of fonts do at times for some.
    monkeypatch.setattr(
        "touchstone.output.pdf._odd",
        lambda lacking: (
            re.compile(f"[{''.join(map(re.escape, lacking))}]") if lacking else re.compile(r"(?!)")
        ),
    )
    made = full_pdf(printed(report(name="A漢BשC unprinted before")), on=DAY)
    assert tables.findall("A漢BשC") == ["漢", "ש"]
    assert f"A{STAND_IN}B{STAND_IN}C" in squeezed(text(made, tmp_path))
    assert "U+6F22" in flat(made, tmp_path)
    assert "U+05E9 (hebrew letter shin)" in flat(made, tmp_path)


def test_any_other_fault_of_the_typesetter_is_passed_on() -> None:
    broken = Logo(kind="svg", data=b"<svg", width=10, height=10)
    with pytest.raises(typst.TypstError, match="SVG"):
        full_pdf(made(indicators=2, logo=broken), on=DAY)


def test_long_words_stay_whole_in_the_text(tmp_path: Path) -> None:
    made = full_pdf(printed(report(name="W" * 300)), on=DAY)
    assert "W" * 300 in squeezed(text(made, tmp_path))


def test_a_report_with_hardly_anything_is_set_too(tmp_path: Path) -> None:
    found = full_pdf(bare(), on=DAY)
    assert 4 <= pages(found) <= 10
    assert "so there is nothing to recommend" in flat(found, tmp_path)
    assert "Success stories" not in text(found, tmp_path)


def test_hostile_text_is_told_from_ours() -> None:
    tree = _Fitting(frozenset()).content(printed(report(name="x" * 100)))
    assert BREAK in tree["organisation"]
    assert BREAK not in tree["summary"]["score"]["picture"]["svg"]
    assert HOSTILE not in str(tree)


# --- the logo

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><rect width="60" height="20"/></svg>'


def png() -> bytes:
    kept = BytesIO()
    Image.new("RGBA", (60, 20), (18, 52, 86, 128)).save(kept, "PNG")
    return kept.getvalue()


@pytest.mark.parametrize(("kind", "data"), [("svg", SVG), ("png", png())])
def test_the_logo_stands_on_the_cover_under_the_name_of_the_organisation(
    kind: Any, data: bytes, opened: Any
) -> None:
    content = made(indicators=2, logo=Logo(kind=kind, data=data, width=60, height=20))
    first, again = full_pdf(content, on=DAY), full_pdf(content, on=DAY)
    assert first == again
    pdf = opened(first)
    logos = [one for one in structure(pdf) if one.S == "/Figure" and str(one.Alt) == content.organisation]
    assert len(logos) == 1
    drawn = [one for one in pdf.pages[0].Resources.get("/XObject", {}).values() if one.Subtype == "/Image"]
    assert len(drawn) == (1 if kind == "png" else 0)
