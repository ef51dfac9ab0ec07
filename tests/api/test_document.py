"""openapi.json: complete, of one piece with the types, and what a stranger's machine finds by it."""

import json
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.test import Client
from hypothesis import HealthCheck, given
from pytest_django import Settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from factories.answering import one_connection
from factories.opened import register
from touchstone.api import schemas
from touchstone.api.description import document
from touchstone.api.examples import EXAMPLES
from touchstone.api.operations import api
from touchstone.api.problems import PROBLEMS

CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance, unsupported_method,
]  # fmt: skip
PLAIN = {"/api/v1/ledger/heads", "/api/v1/scheme"}
REFUSALS = {"400", "405", "406", "414", "429", "500"}


KINDS = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
# A question without a parameter cannot be asked wrongly.
QUESTIONS = [(path, kind) for path in EXAMPLES for kind in KINDS if path not in PLAIN or kind is KINDS[0]]


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "kind"), QUESTIONS)
def test_no_question_of_a_machine_is_answered_otherwise_than_described(
    path: str, kind: GenerationMode, settings: Settings
) -> None:
    settings.TOUCHSTONE_API_RATE = 0
    register()
    with one_connection():
        all_of_it = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    described = all_of_it[path]["GET"]
    # Hardly a made-up key is one of ours, so half of the questions have one that is.
    ours = {"path_parameters": {"key": "lt-amber"}} if "{key}" in path else {}

    @given(described.as_strategy(kind) | described.as_strategy(kind, **ours))
    @hypothesis.settings(max_examples=30, suppress_health_check=list(HealthCheck))
    def ask(case: Any) -> None:  # Any: the library's own
        case.call_and_validate(checks=CHECKS)

    with one_connection():
        ask()


def operations() -> list[tuple[str, dict[str, Any]]]:
    return [(path, one) for path, some in document()["paths"].items() for one in some.values()]


@pytest.mark.parametrize(("path", "operation"), operations(), ids=lambda value: str(value)[:60])
def test_every_operation_is_described_in_full(path: str, operation: dict[str, Any]) -> None:
    wanted = {"200", "304"} | REFUSALS | ({"404"} if "{key}" in path else set())
    assert set(operation["responses"]) == wanted
    assert [one["name"] for one in operation["parameters"] if not one["description"].endswith(".")] == []
    assert (operation["summary"] != "", len(operation["description"]) > 40) == (True, True)


def test_ids_of_operations_are_the_promised_ones() -> None:
    assert [operation["operationId"] for _, operation in operations()] == [
        "organisations", "organisation", "status", "history", "figures", "entries", "heads", "scheme",
    ]  # fmt: skip


def test_every_type_in_the_document_is_used_and_every_used_one_is_there() -> None:
    text = json.dumps(document())
    named = {
        f'"#/components/{kind}/{name}"' for kind, some in document()["components"].items() for name in some
    }
    assert [
        one for one in named if one not in text and "responses/re" not in one and "no-address" not in one
    ] == []


@pytest.mark.parametrize("path", EXAMPLES)
def test_an_example_is_an_answer_of_its_type(path: str) -> None:
    operation = next(iter(document()["paths"][path].values()))
    name = operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[1]
    read = getattr(schemas, name).model_validate(EXAMPLES[path])
    assert set(EXAMPLES[path]) == set(read.model_dump())


def test_every_operation_has_an_example() -> None:
    assert set(EXAMPLES) == set(document()["paths"])


def test_the_document_says_terms_and_contact_of_the_installation(settings: Settings) -> None:
    settings.TOUCHSTONE_CONTACT = "labels@example.org"
    settings.TOUCHSTONE_NAME = "Label Office"
    settings.TOUCHSTONE_DATA_LICENCE, settings.TOUCHSTONE_DATA_LICENCE_ADDRESS = (
        "CC0",
        "https://example.org/cc0",
    )
    info = document()["info"]
    assert (info["license"], info["contact"], document()["openapi"]) == (
        {"name": "CC0", "url": "https://example.org/cc0"},
        {"name": "Label Office", "email": "labels@example.org"},
        "3.1.0",
    )


def test_without_a_contact_none_is_told() -> None:
    assert "contact" not in document()["info"]


def test_the_document_is_given_and_not_twice() -> None:
    first = Client().get("/api/v1/openapi.json")
    again = Client().get("/api/v1/openapi.json", headers={"If-None-Match": first["ETag"]})
    assert (first.json(), again.status_code) == (document(), 304)


def test_no_address_of_a_stranger_is_needed_to_read_the_page(settings: Settings) -> None:
    page = Client().get("/api/").content.decode()
    assert [part for part in ("<script src", "cdn", "swagger", "https://") if part in page.lower()] == [
        "https://"
    ]
    assert page.count("https://") == page.count(settings.TOUCHSTONE_DATA_LICENCE_ADDRESS) + page.count(
        "https://labels.example.org"
    )


def test_the_page_shows_every_operation_with_a_call_and_an_answer() -> None:
    page = Client().get("/api/").content.decode()
    assert [path for path in EXAMPLES if f"GET {path}</code>" not in page] == []
    assert (page.count("<code>curl"), page.count("<summary>An answer")) == (len(EXAMPLES), len(EXAMPLES))


def test_the_address_of_every_refusal_leads_to_its_place_on_the_page() -> None:
    page = Client().get("/api/").content.decode()
    assert [one.slug for one in PROBLEMS if f'id="{one.slug}"' not in page] == []
    assert {one.status.value for one in PROBLEMS} == {400, 404, 405, 406, 414, 429, 500}


def test_nothing_that_was_described_is_without_an_operation() -> None:
    routes = {path for _, router in api._routers for path in router.path_operations}
    assert {f"/api/v1{path}" for path in routes} == set(EXAMPLES)
