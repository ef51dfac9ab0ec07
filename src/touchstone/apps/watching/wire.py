"""The way to a webhook: https, to public addresses of the internet, no redirects, all within bounds.

A stranger names the address, so the machine must not be lent out to look round in its own network. The name
is resolved once, every address that it gives is checked, and the connection goes to one of these and to
no other: a name that is resolved to something else a moment later gains nothing.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urlsplit

from django.utils.translation import gettext as _

from touchstone.apps.refusal import Refused

PORT: Final = 443
LONGEST_ADDRESS: Final = 500
STEP_SECONDS, WHOLE_SECONDS = 10, 20
ANSWER_BYTES: Final = 4096
_NAT64 = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))

Resolve = Callable[[str], Sequence[str]]  # host name → its addresses
Connect = Callable[[str, str], socket.socket]  # address, host name → an encrypted connection to it


class Unreachable(Exception):  # noqa: N818  (an answer, kept with the webhook)
    """A webhook that may not be called, or did not do what it must. Its text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """How a name is resolved and a connection made; tests build their own."""

    resolve: Resolve
    connect: Connect


def check_form(address: str) -> SplitResult:
    """The parts of a webhook's address. Refused where it is not one that could ever be called."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise Refused(_("The webhook's address cannot be read.")) from error
    host = parts.hostname or ""
    if len(address) > LONGEST_ADDRESS or not address.isascii() or not address.isprintable() or " " in address:
        raise Refused(_("The webhook's address is too long, or holds characters that no address has."))
    if parts.scheme != "https" or not host:
        raise Refused(_("A webhook's address begins with https:// and a host name."))
    if port not in (None, PORT) or parts.username is not None or parts.password is not None or parts.fragment:
        raise Refused(_("A webhook's address has no port, no user name, no password and no #."))
    if _is_number(host) or "." not in host or host.endswith((".local", ".internal", ".localhost")):
        raise Refused(_("A webhook's host is a public name, such as hooks.example.org."))
    return parts


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the open internet, also by what it stands for inside."""
    try:
        one = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(one, ipaddress.IPv6Address):
        inside = one.ipv4_mapped or one.sixtofour or (one.teredo or (None, None))[1]
        if inside is not None or any(one in network for network in _NAT64) or one.is_site_local:
            return False
    return one.is_global and not one.is_multicast


def post(address: str, body: bytes, headers: Mapping[str, str], *, road: Road) -> bytes:
    """Hand a body to a webhook; gives the beginning of its answer. Raises Unreachable for all but a 2xx."""
    try:
        parts = check_form(address)
        host = parts.hostname or ""
        connection = road.connect(_checked(road.resolve(host)), host)
        with closing(connection), _within(connection, WHOLE_SECONDS):
            return _exchanged(connection, parts, body, headers)
    except Refused as refusal:
        raise Unreachable(str(refusal)) from refusal
    except (OSError, http.client.HTTPException, UnicodeError, ValueError) as error:
        raise Unreachable(f"{type(error).__name__}: {error}"[:300]) from error


def _checked(addresses: Sequence[str]) -> str:
    """The first of a name's addresses. One that is not public spoils all."""
    inner = [address for address in addresses if not is_public(address)]
    if inner or not addresses:
        raise Unreachable("its name does not lead to public addresses of the internet alone")
    return addresses[0]


def _exchanged(
    connection: socket.socket, parts: SplitResult, body: bytes, headers: Mapping[str, str]
) -> bytes:
    talk = http.client.HTTPConnection(parts.hostname or "", PORT)
    talk.sock = connection
    talk.request(
        "POST",
        (parts.path or "/") + (f"?{parts.query}" if parts.query else ""),
        body,
        {"Host": parts.hostname or "", "Connection": "close", **headers},
    )
    answer = talk.getresponse()
    if 300 <= answer.status < 400:
        raise Unreachable(f"it answered {answer.status}: a webhook may not lead on to another address")
    if not 200 <= answer.status < 300:
        raise Unreachable(f"it answered {answer.status}")
    return answer.read(ANSWER_BYTES)


@contextmanager
def _within(connection: socket.socket, seconds: float) -> Iterator[None]:
    """Break a connection off after so many seconds in all, also where each single step is quick enough."""

    def end() -> None:
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _is_number(host: str) -> bool:
    """Whether a host is written as an address, in any way that resolvers take: 127.1, 0x7f000001, [::1]."""
    last = host.rstrip(".").rpartition(".")[2]
    return ":" in host or last.isdigit() or last.lower().startswith("0x")


# --- the road to the internet


def resolved(host: str) -> Sequence[str]:
    """The addresses of a name, as the system resolves it."""
    found = socket.getaddrinfo(host, PORT, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def connected(address: str, host: str) -> socket.socket:
    """An encrypted connection to an address; whoever answers must prove to be that host."""
    bare = socket.create_connection((address, PORT), timeout=STEP_SECONDS)
    context = ssl.create_default_context()
    secured = context.wrap_socket(bare, server_hostname=host, do_handshake_on_connect=False)
    try:
        with _within(secured, WHOLE_SECONDS):
            secured.do_handshake()
    except BaseException:
        secured.close()
        raise
    return secured


INTERNET = Road(resolve=resolved, connect=connected)
