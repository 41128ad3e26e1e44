"""What the measuring server shares between connections: limits, who used how much, counters."""

from __future__ import annotations

import ipaddress
import threading
import time
from dataclasses import dataclass, field

WINDOW_S = 3600.0
MAX_CLIENTS = 4096
MAX_COUNTERS = 1024


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one server gives at most, so that it can stand on an open network.

    Attributes:
        connections: At the same time, all clients together.
        connections_per_client: At the same time, for one address (IPv6: one /64 network).
        bytes_per_client: In both directions together within an hour, for one address.
        bytes_per_request: The longest body in either direction.
        seconds_per_request: A transfer that takes longer is cut.
        head_seconds: A request head must have arrived whole within this time.
        stall_seconds: A connection on which nothing moves for this long is closed.
    """

    connections: int = 256
    connections_per_client: int = 32
    bytes_per_client: int = 20_000_000_000
    bytes_per_request: int = 256 * 1024 * 1024
    seconds_per_request: float = 60.0
    head_seconds: float = 10.0
    stall_seconds: float = 10.0


@dataclass
class Counter:
    """Bytes that arrived for one upload, over all its streams."""

    received: int = 0
    touched: float = field(default_factory=time.monotonic)


class House:
    """The shared state. Addresses are held in memory only while they count, never written."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.stopping = threading.Event()
        self._lock = threading.Lock()
        self._open: dict[str, int] = {}
        self._spent: dict[str, tuple[float, int]] = {}
        self._counters: dict[tuple[str, str], Counter] = {}

    def enter(self, client: str) -> bool:
        """Let a connection in; false if there are too many."""
        with self._lock:
            mine = self._open.get(client, 0)
            if mine >= self.limits.connections_per_client:
                return False
            if sum(self._open.values()) >= self.limits.connections:
                return False
            self._open[client] = mine + 1
            return True

    def leave(self, client: str) -> None:
        """Note that a connection that was let in has ended."""
        with self._lock:
            left = self._open.get(client, 1) - 1
            if left:
                self._open[client] = left
            else:
                self._open.pop(client, None)

    def spend(self, client: str, count: int) -> bool:
        """Book ``count`` bytes to the client; false if its share of this hour is used up."""
        now = time.monotonic()
        with self._lock:
            since, used = self._spent.get(client, (now, 0))
            if now - since > WINDOW_S:
                since, used = now, 0
            if used >= self.limits.bytes_per_client:
                return False
            if client not in self._spent and len(self._spent) >= MAX_CLIENTS:
                oldest = min(self._spent, key=lambda name: self._spent[name][0])
                del self._spent[oldest]
            self._spent[client] = (since, used + count)
            return True

    def counter(self, client: str, name: str) -> Counter:
        """The receive counter that the client calls ``name``; made when first asked for."""
        key = (client, name)
        with self._lock:
            found = self._counters.get(key)
            if found is None:
                if len(self._counters) >= MAX_COUNTERS:
                    oldest = min(self._counters, key=lambda k: self._counters[k].touched)
                    del self._counters[oldest]
                found = self._counters[key] = Counter()
            return found

    def count(self, counter: Counter, count: int) -> None:
        """Add bytes that arrived."""
        with self._lock:
            counter.received += count
            counter.touched = time.monotonic()


def client_key(host: str) -> str:
    """One key for one client: the address, for IPv6 its /64 network."""
    address = ipaddress.ip_address(host.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
