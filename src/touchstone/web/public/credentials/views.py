"""Credentials, their status lists and the issuer's keys, as wallets and programs that check fetch them.

Any page of any origin may read them: they are public, and hold nothing of who asks.
"""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from http import HTTPStatus
from typing import Concatenate, Final, ParamSpec, cast

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from touchstone.apps.credentials import services

SECONDS: Final = 300  # a change of a label shows within five minutes
AS_JSON: Final = "application/vc+ld+json"
AS_TOKEN: Final = "application/vc+jwt"  # noqa: S105  (a media type)
DID: Final = "application/did+json"
PLAIN: Final = "text/plain; charset=utf-8"

Given = ParamSpec("Given")
View = Callable[Concatenate[HttpRequest, Given], HttpResponse]


def _published(view: View[Given]) -> View[Given]:
    """For any origin, for five minutes, with a tag by which to ask again. What is refused is not found."""

    @require_safe
    @wraps(view)
    def answered(request: HttpRequest, /, *args: Given.args, **kwargs: Given.kwargs) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except services.Refused as refused:
            return _open(HttpResponse(f"{refused}\n", PLAIN, HTTPStatus.NOT_FOUND))
        response["Cache-Control"] = f"public, max-age={SECONDS}"
        response["ETag"] = f'"{sha256(response.content).hexdigest()[:32]}"'
        unchanged = get_conditional_response(request, response["ETag"], None, response)
        return _open(cast(HttpResponse, unchanged))

    return answered


def _open(response: HttpResponse) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = "*"
    return response


@_published
def credential(request: HttpRequest, number: int) -> HttpResponse:
    """The credential of the label that a ledger entry granted; `?version=` for one before a correction."""
    text = services.credential(number, version=_version(request), at=timezone.now())
    return _file(text, AS_JSON, f"credential-{number:05d}.json")


@_published
def credential_token(request: HttpRequest, number: int) -> HttpResponse:
    """The same as a token."""
    text = services.credential_jwt(number, version=_version(request), at=timezone.now())
    return _file(text, PLAIN, f"credential-{number:05d}.jwt")


@_published
def status_list(request: HttpRequest, purpose: str, number: int) -> HttpResponse:
    """A status list: JSON with a proof inside, or a token for who accepts one."""
    if request.get_preferred_type([AS_JSON, AS_TOKEN]) == AS_TOKEN:
        response = HttpResponse(services.status_list_jwt(purpose, number, at=timezone.now()), AS_TOKEN)
    else:
        response = HttpResponse(services.status_list(purpose, number, at=timezone.now()), AS_JSON)
    patch_vary_headers(response, ["Accept"])
    return response


@_published
def status_list_token(_request: HttpRequest, purpose: str, number: int) -> HttpResponse:
    """The same always as a token, for programs that ask for nothing in particular."""
    return HttpResponse(services.status_list_jwt(purpose, number, at=timezone.now()), AS_TOKEN)


@_published
def did(_request: HttpRequest) -> HttpResponse:
    """The issuer's keys, by which anybody checks credentials."""
    return HttpResponse(services.did_document_text(), DID)


def _file(text: str, kind: str, name: str) -> HttpResponse:
    return HttpResponse(text, kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _version(request: HttpRequest) -> int | None:
    asked = request.GET.get("version")
    if asked is None:
        return None
    if not (asked.isascii() and asked.isdigit() and len(asked) < 5):
        raise services.Refused(_("A version is a number: 1, 2, 3."))
    return int(asked)
