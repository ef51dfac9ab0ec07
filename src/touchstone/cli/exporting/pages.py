"""Pages as they are in an export: links lead to files, and what needs a server says so."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from html import escape, unescape
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from touchstone.cli.exporting.addresses import file_of
from touchstone.web.public.register.answers import in_words

SEARCH: Final = "web/static-search.js"
DAY: Final = "web/static-copy.js"
_LINK: Final = re.compile(r'<a\b([^>]*?)\shref="([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)
_FORM: Final = re.compile(r"<form\b([^>]*)>.*?</form>", re.DOTALL)
_SOURCE: Final = re.compile(r'(<(?:img|script|source|link)\b[^>]*?\s)(src|srcset|href)="([^" ]*)"')
_FOOT: Final = "</footer>"
# Where pages of an organisation say which day is today, and what stands there in a copy.
_DATED: Final = (
    (_lazy("As of %(day)s"), _lazy("On the day of this copy")),
    (_lazy("Valid today, %(day)s,"), _lazy("Valid today,")),
)
# The line of today in a drawing over the years, and its sign below.
_TODAY: Final = re.compile(
    r'<line class="today" x1="[0-9.]+%"[^>]*/>'
    r'|<span class="key"><svg[^>]*><line class="today"[^>]*/></svg>[^<]*</span>'
)
_STYLE: Final = re.compile(r"""(?:url\(\s*["']?|@import\s+["'])([^"')\s]+)""")
_MODULE: Final = re.compile(r"""(?:\bimport|\bfrom)\s*\(?\s*["'](\.{0,2}/[^"']+)["']""")
# Kinds of files that name others.
STYLE, SCRIPT, PAGE = "text/css", "text/javascript", "text/html"


@dataclass(slots=True)
class Copy:
    """A page on its way into an export. `links` are the addresses that it leads to, as far as exported."""

    address: str
    home: str  # the address of the installation
    live: str  # where the application answers; empty where nowhere
    day: str  # of the copy; empty for a page that is the same until something happens, and says no day
    is_there: Callable[[str], bool]  # whether there is such a page; some are of organisations to come
    links: dict[str, None] = field(default_factory=dict)

    def of(self, text: str) -> str:
        """The page with its links turned to files; collects where they lead."""
        text = _FORM.sub(self._form, text if self.day else undated(text))
        text = _LINK.sub(self._link, text)
        text = _SOURCE.sub(self._source, text)
        return text.replace(_FOOT, f"{self._note()}{_FOOT}", 1)

    def exported(self, target: str) -> str | None:
        """The address of the file behind a link; "" where the application alone has it, None elsewhere."""
        address = urljoin(self.home + self.address, unescape(target))
        if not address.startswith(f"{self.home}/"):
            return None
        address, _hash, part = address.removeprefix(self.home).partition("#")
        file = file_of(address)
        if file is None or not self.is_there(address):
            return ""
        self.links[address] = None
        place = quote(f"/{file.removesuffix('index.html')}")
        return f"{place}#{part}" if part else place

    def _link(self, found: re.Match[str]) -> str:
        before, target, after, words = found.groups()
        if target.startswith(("#", "mailto:")):
            return found[0]
        place = self.exported(target)
        if place is None:
            return found[0]
        if place or self.live:
            address = place or self.live + urlsplit(urljoin(self.home + self.address, unescape(target))).path
            return f'<a{before} href="{escape(address)}"{after}>{words}</a>'
        return "" if "sign-in" in target else f'<span class="live-only">{words}</span>'

    def _source(self, found: re.Match[str]) -> str:
        start, name, target = found.groups()
        if 'rel="canonical"' in start:  # stays the whole address
            return found[0]
        place = self.exported(target)
        return f'{start}{name}="{escape(place)}"' if place else found[0]

    def _form(self, found: re.Match[str]) -> str:
        if 'role="search"' in found[1]:
            self.links[static(SEARCH)] = None
            return (
                f'<div class="search" data-static-search="/search/index.json">'
                f"<p>{escape(_('Searching this copy of the register takes a script.'))}</p></div>"
                f'<script type="module" src="{static(SEARCH)}"></script>'
            )
        words = escape(_("This needs the application itself; these pages are a copy without it."))
        return f'<p class="notice live-only">{words}{self._elsewhere()}</p>'

    def _elsewhere(self) -> str:
        if not self.live:
            return ""
        return f' <a href="{escape(self.live + self.address)}">{escape(_("Go there"))}</a>'

    def _note(self) -> str:
        words = _("A copy made on %(day)s. It says what was so that day.")
        if self.day:
            said, script = escape(words % {"day": self.day}), ""
        else:
            self.links[static(DAY)] = None
            said = _('A copy of the register. <a href="/">The first page</a> says of which day it is.')
            script = f'<script type="module" src="{static(DAY)}"></script>'
        says = escape(words % {"day": "{}"})
        return (
            f'<div class="wrap"><p class="static-copy soft small" data-copy-says="{says}">{said}</p></div>'
            f"{script}"
        )


def undated(text: str) -> str:
    """A page of an organisation without what says which day is today; the rest changes as things happen."""
    today = in_words(timezone.localdate())
    for said, instead in _DATED:
        text = text.replace(str(said) % {"day": today}, str(instead))
    return _TODAY.sub("", text)


def dated_badge(content: bytes, since: date) -> bytes:
    """What a badge says (JSON), with the day since which it says so instead of today."""
    document = json.loads(content)
    document["on"] = since.isoformat()
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def named_by(kind: str, text: str, address: str) -> list[str]:
    """The files of the installation that a style sheet or a script names."""
    pattern = {STYLE: _STYLE, SCRIPT: _MODULE}.get(kind)
    found = pattern.findall(text) if pattern else []
    joined = (urljoin(address, name) for name in found if not name.startswith("data:"))
    return [urlsplit(one).path for one in joined if one.startswith("/")]


def moved(place: str) -> bytes:
    """A page that leads on to another at once."""
    address = escape(place)
    return (
        f'<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url={address}">'
        f'<title>{address}</title><p><a href="{address}">{address}</a></p>\n'
    ).encode()
