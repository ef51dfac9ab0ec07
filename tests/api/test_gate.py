"""What all answers below /api/ have in common: methods, forms, tags, limits, and refusals."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django import Settings

from factories.apps import entry
from touchstone.api.gate import LONGEST, limiter

pytestmark = pytest.mark.django_db
SCHEME = "/api/v1/scheme"


def broken(_: HttpRequest) -> HttpResponse:
    raise RuntimeError("an example")


urlpatterns = [path("api/broken", broken)]


@pytest.fixture
def failing() -> Client:
    return Client(raise_request_exception=False)


def problem(response: HttpResponse) -> tuple[int, str, str]:
    document = response.json()  # type: ignore[attr-defined]  # the test client's
    return response.status_code, response["Content-Type"], document["type"].partition("#")[2]


def test_head_is_get_without_its_body() -> None:
    got, head = Client().get(SCHEME), Client().head(SCHEME)
    told = ("Content-Length", "ETag", "Content-Type", "Cache-Control")
    assert (head.status_code, head.content, [head[name] for name in told]) == (
        200,
        b"",
        [got[name] for name in told],
    )


def test_options_says_what_may_be_asked_from_anywhere() -> None:
    response = Client().options(SCHEME)
    told = (
        "Allow",
        "Access-Control-Allow-Origin",
        "Access-Control-Allow-Methods",
        "Access-Control-Allow-Headers",
    )
    assert (response.status_code, [response[name] for name in told]) == (
        204,
        ["GET, HEAD, OPTIONS", "*", "GET, HEAD, OPTIONS", "Accept, If-None-Match"],
    )


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_is_ever_changed(method: str) -> None:
    response = getattr(Client(), method)(SCHEME)
    assert (*problem(response), response["Allow"]) == (
        405,
        "application/problem+json",
        "method",
        "GET, HEAD, OPTIONS",
    )


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("*/*", 200),
        ("application/json", 200),
        ("application/*;q=0.5", 200),
        ("text/html, application/json;q=0.9", 200),
        ("application/problem+json", 200),
        ("text/html", 406),
        ("nonsense", 406),
    ],
)
def test_who_takes_no_json_is_told_so(accept: str, status: int) -> None:
    assert Client().get(SCHEME, headers={"Accept": accept}).status_code == status


def test_an_address_that_is_too_long_is_refused() -> None:
    assert problem(Client().get("/api/v1/organisations", {"q": "x" * LONGEST})) == (
        414,
        "application/problem+json",
        "too-long",
    )


@pytest.mark.parametrize("address", ["/api/v1/", "/api/nothing", "/api/v1/scheme/", "/api/v2/scheme"])
def test_where_there_is_nothing_a_problem_says_so(address: str) -> None:
    assert problem(Client().get(address)) == (404, "application/problem+json", "no-address")


def test_a_slash_too_many_is_named() -> None:
    assert Client().get("/api/v1/scheme/").json()["detail"] == "Did you mean /api/v1/scheme?"


@pytest.mark.urls(__name__)
def test_a_fault_of_the_program_is_told_as_one(failing: Client) -> None:
    assert problem(failing.get("/api/broken")) == (500, "application/problem+json", "fault")


def test_a_host_that_is_none_of_ours_is_refused_in_the_same_form() -> None:
    assert problem(Client().get(SCHEME, headers={"Host": "evil.example"})) == (
        400,
        "application/problem+json",
        "request",
    )


def test_what_has_not_changed_is_not_sent_again() -> None:
    entry()
    address = "/api/v1/organisations"
    first = Client().get(address)
    again = Client().get(address, headers={"If-None-Match": f'"other", {first["ETag"]}'})
    entry(organisation="lt-second", name="Second")
    later = Client().get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert (later.status_code, later["ETag"] == first["ETag"]) == (200, False)


def test_a_tag_belongs_to_its_question() -> None:
    entry()
    first = Client().get("/api/v1/organisations?q=amber")
    other = Client().get("/api/v1/organisations?q=other", headers={"If-None-Match": first["ETag"]})
    assert other.status_code == 200


def test_caches_may_keep_an_answer_for_everybody_for_a_minute() -> None:
    response = Client().get(SCHEME)
    assert (response["Cache-Control"], response.get("Vary"), response["Access-Control-Allow-Origin"]) == (
        "public, max-age=60, stale-if-error=86400",
        None,
        "*",
    )


def test_no_cache_keeps_a_refusal() -> None:
    assert Client().get("/api/v1/scheme?x=1")["Cache-Control"] == "no-store"


def test_who_asks_too_often_is_told_when_to_come_again(settings: Settings) -> None:
    settings.TOUCHSTONE_API_RATE = 2
    told = [Client().get(SCHEME) for _ in range(3)]
    assert [(one.status_code, one["RateLimit-Limit"], one["RateLimit-Remaining"]) for one in told] == [
        (200, "2", "1"),
        (200, "2", "0"),
        (429, "2", "0"),
    ]
    assert (problem(told[2])[2], told[2]["Retry-After"], told[2]["RateLimit-Reset"]) == (
        "too-many",
        "60",
        "60",
    )


def test_behind_a_trusted_proxy_each_counts_for_itself(settings: Settings) -> None:
    settings.TOUCHSTONE_API_RATE, settings.TOUCHSTONE_TRUSTED_PROXIES = 1, ["127.0.0.1"]
    statuses = [
        Client().get(SCHEME, headers={"X-Forwarded-For": address}).status_code
        for address in ("192.0.2.1", "192.0.2.2", "192.0.2.1")
    ]
    assert statuses == [200, 200, 429]


def test_without_a_limit_nothing_is_counted(settings: Settings) -> None:
    settings.TOUCHSTONE_API_RATE = 0
    assert "RateLimit-Limit" not in Client().get(SCHEME)


def test_the_page_for_people_is_none_of_its_answers() -> None:
    response = Client().get("/api/")
    assert (response.status_code, response["Content-Type"], "RateLimit-Limit" in response) == (
        200,
        "text/html; charset=utf-8",
        False,
    )


def test_one_counter_serves_the_process() -> None:
    assert limiter(600) is limiter(600)
