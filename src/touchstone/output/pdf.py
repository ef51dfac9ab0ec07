"""The PDF forms, set by Typst: PDF/A-3a and PDF/UA-1 are asked of the writer.

The templates are modules without any input; a document of two lines calls one of them with the report as
JSON. So what Typst has laid out once it need not lay out again in the next report, as long as the text is
the same: inputs of the system would make it forget.
"""

import base64
import json
import re
import threading
import unicodedata
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from typing import Any, Final, TypeVar

from touchstone.core.language.language import DASH
from touchstone.output.content.model import (
    Content,
    IndicatorPart,
    Lever,
    QualityRow,
    RecommendationPart,
    Step,
    Story,
    Strength,
)
from touchstone.output.content.words import words
from touchstone.output.fonts import FOLDER, covered
from touchstone.output.logo import Logo
from touchstone.output.pictures.model import Picture
from touchstone.output.pictures.svg import shapes_svg
from touchstone.output.printable import STAND_IN, breakable, shortened
from touchstone.output.tokens import TEMPLATES

# A tree of texts, numbers and flags, as JSON has it.
Tree = Any
Shortened = TypeVar("Shortened", Step, Strength, Lever)
Source = TypeVar("Source")

STANDARDS: Final = ["a-3a", "ua-1"]
# A block with more characters than this in a column, or in all, may be broken by a page; ours never have as
# many. Even the widest letter leaves room for them on a page.
LONG_COLUMN, LONG = 1_100, 2_400
SCALES: Final = (1.0, 0.9, 0.78)
# Characters that a text of the summary may have on its one page.
LONGEST_NAME, LONGEST_TEXT, LONGEST_LINE = 160, 300, 150
LOGO_WIDTH, LOGO_HEIGHT = 200.0, 80.0
# What summary.typ reads.
ON_ONE_PAGE: Final = ("language", "title_summary", "organisation", "notice", "synthetic_mark", "summary")
NOTHING: Final[frozenset[str]] = frozenset()
# What JSON leaves as it is, and raw text of Typst takes for its end or for the end of a line.
NOT_RAW: Final = "`\x85\u2028\u2029"
_UNPRINTABLE = re.compile(r'the text `"(?P<text>.+?)"` could not be displayed')
_PAGES = re.compile(rb"/Type/Pages/Count (\d+)")
# One compiler a thread: a compiler keeps the fonts and files that it has read.
_compilers = threading.local()


def full_pdf(content: Content, *, on: date) -> bytes:
    """The full report. `on` is the date in the file, so that the same report gives the same bytes."""
    return _set(content, _Fitting.content, lambda tree: _compiled("report", tree, on))


def one_page_pdf(content: Content, *, on: date) -> bytes:
    """The report on one page."""
    return _set(_cut(content), _Fitting.page, lambda tree: _one_page(tree, on))


def noted_pdf(form: str, page: object, raw: Tree, *, on: date, note: str) -> bytes:
    """Another document: a dataclass of texts, printed by the template of that name.

    `raw` goes to the template as it is. `note` joins the page's `notes` where the fonts lack a character.
    """

    def fit(fitting: _Fitting, page: object) -> Tree:
        tree = fitting.tree(page)
        return {**tree, "notes": [*tree["notes"], note]} if fitting.missing else tree

    return _set(page, fit, lambda tree: _compiled(form, {"page": tree, "raw": raw}, on))


def _set(
    content: Source, fit: "Callable[[_Fitting, Source], Tree]", compiled: Callable[[Tree], bytes]
) -> bytes:
    """Set a document. What the fonts lack is printed as a stand-in and named in the notes."""
    from typst import TypstError

    lacking: frozenset[str] = frozenset()
    while True:
        fitting = _Fitting(lacking)
        tree = fit(fitting, content)
        try:
            return compiled(tree)
        except TypstError as error:
            # The fonts' tables promise more than shaping keeps, now and then; each turn names a new text.
            refused = _UNPRINTABLE.search(str(error.message))
            news = set(refused["text"]) - fitting.missing if refused else set()
            if not news:
                raise
            lacking |= news


def _one_page(tree: Tree, on: date) -> bytes:
    """One page: the largest of a few sizes at which all fits; the last is cut at the foot."""
    for scale in SCALES:
        made = _compiled("summary", tree, on, f", {scale}, {'true' if scale == SCALES[-1] else 'false'}")
        if pages(made) == 1:
            break
    return made


def pages(made: bytes) -> int:
    """How many pages a PDF of ours has."""
    return int(_PAGES.findall(made)[0])


# --- the tree that the templates read -----------------------------------------------------------------


class _Fitting:
    """Turns a content into a tree of texts that the fonts can print; `missing` is what they could not."""

    def __init__(self, lacking: frozenset[str]) -> None:
        self.lacking = lacking
        self.missing: set[str] = set()

    def content(self, content: Content) -> Tree:
        said = words(content.language)
        tree = {**self.parts(content), "scheme": self.scheme(content)}
        odd = [said.say("notes.glyph", name=_named(one), stand_in=STAND_IN) for one in sorted(self.missing)]
        return {**tree, "notes": [*tree["notes"], *odd]}

    def page(self, content: Content) -> Tree:
        """What the one page reads of a content, which is a tenth of it."""
        tree = {name: self.tree(getattr(content, name)) for name in ON_ONE_PAGE}
        return {**tree, "scheme": self.scheme(content)}

    def scheme(self, content: Content) -> str:
        """The name of the scheme, as the cover has it."""
        label = words(content.language).say("cover.scheme")
        return next((self.text(fact.value) for fact in content.facts if fact.label == label), "")

    def tree(self, value: Tree) -> Tree:
        """Anything of a content. The kinds that need a form of their own have one in FORMS."""
        kind = type(value)
        if kind is str:
            return self.text(value)
        if kind is tuple:
            return [self.tree(inner) for inner in value]
        form = FORMS.get(kind)
        if form:
            return form(self, value)
        return self.parts(value) if is_dataclass(kind) else value

    def parts(self, value: Tree) -> dict[str, Tree]:
        kind: Any = type(value)  # Any: mypy does not take type[Any] for hashable
        return {name: self.tree(getattr(value, name)) for name in _names(kind)}

    def text(self, text: str) -> str:
        fitted, gone = _fitted(text, self.lacking)
        if gone:
            self.missing.update(gone)
        return fitted

    def picture(self, picture: Picture) -> Tree:
        return {
            "svg": shapes_svg(picture),
            "alt": self.text(picture.alt),
            "title": self.text(picture.title),
            "width": picture.width,
            "height": picture.height,
            "labels": self.labels(picture),
        }

    def labels(self, picture: Picture) -> list[Tree]:
        """The words of a picture, together where they look the same: look, anchor, size, [x, y, words, …]."""
        alike: dict[tuple[str, str, float], list[Tree]] = {}
        for label in picture.labels:
            if label.text:
                form = (label.look, label.anchor, label.size)
                alike.setdefault(form, []).extend((label.x, label.y, self.text(label.text)))
        return [(*form, words) for form, words in alike.items()]

    def indicator(self, part: IndicatorPart) -> Tree:
        chart, text = part.chart, self.text
        further = [
            f"{row.label}: {row.own}" + (f" ({row.median})" if row.median != DASH else "")
            for row in part.further
            if (row.own, row.median) != (DASH, DASH)
        ]
        further += [f"{fact.label}: {fact.value}" for fact in part.facts]
        notes = [line for line in (part.evidence, *part.remarks) if line]
        return {
            "id": part.id,
            "name": text(part.name),
            "supplementary": part.supplementary,
            "definition": text(part.definition),
            "measure": text(part.measure),
            "own": text(part.own),
            "chart": self.tree(chart),
            "meaning": text(part.meaning),
            "change": text(part.change),
            "feeds": self.tree(part.feeds),
            "further": text("; ".join(further) + "." if further else ""),
            "certainty": text(part.certainty),
            "notes": [text(line) for line in notes],
            "long": _characters(part.name, part.definition, part.measure, part.meaning, part.change)
            > LONG_COLUMN
            or _characters(*further, *notes) > LONG,
            "titled": chart is not None and chart.picture.title not in part.measure,
        }

    def quality(self, row: QualityRow) -> Tree:
        state = ", ".join(one for one in (row.light.word, row.points, row.gate) if one not in {"", DASH})
        return {
            "name": self.text(f"{row.id} {row.name}"),
            "light": row.light.light,
            "state": self.text(state),
            "unmet": row.gate_state == "unmet",
            "reason": self.text(row.reason),
        }

    def recommendation(self, part: RecommendationPart) -> Tree:
        left = _characters(part.text, part.next, part.effort)
        right = _characters(part.reason, part.proof, part.unproven, part.effect)
        return {**self.parts(part), "long": max(left, right) > LONG_COLUMN}

    def story(self, part: Story) -> Tree:
        return {**self.parts(part), "long": _characters(part.text) > LONG}


FORMS: Final[dict[type, Callable[[_Fitting, Tree], Tree]]] = {
    Picture: _Fitting.picture,
    IndicatorPart: _Fitting.indicator,
    QualityRow: _Fitting.quality,
    RecommendationPart: _Fitting.recommendation,
    Story: _Fitting.story,
    Logo: lambda _, logo: _logo(logo),
}


@cache
def _names(kind: Any) -> tuple[str, ...]:
    # Any: a dataclass, which has no type of its own.
    return tuple(field.name for field in fields(kind))


def _characters(*texts: str) -> int:
    return sum(map(len, texts))


@cache
def _odd(lacking: frozenset[str]) -> re.Pattern[str]:
    """Finds the characters that cannot be printed."""
    known = sorted(covered() - set(map(ord, lacking)))
    starts = [one for one, before in zip(known, [-2, *known], strict=False) if one != before + 1]
    ends = [one for one, after in zip(known, [*known[1:], -2], strict=True) if one + 1 != after]
    ranges = "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in zip(starts, ends, strict=True))
    return re.compile(f"[^{ranges}]")


# Most texts are those of the scheme and of the report's language, the same in each report.
@lru_cache(maxsize=20_000)
def _fitted(text: str, lacking: frozenset[str]) -> tuple[str, frozenset[str]]:
    """A text with only characters that the fonts have and with breaks in long runs, and what was replaced."""
    if text.isascii() and text.isprintable() and not lacking:
        return breakable(text), NOTHING
    odd = _odd(lacking)
    gone = frozenset(odd.findall(text))
    return breakable(odd.sub(STAND_IN, text) if gone else text), gone


def _named(character: str) -> str:
    return f"U+{ord(character):04X} ({unicodedata.name(character, 'without a name').lower()})"


def _logo(logo: Logo) -> Tree:
    """A logo as SVG, which carries a PNG inside: Typst takes text from us and no bytes."""
    scale = min(LOGO_WIDTH / logo.width, LOGO_HEIGHT / logo.height)
    width, height = logo.width * scale, logo.height * scale
    if logo.kind == "svg":
        return {"svg": logo.data.decode(), "width": width, "height": height}
    image = f"data:image/png;base64,{base64.b64encode(logo.data).decode()}"
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="{image}"/></svg>'
    )
    return {"svg": svg, "width": width, "height": height}


def _cut(content: Content) -> Content:
    """The content with the summary's texts cut to lengths at which one page can hold them."""
    summary = content.summary
    return replace(
        content,
        organisation=shortened(content.organisation, LONGEST_NAME),
        notice=shortened(content.notice, LONGEST_TEXT),
        summary=replace(
            summary,
            facts=shortened(summary.facts, LONGEST_TEXT),
            opening=shortened(summary.opening, LONGEST_TEXT),
            compared=shortened(summary.compared, LONGEST_TEXT),
            steps=tuple(_shorter(step, "name", "asks", "here") for step in summary.steps),
            strengths=tuple(_shorter(one, "name", "text") for one in summary.strengths),
            levers=tuple(_shorter(one, "name", "text", "effort") for one in summary.levers),
        ),
    )


def _shorter(part: Shortened, *names: str) -> Shortened:
    cut: Any = {name: shortened(getattr(part, name), LONGEST_LINE) for name in names}  # Any: see replace
    return replace(part, **cut)


# --- Typst --------------------------------------------------------------------------------------------


def _compiled(form: str, tree: Tree, on: date, more: str = "") -> bytes:
    midnight = int(datetime(on.year, on.month, on.day, tzinfo=UTC).timestamp())
    made: bytes = _compiler().compile(
        input=_document(form, tree, more), sys_inputs={}, pdf_standards=STANDARDS, timestamp=midnight
    )
    return made


def _document(form: str, tree: Tree, more: str) -> bytes:
    """The document that hands a tree to a template: as JSON, in raw text of Typst that nothing can end.

    Raw text is taken as it stands, where a string would be read letter by letter.
    """
    text = json.dumps(tree, ensure_ascii=False, check_circular=False, separators=(",", ":"))
    for character in NOT_RAW:
        text = text.replace(character, f"\\u{ord(character):04x}")
    return f'#import "{form}.typ": {form}\n#{form}(json(bytes(`{text}`.text)){more})'.encode()


def _compiler() -> Any:
    # Any: the binding has no types.
    if not hasattr(_compilers, "one"):
        import typst

        _compilers.one = typst.Compiler(root=str(TEMPLATES), font_paths=_fonts())
    return _compilers.one


@cache
def _fonts() -> Any:
    # Any: the binding has no types.
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER)])
