"""The one text of a JSON-LD document, over which signatures are made (RDFC-1.0, formerly URDNA2015).

Only the contexts that lie beside this file are known: nothing is ever fetched. What is in a document and not
in its contexts would silently be left out of the text, and so of the signature; such a document is refused.
"""

import json
import re
import threading
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from touchstone.core.faults import Fault, Unusable

Document = Mapping[str, object]

CREDENTIALS: Final = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
CONTEXTS: Final = {CREDENTIALS: "credentials-v2.jsonld", OPEN_BADGES: "open-badges-3.0.3.jsonld"}

LONGEST: Final = 200_000  # characters of a document that is read
DEEPEST: Final = 20  # levels of a document
# Parts without an id are told apart by trying their orders, and there are very many orders of many parts.
UNNAMED: Final = 6

# Whatever a context does not know comes out under this scheme.
_UNKNOWN: Final = "x-unknown"
_GUARD: Final = {"@vocab": f"{_UNKNOWN}://term/"}
_UNKNOWN_TERM = re.compile(f"<{_UNKNOWN}://(?:term|place)/([^>]*)>")
# The library keeps what it knows of contexts in one place for all threads, without a lock of its own.
_alone = threading.Lock()


def canonical(document: Document) -> bytes:
    """The canonical text of a document, as N-Quads in UTF-8.

    Raises Unusable for a term that the contexts do not define, an address that is not whole, a context that
    is not vendored, an empty value, keywords in the body, and what is too large to be ours.
    """
    from pyld import jsonld

    _require_plain(document)
    contexts = document.get("@context", [])
    listed = contexts if isinstance(contexts, list) else [contexts]
    options = {
        "algorithm": "URDNA2015",
        "format": "application/n-quads",
        "base": f"{_UNKNOWN}://place/",
        "documentLoader": _vendored,
    }
    try:
        with _alone:
            text: str = jsonld.normalize({**document, "@context": [*listed, _GUARD]}, options)
    except jsonld.JsonLdError as error:
        raise _refused("@context", f"cannot be worked out: {_cause(error)}.") from error
    unknown = _UNKNOWN_TERM.search(text)
    if unknown:
        raise _refused(unknown[1] or "id", "is not defined by the contexts, so that nothing would sign it.")
    return text.encode()


def read(text: str | bytes) -> dict[str, object]:
    """A JSON object from outside.

    Raises Unusable where it is none, too large, names a member twice, or holds what no text can.
    """
    if len(text) > LONGEST:
        raise _refused("document", f"is longer than {LONGEST:,} characters.")
    try:
        document = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
        # Half a character, which JSON can write and no text can hold, would break whatever repeats it.
        json.dumps(document, ensure_ascii=False).encode()
    except _OddError as odd:
        raise _refused("document", str(odd)) from odd
    except UnicodeEncodeError as error:
        raise _refused("document", "holds half a character, which no text can.") from error
    except (ValueError, RecursionError) as error:
        raise _refused("document", "is not readable as JSON.") from error
    if not isinstance(document, dict):
        raise _refused("document", "is not a JSON object.")
    return document


def context(address: str) -> dict[str, object]:
    """A vendored context, by its address. Raises KeyError for any other."""
    return _read_context(CONTEXTS[address])


@cache
def _read_context(name: str) -> dict[str, object]:
    read: dict[str, object] = json.loads((Path(__file__).parent / "contexts" / name).read_bytes())
    return read


def _vendored(address: str, _: object) -> dict[str, object]:
    from pyld import jsonld

    if address not in CONTEXTS:
        raise jsonld.JsonLdError(f"the context {address} is not known here", "loading document failed")
    return {
        "contextUrl": None,
        "contentType": "application/ld+json",
        "documentUrl": address,
        "document": context(address),
    }


def _cause(error: BaseException) -> str:
    """The innermost of an error's causes, which names what is wrong."""
    while isinstance(error.__cause__, Exception):
        error = error.__cause__
    return str(error.args[0] if error.args else error).split("\n", 1)[0].rstrip(".")


def _require_plain(document: Document) -> None:
    """Refuse what is silently dropped on the way to the text, and what would take for ever."""
    body = {name: value for name, value in document.items() if name != "@context"}
    unnamed = 0
    for place, value in _parts(body, "document", 0):
        if value is None or value == []:
            raise _refused(place, "is empty.", "Leave it out.")
        if isinstance(value, dict):
            unnamed += _identified(place, value)
    if unnamed > UNNAMED:
        raise _refused("document", f"has more than {UNNAMED} parts without an id.")


def _identified(place: str, part: Mapping[str, object]) -> bool:
    """Whether a part has no id. Refuses keywords and ids that stand for nothing outside the document."""
    keyword = next((name for name in part if name.startswith("@")), None)
    if keyword is not None:
        raise _refused(place, f"holds the keyword {keyword}.")
    if str(part.get("id", "")).startswith("_:"):
        raise _refused(place, "has an id that holds only inside the document.")
    return "id" not in part


def _parts(value: object, place: str, depth: int) -> Iterator[tuple[str, object]]:
    if depth > DEEPEST:
        raise _refused(place, f"lies more than {DEEPEST} levels deep.")
    yield place, value
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _parts(inner, name, depth + 1)
    if isinstance(value, list):
        for inner in value:
            yield from _parts(inner, place, depth + 1)


class _OddError(ValueError):
    """Two programs would read it in two ways; the message says why."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    # Any: whatever JSON holds.
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _OddError("names a member twice, so that two programs may read it in two ways.")
    return members


def _no_number(text: str) -> float:
    raise _OddError(f"holds {text}, which is no number of JSON.")


def _refused(place: str, problem: str, remedy: str = "") -> Unusable:
    return Unusable("", Fault(place, problem, remedy))
