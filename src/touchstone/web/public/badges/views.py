"""Badges as files for everybody's pages, and the script that shows one with its state of the moment."""

import hashlib
from functools import cache, lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, QueryDict
from django.utils import timezone
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from touchstone.apps.badges.services import Form, Wanted, host_of, picture, tally
from touchstone.apps.refusal import Refused
from touchstone.output.badge import Size
from touchstone.output.badge_png import SCALES

# A change shows within five minutes everywhere: two minutes in which nobody asks, and three in which a cache
# may still show what it has while it asks. Where this installation cannot be reached, caches that know
# `stale-if-error` (RFC 5861) go on with what they have over a long weekend.
CHANGING: Final = "public, max-age=120, stale-while-revalidate=180, stale-if-error=259200"
SCRIPT_RULES: Final = "public, max-age=3600, stale-while-revalidate=86400, stale-if-error=2592000"
NOT_FOUND_RULES: Final = "public, max-age=120"

# Any page may show a badge, and read what it says. The picture itself loads nothing, wherever it is opened.
FOR_ALL: Final = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Content-Security-Policy": "default-src 'none'",
}

_CHOICES: Final = {
    "size": tuple(Size),
    "ground": ("light", "dark"),
    "scale": tuple(map(str, SCALES)),
}
_SCRIPT: Final = Path(__file__).parents[2] / "static" / "web" / "badge.js"


@require_safe
def badge(request: HttpRequest, key: str, form: Form, number: int | None = None) -> HttpResponse:
    """An organisation's label as it stands, or one grant of it; in a `size`, for a `ground`, at a `scale`.

    What is asked for and does not exist is refused, and not answered by something else: the one who writes
    the code sees that at once, while a badge for the wrong ground would only be seen by others.
    """
    try:
        size, dark, scale = _options(request.META.get("QUERY_STRING", ""))
    except Refused as refusal:
        return _plain(str(refusal), HTTPStatus.BAD_REQUEST, rules="no-store")
    now = timezone.now()
    found = picture(Wanted(key, form, number, size, dark, scale), at=now)
    if found is None:
        words = _("There is no such badge: no such label was entered, or its period has not begun.")
        return _plain(words, HTTPStatus.NOT_FOUND, rules=NOT_FOUND_RULES)
    if found.stopped and form is not Form.JSON:
        host = host_of(request.headers.get("Referer", ""))
        if host and host not in _own_hosts(request):
            tally.note(key, host, at=now)
    return _sent(request, found.content, found.etag, form.media_type, rules=CHANGING)


@require_safe
def component(request: HttpRequest) -> HttpResponse:
    """The script of `<touchstone-badge>`, under an address that stays."""
    content, etag = _script()
    return _sent(request, content, etag, "text/javascript; charset=utf-8", rules=SCRIPT_RULES)


@cache
def _script() -> tuple[bytes, str]:
    content = _SCRIPT.read_bytes()
    return content, f'"{hashlib.sha256(content).hexdigest()[:32]}"'


@lru_cache(maxsize=64)
def _options(query: str) -> tuple[Size, bool, int]:
    """Size, whether for a dark ground, and scale. Other names are passed over: some sites add their own."""
    asked = QueryDict(query)
    return Size(_chosen(asked, "size")), _chosen(asked, "ground") == "dark", int(_chosen(asked, "scale"))


def _chosen(query: QueryDict, name: str) -> str:
    choices = _CHOICES[name]
    asked = query.get(name, choices[0])
    if asked in choices:
        return asked
    told = {"name": name, "asked": asked[:40], "choices": _(" or ").join(f"{name}={one}" for one in choices)}
    raise Refused(_("A badge has no %(name)s “%(asked)s”. Ask for %(choices)s.") % told)


def _own_hosts(request: HttpRequest) -> set[str | None]:
    return {urlsplit(settings.TOUCHSTONE_ADDRESS).hostname, urlsplit(f"//{request.get_host()}").hostname}


def _sent(request: HttpRequest, content: bytes, etag: str, media_type: str, *, rules: str) -> HttpResponse:
    response: HttpResponse
    if _has(request, etag):
        response = HttpResponseNotModified()
    else:
        # Who asks for the head alone gets the length and no content, which the server would have to drop.
        response = HttpResponse(b"" if request.method == "HEAD" else content, content_type=media_type)
        response.headers["Content-Length"] = str(len(content))
    return _for_all(response, rules, etag)


def _has(request: HttpRequest, etag: str) -> bool:
    """Whether the asker holds these bytes already. Proxies that compress mark an ETag as weak."""
    held = request.META.get("HTTP_IF_NONE_MATCH", "")
    if not held or held == etag:
        return bool(held)
    return any(one in ("*", etag, f"W/{etag}") for one in parse_etags(held))


def _plain(words: str, status: HTTPStatus, *, rules: str) -> HttpResponse:
    response = HttpResponse(f"{words}\n", status=status, content_type="text/plain; charset=utf-8")
    return _for_all(response, rules, "")


def _for_all(response: HttpResponse, rules: str, etag: str) -> HttpResponse:
    for name, value in {**FOR_ALL, "Cache-Control": rules, **({"ETag": etag} if etag else {})}.items():
        response.headers[name] = value
    # Nothing can be clicked in it, so that nobody is deceived where another page frames it.
    response.xframe_options_exempt = True
    response.same_in_every_language = True  # type: ignore[attr-defined]  # see web.middleware
    return response
