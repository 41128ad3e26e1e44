"""Bounded tables: what was touched longest ago goes first, and nobody crowds out the others."""

from __future__ import annotations

import time
from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Shelf(Generic[T]):
    """Things that clients have named, at most ``most`` in all and ``most_each`` for one client.

    Args:
        most: Above it the thing that was used longest ago goes, whosever it is.
        most_each: Above it the client's own thing that was used longest ago goes.
        gone: Told of each thing that had to go.
    """

    def __init__(
        self, *, most: int, most_each: int, gone: Callable[[T], None] = lambda _thing: None
    ) -> None:
        self._most = most
        self._most_each = most_each
        self._gone = gone
        self._things: OrderedDict[tuple[str, object], T] = OrderedDict()
        self._names: dict[str, OrderedDict[object, None]] = {}

    def __len__(self) -> int:
        return len(self._things)

    def find(self, client: str, name: object) -> T | None:
        """What the client calls ``name``; none if there is nothing."""
        found = self._things.get((client, name))
        if found is not None:
            self._things.move_to_end((client, name))
            self._names[client].move_to_end(name)
        return found

    def put(self, client: str, name: object, thing: T) -> T:
        """Keep ``thing``, which is new, and let go of what is too much. Returns it."""
        names = self._names.setdefault(client, OrderedDict())
        if len(names) >= self._most_each:
            self._drop(client, next(iter(names)))
            names = self._names.setdefault(client, OrderedDict())
        elif len(self._things) >= self._most:
            self.drop_oldest()
            names = self._names.setdefault(client, OrderedDict())
        self._things[(client, name)] = thing
        names[name] = None
        return thing

    def drop_oldest(self) -> None:
        """Let go of the thing that was used longest ago."""
        self._drop(*next(iter(self._things)))

    def _drop(self, client: str, name: object) -> None:
        thing = self._things.pop((client, name))
        names = self._names[client]
        del names[name]
        if not names:
            del self._names[client]
        self._gone(thing)


class Allowance:
    """So much in a second for each client, with a reserve for a burst: a token bucket each.

    Args:
        per_second: What flows back.
        burst: The most that gathers, and what a client begins with.
        clients: How many are told apart; who was seen longest ago begins anew.
    """

    def __init__(self, *, per_second: float, burst: float, clients: int) -> None:
        self._per_second = per_second
        self._burst = burst
        self._clients = clients
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str, cost: float = 1.0) -> bool:
        """Take ``cost`` from the client's allowance; false, and nothing taken, if it is short."""
        now = time.monotonic()
        left, since = self._left.pop(client, (self._burst, now))
        left = min(self._burst, left + (now - since) * self._per_second)
        granted = left >= cost
        if len(self._left) >= self._clients:
            self._left.popitem(last=False)
        self._left[client] = (left - cost if granted else left, now)
        return granted
