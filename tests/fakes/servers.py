"""Small servers on loopback that misbehave in one chosen way each."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator

Behaviour = Callable[[socket.socket, bytes], None]
"""What to do with a connection after its first request head has come."""

PORTAL = b"<html><body>Welcome! Please log in to use this network.</body></html>"


def say(status: str, body: bytes = b"", *fields: str) -> Behaviour:
    """Answer with one fixed response and hang up."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *fields, "Connection: close"]
    whole = "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body

    def behave(sock: socket.socket, _head: bytes) -> None:
        sock.sendall(whole)

    return behave


def silence(sock: socket.socket, _head: bytes) -> None:
    """Accept, read, and never answer."""
    with contextlib.suppress(OSError):
        while sock.recv(65536):
            pass


def garbage(sock: socket.socket, _head: bytes) -> None:
    """Answer with bytes of another protocol."""
    sock.sendall(b"SSH-2.0-OpenSSH_9.6\r\n" + bytes(range(256)))


def hang_up(_sock: socket.socket, _head: bytes) -> None:
    """Close without a word."""


@contextlib.contextmanager
def misbehaving(behave: Behaviour) -> Iterator[str]:
    """A server that treats every connection alike; yields its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.05)
        over = threading.Event()
        house = _House(listener, behave, over)
        house.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            over.set()
            house.end()


class _House(threading.Thread):
    """Accepts connections and gives each its own thread."""

    def __init__(self, listener: socket.socket, behave: Behaviour, over: threading.Event) -> None:
        super().__init__(daemon=True)
        self._listener = listener
        self._behave = behave
        self._over = over
        self._guests: list[tuple[threading.Thread, socket.socket]] = []

    def run(self) -> None:
        while not self._over.is_set():
            try:
                sock, _ = self._listener.accept()
            except TimeoutError:
                continue
            guest = threading.Thread(target=self._entertain, args=(sock,), daemon=True)
            self._guests.append((guest, sock))
            guest.start()

    def _entertain(self, sock: socket.socket) -> None:
        with sock, contextlib.suppress(OSError):
            sock.settimeout(20)
            head = b""
            while b"\r\n\r\n" not in head:
                piece = sock.recv(4096)
                if not piece:
                    return
                head += piece
            self._behave(sock, head)

    def end(self) -> None:
        """Close every connection and wait."""
        self.join(timeout=2)
        for guest, sock in self._guests:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
            guest.join(timeout=2)
