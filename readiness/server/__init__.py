"""The measuring server behind ``readiness serve``: the far end of the line probes.

One process, one event loop, and a thread for datagrams. It opens no file but its certificate,
keeps no record, and bounds everything a client can ask for, so that it may stand on an open
network. Its protocol is described in ``docs/methods/measuring-server.md``.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from readiness.server.calls import Calls
from readiness.server.channel import BUFFER, Channel, SecureChannel
from readiness.server.connection import PARTING_S, Connection
from readiness.server.house import House, Limits, client_key
from readiness.server.listening import BACKLOG, descriptors, listen, tls_context
from readiness.server.reflector import Reflector

if TYPE_CHECKING:
    import socket
    import ssl
    import threading
    from collections.abc import Callable
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from readiness.server.channel import Speaker

__all__ = ["Limits", "serve"]

POLL_S = 0.1
DISMISS_S = 1.0
MOST_TURNED_AWAY = 64
MOST_CALLS = 16_384
BUSY = b"HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

_LOG = logging.getLogger(__name__)


def serve(
    host: str,
    port: int,
    *,
    ready: Callable[[str], None],
    stop: threading.Event,
    limits: Limits | None = None,
    certificate: Path | None = None,
    key: Path | None = None,
    receipt_key: Ed25519PrivateKey | None = None,
) -> None:
    """Serve until ``stop`` is set, blocking; closes every connection before it returns.

    Args:
        host: Address to listen on; ``0.0.0.0`` or ``::`` for all.
        port: For TCP, and for UDP if it is free there; 0 lets the system choose.
        ready: Called once with the address for ``--server``, e.g. ``http://127.0.0.1:8080``.
        stop: Ends the server within about 0.2 s.
        limits: What one client may take.
        certificate: PEM file; with it the server speaks TLS only.
        key: PEM file of the certificate's key, if it is not in the same file.
        receipt_key: Signs what was seen of a transfer, for clients that ask.

    Raises:
        InputError: The address cannot be listened on, or the certificate not be used.
    """
    limits = limits or Limits()
    limits = replace(limits, connections=descriptors(limits.connections))
    context = tls_context(certificate, key) if certificate else None
    stream, datagrams = listen(host, port)
    with contextlib.ExitStack() as ended:
        ended.callback(stream.close)
        calls = Calls(
            most=MOST_CALLS,
            most_each=limits.calls_per_client,
            packets_each=limits.packets_per_call,
            packets=limits.packets_remembered,
        )
        if datagrams is not None:
            reflector = Reflector(datagrams, limits, calls)
            reflector.start()
            ended.callback(reflector.stop)
        stamp_port = datagrams.getsockname()[1] if datagrams else None
        crew = _Crew(House(limits, calls, stamp_port, receipt_key), context)
        shown = f"[{host}]" if ":" in host else host
        scheme = "https" if context else "http"
        address = f"{scheme}://{shown}:{stream.getsockname()[1]}"
        asyncio.run(crew.work(stream, lambda: ready(address), stop))


class _Crew:
    """The connections of one event loop."""

    def __init__(self, house: House, context: ssl.SSLContext | None) -> None:
        self._house = house
        self._context = context
        self._buffer = memoryview(bytearray(BUFFER))
        self._clear = memoryview(bytearray(BUFFER))
        self._guests: set[Connection | _TurnedAway] = set()
        self._turned_away = 0

    async def work(
        self, stream: socket.socket, ready: Callable[[], None], stop: threading.Event
    ) -> None:
        """Serve until ``stop``."""
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(_note_fault)
        server = await loop.create_server(self._channel, sock=stream, backlog=BACKLOG)
        try:
            ready()
            while not stop.is_set():
                await asyncio.sleep(POLL_S)
                now = time.monotonic()
                for guest in tuple(self._guests):
                    guest.check(now)
        finally:
            server.close()
            await self._dismiss()

    def _channel(self) -> Channel:
        if self._context is None:
            return Channel(self._buffer, self._welcome)
        return SecureChannel(self._buffer, self._welcome, self._context, self._clear)

    def _welcome(self, channel: Channel) -> Speaker | None:
        """Let a connection in, or turn it away."""
        client = client_key(channel.addresses[0][0])
        guest: Connection | _TurnedAway
        if self._house.enter(client):
            guest = Connection(channel, client, self._house, self._gone)
        elif self._turned_away < MOST_TURNED_AWAY and not channel.secure:
            self._turned_away += 1
            guest = _TurnedAway(channel, self._gone)
        else:
            channel.abort()
            return None
        self._guests.add(guest)
        return guest

    def _gone(self, guest: Connection | _TurnedAway) -> None:
        self._guests.discard(guest)
        if isinstance(guest, Connection):
            self._house.leave(guest.client)
        else:
            self._turned_away -= 1

    async def _dismiss(self) -> None:
        """End every connection and wait until asyncio has let go of them."""
        end = time.monotonic() + DISMISS_S
        while self._guests and time.monotonic() < end:
            for guest in tuple(self._guests):
                guest.channel.abort()
            await asyncio.sleep(0)


class _TurnedAway:
    """A client for whom there is no room: it is told, and what it sends is thrown away."""

    def __init__(self, channel: Channel, gone: Callable[[_TurnedAway], None]) -> None:
        self.channel = channel
        self._gone = gone
        self._until = time.monotonic() + PARTING_S
        channel.send(BUSY)
        channel.shut()

    def heard(self, data: memoryview) -> None:
        """Nobody listens."""

    def heard_end(self) -> None:
        """It has understood."""
        self.channel.close()

    def drained(self) -> None:
        """There is no more to say."""

    def lost(self) -> None:
        """It is gone."""
        self._gone(self)

    def check(self, now: float) -> None:
        """It must go soon."""
        if now > self._until:
            self.channel.abort()


def _note_fault(_loop: asyncio.AbstractEventLoop, told: dict[str, Any]) -> None:
    """Log a fault of the program itself; asyncio's own words would hold addresses."""
    fault = told.get("exception")
    if isinstance(fault, OSError):  # out of descriptors, or a client that left while waiting
        _LOG.warning("a connection could not be taken: %s", fault.strerror)
        return
    _LOG.error("a connection failed: %s", told.get("message", "").split(":")[0], exc_info=fault)
