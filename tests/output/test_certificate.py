import io
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import product
from typing import Any
from xml.etree import ElementTree as ET

import pikepdf
import pytest
import segno
import typst

from factories.certificates import ADDRESS, NOTICE, grant, made
from touchstone.core.labels.model import LabelLevel
from touchstone.core.language.language import languages
from touchstone.output import certificate as certificates
from touchstone.output.badge_strokes import outline
from touchstone.output.certificate import (
    LONGEST_ADDRESS,
    Attachment,
    certificate,
    frame_svg,
    mark_svg,
    qr_svg,
    seal_svg,
)
from touchstone.output.content.words import words
from touchstone.output.printable import STAND_IN

LONG = ("Association for the Advancement of Innovative Clusters and Networks in the Baltic Sea Region " * 4)[
    :300
]
EACH = list(product(LabelLevel, languages()))
A4 = (595.3, 841.9)  # points


@contextmanager
def opened(pdf: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(pdf)) as found:
        yield found


def text(pdf: bytes, *options: str) -> str:
    done = subprocess.run(["pdftotext", *options, "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def flat(pdf: bytes) -> str:
    return " ".join(text(pdf).replace("\u200b", "").split())


@cache
def each(level: LabelLevel, code: str) -> bytes:
    return made(grant(level), code=code)


def figures(pdf: pikepdf.Pdf) -> list[str]:
    """What the pictures say in words, in order of reading."""
    found, waiting = [], [pdf.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop(0)
        if isinstance(element, pikepdf.Array):
            waiting = [*element, *waiting]
        elif isinstance(element, pikepdf.Dictionary):
            if element.get("/S") == "/Figure":
                found.append(str(element.Alt))
            waiting = [*([element.K] if "/K" in element else []), *waiting]
    return found


# --- the file


@pytest.mark.parametrize(("level", "code"), EACH)
def test_each_level_in_each_language_is_one_page_of_a4_to_be_kept_and_read_by_everybody(
    level: LabelLevel, code: str
) -> None:
    with opened(each(level, code)) as pdf:
        (page,) = pdf.pages
        assert [round(float(side), 1) for side in page.MediaBox[2:]] == list(A4)
        assert str(pdf.Root.Lang) == {"en": "en-GB"}.get(code, code)
        with pdf.open_metadata() as about:
            claims = about["pdfaid:part"], about["pdfaid:conformance"], about["pdfuaid:part"]
            assert claims == ("3", "A", "1")


@pytest.mark.parametrize(("level", "code"), EACH)
def test_the_fonts_are_our_own_and_embedded(level: LabelLevel, code: str) -> None:
    with opened(each(level, code)) as pdf:
        inner = [font.DescendantFonts[0] for font in pdf.pages[0].Resources.Font.values()]
        names = {str(font.BaseFont).partition("+")[2] for font in inner}
        assert names == {"NotoSans-Regular", "NotoSans-Bold", "NotoSerif-Regular", "NotoSerif-Bold"}
        assert all({"/FontFile2", "/FontFile3"} & set(font.FontDescriptor.keys()) for font in inner)


@pytest.mark.parametrize("code", languages())
def test_each_picture_says_in_words_what_it_shows(code: str) -> None:
    say = words(code).say
    with opened(each(LabelLevel.SILVER, code)) as pdf:
        mark, qr, seal = figures(pdf)
    streaks = words(code).counted("certificate.streaks", 2)
    level = say("certificate.level.silver")
    assert mark == say("certificate.mark", level=level, streaks=streaks)
    assert (qr, seal) == (say("certificate.qr", address=ADDRESS), say("certificate.seal"))


def test_the_title_and_the_dates_are_in_the_file() -> None:
    with opened(made()) as pdf:
        assert str(pdf.docinfo.Title) == "Certificate: Gold label of Amber Cluster"
        assert str(pdf.docinfo.Subject) == (
            "Cluster management excellence. Number 00049, valid from 12 October 2026 until 31 October 2028."
        )
        assert str(pdf.docinfo.CreationDate)[:10] == "D:20261012"


def test_the_same_label_gives_the_same_bytes() -> None:
    assert made(code="pl") == made(code="pl")


def test_the_templates_give_no_warning() -> None:
    for level, code in EACH:
        page = certificates._fitted(
            certificates._told(grant(level), words(code), ADDRESS), set(), words(code)
        )
        inputs = {"data": certificates.json.dumps({**page, "attachments": []})}
        _, warnings = certificates._compiler().compile_with_warnings(
            sys_inputs=inputs, pdf_standards=certificates.STANDARDS, timestamp=0
        )
        assert warnings == []


# --- what it says


def test_it_says_who_holds_what_from_when_to_when_by_whom_and_where_to_check_it() -> None:
    assert flat(made()) == (
        "CERTIFICATE GOLD This is to certify that Amber Cluster holds the Gold label of the scheme "
        "“Cluster management excellence” Valid from 12 October 2026 until 31 October 2028 "
        "Decided by Number EUCLES 00049 Rules Rules of 2022 Check this label "
        "Whether it still holds today is told at: "
        "labels.example.org/verify/00049/ Sealed electronically. The file carries a signature; the slightest "
        "change to it shows. This is not the official scheme."
    )


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("en", "This is to certify that Amber Cluster holds the Silver label"),
        ("lt", "Šiuo sertifikatu patvirtinama, kad organizacijai Amber Cluster suteiktas sidabro ženklas"),
        ("pl", "Niniejszym zaświadcza się, że organizacja Amber Cluster posiada srebrny znak jakości"),
        ("de", "Hiermit wird bestätigt, dass Amber Cluster das Label in Silber trägt"),
    ],
)
def test_each_language_says_it_in_a_sentence_of_its_own(code: str, sentence: str) -> None:
    assert sentence in flat(each(LabelLevel.SILVER, code))


@pytest.mark.parametrize(
    ("code", "period"),
    [
        ("en", "Valid from 12 October 2026 until 31 October 2028"),
        ("lt", "Galioja nuo 2026 m. spalio 12 d. iki 2028 m. spalio 31 d."),
        ("pl", "Ważny od 12 października 2026 r. do 31 października 2028 r."),
        ("de", "Gültig vom 12. Oktober 2026 bis zum 31. Oktober 2028"),
    ],
)
def test_each_language_writes_the_period_in_its_own_way(code: str, period: str) -> None:
    assert period in flat(each(LabelLevel.GOLD, code))


@pytest.mark.parametrize("code", languages())
def test_the_notice_is_on_every_certificate(code: str) -> None:
    assert NOTICE in flat(each(LabelLevel.BRONZE, code))


@pytest.mark.parametrize("code", languages())
def test_a_label_that_is_not_real_bears_a_mark(code: str) -> None:
    mark = words(code).say("certificate.synthetic")
    assert mark in flat(made(grant(synthetic=True), code=code))
    assert mark not in flat(each(LabelLevel.GOLD, code))


def test_a_label_of_an_older_register_says_that_it_was_not_decided_here() -> None:
    assert flat(made(grant(imported=True))).endswith(words("en").say("certificate.imported"))
    assert "Taken over" not in flat(made())


def test_the_words_of_all_languages_have_the_same_names() -> None:
    def names(code: str) -> dict[str, list[str]]:
        flat_: dict[str, list[str]] = {}

        def collect(tree: Any, path: str) -> None:
            for name, value in tree.items():
                if isinstance(value, dict) and "other" not in value:
                    collect(value, f"{path}.{name}")
                else:
                    told = value["other"] if isinstance(value, dict) else value
                    flat_[f"{path}.{name}"] = sorted(re.findall(r"{(\w+)}", told))

        collect(words(code).at("certificate"), "certificate")
        return flat_

    assert [code for code in languages() if names(code) != names("en")] == []


# --- names


@pytest.mark.parametrize("code", languages())
@pytest.mark.parametrize("name", [LONG, "W" * 300, "Żółć " * 60, "Ω" * 300])
def test_a_name_of_300_characters_fits(name: str, code: str) -> None:
    pdf = made(
        grant(
            organisation=name, synthetic=True, imported=True,
            notice="A notice of some length. " * 12, decided_by="ESCA for Bronze; the group for Gold. " * 3,
        ),
        code=code,
    )  # fmt: skip
    with opened(pdf) as found:
        assert len(found.pages) == 1
    assert "".join(name.split()) in "".join(flat(pdf).split())
    for left, top, right, bottom in boxes(pdf):
        assert (left >= 85, right <= A4[0] - 85, top >= 70, bottom <= A4[1] - 55) == (True,) * 4


def boxes(pdf: bytes) -> list[tuple[float, ...]]:
    """The words of the page: left, top, right and bottom in points."""
    pattern = r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"'
    return [tuple(map(float, found)) for found in re.findall(f"<word {pattern}", text(pdf, "-bbox"))]


@pytest.mark.parametrize(
    "name",
    ["Ελληνικό Σμήνος Φωτονικής", "Кластер «Янтарный берег»", "Klasteris „Šiaurės žvaigždė“", "Đorđe ňĳ"],
)
def test_greek_cyrillic_and_rare_letters_are_printed(name: str) -> None:
    told = flat(made(grant(organisation=name)))
    assert name in told
    assert STAND_IN not in told


def test_what_the_fonts_lack_is_marked_and_told() -> None:
    told = flat(made(grant(organisation="A漢B")))
    assert f"A{STAND_IN}B" in told
    assert told.endswith(f"Characters that the fonts of this certificate lack are printed as {STAND_IN}.")


def test_a_missing_glyph_that_only_the_typesetter_finds_is_marked_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    everything = frozenset(range(0x110000))
    monkeypatch.setattr(certificates, "covered", lambda: everything)
    assert f"A{STAND_IN}B{STAND_IN}C" in flat(made(grant(organisation="A漢BשC")))


def test_any_other_fault_of_the_typesetter_is_passed_on() -> None:
    with pytest.raises(typst.TypstError, match="mime"):
        made(attachment=Attachment(name="x", data=b"", about="", kind="no kind"))


def test_what_looks_like_code_is_printed_as_it_stands() -> None:
    name = '<b>&amp;</b> #let x = 1 $a$ *bold* `raw` {{ 7 }} {organisation} \\ "q"'
    assert name in flat(made(grant(organisation=name, decided_by="{number} #x", rule_set="*a*")))


# --- the address


@pytest.mark.parametrize("address", [ADDRESS, "http://localhost:8000/verify/00001/", "https://" + "x" * 99])
def test_the_code_has_the_modules_that_the_standard_asks_for(address: str) -> None:
    wanted = [[bool(one) for one in row] for row in segno.make(address, error="m", micro=False).matrix]
    drawing = ET.fromstring(qr_svg(address))
    (path,) = drawing
    assert drawing.get("viewBox") == f"0 0 {len(wanted)} {len(wanted)}"
    seen = [[False] * len(wanted) for _ in wanted]
    for left, top, width in re.findall(r"M(\d+) (\d+)h(\d+)", path.get("d", "")):
        for x in range(int(left), int(left) + int(width)):
            seen[int(top)][x] = True
    assert seen == wanted


def test_a_long_address_stays_on_the_page() -> None:
    pdf = certificate(grant(), words=words("en"), address="https://" + "x" * (LONGEST_ADDRESS - 8))
    rights = [float(right) for right in re.findall(r'xMax="([\d.]+)" [^>]*>[^<]*xxx', text(pdf, "-bbox"))]
    assert len(rights) > 1
    assert max(rights) < 400  # the code stands to the right of it


def test_the_address_is_a_link_in_words_too() -> None:
    with opened(made()) as pdf:
        (link,) = pdf.pages[0].Annots
        assert str(link.A.URI) == ADDRESS


def test_an_address_that_no_code_could_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="longer than 200 characters"):
        certificate(grant(), words=words("en"), address="https://" + "x" * LONGEST_ADDRESS)


# --- attachments


def test_an_attachment_comes_out_as_it_went_in() -> None:
    content = '{"name": "Ąžuolas", "level": "gold"}'.encode()
    pdf = made(attachment=Attachment(name="credential.json", data=content, about="The label's credential"))
    with opened(pdf) as found:
        (name,) = found.attachments
        inside = found.attachments[name]
        assert name == "credential.json"
        assert inside.get_file().read_bytes() == content
        assert inside.get_file().mime_type == "application/json"
        assert str(inside.obj.AFRelationship) == "/Data"
        assert str(inside.description) == "The label's credential"
        assert len(found.Root.AF) == 1


def test_any_bytes_may_be_attached() -> None:
    every = bytes(range(256))
    with opened(made(attachment=Attachment(name="x.bin", data=every, about="", kind="image/png"))) as found:
        assert found.attachments["x.bin"].get_file().read_bytes() == every


# --- drawings


def test_the_levels_differ_by_outline_and_streaks_and_not_by_colour_alone() -> None:
    for level, streaks in zip(LabelLevel, (1, 2, 3), strict=True):
        drawing = ET.fromstring(mark_svg(level))
        shapes = [shape.get("d") for shape in drawing.iter("{http://www.w3.org/2000/svg}path")]
        assert shapes[0] == outline(level, 384, 200, 3)
        assert len(shapes) == 2 + streaks
        assert f'd="{outline(level, 1116, 1638, 3)}"' in frame_svg(level)


def test_no_drawing_has_a_gradient_or_words() -> None:
    drawings = [seal_svg(), qr_svg(ADDRESS), *map(mark_svg, LabelLevel), *map(frame_svg, LabelLevel)]
    tags = {element.tag for drawing in drawings for element in ET.fromstring(drawing).iter()}
    assert {tag.partition("}")[2] for tag in tags} == {"svg", "g", "path", "rect", "circle"}
