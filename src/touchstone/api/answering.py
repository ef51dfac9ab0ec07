"""How an answer is given: refused where a parameter is unknown, not repeated where nothing has changed."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from pydantic import BaseModel

from touchstone import __version__
from touchstone.api.problems import PARAMETERS, Refusal
from touchstone.api.schemas import KnownAsked, OnDay
from touchstone.apps.register import services
from touchstone.core.faults import Fault
from touchstone.core.scheme.naming import suggestion

# A change shows within a minute; where the server does not answer, a cache may do so for a day.
CACHE: Final = "public, max-age=60, stale-if-error=86400"
# Of what a browser may do with an answer that somebody opens in it: nothing.
POLICY: Final = "default-src 'none'; frame-ancestors 'none'"
MEDIA_TYPE: Final = "application/json"
_DAY_REMEDY: Final = "Write it as 2013-02-23."
_REMEDIES: Final = {
    "on": _DAY_REMEDY,
    "as_of": _DAY_REMEDY,
    "known": "Write it as 2026-11-21 or 2026-11-21T14:30:00Z; a + is written %2B in an address.",
    "q": "Ask for 200 characters at most: part of a name is enough.",
    "country": "Write two capital letters, such as PL.",
    "portfolio": "See /api/v1/scheme for the ids of portfolios.",
    "level": "It is one of bronze, silver, gold.",
    "state": "It is one of valid, expired_renewable, lapsed, suspended, withdrawn.",
    "expiring_within": "Write a whole number of months from 1 to 60.",
    "limit": "Write a whole number; its greatest value is in /api/v1/openapi.json.",
    "cursor": "Take it as “next” gave it.",
    "after": "Write the number of a ledger entry, or 0.",
}


def answered(
    request: HttpRequest,
    asked: BaseModel | None,
    today: date,
    make: Callable[[int], object],
    *,
    beside: int = 0,
) -> HttpResponse:
    """The answer that `make` gives, as JSON; 304 where who asks has it already.

    Nothing but the ledger, the day and the program changes an answer, so these and the question are its tag;
    what else may, is counted in `beside`. `make` is told the number of the ledger's last entry, and may give
    a finished response. Raises Refusal at a parameter that is unknown or given twice.
    """
    faults = list(_unknown(request, tuple(type(asked).model_fields) if asked else ()))
    if faults:
        raise Refusal(PARAMETERS, *faults)
    number = services.ledger_number()
    tag = _tag(request, f"{number}-{beside}-{today:%Y%m%d}")
    if tag in _held(request):
        return _cached(HttpResponse(status=HTTPStatus.NOT_MODIFIED), tag)
    made = make(number)
    return _cached(made if isinstance(made, HttpResponse) else written(made), tag)


def written(document: object) -> HttpResponse:
    """A document as JSON."""
    return HttpResponse(as_bytes(document), content_type=MEDIA_TYPE)


def as_bytes(document: object) -> bytes:
    """A document as JSON in UTF-8; days and moments as ISO 8601."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), default=_plain).encode()


def day(asked: OnDay, today: date) -> date:
    """The day asked about under either of its names."""
    if asked.on and asked.as_of and asked.on != asked.as_of:
        fault = Fault("as_of", "is another name for “on”, and says another day.", "Give one of the two.")
        raise Refusal(PARAMETERS, fault)
    return asked.on or asked.as_of or today


def moment(asked: KnownAsked, now: datetime) -> datetime:
    """The moment as of which is asked; none that is still to come."""
    return min(asked.known, now) if asked.known else now


def misread(errors: Iterable[Mapping[str, Any]]) -> Refusal:
    """The parameters that Pydantic could not read, as a refusal."""
    wrong = {str(one["loc"][-1]): one for one in errors}
    faults = [Fault(name, _problem(one), _REMEDIES.get(name, "")) for name, one in wrong.items()]
    return Refusal(PARAMETERS, *faults)


def link(address: str) -> str:
    """The whole address of something of this installation."""
    return f"{settings.TOUCHSTONE_ADDRESS}{address}"


def _problem(one: Mapping[str, Any]) -> str:
    ours = one.get("ctx", {}).get("error")
    return str(ours) if ours else "is not one that this address takes."


def _unknown(request: HttpRequest, names: tuple[str, ...]) -> Iterator[Fault]:
    for name, values in request.GET.lists():
        if name not in names:
            remedy = suggestion(name, names) or "This address takes no parameters."
            yield Fault(name[:60], "is no parameter of this address.", remedy)
        elif len(values) > 1:
            yield Fault(name, "is given twice.", "Give it once.")


def _tag(request: HttpRequest, state: str) -> str:
    question = f"{__version__} {request.path} {request.META.get('QUERY_STRING', '')}"
    digest = hashlib.blake2b(question.encode(errors="replace"), digest_size=8).hexdigest()
    return f'W/"{state}-{digest}"'


def _held(request: HttpRequest) -> list[str]:
    """The tags of what who asks has already, compared by their text (RFC 9110, 13.1.2)."""
    given = request.META.get("HTTP_IF_NONE_MATCH", "")
    return [f"W/{tag}" for tag in re.findall(r'"[^"]*"', given)] if given else []


def _cached(response: HttpResponse, tag: str) -> HttpResponse:
    response["ETag"] = tag
    response["Cache-Control"] = CACHE
    response["Content-Security-Policy"] = POLICY
    return response


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")
