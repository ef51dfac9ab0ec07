"""What every answer below /api/ has in common: methods, forms, limits, headers, and how faults are told."""

from collections.abc import Callable
from functools import lru_cache
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from touchstone.api import problems
from touchstone.api.limiting import Allowance, Limiter, client

BELOW: Final = "/api/"
LONGEST: Final = 3800  # characters of an address; the server itself refuses lines of 4,094
_FORMS: Final = ("application/json", problems.MEDIA_TYPE)
_EXPOSED: Final = "ETag, Link, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After"
_PREFLIGHT: Final = {
    "Allow": problems.ALLOWED,
    "Access-Control-Allow-Methods": problems.ALLOWED,
    "Access-Control-Allow-Headers": "Accept, If-None-Match",
    "Access-Control-Max-Age": "86400",
}

Answer = Callable[[HttpRequest], HttpResponseBase]


def gate(get_response: Answer) -> Answer:
    """Middleware around everything that answers below /api/; the page /api/ itself is a page like others."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(BELOW) and request.path_info != BELOW:
            return _guarded(request, get_response)
        return get_response(request)

    return answer


def _guarded(request: HttpRequest, get_response: Answer) -> HttpResponseBase:
    allowance = _allowance(request)
    if allowance and allowance.refused:
        answer: HttpResponseBase = problems.response(problems.TOO_MANY)
        answer["Retry-After"] = str(allowance.reset)
    elif request.method == "OPTIONS":
        answer = HttpResponse(status=HTTPStatus.NO_CONTENT, headers=_PREFLIGHT)
    else:
        answer = _as_problem(_refused(request) or _asked(request, get_response))
    # No answer is otherwise in another language, so caches may hand it to everybody.
    del answer["Vary"], answer["Content-Language"]
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Access-Control-Expose-Headers"] = _EXPOSED
    if allowance:
        answer["RateLimit-Limit"] = str(allowance.limit)
        answer["RateLimit-Remaining"] = str(allowance.left)
        answer["RateLimit-Reset"] = str(allowance.reset)
    return answer


def _refused(request: HttpRequest) -> HttpResponse | None:
    """The problem of a request that need not be looked at further."""
    if request.method not in ("GET", "HEAD"):
        return problems.response(problems.NO_METHOD)
    if len(request.path_info) + len(request.META.get("QUERY_STRING", "")) > LONGEST:
        return problems.response(problems.TOO_LONG)
    wanted = request.META.get("HTTP_ACCEPT", "*/*")
    if wanted != "*/*" and not any(request.accepts(form) for form in _FORMS):
        return problems.response(problems.NO_FORM)
    return None


def _asked(request: HttpRequest, get_response: Answer) -> HttpResponseBase:
    """The answer; to HEAD that of GET without its body, and with the length that this would have."""
    if request.method == "GET":
        return get_response(request)
    request.method = "GET"
    answer = get_response(request)
    if isinstance(answer, HttpResponse):
        length = len(answer.content)
        answer.content = b""
        answer["Content-Length"] = str(length)
    return answer


def _as_problem(answer: HttpResponseBase) -> HttpResponseBase:
    """What another part of the program refused, told in the one form that this interface has for it."""
    if answer.status_code < HTTPStatus.BAD_REQUEST or answer["Content-Type"] == problems.MEDIA_TYPE:
        return answer
    return problems.response(problems.OF_STATUS.get(HTTPStatus(answer.status_code), problems.OURS))


def _allowance(request: HttpRequest) -> Allowance | None:
    """What is left to who asks; None where nothing is counted, as for requests from inside."""
    remote = request.META.get("REMOTE_ADDR", "")
    if not (remote and settings.TOUCHSTONE_API_RATE):
        return None
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    trusted = tuple(settings.TOUCHSTONE_TRUSTED_PROXIES)
    return limiter(settings.TOUCHSTONE_API_RATE).count(client(remote, forwarded, trusted=trusted))


@lru_cache(maxsize=1)
def limiter(rate: int) -> Limiter:
    """The counter of this process."""
    return Limiter(rate)
