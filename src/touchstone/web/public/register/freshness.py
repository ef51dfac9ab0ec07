"""How long others may keep a public page, and when what they kept is still right.

All that the register shows follows from the ledger and the day. So one short question, which entry is the
last, tells whether a page has changed.
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from hashlib import sha256
from typing import Concatenate, ParamSpec, TypeVar, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition

from touchstone import __version__
from touchstone.apps.register.models import LedgerEntry

SECONDS = 60
REMEMBERED = 256  # answers of each kind
_PERSONAL = (settings.SESSION_COOKIE_NAME, "messages")
Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def ledger_state() -> str:
    """The hash of the ledger's last entry, which stands for all of them; empty where there is none."""
    return LedgerEntry.objects.order_by("-number").values_list("hash", flat=True).first() or ""


def remembered(reckon: Callable[Given, Answer]) -> Callable[Concatenate[str, Given], Answer]:
    """Keeps what was reckoned from the register, for the state of the ledger given before the rest."""

    @lru_cache(maxsize=REMEMBERED)
    def kept(_state: str, *args: Given.args, **kwargs: Given.kwargs) -> Answer:
        return reckon(*args, **kwargs)

    return cast(Callable[Concatenate[str, Given], Answer], kept)


def kept_a_minute(
    view: Callable[Concatenate[HttpRequest, Given], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, Given], HttpResponseBase]:
    """Lets anybody keep the page for a minute, and then ask whether it is still the same.

    The page of somebody who has signed in, or who is told something once, is that person's alone.
    """
    asked = condition(etag_func=_tag)(view)

    @wraps(view)
    def answered(request: HttpRequest, *args: Given.args, **kwargs: Given.kwargs) -> HttpResponseBase:
        if any(cookie in request.COOKIES for cookie in _PERSONAL):
            response = view(request, *args, **kwargs)
            patch_cache_control(response, private=True, max_age=0)
            return response
        response = asked(request, *args, **kwargs)
        if response.status_code < 400:
            patch_cache_control(response, public=True, max_age=SECONDS)
        return response

    return cast(Callable[Concatenate[HttpRequest, Given], HttpResponseBase], answered)


def _tag(request: HttpRequest, *_: object, **__: object) -> str | None:
    if settings.DEBUG:
        return None
    parts = (__version__, ledger_state(), timezone.localdate().isoformat(), request.get_full_path())
    return f'"{sha256(repr(parts).encode(errors="surrogatepass")).hexdigest()[:32]}"'
