"""The interface's own description, for programs and for people, and what is said where there is nothing."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.views.decorators.http import require_safe

from touchstone.api import problems
from touchstone.api.answering import MEDIA_TYPE
from touchstone.api.description import Document, document

_HOUR: Final = "public, max-age=3600"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter as the page tells it."""

    name: str
    where: str
    about: list[str]  # every second piece is code
    values: str  # what it may be, in words
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """A question as the page tells it: what it is, how to ask, what comes."""

    id: str
    summary: str
    about: list[list[str]]  # paragraphs; every second piece of one is code
    path: str
    parameters: list[Parameter]
    command: str
    answer: str


@require_safe
def interface(request: HttpRequest) -> HttpResponse:
    """The page that explains the interface, made from openapi.json."""
    told = document()
    context = {
        "operations": list(_operations(told)),
        "refusals": problems.PROBLEMS,
        "rate": settings.TOUCHSTONE_API_RATE,
        "licence": settings.TOUCHSTONE_DATA_LICENCE,
        "licence_address": settings.TOUCHSTONE_DATA_LICENCE_ADDRESS,
        "contact": settings.TOUCHSTONE_CONTACT,
        "version": told["info"]["version"],
    }
    return render(request, "web/public/interface.html", context)


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The description as OpenAPI 3.1."""
    content = json.dumps(document(), ensure_ascii=False, indent=2).encode()
    tag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
    same = tag in request.META.get("HTTP_IF_NONE_MATCH", "")
    answer = HttpResponseNotModified() if same else HttpResponse(content, content_type=MEDIA_TYPE)
    answer["ETag"], answer["Cache-Control"] = tag, _HOUR
    return answer


def unknown(_: HttpRequest, elsewhere: str) -> HttpResponse:
    """What is said at an address below /api/ where there is nothing."""
    near = elsewhere.rstrip("/")
    detail = f"Did you mean /api/{near}?" if near != elsewhere else ""
    return problems.response(problems.NO_ADDRESS, detail=detail)


def _operations(told: Document) -> Iterator[Operation]:
    for path, operations in told["paths"].items():
        for one in operations.values():
            example = one["responses"]["200"]["content"]["application/json"]["example"]
            yield Operation(
                id=f"ask-{one['operationId']}",
                summary=one["summary"],
                about=[_pieces(part) for part in one["description"].split("\n\n")],
                path=path,
                parameters=[_parameter(each) for each in one["parameters"] if each["in"] != "header"],
                command=_command(path, one["parameters"]),
                answer=json.dumps(example, ensure_ascii=False, indent=2),
            )


def _parameter(one: Document) -> Parameter:
    return Parameter(
        name=one["name"],
        where=one["in"],
        about=_pieces(one["description"]),
        values=_values(one["schema"]),
        example=_example(one),
    )


def _pieces(text: str) -> list[str]:
    return " ".join(text.split()).split("`")


def _values(schema: Document) -> str:
    if "enum" in schema:
        return ", ".join(schema["enum"])
    if schema["type"] == "integer":
        bounds = f"{schema['minimum']} to {schema['maximum']}"
        return f"{bounds}; by default {schema['default']}" if "default" in schema else bounds
    return ""


def _example(one: Document) -> str:
    first: Document = next(iter(one.get("examples", {}).values()), {})
    return str(first.get("value", ""))


def _command(path: str, parameters: list[Document]) -> str:
    """How to ask from a command line: the key filled in, and the first parameters that have an example."""
    shown = {one["name"]: _example(one) for one in parameters if one["in"] == "query" and _example(one)}
    shown.pop("as_of", None)
    for one in parameters:
        if one["in"] == "path":
            path = path.replace("{" + one["name"] + "}", _example(one))
    query = urlencode(dict(list(shown.items())[:2]))
    address = f"{settings.TOUCHSTONE_ADDRESS}{path}" + (f"?{query}" if query else "")
    return f"curl '{address}'"
