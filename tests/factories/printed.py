"""Reports to print: small ones, and one of the shipped pack with its synthetic peers."""

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from factories.reports import ANSWERS
from factories.reports import report as small_report
from factories.small_scheme import small_scheme
from touchstone.core.assessment.reading import from_document
from touchstone.core.benchmark.prepared import Prepared, prepare
from touchstone.core.benchmark.synthetic import shipped_population
from touchstone.core.report.report import Report, make_report
from touchstone.core.scheme.loading import load, shipped
from touchstone.core.scheme.model import Scheme
from touchstone.output.content.making import content
from touchstone.output.content.model import Chart, Content

DEMONSTRATION = Path(__file__).parents[2] / "demonstration" / "amber-coast-photonics.json"
TODAY = date(2026, 11, 21)
HOSTILE = (
    "<b>&amp;</b> #let x = 1 $a$ *bold* `raw` {{ 7 * 7 }} =1+1 \\ \"q\" 'p' \u202eright to left\u202c"
    " \x00\x07 one\ntwo\tthree 漢字 😀 e\u0301 \ud800 " + "W" * 200
)


def printed(report: Report | None = None, scheme: Scheme | None = None) -> Content:
    return content(report or small_report(), scheme or small_scheme())


def hostile(**about: Any) -> Report:
    """A report of an organisation that wrote what may break a page."""
    story = "=HYPERLINK(1) " + HOSTILE * 10
    return small_report({**ANSWERS, "B2.story": story}, name=HOSTILE, website="https://" + "w" * 400, **about)


@cache
def real_scheme(language: str = "en") -> Scheme:
    return load(shipped(), language=language)


@cache
def real_peers() -> Prepared:
    return prepare(shipped_population(real_scheme()), real_scheme())


@cache
def real_report(language: str = "en") -> Report:
    """The demonstration organisation among the synthetic peers that ship."""
    document = json.loads(DEMONSTRATION.read_text(encoding="utf-8"))
    scheme = real_scheme(language)
    assessment = from_document(document, scheme, file=DEMONSTRATION.name, today=TODAY)
    return make_report(assessment, scheme=scheme, population=real_peers())


@cache
def real_content(language: str = "en") -> Content:
    return content(real_report(language), real_scheme(language))


def charts(part: Any) -> Iterator[Chart]:
    # Any: a tree of the parts of a content.
    """All pictures of a content, in the order of its parts."""
    if isinstance(part, Chart):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from charts(one)
    elif is_dataclass(part):
        for field in fields(part):
            yield from charts(getattr(part, field.name))
