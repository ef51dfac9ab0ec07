"""Links: whether one leads to this installation, and to what there; nothing is opened.

A code on a forged certificate leads to a forged register. So a link counts as ours only where its host is
ours letter for letter; what only looks so is named: letters of other alphabets, our name inside another one,
a name before an @, another port, a slip of one or two letters.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import SplitResult, urlsplit

from rapidfuzz.distance import OSA

LONGEST: Final = 2_000  # characters
MOST_DIGITS: Final = 9  # of a label's number
_PORTS: Final = {"http": 80, "https": 443}
_NUMBER = re.compile(r"(?:(?:no|nr)\.?|n[°º]|№|#)?\s*(\d+)", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_WITHOUT_SCHEME = re.compile(r"www\.|[^/{<]+\.[^/]+/")
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*", re.IGNORECASE | re.ASCII)
_KEY = r"(?P<key>[-a-zA-Z0-9_]{1,120})"
_PATHS = (
    re.compile(r"/verify/(?P<number>\d{1,30})/?"),
    re.compile(r"/credentials/(?P<number>\d{1,30})\.(?:json|jwt)"),
    re.compile(rf"/badge/{_KEY}/(?P<number>\d{{1,30}})\.(?:svg|png)"),
    re.compile(rf"/badge/{_KEY}\.(?:svg|png|json)"),
    re.compile(rf"/register/{_KEY}/?"),
)


class Leads(StrEnum):
    """Where a link leads."""

    HERE = "here"  # to this installation
    LOOK_ALIKE = "look-alike"  # to a place that may be taken for this installation
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link, read. `host` is what a browser would go to, as far as it can be told; `trick` what is odd."""

    text: str
    leads: Leads
    host: str = ""
    trick: str = ""
    number: int | None = None  # of a label
    key: str = ""  # of an organisation


def number_of(text: str) -> int | None:
    """The number of a label, as somebody types it: "57", "00057", "No. 57". None where it is none."""
    found = _NUMBER.fullmatch(text.strip()) if len(text) <= LONGEST else None
    if found is None or not found[1].isascii():
        return None
    return counted(found[1])


def counted(digits: str) -> int:
    """The number that digits write; one that no ledger reaches where there are too many of them."""
    bare = digits.lstrip("0") or "0"
    return int(bare[: MOST_DIGITS + 1])


def is_link(text: str) -> bool:
    """Whether a text is one link: something with a scheme, or a host and a path, in one word."""
    word = text.strip()
    if not word or len(word) > LONGEST or len(word.split()) > 1:
        return False
    return bool(_SCHEME.match(word) or _WITHOUT_SCHEME.match(word))


def link(text: str, *, address: str) -> Link:
    """Where a link leads, seen from the installation at `address`. Any text is taken."""
    word = text.strip()
    whole = word if _SCHEME.match(word) else f"https://{word}"
    parts = _split(whole)
    own = urlsplit(address)
    if parts is None and not whole.isascii():
        trick = "it holds signs that only look like those of an address"
        return Link(text=word, leads=Leads.LOOK_ALIKE, trick=trick)
    if parts is None or parts.scheme.lower() not in _PORTS:
        return Link(text=word, leads=Leads.ELSEWHERE, trick="it is no address of a web page")
    host = (parts.hostname or "").lower()
    trick = _trick(whole, parts, own)
    if trick:
        return Link(text=word, leads=Leads.LOOK_ALIKE, host=host, trick=trick)
    if host != own.hostname:
        return Link(text=word, leads=Leads.ELSEWHERE, host=host)
    path = parts.path.removeprefix(own.path)
    found = next((match for pattern in _PATHS if (match := pattern.fullmatch(path))), None)
    named = found.groupdict() if found else {}
    number = counted(named["number"]) if named.get("number") else None
    return Link(text=word, leads=Leads.HERE, host=host, number=number, key=named.get("key", ""))


def _split(whole: str) -> SplitResult | None:
    try:
        parts = urlsplit(whole)
        _ = parts.port  # read here, because a port that is no number raises only now
    except ValueError:
        return None
    return parts


def _trick(whole: str, parts: SplitResult, own: SplitResult) -> str:
    """What makes a link look like ours though it leads elsewhere; empty where nothing does."""
    host, ours = (parts.hostname or "").lower(), own.hostname or ""
    if "@" in parts.netloc:
        return "what stands before the @ is no host, but made to look like one"
    if "\\" in whole or any(not letter.isprintable() for letter in whole):
        return "it holds signs that no address has"
    if host == ours:
        same = _port(parts) == _port(own) or parts.port is own.port is None
        return "" if same else f"it leads to another port ({_port(parts)}) of the same host"
    if host == f"{ours}.":
        return "its host ends in a dot, and ours does not"
    return _strangeness(host) or _likeness(host, ours)


def _strangeness(host: str) -> str:
    if not host.isascii():
        return "its host holds letters that only look like those of ours"
    if host.startswith("xn--") or ".xn--" in host:
        return "its host is written in letters of another alphabet (xn--)"
    return "" if _HOST.fullmatch(host) else "its host holds signs that no host has"


def _likeness(host: str, ours: str) -> str:
    bare, own = host.replace("-", "").replace(".", ""), ours.replace("-", "").replace(".", "")
    if own and own in bare:
        return f"its host only holds the name {ours}"
    if "." in ours and host.rpartition(".")[0] == ours.rpartition(".")[0]:
        return f"its host ends in .{host.rpartition('.')[2]}, and ours in .{ours.rpartition('.')[2]}"
    if len(ours) > 5 and OSA.distance(host, ours) <= 2:
        return f"its host is almost {ours}, but not quite"
    return ""


def _port(parts: SplitResult) -> int | None:
    return _PORTS.get(parts.scheme.lower()) if parts.port is None else parts.port
