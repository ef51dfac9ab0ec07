"""The pages of the scheme: all that is asked and judged, with its sources, in each of its languages."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from touchstone.apps import pack
from touchstone.core.language.language import ENGLISH
from touchstone.core.scheme.model import Scheme
from touchstone.web.forms import Problem
from touchstone.web.public import scheme_pages as pages
from touchstone.web.public.scheme_words import EN, Words

LONGEST_SEARCH = 200


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language in which the page can be read, and the page's address in it."""

    words: Words
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """In which language somebody reads, with the scheme in it."""

    words: Words
    unknown: str  # what was asked for, where there is no such language

    @property
    def scheme(self) -> Scheme:
        return pack.scheme(language=self.words.language)

    @property
    def keep(self) -> str:
        """What keeps the language in an address of the scheme's pages."""
        return _query(self.words)


@require_safe
def scheme(request: HttpRequest) -> HttpResponse:
    """The table of contents before anyone applies; with `?q=`, what has these words."""
    reader = _reader(request)
    search = _search(request)
    return _page(request, "scheme.html", reader, pages.contents_page(reader.scheme, reader.words, search))


@require_safe
def item(request: HttpRequest, id: str) -> HttpResponse:
    """One indicator or quality indicator; a measure leads to its indicator."""
    reader = _reader(request)
    whole = reader.scheme
    if id in whole.indicators:
        content = pages.indicator_page(whole, whole.indicators[id], reader.words)
        return _page(request, "scheme_indicator.html", reader, content)
    if id in whole.quality:
        content = pages.quality_page(whole, whole.quality[id], reader.words)
        return _page(request, "scheme_quality.html", reader, content)
    if id in whole.measures:
        address = reverse("public:scheme-item", args=[whole.measures[id].indicator])
        return redirect(f"{address}{reader.keep}#{id}")
    raise Http404(_("The scheme has no item %(id)s.") % {"id": id})


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """The rule sets by date, each with what it changed of the one before."""
    reader = _reader(request)
    return _page(request, "scheme_rules.html", reader, pages.rules_page(reader.scheme, reader.words))


@require_safe
def variant(request: HttpRequest, name: str) -> HttpResponse:
    """A scheme that builds on ours, with what it changes."""
    if name not in pages.variants():
        raise Http404(_("No scheme of that name builds on this one."))
    reader = _reader(request)
    return _page(request, "scheme_pack.html", reader, pages.variant_page(name, reader.words))


def _reader(request: HttpRequest) -> Reader:
    """The language that the address asks for; English where it asks for none or for one that there is not."""
    wanted = request.GET.get("lang", "") or ENGLISH
    found = {words.language: words for words in pages.spoken()}
    return Reader(words=found.get(wanted, EN), unknown="" if wanted in found else wanted)


def _page(request: HttpRequest, template: str, reader: Reader, content: pages.Context) -> HttpResponse:
    problems = []
    if reader.unknown:
        text = _(
            "The scheme has no texts in “%(language)s”. This page is in English; choose another language."
        )
        text %= {"language": reader.unknown}
        problems = [Problem(text, "#languages")]
    context = {
        **content,
        "w": reader.words,
        "scheme": reader.scheme,
        "keep": reader.keep,
        "tongues": _tongues(request),
        "problems": problems,
    }
    return render(request, f"web/public/{template}", context)


def _tongues(request: HttpRequest) -> list[Tongue]:
    search = _search(request)
    return [Tongue(words, f"{request.path}{_query(words, search) or ''}") for words in pages.spoken()]


def _query(words: Words, search: str = "") -> str:
    asked = {"lang": words.language} if words.language != ENGLISH else {}
    if search:
        asked["q"] = search
    return f"?{urlencode(asked)}" if asked else ""


def _search(request: HttpRequest) -> str:
    return request.GET.get("q", "").strip()[:LONGEST_SEARCH]
