"""What crawlers ask for first: the addresses of all pages, in parts, and what they had better leave alone."""

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from touchstone.apps.register.models import RegisterSpan
from touchstone.web.public.register.figures import Census, census
from touchstone.web.public.register.filters import Filters
from touchstone.web.public.register.freshness import kept_a_minute, ledger_state

PART = 10_000  # organisations; the protocol allows 50,000 addresses
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_PAGES = ("home", "register", "map", "scheme", "scheme-rules")
# What is the same in another order, or is for people who have signed in.
_LEFT_ALONE = ("/register/?", "/register/register.csv", "/admin/", "/workspace/", "/my/", "/sign-in/")


@require_safe
@kept_a_minute
def index(_request: HttpRequest) -> HttpResponse:
    """The parts of the sitemap: the pages that are always there and the countries, then the organisations."""
    parts = _parts(census(ledger_state(), Filters(on=timezone.localdate())))
    return _xml("sitemapindex", "sitemap", (reverse("public:sitemap-part", args=[part]) for part in parts))


@require_safe
@kept_a_minute
def part(_request: HttpRequest, number: int) -> HttpResponse:
    """One part; there is always a first."""
    today = timezone.localdate()
    known = census(ledger_state(), Filters(on=today))
    if number not in _parts(known):
        raise Http404
    if number == 1:
        countries = sorted(known.by_country)
        addresses = [reverse(f"public:{name}") for name in _PAGES]
        return _xml(
            "urlset", "url", [*addresses, *(reverse("public:country", args=[one]) for one in countries)]
        )
    start = (number - 2) * PART
    rows = RegisterSpan.objects.on(today).headlines().order_by("organisation")
    keys = rows.values_list("organisation", flat=True)[start : start + PART]
    return _xml("urlset", "url", (reverse("public:organisation", args=[key]) for key in keys))


@require_safe
@kept_a_minute
def robots(_request: HttpRequest) -> HttpResponse:
    """The register may be read by everybody, each page once."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in _LEFT_ALONE)]
    lines += ["", f"Sitemap: {settings.TOUCHSTONE_ADDRESS}{reverse('public:sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _parts(known: Census) -> range:
    """The numbers of the parts."""
    return range(1, 2 + -(-known.figures.ever // PART))


def _xml(root: str, item: str, addresses: Iterable[str]) -> HttpResponse:
    element = ET.Element(root, {"xmlns": _NAMESPACE})
    for address in addresses:
        ET.SubElement(ET.SubElement(element, item), "loc").text = settings.TOUCHSTONE_ADDRESS + address
    content = ET.tostring(element, encoding="utf-8", xml_declaration=True)
    return HttpResponse(content, content_type="application/xml; charset=utf-8")
