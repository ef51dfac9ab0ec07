"""Which addresses are exported, under which file names, and which are answered by the application only."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve, reverse

from touchstone.apps import pack
from touchstone.apps.credentials.models import StatusList
from touchstone.apps.register.models import RegisterSpan
from touchstone.apps.register.opening import days_kept
from touchstone.core.labels.documents import moment_text
from touchstone.core.language.language import ENGLISH
from touchstone.output.credentials.status_lists import Purpose
from touchstone.output.open_data import FORMATS, TABLES
from touchstone.web.public.register.filters import ORDERS
from touchstone.web.public.register.paging import ROWS_A_PAGE
from touchstone.web.public.register.sitemap import PART
from touchstone.web.public.scheme_pages import spoken, variants

# What needs somebody who answers: forms, mail, sign-in, a file that is handed in.
LIVE_ONLY: Final = frozenset({
    "public:proof", "public:proof-pdf", "public:proof-json", "public:watch", "public:watch-confirm",
    "public:watch-manage", "public:watch-export", "public:watch-stop",
    # The same in a folder of the host: an export stands at the root of its host.
    "public:did-of-folder",
    # Lists of questions and pages of the ledger: an export has the whole of both in one file.
    "api:api-1:organisations", "api:api-1:entries", "public:ledger-entries",
})  # fmt: skip
# Lists that go on from page to page; each page is found by the one before.
FOLLOWED: Final = frozenset({"public:register", "public:country"})
SIZES, GROUNDS = ("large", "small"), ("light", "dark")
_BADGES: Final = {f"public:badge{of}{form}" for of in ("", "-of-grant") for form in ("", "-png")}
_API: Final = "api:api-1:"
_BELOW_API: Final = "api/v1/"


def file_of(address: str) -> str | None:
    """The file that an address of the installation is exported to; None where only the application answers.

    Says nothing of whether there is such a page.
    """
    return _file_of(address, settings.ROOT_URLCONF)


@lru_cache(maxsize=4096)  # most links of a page are those of every page
def _file_of(address: str, _urls: str) -> str | None:
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    path = parts.path.removeprefix("/")
    if parts.path.startswith("/static/"):
        return path
    try:
        name = resolve(parts.path).view_name
    except Resolver404:
        return None
    if name in LIVE_ONLY or not name.startswith(("public:", "api:")):
        return None
    if path.startswith(_BELOW_API):
        return None if query else f"{path.removesuffix('.json')}.json"
    return _asked(name, path, query) if query else _plain(path)


def _plain(path: str) -> str:
    return f"{path}index.html" if path.endswith("/") or not path else path


def _asked(name: str, path: str, query: dict[str, str]) -> str | None:
    """The file of an address that asks for something: a page further on, a language, a look."""
    match list(query):
        case ["after" | "before" as way] if name in FOLLOWED:
            return f"{path}{way}/{query[way]}/index.html"
        case ["lang"] if name.startswith("public:scheme") and query["lang"].isalpha():
            return f"{path}{query['lang']}/index.html"
    if name in _BADGES and query.keys() <= {"size", "ground"}:
        return _badge_file(path, query.get("size", SIZES[0]), query.get("ground", GROUNDS[0]))
    return None


def _badge_file(path: str, size: str, ground: str) -> str | None:
    if size not in SIZES or ground not in GROUNDS:
        return None
    stem, _, ending = path.rpartition(".")
    return path if (size, ground) == (SIZES[0], GROUNDS[0]) else f"{stem}-{size}-{ground}.{ending}"


def always() -> Iterator[str]:
    """The addresses that every export has, whoever is in the register."""
    for name in (
        "home", "register", "register-csv", "register-feed", "map", "sitemap", "robots", "check", "trust",
        "did", "badge-component", "open-data", "catalogue", "catalogue-turtle", "ledger",
        "ledger-file", "ledger-heads", "ledger-keys",
    ):  # fmt: skip
        yield reverse(f"public:{name}")
    for name in ("page", "openapi", "api-1:figures", "api-1:scheme", "api-1:heads"):
        yield reverse(f"api:{name}")
    names = [f"{table}.{ending}" for table in TABLES for ending in FORMATS]
    for file in names:
        yield reverse("public:open-file", args=[file])
        yield from (reverse("public:kept-file", args=[day, file]) for day in days_kept())
    for page in _scheme_pages():
        for words in spoken():
            yield page if words.language == ENGLISH else f"{page}?lang={words.language}"


def _scheme_pages() -> Iterator[str]:
    scheme = pack.scheme()
    yield from (reverse("public:scheme"), reverse("public:scheme-rules"))
    yield from (reverse("public:scheme-item", args=[id]) for id in (*scheme.indicators, *scheme.quality))
    yield from (reverse("public:scheme-pack", args=[name]) for name in variants())


def of_the_register(today: date) -> Iterator[str]:
    """Countries, parts of the sitemap and status lists: as many as the register has."""
    spans = RegisterSpan.objects.on(today).headlines()
    for code in sorted(set(spans.order_by().values_list("country", flat=True).distinct())):
        yield reverse("public:country", args=[code])
    for number in range(1, 2 + -(-spans.count() // PART)):
        yield reverse("public:sitemap-part", args=[number])
    for number in StatusList.objects.order_by("number").values_list("number", flat=True):
        for purpose in Purpose:
            yield reverse("public:status-list", args=[purpose.value, number])
            yield reverse("public:status-list-token", args=[purpose.value, number])


def pages_of_the_list(today: date) -> Iterator[str]:
    """The pages of the register further on, which otherwise would be found one after the other only."""
    rows = RegisterSpan.objects.on(today).headlines().order_by(*ORDERS["name"])
    keys = list(rows.values_list("organisation", flat=True))
    first = reverse("public:register")
    for place in range(ROWS_A_PAGE, len(keys), ROWS_A_PAGE):
        yield f"{first}?after={keys[place - 1]}"
        yield f"{first}?before={keys[place]}"


def organisations(today: date) -> Iterator[str]:
    """The keys of all organisations of the register."""
    keys = RegisterSpan.objects.on(today).headlines().order_by("organisation")
    yield from keys.values_list("organisation", flat=True).iterator()


def page_of(organisation: str) -> str:
    """The address of an organisation's page."""
    return reverse("public:organisation", args=[organisation])


def organisation_of(address: str) -> str | None:
    """The key of the organisation whose page an address is; None where it is another page."""
    found = resolve(urlsplit(address).path)
    return str(found.kwargs["key"]) if found.view_name == "public:organisation" else None


def of_an_organisation(key: str, grants: Iterable[int]) -> Iterator[str]:
    """The addresses of an organisation: page, feed, badges, answers for programs, and those of its grants.

    `grants` are the numbers of the entries that granted it a label.
    """
    yield reverse("public:organisation", args=[key])
    yield reverse("public:organisation-feed", args=[key])
    yield reverse("public:badge-json", args=[key])
    for name in ("badge", "badge-png"):
        for size in SIZES:
            for ground in GROUNDS:
                yield f"{reverse(f'public:{name}', args=[key])}?{_look(size, ground)}".rstrip("?")
    for name in ("organisation", "status", "history"):
        yield reverse(f"{_API}{name}", args=[key])
    for number in grants:
        yield from _of_a_grant(key, number)


def dated(address: str, *, on: date, known: datetime) -> str:
    """The same address asked as of a day and a moment, where it can be: the answer then says these."""
    if not address.startswith(f"/{_BELOW_API}organisations/"):
        return address
    day = "" if address.endswith("/history") else f"on={on}&"
    return f"{address}?{day}known={moment_text(known)}"


def _of_a_grant(key: str, number: int) -> Iterator[str]:
    yield reverse("public:verify", args=[number])
    yield reverse("public:credential", args=[number])
    yield reverse("public:credential-token", args=[number])
    yield (of_grant := reverse("public:badge-of-grant", args=[key, number]))
    yield f"{of_grant}?{_look(SIZES[0], GROUNDS[1])}"  # its page shows it on dark ground too
    yield reverse("public:badge-of-grant-png", args=[key, number])


def _look(size: str, ground: str) -> str:
    asked = {"size": (size, SIZES[0]), "ground": (ground, GROUNDS[0])}
    return "&".join(f"{name}={value}" for name, (value, default) in asked.items() if value != default)
