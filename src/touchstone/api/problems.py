"""How the interface says no: problem documents after RFC 9457, each fault with its parameter and remedy."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.http import HttpResponse

from touchstone.core.faults import Fault

MEDIA_TYPE: Final = "application/problem+json"
ALLOWED: Final = "GET, HEAD, OPTIONS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A kind of refusal. `slug` is its place on the page /api/, which its `type` leads to."""

    status: HTTPStatus
    slug: str
    title: str
    detail: str  # what is said where nothing more is known

    @property
    def address(self) -> str:
        return f"{settings.TOUCHSTONE_ADDRESS}/api/#{self.slug}"


PARAMETERS = Problem(
    status=HTTPStatus.BAD_REQUEST, slug="parameters", title="A parameter cannot be used",
    detail="See “errors”: each names a parameter and what to do.",
)  # fmt: skip
REQUEST = Problem(
    status=HTTPStatus.BAD_REQUEST, slug="request", title="The request cannot be read",
    detail="Check host and address.",
)  # fmt: skip
NO_ORGANISATION = Problem(
    status=HTTPStatus.NOT_FOUND, slug="no-organisation", title="No organisation has this key",
    detail=(
        "No label of an organisation of this key was ever entered in this ledger. It may have another key "
        "here: look for its name with /api/v1/organisations?q=… It may hold a label of another scheme. "
        "Whether an organisation has applied is not public."
    ),
)  # fmt: skip
NO_ADDRESS = Problem(
    status=HTTPStatus.NOT_FOUND, slug="no-address", title="There is nothing at this address",
    detail="See /api/v1/openapi.json for all addresses; none ends in a slash.",
)  # fmt: skip
NO_METHOD = Problem(
    status=HTTPStatus.METHOD_NOT_ALLOWED, slug="method", title="This interface only answers questions",
    detail=f"Ask with one of {ALLOWED}.",
)  # fmt: skip
NO_FORM = Problem(
    status=HTTPStatus.NOT_ACCEPTABLE, slug="form", title="The answer has no such form",
    detail="Answers are JSON: ask with Accept: application/json, or leave Accept out.",
)  # fmt: skip
TOO_LONG = Problem(
    status=HTTPStatus.REQUEST_URI_TOO_LONG, slug="too-long", title="The address is too long",
    detail="Ask with fewer or shorter parameters: 3,800 characters at most.",
)  # fmt: skip
TOO_MANY = Problem(
    status=HTTPStatus.TOO_MANY_REQUESTS, slug="too-many", title="Too many requests from one address",
    detail="Wait for as many seconds as Retry-After says. Who needs all of it takes /data/.",
)  # fmt: skip
OURS = Problem(
    status=HTTPStatus.INTERNAL_SERVER_ERROR, slug="fault", title="A fault of the program, not of yours",
    detail="Try again later. If it stays, tell whoever runs this installation.",
)  # fmt: skip
PROBLEMS: Final = (
    PARAMETERS, REQUEST, NO_ORGANISATION, NO_ADDRESS, NO_METHOD, NO_FORM, TOO_LONG, TOO_MANY, OURS,
)  # fmt: skip
# What stands for an answer that another part of the program has given below /api/.
OF_STATUS: Final = {
    HTTPStatus.BAD_REQUEST: REQUEST, HTTPStatus.NOT_FOUND: NO_ADDRESS,
    HTTPStatus.METHOD_NOT_ALLOWED: NO_METHOD,
}  # fmt: skip


class Refusal(Exception):  # noqa: N818  (an answer to who asked, not a fault)
    """Carries a problem from where it is met to where it is answered."""

    def __init__(self, problem: Problem, *faults: Fault, detail: str = "") -> None:
        super().__init__(problem.title)
        self.problem, self.faults, self.detail = problem, faults, detail


def document(problem: Problem, faults: Iterable[Fault] = (), *, detail: str = "") -> dict[str, object]:
    """The problem in JSON's own types; `errors` only where there are faults."""
    said: dict[str, object] = {
        "type": problem.address,
        "title": problem.title,
        "status": problem.status.value,
        "detail": detail or problem.detail,
    }
    errors = [{"parameter": one.place, "problem": one.problem, "remedy": one.remedy} for one in faults]
    return said | ({"errors": errors} if errors else {})


def response(problem: Problem, faults: Iterable[Fault] = (), *, detail: str = "") -> HttpResponse:
    """The problem as an answer that no cache keeps for others."""
    body = json.dumps(document(problem, faults, detail=detail), ensure_ascii=False).encode()
    answer = HttpResponse(body, content_type=MEDIA_TYPE, status=problem.status)
    answer["Cache-Control"] = "no-store"
    if problem is NO_METHOD:
        answer["Allow"] = ALLOWED
    return answer
