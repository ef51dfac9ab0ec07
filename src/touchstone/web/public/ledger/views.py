"""The ledger for everybody: what it is, how to check it, and all of it as files."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from hashlib import sha256
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from touchstone.apps.register import copies, services, signing
from touchstone.apps.register.models import LedgerEntry, LedgerHead
from touchstone.core.faults import Unusable
from touchstone.core.labels.documents import act_from_text, head_as_document
from touchstone.core.labels.lines import signers_as_document
from touchstone.core.labels.model import Act, Head
from touchstone.web import words

MINUTE, DAY = 60, 86_400  # seconds for which others may keep an answer
NEWEST = 10
LINES = "application/jsonl"

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An entry as the page shows it."""

    number: int
    hash: str
    act: Act
    what: Promise | str


def _state(request: HttpRequest) -> str:
    """What tells one state of the ledger from another: its last entry, its last head and its keys."""
    entry = LedgerEntry.objects.order_by("-number").values_list("hash", flat=True).first()
    head = LedgerHead.objects.order_by("-day").values_list("hash", flat=True).first()
    told = f"{entry} {head} {signing.signers()} {request.get_full_path()}"
    return f'"{sha256(told.encode()).hexdigest()[:32]}"'


def _for_everybody(view: View) -> View:
    """Any page may fetch it, others may keep it for a minute, and damage is told and no traceback."""
    asked = condition(etag_func=_state)(view)

    @require_safe
    @wraps(view)
    def answered(request: HttpRequest) -> HttpResponseBase:
        try:
            response = asked(request)
        except Unusable as unusable:
            problem = f"The ledger is damaged: {unusable.faults[0]}\n"  # without the path of a file
            response = HttpResponse(
                problem, status=HTTPStatus.INTERNAL_SERVER_ERROR, content_type="text/plain; charset=utf-8"
            )
        response["Access-Control-Allow-Origin"] = "*"
        if response.status_code < 400 and not response.has_header("Cache-Control"):
            patch_cache_control(response, public=True, max_age=MINUTE)
        return response

    return answered


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What the ledger is, what was entered last, and how anybody checks it."""
    rows = LedgerEntry.objects.order_by("-number")[:NEWEST]
    heads, damage = _newest_heads()
    context = {
        "lines": list(map(_line, rows)),
        "heads": heads,
        "damage": damage,
        "address": settings.TOUCHSTONE_ADDRESS,
    }
    return render(request, "web/public/ledger.html", context)


@_for_everybody
def whole(_request: HttpRequest) -> HttpResponseBase:
    """The whole ledger as the lines of one file."""
    response = StreamingHttpResponse(copies.ledger_lines(), content_type=LINES)
    response["Content-Disposition"] = 'attachment; filename="ledger.jsonl"'
    return response


@_for_everybody
def some_entries(request: HttpRequest) -> HttpResponseBase:
    """The entries after a number, a thousand at most; what there is more is linked to."""
    asked = request.GET.get("after", "0")
    if not (asked.isascii() and asked.isdigit() and len(asked) <= 9):
        problem = _("after: give the number of the last entry that you have, such as ?after=1000.")
        return HttpResponse(f"{problem}\n", status=400, content_type="text/plain; charset=utf-8")
    lines = copies.entry_lines(after=int(asked))
    response = HttpResponse(b"".join(line + b"\n" for line in lines), content_type=LINES)
    if len(lines) == copies.AT_ONCE:
        there = f"{reverse('public:ledger-entries')}?after={int(asked) + copies.AT_ONCE}"
        response["Link"] = f'<{there}>; rel="next"'
        patch_cache_control(response, public=True, max_age=DAY)  # these never change
    return response


@_for_everybody
def all_heads(_request: HttpRequest) -> HttpResponseBase:
    """All daily heads, the oldest first."""
    return _json(
        {"address": settings.TOUCHSTONE_ADDRESS, "heads": list(map(head_as_document, services.heads()))}
    )


@_for_everybody
def all_keys(_request: HttpRequest) -> HttpResponseBase:
    """All public keys that ever signed here, by their ids, and when those retired that sign no more."""
    keys = signers_as_document(signing.signers())
    return _json({"address": settings.TOUCHSTONE_ADDRESS, "algorithm": "Ed25519", **keys})


def _json(document: object) -> HttpResponse:
    return HttpResponse(
        json.dumps(document, indent=1, sort_keys=True) + "\n", content_type="application/json"
    )


def _newest_heads() -> tuple[tuple[Head, ...], str]:
    try:
        return services.heads()[: -NEWEST - 1 : -1], ""
    except Unusable as unusable:
        return (), str(unusable.faults[0])


def _line(row: LedgerEntry) -> Line | None:
    """The line of an entry; None where its act cannot be read."""
    stored = row.as_stored()
    try:
        act = act_from_text(stored.document)
    except Unusable:
        return None
    what = _("Entered twice") if act.joins_records else words.ENTRIES[act.kind]
    return Line(number=row.number, hash=row.hash, act=act, what=what)
