"""A ledger fetched from an address that a person has typed. Nothing else is ever fetched."""

import http.client
import urllib.error
import urllib.request
from time import monotonic
from typing import IO
from urllib.parse import urlsplit

from touchstone.core.faults import Fault, Unusable
from touchstone.intake.guards import MEGABYTE
from touchstone.intake.ledger_file import LEDGER_LIMIT

SECONDS = 30  # without an answer
LONGEST = 3600.0  # seconds for the whole
_PIECE = MEGABYTE
_SCHEMES = ("http", "https")
_REMEDY = "Check the address, or fetch the file yourself and name it."


def is_address(text: str) -> bool:
    """Whether a person means an address and not a file."""
    return text.lower().startswith(tuple(f"{scheme}://" for scheme in _SCHEMES))


def ledger_address(address: str) -> str:
    """The address of the ledger's file: that of an installation or of its ledger's page is enough."""
    try:
        parts = urlsplit(address)
    except ValueError:  # then fetching says so
        return address
    if parts.path.endswith(".jsonl") or parts.query:
        return address
    page = address.rstrip("/")
    return f"{page}/ledger.jsonl" if page.endswith("/ledger") else f"{page}/ledger/ledger.jsonl"


def fetch(
    address: str,
    into: IO[bytes],
    *,
    limit_bytes: int = LEDGER_LIMIT,
    seconds: float = SECONDS,
    longest: float = LONGEST,
    accept: str = "application/jsonl",
) -> None:
    """Write what an address gives into a file. Raises Unusable where it gives nothing of use.

    `seconds` may pass without an answer, `longest` for the whole; `accept` says which kind is wanted. A
    redirect is followed on the same host only, and never from https to http.
    """
    opener = urllib.request.build_opener(_SameHost())
    headers = {"Accept": accept}
    try:
        request = urllib.request.Request(address, headers=headers)  # noqa: S310  (typed by a person)
        with opener.open(request, timeout=seconds) as answer:
            _copy(answer, into, address, limit_bytes, longest)
    except urllib.error.HTTPError as error:
        error.close()
        raise _unusable(address, f"the server answers with {error.code}.") from error
    except (OSError, ValueError, http.client.HTTPException) as error:
        why = getattr(error, "reason", None) or error
        raise _unusable(address, f"nothing could be fetched ({why}).") from error


def _copy(
    answer: http.client.HTTPResponse, into: IO[bytes], address: str, limit_bytes: int, longest: float
) -> None:
    length, end = 0, monotonic() + longest
    while piece := answer.read1(_PIECE):
        length += len(piece)
        if monotonic() > end:
            raise _unusable(address, f"it takes more than {longest:.0f} seconds.")
        if length > limit_bytes:
            raise _unusable(address, f"there are more than {limit_bytes // MEGABYTE} MB.")
        into.write(piece)
    if answer.length:
        raise _unusable(address, f"the answer broke off {answer.length} bytes before its end.")


class _SameHost(urllib.request.HTTPRedirectHandler):
    def redirect_request(  # type: ignore[no-untyped-def]  # noqa: PLR0917  # its arguments are passed on
        self, req, fp, code, msg, headers, newurl
    ) -> urllib.request.Request | None:
        before, after = urlsplit(req.full_url), urlsplit(newurl)
        if after.netloc != before.netloc or after.scheme not in {before.scheme, "https"}:
            fp.close()
            raise _unusable(req.full_url, f"the server sends on to another place, {newurl}.")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _unusable(address: str, problem: str) -> Unusable:
    return Unusable("", Fault(address, problem, _REMEDY))
