"""What the measuring server shares between connections: limits, who used how much, counters."""

from __future__ import annotations

import functools
import ipaddress
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from readiness.server.calls import Calls
from readiness.server.shelf import Allowance, Shelf
from readiness.server.witness import Witness

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

WINDOW_S = 3600.0
MINUTE_S = 60.0
MAX_CLIENTS = 4096
MAX_COUNTERS = 4096
MAX_COUNTERS_EACH = 16


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one server gives at most, so that it can stand on an open network.

    A client is one address (IPv6: one /64 network).

    Attributes:
        connections: At the same time, all clients together.
        connections_per_client: At the same time, for one client.
        connections_per_minute: New ones for one client; as many at once to begin with.
        requests_per_minute: For one client; as many at once to begin with.
        bytes_per_client: In both directions together within an hour, for one client.
        bytes_per_request: The longest body in either direction.
        seconds_per_request: A transfer that takes longer is cut.
        head_seconds: A request head, and before it a TLS handshake, must be whole in this time.
        idle_seconds: A connection that has been used may wait so long for its next request.
        stall_seconds: A connection on which nothing moves during a request is closed.
        ndt7_seconds: How long a test of ndt7 lasts; its specification says 10.
        packets_per_second: STAMP packets answered for one client; as many at once.
        packets_in_all_per_second: STAMP packets answered for all clients together.
        calls_per_client: Calls whose packets are remembered, for one client.
        packets_per_call: Remembered for one call.
        packets_remembered: For all calls together, 12 bytes each.
    """

    connections: int = 2048
    connections_per_client: int = 32
    connections_per_minute: int = 1200
    requests_per_minute: int = 6000
    bytes_per_client: int = 20_000_000_000
    bytes_per_request: int = 256 * 1024 * 1024
    seconds_per_request: float = 60.0
    head_seconds: float = 10.0
    idle_seconds: float = 60.0
    stall_seconds: float = 10.0
    ndt7_seconds: float = 10.0
    packets_per_second: int = 500
    packets_in_all_per_second: int = 20_000
    calls_per_client: int = 32
    packets_per_call: int = 40_000
    packets_remembered: int = 4_000_000


class Follower(Protocol):
    """Who wants to know when bytes arrive."""

    def before_first(self) -> None:
        """The first bytes have arrived and are about to be counted."""

    def counted(self) -> None:
        """More bytes have been counted."""

    def settled(self) -> None:
        """A body is whole, so more may never come."""


@dataclass
class Counter:
    """Bytes that arrived for one upload, over all its streams."""

    received: int = 0
    followers: list[Follower] = field(default_factory=list)
    witness: Witness | None = None

    def add(self, count: int) -> None:
        """Count bytes that arrived and tell those who follow."""
        if not self.received and count:
            for follower in self.followers:
                follower.before_first()
        self.received += count
        if self.witness is not None:
            self.witness.add(count)
        for follower in self.followers:
            follower.counted()

    def whole(self) -> None:
        """Tell those who follow that a body is whole: it may have been the last."""
        for follower in self.followers:
            follower.settled()


class House:
    """The shared state. Addresses are held in memory only while they count, never written.

    All but ``calls`` belongs to the thread of the event loop.

    Args:
        limits: What one client may take.
        calls: What the reflector has received.
        stamp_port: UDP port of the reflector; none if there is none.
        receipt_key: Signs what was seen; none: nothing is watched for that.
    """

    def __init__(
        self,
        limits: Limits,
        calls: Calls | None = None,
        stamp_port: int | None = None,
        receipt_key: Ed25519PrivateKey | None = None,
    ) -> None:
        self.limits = limits
        self.calls = calls or Calls(most=1, most_each=1, packets_each=1, packets=1)
        self.stamp_port = stamp_port
        self._entered = 0
        self._open: dict[str, int] = {}
        self._spent: OrderedDict[str, tuple[float, int]] = OrderedDict()
        self.receipt_key = receipt_key
        self._witnesses = Shelf[Witness](most=MAX_COUNTERS, most_each=MAX_COUNTERS_EACH)
        self._counters = Shelf[Counter](most=MAX_COUNTERS, most_each=MAX_COUNTERS_EACH)
        self._arrivals = _by_the_minute(limits.connections_per_minute)
        self._requests = _by_the_minute(limits.requests_per_minute)

    def enter(self, client: str) -> bool:
        """Let a connection in; false if there are too many, or too many in a short time."""
        mine = self._open.get(client, 0)
        if mine >= self.limits.connections_per_client or self._entered >= self.limits.connections:
            return False
        if not self._arrivals.take(client):
            return False
        self._open[client] = mine + 1
        self._entered += 1
        return True

    def leave(self, client: str) -> None:
        """Note that a connection that was let in has ended."""
        self._entered -= 1
        left = self._open[client] - 1
        if left:
            self._open[client] = left
        else:
            del self._open[client]

    def ask(self, client: str, cost: float = 1.0) -> bool:
        """Book a request to the client; false if it has asked too much of late."""
        return self._requests.take(client, cost)

    def spend(self, client: str, count: int) -> bool:
        """Book ``count`` bytes to the client; false if its share of this hour is used up."""
        now = time.monotonic()
        since, used = self._spent.get(client, (now, 0))
        if now - since > WINDOW_S:
            since, used = now, 0
            self._spent.pop(client, None)
        if used >= self.limits.bytes_per_client:
            return False
        if client not in self._spent and len(self._spent) >= MAX_CLIENTS:
            self._spent.popitem(last=False)
        self._spent[client] = (since, used + count)
        return True

    def give_back(self, client: str, count: int) -> None:
        """Take off the client's bill ``count`` bytes that were booked and then not moved.

        A measurement asks for more than it can move and is over when its time is: booked as
        announced, a line of 10 Mbit/s that measures all the time would have used up its hour
        after 20 minutes.
        """
        if client in self._spent:
            since, used = self._spent[client]
            self._spent[client] = (since, max(0, used - count))

    def counter(self, client: str, name: str) -> Counter:
        """The receive counter that the client calls ``name``; made when first asked for."""
        found = self._counters.find(client, name)
        if found is None:
            counter = Counter(witness=self.witness(client, name))
            found = self._counters.put(client, name, counter)
        return found

    def witness(self, client: str, name: str) -> Witness | None:
        """Who watches the transfer that the client calls ``name``; none without a key to sign."""
        if self.receipt_key is None:
            return None
        found = self._witnesses.find(client, name)
        return found if found is not None else self._witnesses.put(client, name, Witness())


def _by_the_minute(count: int) -> Allowance:
    return Allowance(per_second=count / MINUTE_S, burst=count, clients=MAX_CLIENTS)


@functools.lru_cache(maxsize=MAX_CLIENTS)
def client_key(host: str) -> str:
    """One key for one client: the address, for IPv6 its /64 network."""
    address = ipaddress.ip_address(host.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
