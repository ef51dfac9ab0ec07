"""What every answer passes through."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from touchstone.web.middleware import ContentPolicy

POLICY = "Content-Security-Policy"


def page(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def picture(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(headers={POLICY: "default-src 'none'"})


def answered(view: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    answer = ContentPolicy(view)(RequestFactory().get("/"))
    assert isinstance(answer, HttpResponse)
    return answer


def test_a_page_is_told_what_it_may_load() -> None:
    policy = answered(page)[POLICY]
    assert "default-src 'self'" in policy.split("; ")


def test_an_answer_keeps_a_policy_of_its_own() -> None:
    assert answered(picture)[POLICY] == "default-src 'none'"
