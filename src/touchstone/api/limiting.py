"""How often one address may ask: so many requests a minute, counted in each process of the server."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from math import ceil
from time import monotonic
from typing import Final

WINDOW: Final = 60.0  # seconds
MOST_ADDRESSES: Final = 20_000  # that are remembered: some megabytes, whoever asks
# Who is given one IPv6 address is given 2^64 of them.
_IPV6_PREFIX: Final = 64

Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left to an address. `reset` is in how many seconds the count begins anew."""

    limit: int
    left: int
    reset: int
    refused: bool


class Limiter:
    """Counts requests of each address in windows of a minute. May be used by several threads.

    At `most` addresses the one whose window began first is forgotten: its count begins anew.
    """

    def __init__(
        self, limit: int, *, most: int = MOST_ADDRESSES, clock: Callable[[], float] = monotonic
    ) -> None:
        self.limit = limit
        self._most, self._clock = most, clock
        self._windows: OrderedDict[str, tuple[float, int]] = OrderedDict()
        self._lock = threading.Lock()

    def count(self, address: str) -> Allowance:
        """Count one request of an address."""
        now = self._clock()
        with self._lock:
            began, before = self._windows.get(address, (now, 0))
            if now - began >= WINDOW:
                began, before = now, 0
            if before == 0:
                self._begin(address)
            self._windows[address] = began, before + 1
        left = self.limit - before - 1
        return Allowance(self.limit, max(left, 0), ceil(began + WINDOW - now), refused=left < 0)

    def __len__(self) -> int:
        return len(self._windows)

    def _begin(self, address: str) -> None:
        self._windows.pop(address, None)
        if len(self._windows) >= self._most:
            self._windows.popitem(last=False)


def client(remote: str, forwarded: str, *, trusted: tuple[str, ...]) -> str:
    """The address to count for: the last hop that is no trusted proxy.

    `remote` is who opened the connection, `forwarded` the header X-Forwarded-For, which only trusted proxies
    are believed. An IPv6 address counts with its whole /64. What is no address counts as it is written.
    """
    hops = [*(hop.strip() for hop in forwarded.split(",") if hop.strip()), remote] if trusted else [remote]
    seen = remote
    for hop in reversed(hops):
        seen = hop
        if not _is_trusted(hop, trusted):
            break
    return _grouped(seen)


@lru_cache(maxsize=1)
def networks(names: tuple[str, ...]) -> tuple[Network, ...]:
    """Addresses and networks such as 10.0.0.0/8. Raises ValueError at one that is none."""
    return tuple(ip_network(name, strict=False) for name in names)


@lru_cache(maxsize=4096)
def _is_trusted(hop: str, trusted: tuple[str, ...]) -> bool:
    try:
        address = ip_address(hop)
    except ValueError:
        return False
    return any(address in network for network in networks(trusted))


@lru_cache(maxsize=4096)
def _grouped(hop: str) -> str:
    try:
        address = ip_address(hop)
    except ValueError:
        return hop[:64]
    return hop if address.version == 4 else str(ip_network((address, _IPV6_PREFIX), strict=False))
