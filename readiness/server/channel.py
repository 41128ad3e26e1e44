"""One TCP connection on the event loop, plain or encrypted: bytes in, bytes out, who is there."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Callable

BUFFER = 256 * 1024
UNSENT = 128 * 1024
"""Bytes that may wait in the kernel of what was sent and is not on its way, where it knows that:
keeps the kernel's memory flat, and a slow client's download near the truth."""


class Speaker(Protocol):
    """Who a channel speaks to. All calls come from the event loop."""

    def heard(self, data: memoryview) -> None:
        """Bytes came in; the memory is used again after this call."""

    def heard_end(self) -> None:
        """The other side will send no more."""

    def drained(self) -> None:
        """What was handed over is on its way: more may be sent."""

    def lost(self) -> None:
        """The connection is over."""


class Channel(asyncio.BufferedProtocol):
    """A plain connection.

    Args:
        buffer: Memory to receive into, at least ``BUFFER`` bytes; shared by all channels of a loop.
        welcome: Called when the connection stands; gives who it speaks to, none to hang up.
    """

    secure = False

    def __init__(self, buffer: memoryview, welcome: Callable[[Channel], Speaker | None]) -> None:
        self._buffer = buffer
        self._welcome = welcome
        self._speaker: Speaker | None = None
        self._transport: asyncio.Transport | None = None
        self._shut = False
        self.blocked = False
        self.addresses: tuple[tuple[str, int], tuple[str, int]] = (("", 0), ("", 0))

    # --- for the speaker ---

    @property
    def socket(self) -> socket.socket | None:
        """The socket, to ask the kernel about; none once it is over."""
        if self._transport is None:
            return None
        return cast("socket.socket", self._transport.get_extra_info("socket"))

    @property
    def waiting(self) -> int:
        """Bytes handed over that wait in this process."""
        return self._transport.get_write_buffer_size() if self._transport else 0

    @property
    def over(self) -> bool:
        """Whether the connection is over or ends as soon as all is sent."""
        return self._transport is None or self._shut or self._transport.is_closing()

    def send(self, data: bytes | memoryview) -> None:
        """Send all of ``data``, later if need be; ``blocked`` says whether something waits."""
        if self._transport is not None and not self.over:
            self._transport.write(data)

    def shut(self) -> None:
        """Send no more after what waits; what comes in is still heard."""
        if self._transport is not None and not self.over:
            self._shut = True
            try:
                self._transport.write_eof()
            except OSError:  # the client has vanished: there is nobody to say it to
                self._transport.abort()

    def close(self) -> None:
        """End after what waits has been sent."""
        if self._transport is not None:
            self._transport.close()

    def abort(self) -> None:
        """End at once."""
        if self._transport is not None:
            self._transport.abort()

    # --- for asyncio ---

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Find out who it is and prepare the socket."""
        self._transport = own_way = cast("asyncio.Transport", transport)
        own_way.set_write_buffer_limits(high=0)
        peer, own = (transport.get_extra_info(name) for name in ("peername", "sockname"))
        if not peer or not own:  # gone again already
            own_way.abort()
            return
        self.addresses = (str(peer[0]), int(peer[1])), (str(own[0]), int(own[1]))
        _prepare(transport.get_extra_info("socket"))
        self._speaker = self._welcome(self)

    def get_buffer(self, sizehint: int) -> memoryview:  # noqa: ARG002 - asyncio's signature
        """Memory for what arrives; asyncio fills it and reports before anyone else gets it."""
        return self._buffer

    def buffer_updated(self, nbytes: int) -> None:
        """Pass on what arrived."""
        self._heard(self._buffer[:nbytes])

    def eof_received(self) -> bool:
        """Pass on the end; true keeps the way out open for what is still to be answered."""
        if self._speaker is not None:
            self._speaker.heard_end()
        return not self.secure

    def pause_writing(self) -> None:
        """Asyncio could not hand everything to the kernel."""
        self.blocked = True

    def resume_writing(self) -> None:
        """Everything is with the kernel again."""
        self.blocked = False
        if self._speaker is not None:
            self._speaker.drained()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        """Let go of everything; a client that vanishes is no fault."""
        speaker, self._speaker, self._transport = self._speaker, None, None
        if speaker is not None:
            speaker.lost()

    def _heard(self, data: memoryview) -> None:
        if self._speaker is not None:
            self._speaker.heard(data)


class SecureChannel(Channel):
    """A connection inside TLS.

    The record layer works on memory here, not on asyncio's own TLS: that would hold a quarter of
    a MiB for every connection and would let handshakes in before anyone counts them.

    Args:
        context: Server's side, with the certificate.
        clear: Memory for what was deciphered; shared by all channels of a loop.
    """

    secure = True

    def __init__(
        self,
        buffer: memoryview,
        welcome: Callable[[Channel], Speaker | None],
        context: ssl.SSLContext,
        clear: memoryview,
    ) -> None:
        super().__init__(buffer, welcome)
        self._clear = clear
        self._in, self._out = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._in, self._out, server_side=True)
        self._agreed = False

    def send(self, data: bytes | memoryview) -> None:
        """Encrypt and send."""
        if not self._agreed or self.over:
            return
        left = memoryview(data)
        while left:
            left = left[self._tls.write(left) :]
        self._flush()

    def shut(self) -> None:
        """Say goodbye in TLS, then close: TLS knows no half-open connection."""
        if self._agreed and not self.over:
            with contextlib.suppress(ssl.SSLError):  # the client's goodbye is not waited for
                self._tls.unwrap()
            self._flush()
        super().shut()

    def _flush(self) -> None:
        if self._out.pending:
            super().send(self._out.read())

    def _heard(self, data: memoryview) -> None:
        self._in.write(data)
        try:
            if not self._agreed:
                self._tls.do_handshake()
                self._agreed = True
            self._decipher()
        except ssl.SSLWantReadError:
            self._flush()
        except ssl.SSLError:  # noise, an old version, or the end: the alert tells the client
            self._flush()
            self.close()

    def _decipher(self) -> None:
        """Pass on whatever is whole; ends with ``SSLWantReadError`` when nothing is."""
        while self._transport is not None and not self._transport.is_closing():
            count = cast("int", self._tls.read(BUFFER, self._clear))  # bytes only without a buffer
            if not count:
                self.eof_received()
                self.close()
                return
            super()._heard(self._clear[:count])


def _prepare(sock: socket.socket) -> None:
    with contextlib.suppress(OSError):  # it may have ended by itself
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        unsent = getattr(socket, "TCP_NOTSENT_LOWAT", None)  # Linux and macOS
        if unsent is not None:
            sock.setsockopt(socket.IPPROTO_TCP, unsent, UNSENT)
