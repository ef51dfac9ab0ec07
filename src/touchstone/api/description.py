"""The document openapi.json: what the operations say of themselves, and what holds for all of them."""

import json
from collections.abc import Iterator
from typing import Any, Final

from django.conf import settings

from touchstone.api import problems
from touchstone.api.examples import EXAMPLES
from touchstone.api.operations import VERSION, api
from touchstone.api.problems import MEDIA_TYPE, Problem
from touchstone.api.schemas import KEY_PATTERN, ProblemDocument
from touchstone.core.faults import Fault

# Any below: a document of JSON, of which no type says what lies in it.
Document = dict[str, Any]

ABOUT: Final = """\
The register of labels and the ledger that it rests on, for programs. Reading only, without a key.

- **Day and moment.** `on` (or `as_of`) is the day asked about, `known` the moment as of which it is answered.
- **Unknown parameters** are refused, with the nearest one that there is.
- **Refusals** are problem documents (RFC 9457); `errors` names each parameter with what to do.
- **Caching.** Every answer has an `ETag`; ask again with `If-None-Match`, and be told 304 where nothing
  changed.
- **How often.** `RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset` (seconds) tell what is left to
  an address. Whoever needs everything takes the files on /data/.
- **Versions.** What is under /api/v1/ only grows: read past fields that you do not know.
"""
_HEADERS: Final[Document] = {
    "ETag": {"description": "Tag of this answer, for If-None-Match.", "schema": {"type": "string"}},
    "Cache-Control": {"description": "How long a cache may keep it.", "schema": {"type": "string"}},
    "RateLimit-Limit": {"description": "Requests a minute.", "schema": {"type": "integer"}},
    "RateLimit-Remaining": {"description": "How many are left.", "schema": {"type": "integer"}},
    "RateLimit-Reset": {"description": "Seconds until the count begins anew.", "schema": {"type": "integer"}},
    "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}},
    "Link": {"description": "The next page, where there is one: rel=next.", "schema": {"type": "string"}},
}
_PREFIX: Final = "touchstone_api_operations_"
# What is asked is told by parameters, and needs no type in the document.
_QUESTIONS: Final = ("Asked", "AsKnown", "OnDay")
_RATE: Final = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")
_REFUSALS: Final = (
    problems.PARAMETERS, problems.NO_METHOD, problems.NO_FORM, problems.TOO_LONG, problems.TOO_MANY,
    problems.OURS,
)  # fmt: skip
_FAULTS: Final = (Fault("levl", "is no parameter of this address.", 'Did you mean "level"?'),)
_IF_NONE_MATCH: Final[Document] = {
    "in": "header", "name": "If-None-Match", "required": False, "schema": {"type": "string"},
    "description": "Tags of answers that you have; with the present one among them you are told 304.",
}  # fmt: skip


def document() -> Document:
    """The whole document, for the settings of this installation."""
    made: Document = json.loads(json.dumps(api.get_openapi_schema(path_prefix="api/v1/")))
    made["info"] = _info()
    made["servers"] = [{"url": settings.TOUCHSTONE_ADDRESS}]
    schemas = made["components"]["schemas"]
    made["components"]["schemas"] = {n: s for n, s in schemas.items() if not n.endswith(_QUESTIONS)}
    made["components"]["schemas"]["ProblemDocument"] = _problem_schema()
    made["components"]["headers"] = _HEADERS
    made["components"]["responses"] = {one.slug: _refusal(one) for one in problems.PROBLEMS}
    for path, operations in made["paths"].items():
        for operation in operations.values():
            _complete(path, operation)
    return made


def _info() -> Document:
    info: Document = {
        "title": "Register of labels",
        "version": VERSION,
        "summary": "Which label a cluster organisation holds, on any day.",
        "description": ABOUT,
        "license": {
            "name": settings.TOUCHSTONE_DATA_LICENCE,
            "url": settings.TOUCHSTONE_DATA_LICENCE_ADDRESS,
        },
    }
    if settings.TOUCHSTONE_CONTACT:
        info["contact"] = {"name": settings.TOUCHSTONE_NAME, "email": settings.TOUCHSTONE_CONTACT}
    return info


def _complete(path: str, operation: Document) -> None:
    """Add what every operation has: headers, 304, refusals, and an example of its answer."""
    operation["operationId"] = operation["operationId"].removeprefix(_PREFIX)
    operation["parameters"] = [_parameter(one) for one in operation["parameters"]] + [_IF_NONE_MATCH]
    found = operation["responses"]["200"]
    found["description"] = "The answer."
    found["headers"] = _headers("ETag", "Cache-Control", *_RATE, *(["Link"] if _is_paged(path) else []))
    found["content"]["application/json"]["example"] = EXAMPLES[path]
    operation["responses"]["304"] = {
        "description": "What you have is still right.", "headers": _headers("ETag", "Cache-Control", *_RATE)
    }  # fmt: skip
    for problem in _refusals(path):
        told = {"$ref": f"#/components/responses/{problem.slug}"}
        operation["responses"][str(problem.status.value)] = told


def _parameter(one: Document) -> Document:
    """Without what Pydantic says of a default that is nothing: a parameter is left out, and never null."""
    schema = {name: value for name, value in one["schema"].items() if name not in _SAID_BESIDE}
    chosen: Document = next((each for each in schema.pop("anyOf", []) if each != {"type": "null"}), {})
    schema = {**schema, **chosen}
    if schema.get("default", 0) in (None, ""):
        del schema["default"]
    told = {name: one[name] for name in ("in", "name", "required", "description")}
    examples = one["schema"].get("examples", [])
    if one["in"] == "path":
        schema |= {"pattern": KEY_PATTERN}
    named = {f"example-{n}": {"value": value} for n, value in enumerate(examples, start=1)}
    return {**told, "schema": schema} | ({"examples": named} if named else {})


_SAID_BESIDE: Final = ("title", "description", "examples")


def _is_paged(path: str) -> bool:
    return path.endswith(("/organisations", "/entries"))


def _refusals(path: str) -> Iterator[Problem]:
    yield from _REFUSALS
    if "{key}" in path:
        yield problems.NO_ORGANISATION


def _refusal(problem: Problem) -> Document:
    rate = _RATE if problem is not problems.TOO_MANY else (*_RATE, "Retry-After")
    return {
        "description": f"{problem.title}.",
        "headers": _headers(*rate),
        "content": {
            MEDIA_TYPE: {
                "schema": {"$ref": "#/components/schemas/ProblemDocument"},
                "example": problems.document(problem, _FAULTS if problem is problems.PARAMETERS else ()),
            }
        },
    }


def _headers(*names: str) -> Document:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _problem_schema() -> Document:
    schema = ProblemDocument.model_json_schema(ref_template="#/components/schemas/{model}")
    schema["properties"]["errors"]["items"] = schema.pop("$defs")["ParameterProblem"]
    return schema
