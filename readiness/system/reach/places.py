"""Where a host is, and how long to wait for it: names looked up within a time and under Stop."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import threading
import time
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Any

from readiness.model.errors import CannotMeasure, FailureCode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readiness.cancel import Token

SLICE_S = 0.05
MOST_ADDRESSES = 8


@dataclass(frozen=True, kw_only=True)
class Place:
    """One address of a host. The form of ``address`` depends on the family."""

    family: int
    address: tuple[Any, ...]


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How long something may last; Stop ends it sooner. ``end`` is a ``time.monotonic`` value."""

    token: Token
    end: float

    @property
    def over(self) -> bool:
        """Whether the time is up. Raises ``Cancelled``."""
        self.token.check()
        return time.monotonic() >= self.end

    @property
    def slice_s(self) -> float:
        """How long to wait before looking again, seconds."""
        return max(0.0, min(SLICE_S, self.end - time.monotonic()))


def look_up(
    host: str, port: int, kind: int, patience: Patience, *, own: bool = False
) -> list[Place]:
    """The addresses of a host, the families in turn (RFC 8305).

    The system's resolver cannot be interrupted: it is asked in a thread of its own, which is left
    to itself when the time is over. Unless ``own`` is set, a name that leads to this computer is
    one that a filter has blocked; nothing is sent there.

    Raises:
        CannotMeasure: ``dns-failure``.
        Cancelled: On Stop.
    """
    patience.token.check()
    found: list[Place] = []
    done = threading.Event()

    def ask() -> None:
        # A name that cannot even be asked for (too long, odd characters) is a ValueError.
        with contextlib.suppress(OSError, ValueError):
            found.extend(
                Place(family=entry[0], address=tuple(entry[4]))
                for entry in socket.getaddrinfo(host, port, type=kind)
            )
        done.set()

    threading.Thread(target=ask, daemon=True, name="look-up").start()
    while not done.wait(patience.slice_s):
        if patience.over:
            raise CannotMeasure(FailureCode.UNREACHABLE, "dns-failure")
    usable = [place for place in found if own or _is_address(host) or not _is_blocked(place)]
    if not usable:
        raise CannotMeasure(FailureCode.UNREACHABLE, "dns-failure")
    return _in_turn(usable)[:MOST_ADDRESSES]


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_blocked(place: Place) -> bool:
    address = ipaddress.ip_address(str(place.address[0]).partition("%")[0])
    return address.is_loopback or address.is_unspecified


def _in_turn(places: Sequence[Place]) -> list[Place]:
    """The first one's family first, then the families by turns."""
    first = [place for place in places if place.family == places[0].family]
    other = [place for place in places if place.family != places[0].family]
    return [place for place in chain(*zip_longest(first, other)) if place is not None]
